"""Acts on tasks: by reply to a card, by number (5号已办结), by project and item.

One message may act on several tasks differently. What is ambiguous is asked
back; what nobody can have meant as an act is left alone.
"""

import re
from dataclasses import replace
from datetime import date

from handlers.reading.acts import moods
from handlers.reading.acts.aim import aim
from handlers.reading.acts.cues import Cue, is_report
from handlers.reading.acts.days import is_day, is_of_offices
from handlers.reading.acts.kinds import is_half_done, read_kinds
from handlers.reading.acts.masks import blank, blank_term, close_joint, mask, mask_names, without
from handlers.reading.acts.moods import Mood, is_asked
from handlers.reading.acts.parts import (
    DEPARTMENT,
    ITEM,
    read_percent,
    read_target,
    read_term,
    read_waits_for,
)
from handlers.reading.acts.quotes import set_quote_aside
from handlers.reading.acts.reasons import Reason, find_other_reason, find_stated_reason
from handlers.reading.acts.refusals import is_refused
from handlers.reading.acts.segments import (
    Segment,
    leaves_open,
    lists_names,
    name_rest,
    opens_with_task,
    split,
    split_by_names,
)
from handlers.reading.acts.writing import prepare
from handlers.reading.language.dates import find_said_days
from handlers.reading.language.normalise import Text
from handlers.reading.values import Act, ActKind, Acts, AskBack, ReadingContext, Why

LONGEST = 4000
# What is longer has to begin with its task, or answer a card: a report of how far that is.
_LONGEST_UNNAMED = 1000
# Nobody asks or urges at such length under 进度:.
_LONG_REPORT = 100

_NEEDS_REASON = frozenset({ActKind.RETURN, ActKind.PAUSE, ActKind.EXTEND, ActKind.PROBLEM,
                           ActKind.MAKE_GOOD})  # fmt: skip
_DECIDED = frozenset({ActKind.RETURN, ActKind.TRANSFER, ActKind.PAUSE, ActKind.RESUME,
                      ActKind.EXTEND})  # fmt: skip
_WEAK = re.compile(
    r"(?:好[的滴]?|嗯+|行|可以|ok|okay|没问题|是的?|对|1|\+1|哦+|👌|👍|🆗|"
    r"看看|再说吧?|在看|[。.!,~ ])+",
    re.IGNORECASE,
)
# The office urging somebody on does nothing to a task.
_URGING = re.compile(
    r"(?<!申)请(?!核[实查验]|确认|查收|审[核批])|麻烦|抓紧|尽快|务必|加快|注意|记得|提醒|督促|催"
)
_URGED = re.compile(
    r"(?<!申)请(?!予|准)[^,;。\n]{0,10}(?:及时|按时|按期|抓紧|尽快|务必|注意|认真|高度重视)|(?:抓紧|尽快|务必|及时|按时)[^,;。]{0,2}(?:领账|对账|交账|办结|受理)(?!了)"
)
_ANNOUNCED = re.compile("预计|争取|计划|力争|准备|即将|快|将|马上|尽快|等")
# 1号和2号任务进展 tells nothing: it is what somebody wants to know.
_NAMES_ONLY = re.compile(
    r"[\s,]*(?:目前|现在|当前|最新|最近|任务|办理|工作|的)*(?:进展|进度)(?:情况|如何)?[\s。!]*"
)
_IN_TIME = re.compile("[按如][期时]")
_EMPTY = " \t\n,;。:!、.~"
# Acts that start or stop a clock from the day on which they are said to have been done.
_DATED = frozenset({ActKind.ACCEPT, ActKind.PAUSE, ActKind.RESUME})
# Acts that may be told of later, but not before.
_ENDS = frozenset({ActKind.COMPLETE, ActKind.CLOSE, ActKind.RETURN, ActKind.TRANSFER})


def read_acts(text: Text, context: ReadingContext) -> Acts | None:
    """What a message does to tasks, in order; None if it does nothing."""
    long = len(text.plain) > _LONGEST_UNNAMED
    if len(text.plain) > LONGEST or (
        long and not context.quotes_task and not opens_with_task(text.plain, context.names)
    ):
        return None
    text = prepare(set_quote_aside(text, context.names), context.reply_to_task)
    text = name_rest(text, context.names)
    segments = split(text, context.names)
    if context.quotes_task and _acts_before_number(segments[0], context):
        return Acts((AskBack(Why.UNCLEAR),))
    acts = _read_by_names(text, segments, context)
    acts = acts or [act for segment in segments for act in _read_segment(segment, context)]
    if long and all(isinstance(act, AskBack) and act.about is None for act in acts):
        acts = aim(Act(ActKind.PROGRESS), segments[0], context)
    if leaves_open(text.plain, bool(acts)):
        return Acts((AskBack(Why.UNCLEAR),))
    return Acts(tuple(acts)) if acts else None


