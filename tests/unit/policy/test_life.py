"""The states of a task, its steps, and its next moments."""

from dataclasses import replace
from datetime import date, datetime, time

import pytest

from policy.calendar import Calendar
from policy.deadlines import Pause
from policy.hours import SHANGHAI, Hours
from policy.life import (
    FINISHED,
    OPEN,
    Moment,
    NextMoment,
    PauseKind,
    Running,
    State,
    Step,
    StepNotPossible,
    TaskClock,
    Transition,
    Waiting,
    carry_handled,
    list_steps,
    next_moment,
    take_step,
)

CALENDAR = Calendar()
HOURS = Hours()
FRIDAY = date(2026, 11, 20)


def closing(day: date) -> datetime:
    return datetime.combine(day, time(17, 30), SHANGHAI)


def following(task: TaskClock) -> NextMoment | Waiting | None:
    return next_moment(task, CALENDAR, HOURS, board_after=1)


@pytest.mark.parametrize(
    ("state", "step", "to", "skipped"),
    [
        (State.DISPATCHED, Step.ACKNOWLEDGE, State.ACKNOWLEDGED, ()),
        (State.DISPATCHED, Step.CONTACT, State.CONTACTED, (Step.ACKNOWLEDGE,)),
        (State.DISPATCHED, Step.ACCEPT, State.ACCEPTED, (Step.ACKNOWLEDGE, Step.CONTACT)),
        (
            State.DISPATCHED,
            Step.DELIVER,
            State.DELIVERED,
            (Step.ACKNOWLEDGE, Step.CONTACT, Step.ACCEPT),
        ),
        (State.ACKNOWLEDGED, Step.CONTACT, State.CONTACTED, ()),
        (State.ACKNOWLEDGED, Step.DELIVER, State.DELIVERED, (Step.CONTACT, Step.ACCEPT)),
        (State.CONTACTED, Step.ACCEPT, State.ACCEPTED, ()),
        (State.CONTACTED, Step.DELIVER, State.DELIVERED, (Step.ACCEPT,)),
        (State.ACCEPTED, Step.DELIVER, State.DELIVERED, ()),
        (State.ACCEPTED, Step.PAUSE, State.PAUSED, ()),
        (State.PAUSED, Step.RESUME, State.ACCEPTED, ()),
        (State.PAUSED, Step.DELIVER, State.DELIVERED, (Step.RESUME,)),
        (State.DELIVERED, Step.CLOSE, State.CLOSED, ()),
        (State.DELIVERED, Step.MAKE_GOOD, State.ACCEPTED, ()),
        (State.ACCEPTED, Step.RETURN, State.RETURNED, ()),
        (State.RETURNED, Step.REDISPATCH, State.DISPATCHED, ()),
        (State.RETURNED, Step.TRANSFER, State.TRANSFERRED, ()),
        (State.DELIVERED, Step.CANCEL, State.CANCELLED, ()),
    ],
)
def test_steps_lead_on_and_name_what_they_skip(
    state: State, step: Step, to: State, skipped: tuple[Step, ...]
) -> None:
    assert take_step(state, step) == Transition(to, skipped)


@pytest.mark.parametrize(
    ("state", "step"),
    [
        (State.ACKNOWLEDGED, Step.ACKNOWLEDGE),
        (State.DELIVERED, Step.DELIVER),
        (State.PAUSED, Step.PAUSE),
        (State.CONTACTED, Step.ACKNOWLEDGE),
        (State.DISPATCHED, Step.PAUSE),
        (State.ACCEPTED, Step.RESUME),
        (State.ACCEPTED, Step.CLOSE),
        (State.ACCEPTED, Step.MAKE_GOOD),
        (State.PAUSED, Step.RETURN),
        (State.DELIVERED, Step.RETURN),
        (State.DELIVERED, Step.TRANSFER),
        (State.RETURNED, Step.ACKNOWLEDGE),
    ],
)
def test_a_step_that_leads_nowhere_says_so(state: State, step: Step) -> None:
    with pytest.raises(StepNotPossible, match=f"{step} is not possible while a task is {state}"):
        take_step(state, step)


@pytest.mark.parametrize("state", sorted(FINISHED))
def test_nothing_leads_out_of_what_is_finished(state: State) -> None:
    assert list_steps(state) == ()


@pytest.mark.parametrize("state", sorted(OPEN))
def test_every_open_task_can_be_cancelled_and_goes_on_somehow(state: State) -> None:
    assert Step.CANCEL in list_steps(state)
    assert len(list_steps(state)) > 1


def test_the_steps_of_a_new_task() -> None:
    assert list_steps(State.DISPATCHED) == (
        Step.ACKNOWLEDGE,
        Step.CONTACT,
        Step.ACCEPT,
        Step.DELIVER,
        Step.RETURN,
        Step.TRANSFER,
        Step.CANCEL,
    )


