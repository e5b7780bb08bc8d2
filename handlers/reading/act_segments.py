"""Cuts a message into parts by the tasks that are named in it: 6号收到,7号退回,原因…."""

import re
from dataclasses import dataclass

from handlers.reading.names import Names
from handlers.reading.normalise import Text
from handlers.reading.references import Reference, find_tasks


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of a message about the tasks named in it (none: ()); `text` without the naming.

    `says_task` tells whether the word 任务 stood with the numbers: 5号任务, not just 5号.
    `joint` is where the naming stood within `text` (a comma stands there now), if within.
    """

    text: Text
    tasks: tuple[int, ...] = ()
    says_task: bool = False
    joint: int | None = None


def split(text: Text, names: Names) -> list[Segment]:
    """The parts of a message, in order, each with the tasks that it is about."""
    named = find_tasks(text.plain, names)
    references = [each for each in named if not _is_in_reason(text.plain, each)]
    groups: list[list[Reference]] = []
    for reference in references:
        between = text.plain[groups[-1][-1].end : reference.start] if groups else "x"
        if groups and not between.strip(" ,、和与及跟&"):
            groups[-1].append(reference)
        else:
            groups.append([reference])
    starts = [_start_of_segment(text.plain, group[0].start, named) for group in groups]
    if not groups:
        return [Segment(text)]
    starts[0] = 0
    ends = [*starts[1:], len(text.plain)]
    return [_segment(text, a, b, g) for a, b, g in zip(starts, ends, groups, strict=True)]


def _is_in_reason(plain: str, reference: Reference) -> bool:
    # 5号暂停,等3号办结: the second number is part of the reason, not another act.
    clause = re.split("[,;。\n]", plain[: reference.start])[-1]
    before = re.search(
        r"(?:原因|理由|因为?|由于|等待?|待|与|同|参照|依赖|取决于)[^,;。]{0,6}$", clause
    )
    return before is not None and reference.start > len(before[0])


def _start_of_segment(plain: str, at: int, named: list[Reference]) -> int:
    """The start of the clause with a number in it, unless an act stands between: 6号收到7号退回."""
    clause = max(plain.rfind(mark, 0, at) for mark in ",;。\n") + 1
    if any(clause <= each.start < at for each in named):
        return at
    return clause


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
