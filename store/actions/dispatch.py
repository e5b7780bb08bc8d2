"""下达: tasks come into being, and every change of a task settles its deadlines anew."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, select

from policy.deadlines import Deadline
from policy.life import (
    Moment,
    NextMoment,
    PauseKind,
    Running,
    State,
    TaskClock,
    carry_handled,
    next_moment,
)
from policy.packs import Item
from policy.targets import take_due

from .. import outbox
from ..context import Tx
from ..outbox import ABOUT_TASK, Kind
from ..queries.people import get_pack
from ..queries.projects import Project
from ..queries.tasks import (
    TaskRow,
    explain_finish,
    find_open_pause,
    get_task_by_id,
    list_of_project,
    list_pauses,
    waits_for,
)
from ..tables import groups, projects, tasks


def dispatch_items(tx: Tx, project: Project, items: Iterable[Item]) -> None:
    """Gives each item that the project does not have yet to its department (Z2)."""
    there = {task.item.key for task in list_of_project(tx, project.id)}
    for item in items:
        if item.key not in there:
            insert_task(tx, project, item, item.department)


def insert_task(
    tx: Tx, project: Project, item: Item, department: str, follows: int | None = None
) -> int:
    """A new task with the group's next number; its take clock runs from today. Gives its id."""
    pack = get_pack(tx, project.group_id)
    taking = take_due(pack, tx.rules.calendar, tx.today)
    due = last_day(taking)
    return tx.insert(
        tasks,
        group_id=project.group_id,
        project_id=project.id,
        number=next_number(tx, project.group_id, "last_task"),
        item=item.key,
        department=department,
        limit_days=item.days,
        state=State.DISPATCHED,
        dispatched_at=tx.now,
        take_due=due,
        due=due,
        provisional=taking.provisional,
        follows=follows,
        next_at=tx.rules.hours.close_of(due),
        next_what=Moment.TAKE_DUE,
    )


def clock_of(tx: Tx, task: TaskRow) -> TaskClock:
    """What decides the task's next moment, from its row as it is written."""
    pause = find_open_pause(tx, task.id) if task.state is State.PAUSED else None
    return TaskClock(
        state=task.state,
        take_due=task.take_due,
        finish_due=task.finish_due,
        office_due=task.office_due,
        pause_kind=PauseKind(pause.kind) if pause else None,
        pauses=list_pauses(tx, task.id) if task.clock is Running.FINISH else (),
        waits_for_predecessor=task.state is State.CONTACTED and bool(waits_for(tx, task)),
        handled=Moment(task.handled) if task.handled else None,
    )


def settle(tx: Tx, task_id: int, before: TaskClock | None = None) -> None:
    """Brings a task's deadline, and what happens to it next, in line with its state.

    `before` is its clock before a step; without it only the limits can have changed.
    """
    written = get_task_by_id(tx, task_id)
    finish = explain_finish(tx, written)
    task = replace(written, finish_due=finish.due if finish else None)
    clock = clock_of(tx, task)
    handled = carry_handled(before or clock_of(tx, written), clock)
    values = {
        "finish_due": task.finish_due,
        "finish_due_version": written.finish_due_version + (task.finish_due != written.finish_due),
        "due": task.running_due,
        "provisional": _is_provisional(tx, task, finish),
        "handled": handled,
        # It leaves the board with the clock, or the limit, for which it was put there.
        "boarded_on": written.boarded_on if handled is Moment.BOARD else None,
        **_next_of(tx, task, replace(clock, handled=handled)),
    }
    changed = {name: value for name, value in values.items() if getattr(written, name) != value}
    if changed:
        tx.update(tasks, task_id, **changed)


def lock_project(tx: Tx, task: ColumnElement[bool]) -> None:
    """Changes of a project's tasks come one after the other: they move each other's clocks.

    `task` is a condition for one task of it, or several.
    """
    owners = select(tasks.c.project_id).where(task)
    tx.lock(projects, projects.c.id.in_(owners))


def refresh_task(tx: Tx, task: TaskRow) -> None:
    """Edits every post that speaks of the task: its project's card and its own."""
    outbox.refresh(tx, Kind.CARD, task.project_id, task.group_id)
    for kind in sorted(ABOUT_TASK):
        outbox.refresh(tx, kind, task.id, task.group_id)


def next_number(tx: Tx, group_id: int, counter: str) -> int:
    """The next number that is counted through the group; its row is locked until the commit.

    Not against rows that only refer to the group: whoever has just written one counts as well.
    """
    row = select(groups.c[counter]).where(groups.c.id == group_id)
    locked = row.with_for_update(key_share=True)
    number = int(tx.conn.execute(locked).scalar_one()) + 1
    tx.update(groups, group_id, **{counter: number})
    return number


def last_day(deadline: Deadline) -> date:
    """The last day of a period that nothing can pause."""
    if deadline.due is None:
        raise ValueError("a period without pauses has a last day")
    return deadline.due


def _is_provisional(tx: Tx, task: TaskRow, finish: Deadline | None) -> bool:
    """Whether the limit that runs may still move, since a year is not published yet (law 2)."""
    if task.clock is Running.FINISH:
        return finish is not None and finish.provisional
    return task.running_due is not None and not tx.rules.calendar.is_known(task.running_due)


def _next_of(tx: Tx, task: TaskRow, clock: TaskClock) -> dict[str, Any]:
    pack = get_pack(tx, task.group_id)
    coming = next_moment(clock, tx.rules.calendar, tx.rules.hours, pack.ladder.board_after)
    if isinstance(coming, NextMoment):
        return {"next_at": coming.at, "next_what": coming.what}
    return {"next_at": None, "next_what": coming}
