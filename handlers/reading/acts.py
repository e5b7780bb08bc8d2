"""Acts on tasks: by reply to a card, by number (5号已办结), by project and item.

One message may act on several tasks differently. What is ambiguous is asked
back; what nobody can have meant as an act is left alone.
"""

import re
from dataclasses import replace
from datetime import date

from handlers.reading import act_cues
from handlers.reading.act_aim import TAKEN, aim
from handlers.reading.act_cues import Cue, find_cues
from handlers.reading.act_parts import (
    NAME,
    Reason,
    find_other_reason,
    find_stated_reason,
    read_days,
    read_percent,
    read_target,
    read_waits_for,
)
from handlers.reading.act_segments import Segment, split
from handlers.reading.dates import find_said_days
from handlers.reading.normalise import Text
from handlers.reading.values import Act, ActKind, Acts, AskBack, ReadingContext, Why

LONGEST = 1000

_NEEDS_REASON = frozenset({ActKind.RETURN, ActKind.PAUSE, ActKind.EXTEND, ActKind.PROBLEM,
                           ActKind.MAKE_GOOD})  # fmt: skip
_STRONG = frozenset({ActKind.ACCEPT, ActKind.COMPLETE, ActKind.RETURN, ActKind.TRANSFER,
                     ActKind.PAUSE, ActKind.RESUME, ActKind.EXTEND})  # fmt: skip
# What gives way to what: 收到,已联系业主 is a contact.
_GIVES_WAY: dict[ActKind, frozenset[ActKind]] = {
    ActKind.ACKNOWLEDGE: frozenset(ActKind) - {ActKind.ACKNOWLEDGE},
    ActKind.CONTACT: _STRONG | {ActKind.PROBLEM},
    ActKind.ACCEPT: frozenset(
        {
            ActKind.COMPLETE,
            ActKind.PAUSE,
            ActKind.EXTEND,
            ActKind.RESUME,
            ActKind.PROGRESS,
            ActKind.MAKE_GOOD,
        }
    ),
    ActKind.PROGRESS: (_STRONG - {ActKind.ACCEPT})
    | {ActKind.PROBLEM, ActKind.CONTACT, ActKind.MAKE_GOOD},
    ActKind.PROBLEM: (_STRONG - {ActKind.ACCEPT}) | {ActKind.MAKE_GOOD},
    ActKind.PAUSE: frozenset({ActKind.MAKE_GOOD}),  # 不通过,请补充…
    ActKind.RESUME: frozenset({ActKind.COMPLETE}),
    ActKind.RETURN: frozenset({ActKind.MAKE_GOOD}),
    ActKind.COMPLETE: frozenset({ActKind.MAKE_GOOD}),
    # 已办结,请予销号 is a department's hand-in; the office says 销号 alone.
    ActKind.CLOSE: frozenset({ActKind.COMPLETE, ActKind.MAKE_GOOD}),
}
_WEAK = re.compile(
    r"(?:好[的滴]?|嗯+|行|可以|ok|okay|没问题|是的?|对|1|\+1|哦+|👌|👍|🆗|"
    r"看看|再说吧?|在看|[。.!,~ ])+",
    re.IGNORECASE,
)
# The office urging somebody on does nothing to a task.
_URGING = re.compile(
    r"(?<!申)请(?!核[实查验]|确认|查收|审[核批])|麻烦|抓紧|尽快|务必|加快|注意|记得|提醒|督促|催"
)
_STAGE = re.compile(
    r"(?:初审|复审|踏勘|勘查|勘察|公示|评审|论证|编制|测绘|资料|材料|第[一二三]步|现场|听证|检测|部分|签批|会签|"
    r"受理|对接|联系|补正|整改|修改|前期|沟通|一半|大半|初稿)[^,;。]{0,4}$"
)
_ANNOUNCED = re.compile("预计|争取|计划|力争|准备|即将|快|将|马上|尽快|等")
_IN_TIME = re.compile("[按如][期时]")
_EMPTY = " \t,;。:!、.~"
# Acts that start or stop a clock, or count as done in time, on the day they are reported.
_DATED = frozenset({ActKind.ACCEPT, ActKind.COMPLETE, ActKind.CLOSE, ActKind.PAUSE,
                    ActKind.RESUME, ActKind.RETURN, ActKind.TRANSFER})  # fmt: skip