@pytest.mark.parametrize("state", [State.DISPATCHED, State.ACKNOWLEDGED])
def test_the_take_clock_runs_until_the_owner_was_contacted(state: State) -> None:
    task = TaskClock(state, take_due=FRIDAY)
    assert following(task) == NextMoment(closing(FRIDAY), Moment.TAKE_DUE)
    # Over the weekend nothing happens; the board comes one working day later.
    late = replace(task, handled=Moment.TAKE_DUE)
    assert following(late) == NextMoment(closing(date(2026, 11, 23)), Moment.BOARD)
    assert following(replace(task, handled=Moment.BOARD)) is Waiting.ON_BOARD


def test_the_finish_clock_runs_from_acceptance() -> None:
    task = TaskClock(State.ACCEPTED, take_due=date(2026, 11, 2), finish_due=FRIDAY)
    assert following(task) == NextMoment(closing(FRIDAY), Moment.FINISH_DUE)
    late = replace(task, handled=Moment.FINISH_DUE)
    assert following(late) == NextMoment(closing(date(2026, 11, 23)), Moment.BOARD)
    assert following(replace(task, handled=Moment.BOARD)) is Waiting.ON_BOARD


def test_days_on_which_the_clock_stood_still_bring_nothing_nearer_to_the_board() -> None:
    pauses = (Pause(date(2026, 11, 23), date(2026, 12, 1)),)
    late = TaskClock(State.ACCEPTED, finish_due=FRIDAY, pauses=pauses, handled=Moment.FINISH_DUE)
    assert following(late) == NextMoment(closing(date(2026, 12, 2)), Moment.BOARD)
    # The other clocks do not stand still.
    checked = TaskClock(State.ACKNOWLEDGED, take_due=FRIDAY, pauses=pauses, handled=Moment.TAKE_DUE)
    assert following(checked) == NextMoment(closing(date(2026, 11, 23)), Moment.BOARD)


@pytest.mark.parametrize(
    ("state", "moment"),
    [(State.DELIVERED, Moment.CHECK_DUE), (State.RETURNED, Moment.REDISPATCH_DUE)],
)
def test_the_office_has_a_clock_of_its_own_but_no_board(state: State, moment: Moment) -> None:
    task = TaskClock(state, office_due=FRIDAY)
    assert following(task) == NextMoment(closing(FRIDAY), moment)
    assert following(replace(task, handled=moment)) is Waiting.OFFICE


@pytest.mark.parametrize(
    ("kind", "waiting"),
    [
        (PauseKind.CORRECTION, Waiting.OWNER),
        (PauseKind.PROCEDURE, Waiting.PROCEDURE),
    ],
)
def test_a_paused_task_says_for_whom_it_waits(kind: PauseKind, waiting: Waiting) -> None:
    assert following(TaskClock(State.PAUSED, pause_kind=kind)) is waiting


def test_a_contacted_task_waits_for_the_application_or_for_what_must_come_first() -> None:
    assert following(TaskClock(State.CONTACTED)) is Waiting.ACCEPTANCE
    task = TaskClock(State.CONTACTED, waits_for_predecessor=True)
    assert following(task) is Waiting.PREDECESSOR


@pytest.mark.parametrize("state", sorted(FINISHED))
def test_a_finished_task_has_nothing_to_come(state: State) -> None:
    assert following(TaskClock(state)) is None


@pytest.mark.parametrize(
    ("state", "lacking"),
    [
        (State.DISPATCHED, "its limit to take"),
        (State.ACCEPTED, "its limit to finish"),
        (State.DELIVERED, "its limit to check"),
        (State.RETURNED, "its limit to redispatch"),
        (State.PAUSED, "its kind of pause"),
    ],
)
def test_a_task_without_the_limit_that_it_needs_is_refused(state: State, lacking: str) -> None:
    with pytest.raises(ValueError, match=f"a task that is {state} needs {lacking}"):
        TaskClock(state)


def test_a_late_task_that_is_acknowledged_is_not_told_again() -> None:
    late = TaskClock(State.DISPATCHED, take_due=FRIDAY, handled=Moment.BOARD)
    taken = TaskClock(State.ACKNOWLEDGED, take_due=FRIDAY)
    assert carry_handled(late, taken) is Moment.BOARD


@pytest.mark.parametrize(
    "after",
    [
        TaskClock(State.ACCEPTED, finish_due=FRIDAY),
        TaskClock(State.DISPATCHED, take_due=date(2026, 11, 24)),
    ],
    ids=["another clock", "another limit"],
)
def test_a_new_limit_has_moments_of_its_own(after: TaskClock) -> None:
    late = TaskClock(State.DISPATCHED, take_due=FRIDAY, handled=Moment.BOARD)
    assert carry_handled(late, after) is None


def test_pausing_what_is_late_already_keeps_it_late() -> None:
    late = TaskClock(State.ACCEPTED, finish_due=FRIDAY, handled=Moment.BOARD)
    paused = TaskClock(State.PAUSED, finish_due=FRIDAY, pause_kind=PauseKind.CORRECTION)
    assert paused.running is Running.FINISH
    assert carry_handled(late, paused) is Moment.BOARD
