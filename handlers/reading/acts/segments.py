"""Cuts a message into parts by the tasks that are named in it: 6号收到,7号退回,原因….

Tasks are named by number, or by project and item; then a part may take its project from the
part before: 云方药业的节能审查已办结,环评报告书还在公示.
"""

import re
from dataclasses import dataclass
from itertools import groupby, pairwise

from handlers.reading.acts.cues import find_cues
from handlers.reading.acts.moods import is_asked
from handlers.reading.acts.parts import ITEM, PROJECT
from handlers.reading.language.normalise import Text
from handlers.reading.naming.names import Mention, Names
from handlers.reading.naming.references import Reference, find_tasks

_REASON_BEFORE = re.compile(
    r"(?:原因|理由|因为?|由于|等待?|待|与|(?<!会)(?<!协)同(?!意|时)|参照|依赖|取决于)\s?[^,;。()\s]{0,6}$"
)
_LEFT_OUT = re.compile(
    r"除了?\s?(?:任务|第|[\d一二三四五六七八九十号、和及与])[任务第号、和及与\d一二三四五六七八九十]{0,20}(?:[之以]?外|,|都|全|均)"
)
# A name before or behind the place of the numbers.
_MIXED = re.compile(
    f"{ITEM}(?:[、和与及跟]|以及)\\s?,|^\\s?,?(?:[、和与及跟]|以及)[{PROJECT}{ITEM}]"
)
# The others of a list of tasks, and what stands between the list and what is said of each.
_REST = re.compile(
    r"(?:^|(?<=[,;。:\s]))(?P<rest>(?:其余|其他|其它|剩下|剩余|余下|另外)"
    r"(?:的|任务|[\d一二两俩三仨四五六七八九十几][个件项])*)(?=[^\s,;。:])"
)
_DONE_TO_REST = re.compile(
    rf"{_REST.pattern}(?:都|均|全部?|也|已经?|统一|一并)*"
    r"(?:收到|收悉|领账|签收|联系|对接|受理|办结|办完|交账|退回|转|停表|暂停|恢复|延期|销号)"
)
_HEADING = re.compile(r"\s*(?:任务)?\s*[:,;。\n]")
_OPENING = 40
_CLAUSE_END = re.compile("[,;。:\n]")
# What may stand between two names of one list.
JOINED = re.compile(r"[\s、,和与及跟&的]*")


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of a message about the tasks named in it (none: ()); `text` without the naming.

    `says_task` tells whether the word 任务 stood with the numbers: 5号任务, not just 5号.
    `joint` is where the naming stood within `text` (a comma stands there now), if within.
    `project` is the project of the part before, where this one names an item only.
    """

    text: Text
    tasks: tuple[int, ...] = ()
    says_task: bool = False
    joint: int | None = None
    project: Mention | None = None


def split(text: Text, names: Names, by_names: bool = False) -> list[Segment]:
    """The parts of a message, in order, each with the tasks that it is about.

    Parts begin where tasks are named by number; `by_names`: also where a clause begins
    with a project and its item (such parts have no numbers).
    """
    named = find_tasks(text.plain, names)
    if by_names and named:
        named = sorted([*named, *_find_opening_names(text.plain, names)], key=lambda r: r.start)
    references = [each for each in named if not _is_in_reason(text.plain, each)]
    groups: list[list[Reference]] = []
    for reference in references:
        between = text.plain[groups[-1][-1].end : reference.start] if groups else "x"
        if groups and not between.strip(" ,、和与及跟&"):
            groups[-1].append(reference)
        else:
            groups.append([reference])
    if not groups:
        return [Segment(text)]
    starts = [_start_of_segment(text.plain, group[0].start, named) for group in groups]
    starts[0] = _start_of_first(text.plain, starts[0])
    ends = [*starts[1:], len(text.plain)]
    parts = [_segment(text, a, b, g) for a, b, g in zip(starts, ends, groups, strict=True)]
    numbered = groupby(enumerate(parts), key=lambda each: each[1].tasks or each[0])
    return [_join([part for _, part in same]) for _, same in numbered]


def name_rest(text: Text, names: Names) -> Text:
    """Says which tasks the others are where a list of all stands before: 4、9号:4号…,其余收到."""
    named = find_tasks(text.plain, names) if _REST.search(text.plain) else []
    if len(named) < 2 or len(named[0].numbers) < 2:
        return text
    if not _HEADING.match(text.plain, named[0].end):
        return text
    own = {number for each in named[1:] for number in each.numbers}
    rest = "、".join(f"{number}号" for number in named[0].numbers if number not in own)
    found = _REST.search(text.plain, named[1].end)
    if not rest or not found or not own <= set(named[0].numbers):
        return text
    start, end = found.span("rest")
    return Text(
        text.plain[:start] + rest + text.plain[end:], text.shown[:start] + rest + text.shown[end:]
    )


def _find_opening_names(plain: str, names: Names) -> list[Reference]:
    """Where clauses begin with a project and its item, as references without numbers."""
    projects, items = names.find_projects(plain), names.find_items(plain)
    return [
        Reference(project.start, project.start, ())
        for project in projects
        if not _CLAUSE_END.split(plain[: project.start])[-1].strip(" \t")
        and any(
            item.start >= project.end and JOINED.fullmatch(plain[project.end : item.start])
            for item in items
        )
    ]


def _is_in_reason(plain: str, reference: Reference) -> bool:
    # 5号暂停,等3号办结: the second number is part of the reason, not another act.
    clause = re.split("[,;。\n]", plain[: reference.start])[-1]
    before = _REASON_BEFORE.search(clause)
    return before is not None and reference.start > len(before[0])


def _start_of_segment(plain: str, at: int, named: list[Reference]) -> int:
    """The start of the clause with a number in it, unless an act stands between: 6号收到7号退回."""
    clause = max(plain.rfind(mark, 0, at) for mark in ",;。\n、") + 1
    if any(clause <= each.start < at for each in named):
        return at
    return clause


def _start_of_first(plain: str, start: int) -> int:
    """What stands before the first task belongs to it, but lines that say of no act do not."""
    line = plain.rfind("\n", 0, start) + 1
    return line if line and not find_cues(plain[:line]) else 0


def _segment(text: Text, start: int, end: int, group: list[Reference]) -> Segment:
    numbers = tuple(dict.fromkeys(n for reference in group for n in reference.numbers))
    inside = [(r.start - start, r.end - start) for r in group]
    part = text.cut(start, end)
    first, last = inside[0][0], inside[-1][1]
    glue = "," if first and last < len(part.plain) else ""
    without = Text(
        part.plain[:first] + glue + part.plain[last:],
        part.shown[:first] + glue + part.shown[last:],
    )
    named = part.plain[first:last]
    cut = len(without.plain) - len(without.plain.lstrip(" \t"))
    joint = first - cut if glue and first >= cut else None
    return Segment(without.strip(" \t"), numbers, "任务" in named, joint)


def _join(parts: list[Segment]) -> Segment:
    """One part of several about the same tasks: 31号办结,31号退回 has to be seen as a whole."""
    first = parts[0]
    if len(parts) == 1:
        return first
    plain = "\n".join(part.text.plain for part in parts)
    shown = "\n".join(part.text.shown for part in parts)
    return Segment(Text(plain, shown), first.tasks, first.says_task)


def opens_with_task(plain: str, names: Names) -> bool:
    """Whether a text begins with a task's number."""
    return bool(find_tasks(plain[:_OPENING], names))