def read_acts(text: Text, context: ReadingContext) -> Acts | None:
    """What a message does to tasks, in order; None if it does nothing."""
    if len(text.plain) > LONGEST:
        return None
    read = [_read_segment(segment, context) for segment in split(text, context.names)]
    acts = tuple(act for act in read if act is not None)
    return Acts(acts) if acts else None


def _read_segment(segment: Segment, context: ReadingContext) -> Act | AskBack | None:
    text = _mask_names(segment.text, context)
    reason = find_stated_reason(text)
    if _is_question(text.plain, reason):
        return None
    kinds, cues = _read_kinds(text.plain, reason, segment.joint)
    named = bool(segment.tasks) or context.quotes_task
    if not kinds:
        return _read_without_cue(text.plain, segment, context) if named else None
    if named and act_cues.is_supposed(_without(text.plain, reason)):
        return _unclear(context)
    if len(kinds) > 1:
        return aim(AskBack(Why.CONTRADICTORY, Act(kinds[0])), segment, context) if named else None
    cue = next((c for c in cues if c.kind is kinds[0]), None)
    other = _find_other_day(text.plain, [c for c in cues if c.kind is kinds[0]], segment, context)
    if other:
        planned = other > context.today and not re.search("已|了", text.plain)
        if planned and not (context.addressed or context.quotes_task):
            return None
        return aim(AskBack(Why.UNCLEAR, Act(kinds[0])), segment, context)
    return aim(_fill(kinds[0], cue, text, reason, context), segment, context)


def _unclear(context: ReadingContext) -> AskBack | None:
    """Asked back of who speaks to the bot; what others tell each other is left alone."""
    return AskBack(Why.UNCLEAR) if context.addressed or context.quotes_task else None


def _find_other_day(
    plain: str, cues: list[Cue], segment: Segment, context: ReadingContext
) -> date | None:
    """A day other than today on which the act is said to be done: its clock cannot start there."""
    joint = segment.joint
    if joint is not None:
        plain = plain[:joint] + " " + plain[joint + 1 :]
    days = (
        day
        for cue in cues
        if cue.kind in _DATED
        for day in find_said_days(plain, cue.start, cue.end, context.today)
    )
    return next((day for day in days if day != context.today), None)


def _mask_names(text: Text, context: ReadingContext) -> Text:
    # 能评 is no "can", and 排污口审核 no act of checking.
    plain = text.plain
    for mention in (*context.names.find_items(plain), *context.names.find_projects(plain)):
        plain = plain[: mention.start] + NAME * (mention.end - mention.start) + plain[mention.end :]
    return Text(plain, text.shown)


def _is_question(plain: str, reason: Reason | None) -> bool:
    asks = act_cues.is_asked(_without(plain, reason))
    politely = re.search(
        r"(?:能否|可否|能不能|可不可以|是否可以|可以)[^,;。]{0,6}(?:延期|延长|宽限|转|暂停|停表)",
        plain,
    )
    return asks and not politely


def _without(plain: str, reason: Reason | None) -> str:
    return plain[: reason.start] + plain[reason.end :] if reason else plain


def _read_kinds(
    plain: str, reason: Reason | None, joint: int | None
) -> tuple[list[ActKind], list[Cue]]:
    if act_cues.is_report(plain):
        return [ActKind.PROGRESS], []
    cues = [
        c
        for c in find_cues(plain, joint)
        if not _is_reason(c, reason, plain) and not _is_stage(c, plain)
    ]
    kinds = list(dict.fromkeys(cue.kind for cue in cues))
    if not set(kinds) - {ActKind.ACKNOWLEDGE} and act_cues.NOT_OURS.search(plain):
        kinds = [ActKind.RETURN]
    taken = TAKEN.search(plain) is not None and {ActKind.RETURN, ActKind.TRANSFER} & set(kinds)
    left = [
        k
        for k in kinds
        if (taken and k is ActKind.ACKNOWLEDGE) or not _GIVES_WAY.get(k, frozenset()) & set(kinds)
    ]
    return left, cues


