"""On which tasks an act is meant to be: by number, by the quoted card, by project and item."""

import re
from collections.abc import Iterable
from dataclasses import replace

from handlers.reading import act_cues
from handlers.reading.act_segments import Segment
from handlers.reading.references import find_project_numbers
from handlers.reading.values import Act, ActKind, AskBack, ReadingContext, Why

TAKEN = re.compile("领账|领取|领了|已领|认领|接单|签收")
_BARE = re.compile(
    r"(?:我局|我委|我们|我单位|本局|申请|请求|请|现|特|需要?|要|先|已经|已|正式|这项|这个|该项|该)*"
    r"(?:领账|领取任务|办结|交账|完成交账|退回(?:任务)?|停表|暂停计时|恢复计时|延期|受理|卡点|对账|补正|"
    r"转(?:办|交)?(?:给|到|至|由)?\w{2,12}?(?:局|委|办|中心)?(?:办理|处理)?)(?:了|吧|啦)?"
    r"(?:$|[,:;。!]|\d|[一二两三四五六七八九十]个?)"
)


def aim(act: Act | AskBack, segment: Segment, context: ReadingContext) -> Act | AskBack | None:
    """The act on the tasks that it names, or asked back when it names none that exist."""
    about = act.about if isinstance(act, AskBack) else act
    if about is None:
        return act
    if segment.tasks:
        known = context.names.tasks
        about = replace(about, tasks=segment.tasks)
        if known is not None and not known.issuperset(segment.tasks):
            return AskBack(Why.UNKNOWN_TASK, about)
    elif context.quotes_task:
        about = _note_names(about, segment.text.plain, context)
    else:
        return _aim_by_name(act, about, segment.text.plain, context)
    return replace(act, about=about) if isinstance(act, AskBack) else about


def _note_names(about: Act, plain: str, context: ReadingContext) -> Act:
    """What a reply names beside the quoted card, outside its reason: it may be another task."""
    said = plain.replace(about.reason, " ") if about.reason else plain
    items = context.names.find_items(said)
    if len(items) != 1:
        return about
    return replace(about, item=said[items[0].start : items[0].end])


def _aim_by_name(
    act: Act | AskBack, about: Act, plain: str, context: ReadingContext
) -> Act | AskBack | None:
    projects = context.names.find_projects(plain)
    numbers = find_project_numbers(plain)
    items = context.names.find_items(plain)
    named = {name for mention in projects for name in mention.names}
    if not projects and not items and not numbers:
        return AskBack(Why.WHICH_TASK, about) if _is_bare(plain, about) else None
    if about.kind is ActKind.ACKNOWLEDGE and not items and not TAKEN.search(plain):
        return None
    if (
        about.kind is ActKind.PROGRESS
        and not ((projects or numbers) and items)
        and not act_cues.is_report(plain)
    ):
        return None
    item = (
        plain[items[0].start : items[0].end] if items and len(items[0].names) > 1 else _only(items)
    )
    project = next(iter(named)) if len(named) == 1 else None
    number = numbers[0] if len(numbers) == 1 else None
    about = replace(about, project=project, item=item, project_number=number)
    if (project is None and number is None) or item is None or len(numbers) > 1:
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
