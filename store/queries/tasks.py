"""Tasks as people ask for them: one shape, with the clock that runs and what is left of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, or_, select

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
from policy.life import OPEN, State
from policy.packs import Item, Pack

from ..context import View
from ..errors import Refusal, Why
from ..tables import groups, pauses, projects, tasks
from .people import Group, get_group, pack_of


class Clock(StrEnum):
    """Which period of a task runs."""

    TAKE = "take"  # 领账 and contact with the owner
    FINISH = "finish"  # from acceptance to hand-in
    CHECK = "check"  # the office looks at the hand-in
    REDISPATCH = "redispatch"  # the office dispatches a returned task anew


_CLOCKS = {
    State.DISPATCHED: Clock.TAKE,
    State.ACKNOWLEDGED: Clock.TAKE,
    State.ACCEPTED: Clock.FINISH,
    State.DELIVERED: Clock.CHECK,
    State.RETURNED: Clock.REDISPATCH,
}
OPEN_STATES = sorted(state.value for state in OPEN)


@dataclass(frozen=True, slots=True)
class TaskRow:
    """A task with its project's name and its deadlines as of the view's day.

    `late` is working days overdue (0: not), `left` working days until `due`
    (0: today; None: no clock runs).
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
    def clock(self) -> Clock | None:
        """The period that runs now, if one does."""
        return _CLOCKS.get(self.state)

    @property
    def due(self) -> date | None:
        """The last day of the period that runs."""
        return _due_of(self.state, self.take_due, self.finish_due, self.office_due)

    @property
    def by_office(self) -> bool:
        """Whether it is the office that is expected to act."""
        return self.clock in (Clock.CHECK, Clock.REDISPATCH)


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


def list_of_project(view: View, project_id: int) -> list[TaskRow]:
    """A project's tasks by number."""
    return list_where(view, tasks.c.project_id == project_id)


def list_open(view: View, group: Group, department: str | None = None) -> list[TaskRow]:
    """The group's open tasks (of one department), the most urgent first."""
    condition = and_(tasks.c.group_id == group.id, tasks.c.state.in_(OPEN_STATES))
    if department is not None:
        condition = and_(condition, tasks.c.department == department)
    return by_urgency(list_where(view, condition))


def list_late(view: View, group: Group, department: str | None = None) -> list[TaskRow]:
    """What is overdue, the latest first; the office's own delays are not a department's."""
    condition = and_(tasks.c.group_id == group.id, _due_before(view.today))
    if department is not None:
        condition = and_(condition, tasks.c.department == department)
    found = by_urgency(list_where(view, condition))
    return [task for task in found if not (department and task.by_office)]


def list_due(view: View, group: Group, first: date, last: date) -> list[TaskRow]:
    """What is due from `first` to `last`, both included."""
    condition = and_(tasks.c.group_id == group.id, tasks.c.state.in_(OPEN_STATES))
    found = list_where(view, and_(condition, _due_before_or_on(last)))
    return by_urgency(task for task in found if task.due is not None and task.due >= first)


def waits_for(view: View, task: TaskRow) -> list[TaskRow]:
    """The tasks of the same project that must be closed before this one, and are not."""
    first = _pack(view, task).waits.get(task.item.key, ())
    siblings = list_of_project(view, task.project_id)
    return [t for t in siblings if t.item.key in first and t.state in OPEN]


def list_waiting_for(view: View, task: TaskRow) -> list[TaskRow]:
    """The open tasks of the same project that wait for this one."""
    waits = _pack(view, task).waits
    siblings = list_of_project(view, task.project_id)
    return [
        t for t in siblings if t.state in OPEN and task.item.key in waits.get(t.item.key, ())
    ]


def list_come(view: View, limit: int = 500) -> list[int]:
    """Tasks whose next moment has come, the earliest first."""
    query = select(tasks.c.id).where(tasks.c.next_at <= view.now)
    return list(view.conn.execute(query.order_by(tasks.c.next_at).limit(limit)).scalars())


def list_where(view: View, condition: ColumnElement[bool]) -> list[TaskRow]:
    """Tasks that fulfil a condition, by number."""
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
        .order_by(tasks.c.group_id, tasks.c.number)
    )
    return [_task(view, row) for row in view.conn.execute(query)]


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


def list_pauses(view: View, task_id: int) -> list[Pause]:
    """The days for which the task's clock stood still."""
    query = select(pauses).where(pauses.c.task_id == task_id).order_by(pauses.c.began_at)
    hours = view.rules.hours
    days = (
        pause_days(
            hours.local(row.began_at),
            None if row.ended_at is None else hours.local(row.ended_at),
            hours.closing,
        )
        for row in view.conn.execute(query)
    )
    return [pause for pause in days if pause is not None]


def find_open_pause(view: View, task_id: int) -> Row[Any] | None:
    """The pause that has not ended."""
    still = and_(pauses.c.task_id == task_id, pauses.c.ended_at.is_(None))
    return view.conn.execute(select(pauses).where(still)).one_or_none()


def _pack(view: View, task: TaskRow) -> Pack:
    return pack_of(view, get_group(view, task.group_id))


def _due_before(day: date) -> ColumnElement[bool]:
    return _due(lambda column: column < day)


def _due_before_or_on(day: date) -> ColumnElement[bool]:
    return _due(lambda column: column <= day)


def _due(compare: Any) -> ColumnElement[bool]:
    # The states are literals so that SQLite can use the partial index.
    return or_(
        and_(tasks.c.state.in_(["dispatched", "acknowledged"]), compare(tasks.c.take_due)),
        and_(tasks.c.state == "accepted", compare(tasks.c.finish_due)),
        and_(tasks.c.state.in_(["delivered", "returned"]), compare(tasks.c.office_due)),
    )


def _due_of(
    state: State, take_due: date, finish_due: date | None, office_due: date | None
) -> date | None:
    by_clock = {Clock.TAKE: take_due, Clock.FINISH: finish_due}
    clock = _CLOCKS.get(state)
    return None if clock is None else by_clock.get(clock, office_due)


def _task(view: View, row: Row[Any]) -> TaskRow:
    values = dict(row._mapping)
    pack = view.rules.packs[values.pop("pack")]
    state = State(values.pop("state"))
    due = _due_of(state, row.take_due, row.finish_due, row.office_due)
    calendar, today = view.rules.calendar, view.today
    return TaskRow(
        **{name: value for name, value in values.items() if name != "item"},
        item=pack.item(row.item),
        state=state,
        late=0 if due is None or due >= today else days_overdue(calendar, today, due),
        left=None if due is None else days_left(calendar, today, due),
    )
