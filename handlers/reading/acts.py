"""Acts on tasks: by reply to a card, by number (5号已办结), by project and item.

One message may act on several tasks differently. What is ambiguous is asked
back; what nobody can have meant as an act is left alone.
"""

import re
from collections.abc import Iterable
from dataclasses import replace

from handlers.reading import act_cues
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
        {ActKind.COMPLETE, ActKind.PAUSE, ActKind.EXTEND, ActKind.RESUME, ActKind.PROGRESS}
    ),
    ActKind.PROGRESS: (_STRONG - {ActKind.ACCEPT}) | {ActKind.PROBLEM, ActKind.CONTACT},
    ActKind.PROBLEM: _STRONG - {ActKind.ACCEPT},
    ActKind.RESUME: frozenset({ActKind.COMPLETE}),
    ActKind.RETURN: frozenset({ActKind.MAKE_GOOD}),
    ActKind.COMPLETE: frozenset({ActKind.MAKE_GOOD}),
    # 已办结,请予销号 is a department's hand-in; the office says 销号 alone.
    ActKind.CLOSE: frozenset({ActKind.COMPLETE, ActKind.MAKE_GOOD}),
}
_TAKEN = re.compile("领账|领取|领了|已领|认领|接单|签收")
_WEAK = re.compile(
    r"(?:好[的滴]?|嗯+|行|可以|ok|okay|没问题|是的?|对|1|\+1|哦+|👌|👍|🆗|"
    r"看看|再说吧?|在看|[。.!,~ ])+",
    re.IGNORECASE,
)
# The office urging somebody on does nothing to a task.
_URGING = re.compile(r"(?<!申)请|麻烦|抓紧|尽快|务必|加快|注意|记得|提醒|督促|催")
_STAGE = re.compile(
    r"(?:初审|复审|踏勘|勘查|勘察|公示|评审|论证|编制|测绘|资料|材料|第[一二三]步|现场|听证|检测|部分|签批|会签|"
    r"受理|对接|联系|补正|整改|修改|前期|沟通|一半|大半|初稿)[^,;。]{0,4}$"
)
_BARE = re.compile(
    r"(?:我局|我委|我们|我单位|本局|申请|请求|请|现|特|需要?|要|先|已经|已|正式|这项|这个|该项|该)*"
    r"(?:领账|领取任务|办结|交账|完成交账|退回(?:任务)?|停表|暂停计时|恢复计时|延期|受理|卡点|对账|补正|"
    r"转(?:办|交)?(?:给|到|至|由)?\w{2,12}?(?:局|委|办|中心)?(?:办理|处理)?)(?:了|吧|啦)?"
    r"(?:$|[,:;。!]|\d|[一二两三四五六七八九十]个?)"
)


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
    kinds, cues = _read_kinds(text.plain, reason)
    named = bool(segment.tasks) or context.quotes_task
    if not kinds:
        return _read_without_cue(text.plain, segment, context) if named else None
    if named and act_cues.is_supposed(_without(text.plain, reason)):
        return AskBack(Why.UNCLEAR)
    if len(kinds) > 1:
        return _aim(AskBack(Why.CONTRADICTORY, Act(kinds[0])), segment, context) if named else None
    cue = next((c for c in cues if c.kind is kinds[0]), None)
    return _aim(_fill(kinds[0], cue, text, reason, context), segment, context)


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


def _read_kinds(plain: str, reason: Reason | None) -> tuple[list[ActKind], list[Cue]]:
    if act_cues.is_report(plain):
        return [ActKind.PROGRESS], []
    cues = [
        c for c in find_cues(plain) if not _is_reason(c, reason, plain) and not _is_stage(c, plain)
    ]
    kinds = list(dict.fromkeys(cue.kind for cue in cues))
    if not set(kinds) - {ActKind.ACKNOWLEDGE} and act_cues.NOT_OURS.search(plain):
        kinds = [ActKind.RETURN]
    taken = _TAKEN.search(plain) is not None and {ActKind.RETURN, ActKind.TRANSFER} & set(kinds)
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
    if _URGING.search(plain):
        return None
    if act_cues.has_any(plain):
        ahead = re.search("预计|争取|计划|力争|准备|即将|快|将|马上|尽快|等", plain)
        report: Act | AskBack = Act(ActKind.PROGRESS) if ahead else AskBack(Why.UNCLEAR)
        return _aim(report, segment, context)
    plainly_named = bool(segment.tasks) and (segment.says_task or context.addressed)
    if plainly_named or (context.quotes_task and _WEAK.fullmatch(plain)):
        return AskBack(Why.UNCLEAR)
    return None


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


def _aim(act: Act | AskBack, segment: Segment, context: ReadingContext) -> Act | AskBack | None:
    """The act on the tasks that it names, or asked back when it names none that exist."""
    about = act.about if isinstance(act, AskBack) else act
    if about is None:
        return act
    if segment.tasks:
        known = context.names.tasks
        about = replace(about, tasks=segment.tasks)
        if known is not None and not known.issuperset(segment.tasks):
            return AskBack(Why.UNKNOWN_TASK, about)
    elif not context.quotes_task:
        return _aim_by_name(act, about, segment.text.plain, context)
    return replace(act, about=about) if isinstance(act, AskBack) else about


def _aim_by_name(
    act: Act | AskBack, about: Act, plain: str, context: ReadingContext
) -> Act | AskBack | None:
    projects = context.names.find_projects(plain)
    items = context.names.find_items(plain)
    named = {name for mention in projects for name in mention.names}
    if not projects and not items:
        return AskBack(Why.WHICH_TASK, about) if _is_bare(plain, about) else None
    if about.kind is ActKind.ACKNOWLEDGE and not items and not _TAKEN.search(plain):
        return None
    if (
        about.kind is ActKind.PROGRESS
        and not (projects and items)
        and not act_cues.is_report(plain)
    ):
        return None
    item = (
        plain[items[0].start : items[0].end] if items and len(items[0].names) > 1 else _only(items)
    )
    project = next(iter(named)) if len(named) == 1 else None
    about = replace(about, project=project, item=item)
    if project is None or item is None:
        return AskBack(Why.WHICH_TASK, about, tuple(sorted(named)) if len(named) > 1 else ())
    return replace(act, about=about) if isinstance(act, AskBack) else about


def _only(items: Iterable[object]) -> str | None:
    names = {name for mention in items for name in getattr(mention, "names", ())}
    return str(next(iter(names))) if len(names) == 1 else None


def _is_bare(plain: str, about: Act) -> bool:
    """Whether a text that names nothing is plainly a command all the same: 申请延期3天,原因…"""
    if about.kind is ActKind.TRANSFER and not about.department:
        return False
    return len(plain) <= 60 and _BARE.match(plain) is not None