def leaves_open(plain: str, acts: bool) -> bool:
    """Whether it is not told to which tasks something is done: 除6号外,5至8号都已办结.

    `acts`: whether an act was read of the text.
    """
    if _LEFT_OUT.search(plain):
        return acts or (not is_asked(plain) and bool(find_cues(plain)))
    return acts and _DONE_TO_REST.search(plain) is not None


def lists_names(segment: Segment, masked: str) -> bool:
    """Whether numbers and names stand in one list: 5号和晨禾食品的能评.

    `masked`: the segment's text with signs in the place of names.
    """
    at = segment.joint if segment.joint is not None else 0
    return bool(segment.tasks) and _MIXED.search(masked[max(0, at - 4) : at + 4]) is not None


def split_by_names(text: Text, names: Names) -> list[Segment]:
    """The parts of a message that names its tasks by project and item: one a clause that
    begins with another of them."""
    plain = text.plain
    projects = names.find_projects(plain)
    mentions = sorted([*projects, *names.find_items(plain)], key=lambda each: each.start)
    starts = [0]
    for last, mention in pairwise(mentions):
        between = plain[last.end : mention.start]
        begins = max(plain.rfind(mark, 0, mention.start) for mark in ",;。\n") + 1
        opens = not plain[begins : mention.start].strip(" \t的")
        if opens and begins > last.start and not JOINED.fullmatch(between):
            starts.append(begins)
    parts = []
    for start, end in zip(starts, [*starts[1:], len(plain)], strict=True):
        own = [each for each in projects if start <= each.start < end]
        before = [each for each in projects if each.end <= start]
        inherited = before[-1] if before and not own else None
        parts.append(Segment(text.cut(start, end).strip(" \t\n"), project=inherited))
    return parts
