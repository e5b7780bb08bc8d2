"""What holds for every task."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from policy.calendar import Calendar
from policy.hours import Hours
from policy.life import (
    FINISHED,
    OPEN,
    NextMoment,
    State,
    Step,
    StepNotPossible,
    TaskClock,
    Waiting,
    list_steps,
    next_moment,
    take_step,
)
from tests.property.strategies import calendars, open_tasks


@given(open_tasks, calendars, st.integers(1, 10))
def test_every_open_task_has_a_next_moment_or_a_reason_why_not(
    task: TaskClock, calendar: Calendar, board_after: int
) -> None:
    found = next_moment(task, calendar, Hours(), board_after)
    assert isinstance(found, NextMoment | Waiting)


@given(open_tasks, calendars, st.integers(1, 10))
def test_acting_upon_moments_comes_to_an_end_and_each_is_later(
    task: TaskClock, calendar: Calendar, board_after: int
) -> None:
    task = replace(task, handled=None)
    seen: list[NextMoment] = []
    while isinstance(found := next_moment(task, calendar, Hours(), board_after), NextMoment):
        assert not seen or found.at > seen[-1].at
        assert found.what not in [one.what for one in seen]
        seen.append(found)
        task = replace(task, handled=found.what)
    assert isinstance(found, Waiting)
    assert len(seen) <= 2


@given(st.sampled_from(State), st.sampled_from(Step))
def test_a_step_is_listed_exactly_when_it_can_be_taken(state: State, step: Step) -> None:
    try:
        take_step(state, step)
    except StepNotPossible:
        assert step not in list_steps(state)
    else:
        assert step in list_steps(state)


@given(st.sampled_from(State), st.sampled_from(Step))
def test_no_step_stays_where_it_is_nor_can_be_taken_twice(state: State, step: Step) -> None:
    if step in list_steps(state):
        to = take_step(state, step).to
        assert to is not state
        assert step not in list_steps(to)


@given(st.sampled_from(State), st.sampled_from(Step))
def test_skipped_steps_lead_where_the_step_starts(state: State, step: Step) -> None:
    if step in list_steps(state):
        transition = take_step(state, step)
        here = state
        for skipped in transition.skipped:
            here = take_step(here, skipped).to
        assert take_step(here, step).to is transition.to
        assert take_step(here, step).skipped == ()


@given(st.sampled_from(sorted(OPEN)), st.data())
def test_from_everywhere_a_task_can_be_brought_to_an_end(state: State, data: st.DataObject) -> None:
    for _ in range(30):
        steps = list_steps(state)
        if not steps:
            break
        state = take_step(state, data.draw(st.sampled_from(steps))).to
    assert state in FINISHED or Step.CANCEL in list_steps(state)
