"""Whose time a project's approvals took: the departments', or everybody else's (Z3)."""

from collections.abc import Iterable, Iterator

from policy.life import State
from policy.targets import TimeSpent, Work, count_time_spent

from ..context import View
from .tasks import CHECK, TaskRow, list_stops, to_days

_NOT_COUNTED = (State.TRANSFERRED, State.CANCELLED)


def get_time_spent(view: View, tasks: Iterable[TaskRow]) -> TimeSpent:
    """The working days on which a department was at work, and those on which none could be."""
    works = [work for task in tasks for work in _list_work(view, task)]
    return count_time_spent(view.rules.calendar, works, view.today)


def _list_work(view: View, task: TaskRow) -> Iterator[Work]:
    """The stretches of days on which the department had the task; a failed check divides two."""
    if task.accepted_at is None or task.state in _NOT_COUNTED:
        return
    day = view.rules.today
    stops = list_stops(view, task.id)
    paused = to_days(view, (stop for stop in stops if stop.kind != CHECK))
    start = day(task.accepted_at)
    for check in stops:
        if check.kind == CHECK and check.began_at >= task.accepted_at:
            yield Work(start, day(check.began_at), paused)
            start = day(check.ended_at)
    handed_in = task.delivered_at if task.state in (State.DELIVERED, State.CLOSED) else None
    yield Work(start, None if handed_in is None else day(handed_in), paused)
