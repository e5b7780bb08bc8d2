"""Tasks as people ask for them: one shape, with the clock that runs and what is left of it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, select, text

from policy.deadlines import (
    Deadline,
    Pause,
    Period,
    Unit,
    count_deadline,
    days_left,
    days_overdue,
    pause_days,
)
from policy.life import OPEN, Running, State
from policy.packs import Item

from ..context import View
from ..errors import Refusal, Why
from ..tables import IS_OPEN, groups, pauses, projects, tasks
from .people import Group, get_pack

# A pause of the department's clock while the office checked what was handed in, in vain.
CHECK = "check"

# While a task is paused no period runs, although it keeps its own.
_CLOCKS = {
    State.DISPATCHED: Running.TAKE,
    State.ACKNOWLEDGED: Running.TAKE,
    State.ACCEPTED: Running.FINISH,
    State.DELIVERED: Running.CHECK,
    State.RETURNED: Running.REDISPATCH,
}


@dataclass(frozen=True, slots=True)
class TaskRow:
    """A task with its project's name and its deadlines as of the view's day.

    `due` is the limit of the clock that runs, None where none does. `late` is working
    days overdue without those of its pauses (0: not, and at least 1 where a day has
    passed), `left` working days until `due` (0: today; None: no clock runs).
    `boarded_on` is since when it is on the board, for the clock that runs.
    `changed_at` and `changed_by` tell of the last step.
    """

    id: int
    group_id: int
    project_id: int
    number: int
    item: Item
    department: str
    limit_days: int
    state: State
    version: int
    changed_at: datetime | None
    changed_by: str | None
    dispatched_at: datetime
    acknowledged_at: datetime | None
    acknowledged_by: str | None
    contacted_at: datetime | None
    accepted_at: datetime | None
    delivered_at: datetime | None
    closed_at: datetime | None
    returned_at: datetime | None
    reason: str | None
    report: str | None
    document: str | None
    take_due: date
    finish_due: date | None
    finish_due_version: int
    office_due: date | None
    due: date | None
    provisional: bool
    boarded_on: date | None
    follows: int | None
    handled: str | None
    next_at: datetime | None
    next_what: str | None
    project_number: int
    project_name: str
    county: str
    late: int
    left: int | None

    @property
    def clock(self) -> Running | None:
        """The period that runs now, if one does."""
        return _CLOCKS.get(self.state)

    @property
    def running_due(self) -> date | None:
        """The limit of the period that runs, which `due` is written from."""
        match self.clock:
            case None:
                return None
            case Running.TAKE:
                return self.take_due
            case Running.FINISH:
                return self.finish_due
            case _:
                return self.office_due

    @property
    def by_office(self) -> bool:
        """Whether it is the office that is expected to act."""
        return self.clock in (Running.CHECK, Running.REDISPATCH)


def get_task(view: View, group: Group, number: int) -> TaskRow:
    """The group's task with this number; raises Refusal(UNKNOWN_TASK)."""
    same = and_(tasks.c.group_id == group.id, tasks.c.number == number)
    found = list_where(view, same)
    if not found:
        raise Refusal(Why.UNKNOWN_TASK, number=number)
    return found[0]


def get_task_by_id(view: View, task_id: int) -> TaskRow:
    """The task behind a button; raises Refusal(OLD_BUTTON)."""
    found = list_where(view, tasks.c.id == task_id)
    if not found:
        raise Refusal(Why.OLD_BUTTON)
    return found[0]


def find_following(view: View, task: TaskRow) -> TaskRow | None:
    """The task that goes on where this one was transferred, through all its transfers."""
    found = view.conn.execute(select(tasks.c.id).where(tasks.c.follows == task.id)).scalar()
    if found is None:
        return None
    following = get_task_by_id(view, found)
    return find_following(view, following) or following


def list_of_project(view: View, project_id: int) -> list[TaskRow]:
    """A project's tasks by number."""
    return list_where(view, tasks.c.project_id == project_id)


def list_open(view: View, group: Group, department: str | None = None) -> list[TaskRow]:
    """The group's open tasks (of one department), the most urgent first."""
    return by_urgency(_list_open(view, group, department))


def list_late(view: View, group: Group, department: str | None = None) -> list[TaskRow]:
    """What is overdue, the latest first; the office's own delays are not a department's."""
    found = _list_open(view, group, department, tasks.c.due < view.today)
    return by_urgency(task for task in found if task.late and not (department and task.by_office))


def waits_for(view: View, task: TaskRow) -> list[TaskRow]:
    """The tasks of the same project that must be closed before this one, and are not."""
    first = get_pack(view, task.group_id).predecessors(task.item.key)
    if not first:
        return []
    siblings = list_of_project(view, task.project_id)
    return [t for t in siblings if t.item.key in first and t.state in OPEN]


def list_waiting_for(view: View, task: TaskRow) -> list[TaskRow]:
    """The open tasks of the same project that wait for this one."""
    pack = get_pack(view, task.group_id)
    followers = {item.key for item in pack.items if task.item.key in pack.predecessors(item.key)}
    if not followers:
        return []
    siblings = list_of_project(view, task.project_id)
    return [t for t in siblings if t.item.key in followers and t.state in OPEN]


