"""Counts over the ledger: what departments finished on time (算账), how far counties' projects are.

Nothing is counted by speed of reply: the policies forbid it.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import and_, func, select

from policy.life import State

from ..context import View
from ..tables import projects, tasks
from .people import Group
from .tasks import TaskRow, list_late, list_where

STARTED = frozenset({"started", "in_production", "on_target"})
"""The stages of a project whose construction has begun."""


@dataclass(frozen=True, slots=True)
class DepartmentScore:
    """What became of a department's tasks.

    `finished` were handed in and checked, `on_time` of them handed in before
    the close of business of their last day; `open` includes `late`.
    """

    department: str
    finished: int
    on_time: int
    open: int
    late: int

    @property
    def behind(self) -> int:
        """Finished after the limit."""
        return self.finished - self.on_time

    @property
    def rate(self) -> float | None:
        """按时办结率; None before anything was finished."""
        return self.on_time / self.finished if self.finished else None


@dataclass(frozen=True, slots=True)
class CountyCount:
    """A county's projects: how many were signed, and how many of these were started."""

    county: str
    signed: int
    started: int


def score_departments(view: View, group: Group) -> list[DepartmentScore]:
    """The score of each department that ever had a task, by name."""
    ours = and_(tasks.c.group_id == group.id, tasks.c.state.not_in(_NOT_THEIRS))
    columns = (tasks.c.department, tasks.c.state, tasks.c.delivered_at, tasks.c.finish_due)
    found: dict[str, _Tally] = {}
    for row in view.conn.execute(select(*columns).where(ours).order_by(tasks.c.department)):
        tally = found.setdefault(row.department, _Tally())
        if row.state == State.CLOSED:
            tally.finished += 1
            tally.on_time += _is_on_time(view, row.delivered_at, row.finish_due)
        else:
            tally.open += 1
    for task in list_late(view, group):
        if not task.by_office:
            found[task.department].late += 1
    return [
        DepartmentScore(name, t.finished, t.on_time, t.open, t.late) for name, t in found.items()
    ]


def count_counties(view: View, group: Group) -> list[CountyCount]:
    """The projects of each county that has signed one, by name; a reserve is not signed yet."""
    query = (
        select(projects.c.county, projects.c.stage, func.count().label("n"))
        .where(and_(projects.c.group_id == group.id, projects.c.stage != "reserve"))
        .group_by(projects.c.county, projects.c.stage)
    )
    counts: dict[str, dict[str, int]] = {}
    for county, stage, n in view.conn.execute(query):
        counts.setdefault(county, {})[stage] = n
    return [
        CountyCount(county, sum(n.values()), sum(n.get(stage, 0) for stage in STARTED))
        for county, n in sorted(counts.items())
    ]


def count_stages(view: View, group: Group) -> dict[str, int]:
    """How many projects are in each stage."""
    query = select(projects.c.stage, func.count().label("n")).where(projects.c.group_id == group.id)
    rows = view.conn.execute(query.group_by(projects.c.stage)).all()
    return {row.stage: row.n for row in rows}


def list_by_numbers(view: View, group: Group, numbers: Collection[int]) -> list[TaskRow]:
    """The group's tasks of these numbers, by number; without those that do not exist."""
    return list_where(view, and_(tasks.c.group_id == group.id, tasks.c.number.in_(list(numbers))))


def last_task_number(view: View, group: Group) -> int:
    """The highest task number of the group; 0 before the first."""
    query = select(func.max(tasks.c.number)).where(tasks.c.group_id == group.id)
    return view.conn.execute(query).scalar_one() or 0


# What is no longer theirs, or waits for the office to dispatch it anew.
_NOT_THEIRS = [State.CANCELLED, State.TRANSFERRED, State.RETURNED]


@dataclass(slots=True)
class _Tally:
    finished: int = 0
    on_time: int = 0
    open: int = 0
    late: int = 0


def _is_on_time(view: View, delivered_at: datetime | None, due: date | None) -> bool:
    """A limit passes at the close of business of its last day (law 1)."""
    if delivered_at is None or due is None:
        return True
    return delivered_at <= view.rules.hours.close_of(due)