def _acts_before_number(segment: Segment, context: ReadingContext) -> bool:
    """Whether something is done before another task is named: to the quoted card, or to that?"""
    if segment.joint is None or context.reply_to_task in segment.tasks:
        return False
    clauses = re.split("[,;。\n]", segment.text.plain[: segment.joint])
    return any(read_kinds(clause, None, None)[0] for clause in clauses[:-1])


def _read_by_names(
    text: Text, segments: list[Segment], context: ReadingContext
) -> list[Act | AskBack]:
    """Several acts on tasks of which some are named by project and item.

    None if the parts are no acts each, or one needs what the next says as its reason.
    """
    if segments[0].tasks:
        parts = split(text, context.names, by_names=True)
    else:
        parts = [] if context.quotes_task else split_by_names(text, context.names)
    if len(parts) <= len(segments):
        return []
    read = [_read_segment(part, context) for part in parts]
    lacking = [
        act
        for acts in read[:-1]
        for act in acts
        if isinstance(act, AskBack) and act.why is Why.NO_REASON
    ]
    return [act for acts in read for act in acts] if all(read) and not lacking else []


def _read_segment(segment: Segment, context: ReadingContext) -> list[Act | AskBack]:
    text = mask_names(segment.text, context)
    plain = mask(text.plain, context.names.find_departments(text.plain), DEPARTMENT)
    reason = find_stated_reason(Text(plain, text.shown))
    said = without(plain, reason)
    named = bool(segment.tasks) or context.quotes_task
    if _is_none(plain, segment, context):
        return []
    report = len(said) > _LONG_REPORT and is_report(said)
    if is_asked(said) and not report:
        return _read_beside_question(plain, segment, context) if named else []
    kinds, cues = read_kinds(plain, reason, segment.joint)
    if not kinds or _URGED.search(said):
        return _read_without_cue(plain, cues, segment, context) if named else []
    if named and _is_open(kinds, cues, said):
        return _unclear(context)
    if _is_rather_day(kinds, cues, plain, segment, context):
        return []
    if lists_names(segment, plain):
        return [AskBack(Why.UNCLEAR)]
    if len(kinds) > 1 or _takes_back(kinds[0], cues) or is_half_done(kinds, said):
        asked = AskBack(Why.CONTRADICTORY, Act(kinds[0]))
        return aim(asked, segment, context) if named or ITEM in plain else []
    return _read_single(kinds[0], cues, segment, context)


def _read_single(
    kind: ActKind, cues: list[Cue], segment: Segment, context: ReadingContext
) -> list[Act | AskBack]:
    """The one kind of act that a segment does, on its tasks."""
    text = mask_names(segment.text, context)
    plain = mask(text.plain, context.names.find_departments(text.plain), DEPARTMENT)
    counted = [cue for cue in cues if cue.kind is kind and cue.mood is Mood.SAID]
    other = _find_other_day(text.plain, counted, segment, context)
    if other:
        planned = other > context.today and not re.search("已|了", text.plain)
        if planned and not (context.addressed or context.quotes_task):
            return []
        return aim(AskBack(Why.UNCLEAR, Act(kind)), segment, context)
    reason = find_stated_reason(Text(plain, text.shown))
    masked = Text(close_joint(plain, segment.joint), text.shown)
    return aim(_fill(kind, counted, text, masked, reason, context), segment, context)


def _is_rather_day(
    kinds: list[ActKind], cues: list[Cue], plain: str, segment: Segment, context: ReadingContext
) -> bool:
    sure = not segment.tasks or segment.says_task or context.addressed
    return not sure and is_day(kinds, cues, plain, segment.joint)


def _is_none(plain: str, segment: Segment, context: ReadingContext) -> bool:
    """Whether it only names tasks, or speaks of what others did."""
    if moods.is_of_others(plain, segment.joint) and not context.addressed:
        return True
    spoken_to = context.addressed or context.quotes_task
    return _NAMES_ONLY.fullmatch(plain) is not None or (moods.is_praise(plain) and not spoken_to)


def _is_open(kinds: list[ActKind], cues: list[Cue], said: str) -> bool:
    """Whether it is hearsay, supposed or not decided yet, and no report of that."""
    if is_report(said):
        return False
    wavering = set(kinds) == {ActKind.PROGRESS} and _is_wavering(cues)
    return wavering or moods.is_supposed(said) or moods.is_doubted(said)


