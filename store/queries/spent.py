"""Whose time a project's approvals took: the departments', or everybody else's (Z3)."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from policy.life import State
from policy.targets import TimeSpent, Work, count_time_spent

from ..context import View
from .tasks import CHECK, TaskRow, list_stops, to_days


def get_time_spent(view: View, tasks: Iterable[TaskRow]) -> TimeSpent:
    """The working days on which a department was at work, and those on which none could be."""
    works = [work for task in tasks for work in _list_work(view, task)]
    return count_time_spent(view.rules.calendar, works, view.today)


def _list_work(view: View, task: TaskRow) -> Iterator[Work]:
    """The stretches of days on which the department had the task; a failed check divides two.

    What was cancelled is not counted. Of what was dispatched anew, only what came after.
    """
    if task.accepted_at is None or task.state is State.CANCELLED:
        return
    day = view.rules.today
    stops = list_stops(view, task.id)
    paused = to_days(view, (stop for stop in stops if stop.kind != CHECK))
    start = day(task.accepted_at)
    for check in stops:
        if check.kind == CHECK and check.began_at >= task.accepted_at:
            yield Work(start, day(check.began_at), paused)
            start = day(check.ended_at)
    ended = _ended_at(task)
    yield Work(start, None if ended is None else day(ended), paused)


def _ended_at(task: TaskRow) -> datetime | None:
    """When the department had the task no longer; None while it has it."""
    match task.state:
        case State.DELIVERED | State.CLOSED:
            return task.delivered_at
        case State.RETURNED:
            return task.returned_at
        case State.TRANSFERRED:  # the last step; a return before it had ended the stretch
            return task.returned_at or task.changed_at
        case _:
            return None