def _is_reason(cue: Cue, reason: Reason | None, plain: str) -> bool:
    if reason is None or not reason.start <= cue.start < reason.end:
        return False
    # 卡点:… and 补正:… are both the cue and what introduces the reason.
    return cue.start > reason.start or plain.startswith(("原因", "理由"), reason.start)


def _is_stage(cue: Cue, plain: str) -> bool:
    return cue.kind is ActKind.COMPLETE and _STAGE.search(plain[: cue.start]) is not None


def _read_without_cue(
    plain: str, segment: Segment, context: ReadingContext
) -> Act | AskBack | None:
    if not plain.strip(_EMPTY) or (context.quotes_task and _WEAK.fullmatch(plain)):
        return None
    spoken_to = context.addressed or context.quotes_task
    if _URGING.search(plain):
        # What somebody else is urged to do is told to that somebody, on a card too.
        only_us = segment.tasks and context.addressed and not context.quotes_task
        return AskBack(Why.UNCLEAR) if only_us else None
    if act_cues.has_any(plain):
        partly = not spoken_to and act_cues.find_unfinished(plain, segment.joint)
        if partly or _ANNOUNCED.search(plain):
            return aim(Act(ActKind.PROGRESS), segment, context)
        # 公示办结 may mean the whole, and 按期办结 a promise or a report: ask whoever says it.
        either = find_cues(plain, segment.joint) or _IN_TIME.match(plain)
        return AskBack(Why.UNCLEAR) if either else _unclear(context)
    plainly_named = segment.tasks and (segment.says_task or context.addressed)
    return AskBack(Why.UNCLEAR) if plainly_named else None


def _fill(
    kind: ActKind, cue: Cue | None, text: Text, stated: Reason | None, context: ReadingContext
) -> Act | AskBack:
    """The act with all its parts, or what it lacks."""
    plain = text.plain
    act, why = Act(kind), None
    if kind is ActKind.TRANSFER:
        department, why = read_target(plain, cue.end if cue else 0, context.names)
        act = replace(act, department=department, reason=_transfer_reason(text, stated, cue))
    elif kind is ActKind.EXTEND:
        days, until, why = read_days(_without(plain, stated), context.today)
        act = replace(act, days=days, until=until)
    elif kind is ActKind.PROGRESS:
        act = replace(act, percent=read_percent(plain))
    if kind in _NEEDS_REASON:
        said = stated.said if stated else _other_reason(text, kind)
        act = replace(act, reason=said)
        why = why or (None if said else Why.NO_REASON)
    if kind is ActKind.PAUSE:
        act = replace(act, waits_for=read_waits_for(plain))
    return AskBack(why, act) if why else act


def _other_reason(text: Text, kind: ActKind) -> str | None:
    if kind is ActKind.EXTEND:
        text = _blank_until(text)
    return find_other_reason(text, kind)


def _blank_until(text: Text) -> Text:
    found = re.search(
        r"(?:到|至)[\d年月./-]{1,10}[日号]?|(?:到|至)(?:下?周|下个?月)\S?", text.plain
    )
    if not found:
        return text
    start, end = found.span()
    return Text(
        text.plain[:start] + "," + text.plain[end:], text.shown[:start] + "," + text.shown[end:]
    )


def _transfer_reason(text: Text, stated: Reason | None, cue: Cue | None) -> str | None:
    if stated:
        return stated.said
    start = cue.start if cue else 0
    clause_start = max(text.plain.rfind(mark, 0, start) for mark in ",;。\n") + 1
    ends = [at for mark in ",;。\n" if (at := text.plain.find(mark, start)) >= 0]
    after = text.cut(min(ends), len(text.plain)) if ends else Text("", "")
    before = text.cut(0, clause_start)
    return find_other_reason(after, ActKind.TRANSFER) or find_other_reason(before, ActKind.TRANSFER)
