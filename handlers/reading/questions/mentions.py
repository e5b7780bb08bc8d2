"""What a question names, and the question with a letter in place of each name."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from handlers.reading.naming.names import Mention, Names
from handlers.reading.naming.references import find_project_numbers, find_tasks
from handlers.reading.questions.rankings import find_metrics
from handlers.reading.questions.spans import Span, find_span
from handlers.reading.questions.tails import list_fragments, reach_on
from handlers.reading.values import Candidates, ReadingContext, Slots

# Letters that stand for a name, by its kind; ordinary text in capitals is lowered before.
PROJECT, DEPARTMENT, ITEM, COUNTY, METRIC, SPAN, TASK = "PDICMTN"
_KINDS = frozenset((PROJECT, DEPARTMENT, ITEM, COUNTY, METRIC, SPAN, TASK))

_SAID_TO_BE_ONE = re.compile(r"(?P<said>[\u4e00-\u9fff]{2,8}?)(?:的|[那这]个?)项目")
_MOST_SIMILAR = 6


@dataclass(frozen=True, slots=True)
class Named:
    """A question's names as slots, and its skeleton.

    `weight` is how plainly it names things, in characters; `addressed` and
    `quotes_task` are those of the context.
    """

    text: str
    skeleton: str
    slots: Slots
    span: Span | None
    weight: int
    addressed: bool = False
    quotes_task: bool = False

    def has(self, kind: str) -> bool:
        """Whether something of a kind is named."""
        return kind in self.skeleton

    @property
    def names_anything(self) -> bool:
        """Whether something of any kind is named."""
        return not _KINDS.isdisjoint(self.skeleton)

    def names_besides(self, kind: str) -> bool:
        """Whether something of another kind is named."""
        return not (_KINDS - {kind}).isdisjoint(self.skeleton)


def find_named(text: str, context: ReadingContext) -> Named:
    """Everything that a plain text names."""
    span = find_span(text, context.today, context.calendar)
    found = _choose(_part(list(_list_found(text, context.names, span)), text, context.names))
    found = _complete(found, text)
    slots = Slots(
        projects=_names(found, PROJECT),
        departments=_names(found, DEPARTMENT),
        items=_names(found, ITEM),
        counties=_names(found, COUNTY),
        metrics=_names(found, METRIC),
        numbers=find_project_numbers(text),
        tasks=_list_tasks(text, context),
        unclear=tuple(
            Candidates(text[m.start : m.end], m.names)
            for kind, m in found
            if kind == PROJECT and m.doubtful
        ),
    )
    kept_span = span if any(kind == SPAN for kind, _ in found) else None
    weight = sum(m.end - m.start for kind, m in found if kind in (PROJECT, DEPARTMENT, ITEM))
    return Named(
        text, _skeleton(text, found), slots, kept_span, weight,
        context.addressed, context.quotes_task,
    )  # fmt: skip


def _list_tasks(text: str, context: ReadingContext) -> tuple[int, ...]:
    numbers = tuple(n for reference in find_tasks(text, context.names) for n in reference.numbers)
    quoted = context.reply_to_task
    if not numbers and quoted is not None and not isinstance(quoted, bool):
        return (quoted,)
    return numbers


def _list_found(text: str, names: Names, span: Span | None) -> Iterator[tuple[str, Mention]]:
    for project in _list_projects(text, names):
        yield PROJECT, project
    for item in names.find_items(text):
        yield ITEM, item
    for department in names.find_departments(text):
        yield DEPARTMENT, department
    for county in names.find_counties(text):
        yield COUNTY, county
    for metric in find_metrics(text):
        yield METRIC, Mention(metric.start, metric.end, metric.names)
    for task in find_tasks(text, names):
        yield TASK, Mention(task.start, task.end, ())
    if span:
        yield SPAN, Mention(span.start, span.end, ())


def _list_projects(text: str, names: Names) -> Iterator[Mention]:
    """The projects that a text names; 牛肉那个项目 says that 牛肉 is one."""
    plain = names.find_projects(text)
    yield from plain
    for said in _SAID_TO_BE_ONE.finditer(text):
        start, end = said.span("said")
        if any(start < one.end and one.start < end for one in plain):
            continue
        for first in range(start, end - 1):
            similar = names.find_similar(text[first:end], _MOST_SIMILAR)
            found = tuple(name for name in similar if text[first:end] in name)
            if found:
                yield Mention(first, end, found)
                break


def _part(found: list[tuple[str, Mention]], text: str, names: Names) -> list[tuple[str, Mention]]:
    """Ends a project where an item begins: 晨禾食品企业投资项目核准 is 晨禾食品 and an item."""
    starts = sorted(one.start for kind, one in found if kind == ITEM)
    return [
        (kind, _end_before(one, starts, text, names) if kind == PROJECT else one)
        for kind, one in found
    ]


def _end_before(project: Mention, starts: list[int], text: str, names: Names) -> Mention:
    start = next((at for at in starts if project.start < at < project.end), None)
    if start is None:
        return project
    left = names.find_projects(text[project.start : start])
    same = any(one.names == project.names for one in left)
    return replace(project, end=start) if same else project


def _complete(found: list[tuple[str, Mention]], text: str) -> list[tuple[str, Mention]]:
    """With all that stands there of the projects' names."""
    stops = [*(one.start for _, one in found), len(text)][1:]
    reached = [
        (kind, reach_on(one, text, stop) if kind == PROJECT else one)
        for (kind, one), stop in zip(found, stops, strict=False)
    ]
    projects = [one for kind, one in reached if kind == PROJECT]
    return _choose([*reached, *((PROJECT, part) for part in list_fragments(text, projects))])


def _choose(found: list[tuple[str, Mention]]) -> list[tuple[str, Mention]]:
    """Those that do not overlap, the longer first; in order of the text."""
    found = sorted(found, key=lambda each: each[1].start - each[1].end)
    chosen: list[tuple[str, Mention]] = []
    for kind, one in found:
        if all(one.end <= other.start or one.start >= other.end for _, other in chosen):
            chosen.append((kind, one))
    return sorted(chosen, key=lambda each: each[1].start)


def _names(found: list[tuple[str, Mention]], kind: str) -> tuple[str, ...]:
    several = kind == PROJECT
    names = [m.names for k, m in found if k == kind and not (several and m.doubtful)]
    return tuple(dict.fromkeys(name for each in names for name in each))


def _skeleton(text: str, found: list[tuple[str, Mention]]) -> str:
    parts, at = [], 0
    for kind, one in found:
        parts += [text[at : one.start].lower(), kind]
        at = one.end
    skeleton = "".join([*parts, text[at:].lower()])
    skeleton = re.sub(r"#\s?\d+(?:号?项目)?", "P", skeleton)
    # Blanks say nothing between Chinese words, and stand where keyboards put them.
    skeleton = re.sub(r"[ \t]+", "", skeleton.replace("\n", ","))
    return re.sub(r"P(?:那|这|该|的)?个?项目", "P", skeleton)
