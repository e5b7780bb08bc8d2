"""Which projects and tasks a question is about; what is not certain is asked back."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from handlers.presses import Verb, press
from handlers.reading.values import Candidates, Query, Slots
from handlers.texts.answers import back
from handlers.texts.answers.facts import TaskFacts
from handlers.texts.answers.tasks import full_row, own_row, project_row
from handlers.texts.post import Button, Line, Post
from store.queries.projects import Project, find_by_number, list_by_name, list_projects
from store.queries.tasks import TaskRow, list_open

from .asking import Asking
from .question import ask_press

MOST_CHOICES = 8
SHORTEST_WORD = 2
"""Characters in a row that two names must share to be like each other."""


class AskBack(Exception):
    """The question cannot be answered as it was put; `post` says why and offers what there is."""

    def __init__(self, post: Post) -> None:
        super().__init__("asked back")
        self.post = post


@dataclass(frozen=True, slots=True)
class Scope:
    """The part of the ledger that a question names; empty is everything."""

    projects: tuple[Project, ...] = ()
    departments: tuple[str, ...] = ()
    counties: tuple[str, ...] = ()
    items: frozenset[str] = frozenset()
    tasks: tuple[int, ...] = ()

    def has(self, task: TaskRow) -> bool:
        """Whether a task is in it."""
        return all(
            (
                not self.projects or task.project_id in {p.id for p in self.projects},
                not self.departments or task.department in self.departments,
                not self.counties or task.county in self.counties,
                not self.items or task.item.key in self.items,
                not self.tasks or task.number in self.tasks,
            )
        )

    @property
    def row(self) -> Callable[..., Line]:
        """A task in one line, without what all of them have in common."""
        if len(self.projects) == 1:
            return project_row
        return own_row if len(self.departments) == 1 else full_row


def read_scope(asking: Asking) -> Scope:
    """What the slots name; raises AskBack."""
    slots, pack = asking.slots, asking.pack
    items = [item.key for name in slots.items for item in pack.find_items(name)]
    departments = [pack.find_department(name) for name in slots.departments]
    counties = [pack.find_county(name) for name in slots.counties]
    return Scope(
        tuple(find_projects(asking)),
        tuple(each.name for each in departments if each),
        tuple(each.name for each in counties if each),
        frozenset(items),
        slots.tasks,
    )


def label_scope(asking: Asking, scope: Scope) -> str:
    """The scope in words, to stand before a count; "" for everything."""
    names = [project.name for project in scope.projects]
    names += [asking.short(each) for each in scope.departments]
    names += [*scope.counties, *asking.slots.items]
    return asking.speech.join(names)


def list_open_facts(asking: Asking, scope: Scope) -> list[TaskFacts]:
    """The open tasks of a scope, the most urgent first."""
    only = scope.departments[0] if len(scope.departments) == 1 else None
    found = list_open(asking.view, asking.group, only)
    return asking.all_facts(task for task in found if scope.has(task))


def find_projects(asking: Asking) -> list[Project]:
    """The projects that the question names, in its order; raises AskBack."""
    slots = asking.slots
    if slots.unclear:
        _ask_which(asking, slots.unclear[0])
    if slots.unknown:
        raise AskBack(unknown_post(asking, slots.unknown))
    found = [_find_named(asking, name) for name in slots.projects]
    found += [_find_numbered(asking, number) for number in slots.numbers]
    return list({project.id: project for project in found}.values())


def unknown_post(asking: Asking, said: str) -> Post:
    """There is nothing of that name; what is called nearly so, or else the newest."""
    newest = list_projects(asking.view, asking.group)
    near = _list_near(said, newest)
    if near:
        return _choices(asking, back.nothing_but_near_line(asking.speech, said), near)
    return _choices(asking, back.unknown_line(asking.speech, said, bool(newest)), newest)


def which_project_post(asking: Asking) -> Post:
    """A question that needs a project, and names none."""
    newest = list_projects(asking.view, asking.group)[:MOST_CHOICES]
    return _choices(asking, back.which_project_line(asking.speech, bool(newest)), newest)


def _list_near(said: str, projects: list[Project]) -> list[Project]:
    """The projects that share a word with what was said, the longest first."""
    shared = {project.id: _count_shared(said, project.name) for project in projects}
    near = [project for project in projects if shared[project.id] >= SHORTEST_WORD]
    return sorted(near, key=lambda project: -shared[project.id])


def _count_shared(one: str, other: str) -> int:
    """How many characters in a row stand in both."""
    return SequenceMatcher(None, one, other, autojunk=False).find_longest_match().size


def _find_named(asking: Asking, name: str) -> Project:
    found = list_by_name(asking.view, asking.group, name)
    here = [p for p in found if p.county in asking.slots.counties] or found
    if not here:
        raise AskBack(unknown_post(asking, name))
    if len(here) > 1:
        line = back.several_counties_line(asking.speech, name, len(here))
        raise AskBack(_choices(asking, line, here))
    return here[0]


def _find_numbered(asking: Asking, number: int) -> Project:
    found = find_by_number(asking.view, asking.group, number)
    if found is None:
        raise AskBack(unknown_post(asking, f"#{number}"))
    return found


def _ask_which(asking: Asking, candidates: Candidates) -> None:
    found = [
        project
        for name in candidates.names
        for project in list_by_name(asking.view, asking.group, name)
    ]
    if not found:
        raise AskBack(unknown_post(asking, candidates.said))
    line = back.which_of_line(asking.speech, candidates.said, len(found))
    raise AskBack(_choices(asking, line, found))


def _choices(asking: Asking, line: Line, projects: list[Project]) -> Post:
    return Post((line,), tuple((_choice(asking, p),) for p in projects[:MOST_CHOICES]))


def _choice(asking: Asking, project: Project) -> Button:
    label = back.choice_label(asking.speech, project)
    try:
        return Button(label, ask_press(Query(asking.intent, _chosen(asking.slots, project))))
    except ValueError:
        return Button(label, press(Verb.SHOW_CARD, project.id))


def _chosen(slots: Slots, project: Project) -> Slots:
    """The question with this project in place of what was not certain."""
    others = tuple(name for name in slots.projects if name != project.name)
    return replace(
        slots, projects=others, numbers=(project.number,), unclear=slots.unclear[1:], unknown=None
    )
