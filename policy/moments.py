"""When something next happens to an open task by itself, or for whom it waits.

Two clocks a task (law 7): *take* runs from the dispatch until the owner was contacted (Z2),
*finish* from the acceptance (Z3). A third is the office's own: to check what was handed in,
and to dispatch anew what was returned. A deadline passes at the close of business.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from policy.calendar import Calendar
from policy.deadlines import find_day_of_delay
from policy.hours import Hours
from policy.periods import Pause
from policy.steps import FINISHED, State


class Moment(StrEnum):
    """What happens when a moment comes."""

    TAKE_DUE = "take_due"
    """The limit for taking the task and contacting the owner passes."""
    FINISH_DUE = "finish_due"
    """The limit for the approval passes."""
    CHECK_DUE = "check_due"
    """The office's limit for checking what was handed in passes."""
    REDISPATCH_DUE = "redispatch_due"
    """The office's limit for dispatching anew what was returned passes."""
    BOARD = "board"
    """The task has been late for so long that it goes on the board (挂牌)."""


class Waiting(StrEnum):
    """Why nothing more happens to an open task by itself."""

    OWNER = "owner"
    """The clock stands still until the owner has corrected the application (补正)."""
    PROCEDURE = "procedure"
    """It stands still for a special procedure (听证、检测、专家评审 …; 行政许可法第四十五条)."""
    PREDECESSOR = "predecessor"
    """An item that must be closed first is not closed."""
    ACCEPTANCE = "acceptance"
    """The owner has the list of materials; the complete application is still to come."""
    ON_BOARD = "on_board"
    """It is late and on the board. The daily digest goes on naming it."""
    OFFICE = "office"
    """The office is late with it. The daily digest goes on naming it."""


class PauseKind(StrEnum):
    """For whom or what the clock stands still."""

    CORRECTION = "correction"
    PROCEDURE = "procedure"


@dataclass(frozen=True, slots=True)
class NextMoment:
    """What happens next, and when; `at` may have passed already, and is then due at once."""

    at: datetime
    what: Moment


class Running(StrEnum):
    """Which clock of a task is the one that counts."""

    TAKE = "take"
    FINISH = "finish"
    CHECK = "check"
    REDISPATCH = "redispatch"


@dataclass(frozen=True, slots=True)
class TaskClock:
    """What of a task decides its next moment.

    Raises:
        ValueError: the limit, or the kind of pause, that the state needs is missing.

    """

    state: State
    take_due: date | None = None
    """Needed while the owner was not contacted: dispatched, acknowledged."""
    finish_due: date | None = None
    """Needed once accepted; None while the pause is open that it depends on."""
    office_due: date | None = None
    """The office's own limit; needed once delivered, and once returned."""
    pause_kind: PauseKind | None = None
    """Needed while paused."""
    pauses: tuple[Pause, ...] = ()
    """The days on which the finish clock stood still; those after its limit are no delay."""
    waits_for_predecessor: bool = False
    handled: Moment | None = None
    """The last moment of the running clock that was acted upon; see `carry_handled`."""

    def __post_init__(self) -> None:
        if self.state is State.PAUSED:
            if self.pause_kind is None:
                raise ValueError("a task that is paused needs its kind of pause")
        elif self.running is not None and self.due is None:
            raise ValueError(f"a task that is {self.state} needs its limit to {self.running}")

    @property
    def running(self) -> Running | None:
        """The clock that counts in this state; while paused, the one that stands still."""
        return _RUNNING.get(self.state)

    @property
    def due(self) -> date | None:
        """The limit of the clock that counts."""
        match self.running:
            case Running.TAKE:
                return self.take_due
            case Running.FINISH:
                return self.finish_due
            case None:
                return None
            case _:
                return self.office_due


_RUNNING = {
    State.DISPATCHED: Running.TAKE,
    State.ACKNOWLEDGED: Running.TAKE,
    State.ACCEPTED: Running.FINISH,
    State.PAUSED: Running.FINISH,
    State.DELIVERED: Running.CHECK,
    State.RETURNED: Running.REDISPATCH,
}

_WHEN_DUE = {
    Running.TAKE: Moment.TAKE_DUE,
    Running.FINISH: Moment.FINISH_DUE,
    Running.CHECK: Moment.CHECK_DUE,
    Running.REDISPATCH: Moment.REDISPATCH_DUE,
}

_OF_THE_OFFICE = frozenset({Running.CHECK, Running.REDISPATCH})
"""第二十二条 puts projects on the board; the office's own delays are named in the digest only."""

_PAUSED_FOR = {
    PauseKind.CORRECTION: Waiting.OWNER,
    PauseKind.PROCEDURE: Waiting.PROCEDURE,
}


def next_moment(
    task: TaskClock, calendar: Calendar, hours: Hours, board_after: int
) -> NextMoment | Waiting | None:
    """Tell what happens next to a task by itself, or why nothing does.

    An open task always has one or the other; None says that the task is finished.

    Args:
        task: the task's state and limits.
        calendar: the working days.
        hours: the close of business.
        board_after: after how many working days of delay a task goes on the board (the ladder's).

    Raises:
        DeadlineError: the limits lie beyond the calendar, or the finish clock runs and stands
            still at once.

    """
    if task.state in FINISHED:
        return None
    if task.state is State.PAUSED and task.pause_kind is not None:
        return _PAUSED_FOR[task.pause_kind]
    if task.running is None or task.due is None:
        return Waiting.PREDECESSOR if task.waits_for_predecessor else Waiting.ACCEPTANCE
    if task.handled is Moment.BOARD:
        return Waiting.ON_BOARD
    if task.handled is not _WHEN_DUE[task.running]:
        return NextMoment(hours.close_of(task.due), _WHEN_DUE[task.running])
    if task.running in _OF_THE_OFFICE:
        return Waiting.OFFICE
    pauses = task.pauses if task.running is Running.FINISH else ()
    boarded_on = find_day_of_delay(calendar, task.due, board_after, pauses)
    return NextMoment(hours.close_of(boarded_on), Moment.BOARD)


def carry_handled(before: TaskClock, after: TaskClock) -> Moment | None:
    """Tell what counts as handled after a change: what was before, or None for a new limit.

    A late task that is acknowledged is as late as it was, and nobody is told again; one that
    enters its next clock, or whose limit moved, has moments of its own to come.
    """
    same = (before.running, before.due) == (after.running, after.due)
    return before.handled if same else None
