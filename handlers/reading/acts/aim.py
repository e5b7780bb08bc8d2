"""On which tasks an act is meant to be: by number, by the quoted card, by project and item."""

import re
from collections.abc import Iterable
from dataclasses import replace
from itertools import pairwise

from handlers.reading.acts.cues import is_report
from handlers.reading.acts.segments import JOINED, Segment
from handlers.reading.naming.names import Mention
from handlers.reading.naming.references import find_project_numbers
from handlers.reading.values import Act, ActKind, AskBack, ReadingContext, Why

TAKEN = re.compile("领账|账领|领取|领走|领了|领下|已领|认领|接单|签收|接[了下]|收悉")
_BARE = re.compile(
    r"(?:我局|我委|我们|俺们?|我单位|本局|申请|请求|请|现|特|需要?|要|先|已经|已|正式|这项|这个|该项|该|都)*"
    r"(?:领账|领取任务|办结|交账|完成交账|退回(?:任务)?|退件|停表|暂停计时|恢复计时|延期|受理|卡点|对账|补正|"
    r"转(?:办|交)?(?:给|到|至|由)?\w{2,12}?(?:局|委|办|中心)?(?:办理|处理)?)(?:了|吧|啦)?"
    r"(?:$|[,:;。!]|\d|[一二两三四五六七八九十]个?)"
)
# 昨天那个任务转给城管局, 我局有一件申请停表, 报个卡点:… speak of a task as well.
_DESCRIBED = re.compile(
    r"(?:(?:我[们局委科]|俺们?|俺局|本局)?(?:今天|昨天|前天|上午|下午|早上|昨晚|刚才?|刚刚|上周|才|之前|前[两几]天)"
    r"(?:(?:派|下达|下|分|转|发|给|交)(?:来|过来|给\S{1,3})?的)?(?:[那这]\S?)?(?:个?任务|件|单子?|个件|个单子?)"
    r"|(?:我[们局委科]|俺们?|俺局|本局)(?:这边|这里|这)?有(?:一?[个件项]|[那这]个)(?:任务|件|活)?)"
    r"(?=[,:\s我俺咱已办转退停延收领都也要申需请给就完弄交暂恢受接现])"
    r"|(?:上?报|反映|提|汇报)一?[个下]?(?:卡点|堵点|难点):"
)
# Without a number, but of tasks all the same: 上午派的那两件都领了, 联系过业主了,清单给了.
_OF_TASKS = re.compile(
    r"(?:派|下达|分|转|发)(?:来|给\S{1,4}|过来)?的(?:那|这)?\S{0,3}(?:件|任务|单|项)[^,;。]{0,6}$"
)
_OWNER_AND_LIST = re.compile(
    r"(?=[^\n]*(?:业主|企业|建设单位|项目方))(?=[^\n]*(?:清单|目录|告知书))"
)
_OWNER_OR_LIST = re.compile(r"业主|企业|建设单位|项目方|投资方|清单|目录|告知书|材料")
# Who speaks of others, or to somebody, does not act on a task of his own.
_OF_OTHERS = re.compile(
    r"他们|人家|外地|隔壁|别的|有个|某|听说|据说|你|您|咱俩|@|网上|新闻|公众号|省里|全省|全国|去年|上个月|那会儿?|当年|以前|以后|今后|统一|大家|各单位|各部门|记得|不容易|恭喜|祝贺|感谢\S{0,3}局|来拿|来取|累计|位居|同比|环比|全面|压缩|大厅|\d{2,}\s?[余多]?[件项宗]"
)
_MARGIN = 6


def aim(act: Act | AskBack, segment: Segment, context: ReadingContext) -> list[Act | AskBack]:
    """The act on each of the tasks that it names, or asked back when it names none that exist."""
    about = act.about if isinstance(act, AskBack) else act
    if about is None:
        return [act]
    if segment.tasks:
        known = context.names.tasks
        about = replace(about, tasks=segment.tasks)
        if known is not None and not known.issuperset(segment.tasks):
            return [AskBack(Why.UNKNOWN_TASK, about)]
    elif context.quotes_task:
        about = _note_names(about, segment.text.plain, context)
    else:
        return _aim_by_name(act, about, segment, context)
    return [_with_about(act, about)]


def _with_about(act: Act | AskBack, about: Act) -> Act | AskBack:
    return replace(act, about=about) if isinstance(act, AskBack) else about


