"""下达: tasks come into being, and every change of a task settles its deadlines anew."""

from collections.abc import Sequence

from sqlalchemy import select

from policy.life import State
from policy.moments import Moment, NextMoment, PauseKind, TaskClock, next_moment

from ..context import Tx
from ..queries.people import get_group, pack_of
from ..queries.projects import Project
from ..queries.tasks import (
    TaskRow,
    explain_finish,
    find_open_pause,
    get_task_by_id,
    list_of_project,
    waits_for,
)
from ..tables import groups, tasks


def dispatch_items(tx: Tx, project: Project, items: Sequence[str]) -> None:
    """Gives each item that the project does not have yet to its department (Z2)."""
    pack = pack_of(tx, get_group(tx, project.group_id))
    there = {task.item.key for task in list_of_project(tx, project.id)}
    for key in items:
        if key not in there:
            insert_task(tx, project, key, pack.item(key).department)


def insert_task(
    tx: Tx, project: Project, item: str, department: str, follows: int | None = None
) -> int:
    """A new task with the next number of the group; its take clock runs from today. Gives its id."""
    pack = pack_of(tx, get_group(tx, project.group_id))
    due = tx.rules.calendar.add(tx.today, pack.limits.contact.days)
    task_id = tx.insert(
        tasks,
        group_id=project.group_id,
        project_id=project.id,
        number=next_number(tx, project.group_id, "last_task"),
        item=item,
        department=department,
        limit_days=pack.item(item).days,
        state=State.DISPATCHED,
        dispatched_at=tx.now,
        take_due=due,
        follows=follows,
        next_at=tx.rules.hours.close_of(due),
        next_what=Moment.TAKE_DUE,
    )
    settle(tx, task_id)
    return task_id


def settle(tx: Tx, task_id: int) -> None:
    """Brings a task's deadline, and what happens to it next, in line with its state."""
    task = get_task_by_id(tx, task_id)
    finish = explain_finish(tx, task)
    due = finish.due if finish else None
    values = {
        "finish_due": due,
        "provisional": _is_provisional(tx, task) or bool(finish and finish.provisional),
        **_next_of(tx, task, due),
    }
    if due != task.finish_due:
        values["finish_due_version"] = task.finish_due_version + 1
    changed = {name: v for name, v in values.items() if getattr(task, name) != v}
    if changed:
        tx.update(tasks, task_id, **changed)


def next_number(tx: Tx, group_id: int, counter: str) -> int:
    """The next number that is counted through the group; its row is locked until the commit."""
    row = select(groups.c[counter]).where(groups.c.id == group_id).with_for_update()
    number = int(tx.conn.execute(row).scalar_one()) + 1
    tx.update(groups, group_id, **{counter: number})
    return number


def _is_provisional(tx: Tx, task: TaskRow) -> bool:
    limit = task.take_due if task.finish_due is None else task.finish_due
    return not tx.rules.calendar.is_known(limit)


def _next_of(tx: Tx, task: TaskRow, finish_due: object) -> dict[str, object]:
    pack = pack_of(tx, get_group(tx, task.group_id))
    pause = find_open_pause(tx, task.id)
    clock = TaskClock(
        state=task.state,
        take_due=task.take_due,
        finish_due=finish_due,
        office_due=task.office_due,
        pause_kind=PauseKind(pause.kind) if pause else None,
        waits_for_predecessor=bool(waits_for(tx, task)),
        handled=Moment(task.handled) if task.handled else None,
    )
    coming = next_moment(clock, tx.rules.calendar, tx.rules.hours, pack.ladder.board_after_days)
    if isinstance(coming, NextMoment):
        return {"next_at": coming.at, "next_what": coming.what}
    return {"next_at": None, "next_what": coming}