def list_come(view: View, limit: int = 500) -> list[int]:
    """Tasks whose next moment has come, the earliest first; not those of a former group."""
    former = select(groups.c.id).where(groups.c.active.is_(False))
    query = select(tasks.c.id).where(tasks.c.next_at <= view.now, tasks.c.group_id.not_in(former))
    return list(view.conn.execute(query.order_by(tasks.c.next_at).limit(limit)).scalars())


def list_where(
    view: View, condition: ColumnElement[bool], *order: ColumnElement[Any]
) -> list[TaskRow]:
    """Tasks that fulfil a condition, by number where no other order is given."""
    query = (
        select(
            tasks,
            projects.c.number.label("project_number"),
            projects.c.name.label("project_name"),
            projects.c.county,
            groups.c.pack,
        )
        .join(projects, projects.c.id == tasks.c.project_id)
        .join(groups, groups.c.id == tasks.c.group_id)
        .where(condition)
        .order_by(*(order or (tasks.c.group_id, tasks.c.number)))
    )
    rows = view.conn.execute(query).all()
    stood_still = _list_days_of_late(view, rows)
    return [_task(view, row, stood_still.get(row.id, ())) for row in rows]


def by_urgency(found: Iterable[TaskRow]) -> list[TaskRow]:
    """The most overdue first, then what is due next, then what has no date."""
    return sorted(found, key=lambda t: (t.due is None, t.due or date.max, t.number))


def explain_finish(view: View, task: TaskRow) -> Deadline | None:
    """How the task's approval period is counted; None before its acceptance (Z3)."""
    if task.accepted_at is None:
        return None
    period = Period(task.limit_days, Unit.WORKING_DAYS, task.item.basis)
    start = view.rules.today(task.accepted_at)
    return count_deadline(view.rules.calendar, start, period, list_pauses(view, task.id))


def list_pauses(view: View, task_id: int) -> tuple[Pause, ...]:
    """The days for which the task's clock stood still."""
    return to_days(view, list_stops(view, task_id))


def list_stops(view: View, task_id: int) -> Sequence[Row[Any]]:
    """The rows of the task's pauses in order, failed checks (kind CHECK) among them."""
    query = select(pauses).where(pauses.c.task_id == task_id)
    return view.conn.execute(query.order_by(pauses.c.began_at, pauses.c.id)).all()


def to_days(view: View, stops: Iterable[Row[Any]]) -> tuple[Pause, ...]:
    """The days that do not count (law 4)."""
    hours = view.rules.hours
    days = (
        pause_days(
            hours.local(row.began_at),
            None if row.ended_at is None else hours.local(row.ended_at),
            hours.closing,
        )
        for row in stops
    )
    return tuple(pause for pause in days if pause is not None)


def find_open_pause(view: View, task_id: int) -> Row[Any] | None:
    """The pause that has not ended."""
    still = and_(pauses.c.task_id == task_id, pauses.c.ended_at.is_(None))
    return view.conn.execute(select(pauses).where(still)).one_or_none()


def _list_open(
    view: View, group: Group, department: str | None, *conditions: ColumnElement[bool]
) -> list[TaskRow]:
    """Open tasks by their limits, in the words and the order of the partial index."""
    condition = and_(tasks.c.group_id == group.id, text(f"tasks.{IS_OPEN}"), *conditions)
    if department is not None:
        condition = and_(condition, tasks.c.department == department)
    return list_where(view, condition, tasks.c.group_id, tasks.c.due)


def _list_days_of_late(view: View, rows: Iterable[Row[Any]]) -> dict[int, tuple[Pause, ...]]:
    """The pauses of what is late with its approval, by the task's id: no other needs them."""
    late = [r.id for r in rows if r.state == State.ACCEPTED and r.due and r.due < view.today]
    stops: dict[int, list[Row[Any]]] = {}
    if late:
        query = select(pauses).where(pauses.c.task_id.in_(late)).order_by(pauses.c.id)
        for row in view.conn.execute(query):
            stops.setdefault(row.task_id, []).append(row)
    return {task_id: to_days(view, rows) for task_id, rows in stops.items()}


def _task(view: View, row: Row[Any], stood_still: Sequence[Pause]) -> TaskRow:
    values = dict(row._mapping)
    pack = view.rules.packs[values.pop("pack")]
    values |= {
        "item": pack.item(row.item),
        "state": State(row.state),
        "late": 0 if row.due is None else _count_late(view, row.due, stood_still),
        "left": None if row.due is None else days_left(view.rules.calendar, view.today, row.due),
    }
    return TaskRow(**values)


def _count_late(view: View, due: date, stood_still: Sequence[Pause]) -> int:
    """Working days overdue. A pause that came too late does not undo that the limit passed."""
    late = days_overdue(view.rules.calendar, view.today, due)
    if late and stood_still:
        return max(1, days_overdue(view.rules.calendar, view.today, due, stood_still))
    return late
