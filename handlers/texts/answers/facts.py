"""What the words of an answer need to know of a task, a project or a department."""

from dataclasses import dataclass
from datetime import date, datetime

from handlers.texts.words import LATE, SOON
from policy.deadlines import Deadline
from store.queries.projects import Card
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


@dataclass(frozen=True, slots=True)
class Span:
    """The days that a question is about, both included."""

    first: date
    last: date