def _read_beside_question(
    plain: str, segment: Segment, context: ReadingContext
) -> list[Act | AskBack]:
    """收到。业主电话是多少? is a receipt all the same; what moves a clock stands by no question."""
    said = "\n".join(part for part in re.split(r"(?<=[。!;?\n])", plain) if not is_asked(part))
    kinds, _ = read_kinds(said, None, None)
    harmless = len(kinds) == 1 and kinds[0] in (ActKind.ACKNOWLEDGE, ActKind.CONTACT)
    return aim(Act(kinds[0]), segment, context) if harmless else []


def _takes_back(kind: ActKind, cues: list[Cue]) -> bool:
    """Whether a task is handed in and in the same breath said not to be done: 已办结,尚未受理."""
    return kind is ActKind.COMPLETE and any(
        cue.mood is Mood.DENIED and cue.kind in (ActKind.COMPLETE, ActKind.ACCEPT) for cue in cues
    )


def _is_wavering(cues: list[Cue]) -> bool:
    """Whether something is only thought of that would need a decision: 可能要延期,等会开完."""
    return any(cue.kind in _DECIDED and cue.mood is Mood.HEARSAY for cue in cues)


def _unclear(context: ReadingContext) -> list[Act | AskBack]:
    """Asked back of who speaks to the bot; what others tell each other is left alone."""
    return [AskBack(Why.UNCLEAR)] if context.addressed or context.quotes_task else []


def _find_other_day(
    plain: str, cues: list[Cue], segment: Segment, context: ReadingContext
) -> date | None:
    """A day other than today on which the act is said to be done: its clock cannot start there."""
    joint = segment.joint
    if joint is not None:
        plain = plain[:joint] + " " + plain[joint + 1 :]
    for cue in cues:
        for day in find_said_days(plain, cue.start, cue.end, context.today):
            late = day < context.today and cue.kind in _DATED
            if late or (day > context.today and cue.kind in _DATED | _ENDS):
                return day
    return None


def _read_without_cue(
    plain: str, cues: list[Cue], segment: Segment, context: ReadingContext
) -> list[Act | AskBack]:
    """What to make of a text that names its task and says nothing definite of it."""
    if not plain.strip(_EMPTY) or (context.quotes_task and _WEAK.fullmatch(plain)):
        return []
    if _URGING.search(plain):
        # What somebody else is urged to do is told to that somebody, on a card too.
        only_us = segment.tasks and context.addressed and not context.quotes_task
        return [AskBack(Why.UNCLEAR)] if only_us else []
    if _is_wavering(cues) or moods.is_supposed(plain):
        return _unclear(context)
    # 撤回 alone, on a card, is said of messages.
    if is_refused(plain) and (segment.tasks or plain.strip(_EMPTY) != "撤回"):
        return [AskBack(Why.UNCLEAR)]
    done = [cue for cue in cues if cue.kind in moods.DONE_FOR_GOOD]
    staged = any(cue.mood is Mood.SAID for cue in done)
    if (
        staged
        or any(cue.mood is Mood.PARTLY for cue in done)
        or (cues and _ANNOUNCED.search(plain))
    ):
        return aim(Act(ActKind.PROGRESS), segment, context)
    if cues:
        return [AskBack(Why.UNCLEAR)] if _IN_TIME.match(plain) else _unclear(context)
    undecided = context.quotes_task and (moods.is_undecided(plain) or is_of_offices(plain))
    asked = undecided or (context.addressed and segment.tasks)
    return [AskBack(Why.UNCLEAR)] if asked else []


def _fill(
    kind: ActKind,
    cues: list[Cue],
    text: Text,
    masked: Text,
    stated: Reason | None,
    context: ReadingContext,
) -> Act | AskBack:
    """The act with all its parts, or what it lacks; `masked` is without departments too."""
    plain = text.plain
    act, why, term = Act(kind), None, None
    if kind is ActKind.TRANSFER:
        department, why = read_target(plain, cues[0].start if cues else 0, context.names)
        act = replace(act, department=department)
    elif kind is ActKind.EXTEND:
        term = read_term(blank(plain, stated), context.today)
        act, why = replace(act, days=term.days, until=term.until), term.why
    elif kind is ActKind.PROGRESS:
        act = replace(act, percent=read_percent(plain))
    elif kind is ActKind.PAUSE:
        act = replace(act, waits_for=read_waits_for(plain))
    if kind in _NEEDS_REASON or kind is ActKind.TRANSFER:
        said = stated.said if stated else find_other_reason(blank_term(masked, term), kind)
        act = replace(act, reason=said)
        lacks = kind in _NEEDS_REASON and not said
        why = why or (Why.NO_REASON if lacks else None)
    return AskBack(why, act) if why else act
