"""What the words of an answer need to know of a task, a project or a department."""

from dataclasses import dataclass
from datetime import date, datetime

from handlers.texts.words import LATE, SOON
from policy.deadlines import Deadline
from store.queries.projects import Card, Project
from store.queries.tasks import TaskRow


@dataclass(frozen=True, slots=True)
class TaskFacts:
    """A task with where it stands.

    `department` and `whose` are short names: whose task it is, and who is
    expected to act now (the department or the office). `mark` is one of
    handlers.texts.words; `waits` names the items that must be closed first.
    """

    task: TaskRow
    department: str
    whose: str
    mark: str
    waits: tuple[str, ...] = ()

    @property
    def late(self) -> bool:
        """Whether the limit has passed."""
        return self.mark == LATE

    @property
    def soon(self) -> bool:
        """Whether the limit is near (临期)."""
        return self.mark == SOON


@dataclass(frozen=True, slots=True)
class Stopped:
    """Since when a clock stands still, and why."""

    began_at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class Explained:
    """A task's date and how it was counted.

    `counted` is the approval period, None before acceptance; `if_accepted` then
    is the last day, should it be accepted today. `stopped` while it is paused.
    """

    facts: TaskFacts
    counted: Deadline | None
    if_accepted: Deadline | None
    stopped: Stopped | None


@dataclass(frozen=True, slots=True)
class ProjectFacts:
    """A project with its open tasks, the most urgent first, and its stage's counts."""

    card: Card
    open: tuple[TaskFacts, ...]
    undecided: tuple[str, ...]

    @property
    def late(self) -> int:
        """How many tasks are late at departments."""
        return sum(each.late and not each.task.by_office for each in self.open)

    @property
    def at_office(self) -> int:
        """How many wait for the office beyond its limit."""
        return sum(each.late and each.task.by_office for each in self.open)


@dataclass(frozen=True, slots=True)
class Overview:
    """A project in a list, with its open tasks."""

    project: Project
    open: tuple[TaskFacts, ...]

    @property
    def late(self) -> int:
        """How many tasks are late at departments."""
        return sum(each.late and not each.task.by_office for each in self.open)

    @property
    def at_office(self) -> int:
        """How many wait for the office beyond its limit."""
        return sum(each.late and each.task.by_office for each in self.open)

    @property
    def soon(self) -> int:
        """How many are due soon."""
        return sum(each.soon for each in self.open)

    @property
    def waits_for_dispatch(self) -> bool:
        """Whether the office has still to choose before there are tasks."""
        return self.project.dispatched_at is None and not self.open


@dataclass(frozen=True, slots=True)
class Span:
    """The days that a question is about, both included."""

    first: date
    last: date