def _note_names(about: Act, plain: str, context: ReadingContext) -> Act:
    """What a reply names beside the quoted card, outside its reason: it may be another task."""
    said = plain.replace(about.reason, " ") if about.reason else plain
    items = context.names.find_items(said)
    if len(items) != 1:
        return about
    return replace(about, item=said[items[0].start : items[0].end])


def _aim_by_name(
    act: Act | AskBack, about: Act, segment: Segment, context: ReadingContext
) -> list[Act | AskBack]:
    plain = segment.text.plain
    said = plain.replace(about.reason, "\0" * len(about.reason)) if about.reason else plain
    projects, items = context.names.find_projects(said), context.names.find_items(said)
    if segment.project and not projects:
        projects = [segment.project]
    numbers = find_project_numbers(said)
    if not projects and not items and not numbers:
        bare = _is_bare(plain, about)
        return [AskBack(Why.WHICH_TASK, about)] if bare else []
    if not _is_meant(about, plain, projects, items, numbers, context):
        return []
    pairs = _list_pairs(said, projects, items)
    if len(numbers) == 1 and not projects and len(pairs) == 1:
        return [_with_about(act, replace(about, item=pairs[0][1], project_number=numbers[0]))]
    if not pairs or numbers or any(project is None for project, _ in pairs):
        return [_ask_which(about, said, projects, items, numbers)]
    return [_with_about(act, replace(about, project=project, item=item)) for project, item in pairs]


def _ask_which(
    about: Act,
    said: str,
    projects: list[Mention],
    items: list[Mention],
    numbers: tuple[int, ...],
) -> AskBack:
    """Asks for the task, with what is known of it, or the projects that may be meant."""
    candidates = tuple(dict.fromkeys(name for each in projects for name in each.names))
    sure = len(candidates) == 1 and not projects[0].mistyped
    about = replace(
        about,
        project=candidates[0] if sure else None,
        item=_said_item(said, items[0]) if len(items) == 1 else None,
        project_number=numbers[0] if len(numbers) == 1 else None,
    )
    return AskBack(Why.WHICH_TASK, about, () if sure else candidates)


def _list_pairs(
    said: str, projects: list[Mention], items: list[Mention]
) -> list[tuple[str | None, str]]:
    """The project and item of each task that is named; none where it cannot be told.

    Nothing is ever done on a project that was guessed. Several count only as a list:
    晨禾食品的能评和用地预审.
    """
    if any(each.mistyped or len(each.names) > 1 for each in projects):
        return []
    named = list(dict.fromkeys(each.names[0] for each in projects))
    wanted = list(dict.fromkeys(_said_item(said, each) for each in items))
    if len(named) <= 1 and len(wanted) == 1:
        return [(named[0] if named else None, wanted[0])]
    mentions = sorted([*projects, *items], key=lambda each: each.start)
    listed = all(JOINED.fullmatch(said[one.end : other.start]) for one, other in pairwise(mentions))
    if not listed or (len(named) > 1 and len(wanted) > 1):
        return []
    return [(project, item) for project in named for item in wanted]


def _said_item(plain: str, item: Mention) -> str:
    """An item by its name; a word for several (环评) as it was said, for the ledger to tell."""
    return item.names[0] if len(item.names) == 1 else plain[item.start : item.end]


def _is_meant(
    about: Act,
    plain: str,
    projects: Iterable[Mention],
    items: Iterable[Mention],
    numbers: tuple[int, ...],
    context: ReadingContext,
) -> bool:
    """Whether who names a project or an item also means to act on its task."""
    whole = bool(items) and bool(projects or numbers)
    if about.kind is ActKind.ACKNOWLEDGE and not items and not TAKEN.search(plain):
        return False
    if about.kind is ActKind.PROGRESS and not whole and not is_report(plain):
        return False
    if whole or numbers or context.addressed:
        return True
    if about.kind is ActKind.CONTACT and not _OWNER_OR_LIST.search(plain):
        return False
    first = min(each.start for each in (*projects, *items))
    near = first <= _MARGIN or _BARE.match(plain) is not None
    return near and not _OF_OTHERS.search(plain)


def _is_bare(plain: str, about: Act) -> bool:
    """Whether a text that names nothing is plainly a command all the same: 申请延期3天,原因…"""
    if len(plain) > 60 or _OF_OTHERS.search(plain):
        return False
    if about.kind is ActKind.TRANSFER and not about.department:
        return False
    if about.kind is ActKind.CONTACT:
        return _OWNER_AND_LIST.search(plain) is not None
    if about.kind is ActKind.ACKNOWLEDGE and _OF_TASKS.search(plain):
        return True
    return (_BARE.match(plain) or _DESCRIBED.match(plain)) is not None
