"""领账、对账、交账、销号、补账 and the rest: one step of one task is one compare-and-set."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from policy.life import REPORTABLE, State, Step, StepNotPossible, take_step
from policy.moments import PauseKind

from .. import outbox
from ..access import access_task
from ..context import Tx
from ..errors import Refusal, Why
from ..outbox import Kind, Priority
from ..queries.people import Group, Member, get_group, pack_of
from ..queries.projects import get_project
from ..queries.tasks import (
    TaskRow,
    find_open_pause,
    list_of_project,
    list_waiting_for,
)
from ..tables import pauses, tasks
from .dispatch import insert_task, settle

# Steps that need a reason: without one nobody could judge them later.
_WITH_REASON = frozenset({Step.RETURN, Step.MAKE_GOOD, Step.CANCEL, Step.PAUSE})


@dataclass(frozen=True, slots=True)
class StepRequest:
    """One step that somebody asks for; `note` is the reason, or what was handed in."""

    number: int
    step: Step
    note: str | None = None
    pause: PauseKind | None = None
    department: str | None = None  # the target of a transfer


@dataclass(frozen=True, slots=True)
class StepDone:
    """One step that was taken."""

    task_id: int
    number: int
    step: Step
    skipped: tuple[Step, ...]


def take_steps(tx: Tx, group: Group, requests: Sequence[StepRequest]) -> list[StepDone]:
    """Takes all the steps of one message or press, or none of them.

    Raises Refusal for the first that is not allowed or not possible: what access_task
    raises, ALREADY_DONE, STEP_NOT_POSSIBLE, REASON_NEEDED, TOO_LATE.
    """
    return [_take_one(tx, group, request) for request in requests]


def carry_out(
    tx: Tx, group: Group, requests: Sequence[StepRequest], reports: Sequence[tuple[int, str]]
) -> None:
    """What a message does, all of it or nothing: steps, and reports (对账) as number and words.

    The sender gets one short reply with the next step. Raises Refusal like take_steps.
    """
    done: list[dict[str, Any]] = [
        {"task": each.task_id, "step": each.step} for each in take_steps(tx, group, requests)
    ]
    done += [{"task": _report(tx, group, number, words), "step": "report"} for number, words in reports]
    _confirm(tx, group, done)


def take_for_department(
    tx: Tx, project_id: int, department: str, step: Step
) -> list[StepDone]:
    """One tap on a project's card: the step on every task of the department that can take it.

    Raises Refusal: what access_task raises, NOTHING_TO_TAKE with who was faster.
    """
    project = get_project(tx, project_id)
    group = get_group(tx, project.group_id)
    theirs = [t for t in list_of_project(tx, project_id) if t.department == department]
    ready = [t for t in theirs if t.state in _READY_FOR[step]]
    for task in theirs:
        access_task(tx, tx.request.user_id, group, task.number, step)
    if not ready:
        raise Refusal(Why.NOTHING_TO_TAKE, **_who_was_faster(tx, theirs))
    return take_steps(tx, group, [StepRequest(task.number, step) for task in ready])


_READY_FOR = {
    Step.ACKNOWLEDGE: (State.DISPATCHED,),
    Step.CONTACT: (State.DISPATCHED, State.ACKNOWLEDGED),
}


def _report(tx: Tx, group: Group, number: int, words: str) -> int:
    _, task = access_task(tx, tx.request.user_id, group, number, Step.DELIVER)
    if task.state not in REPORTABLE:
        raise Refusal(Why.STEP_NOT_POSSIBLE, number=number, state=task.state, step="report")
    tx.compare_and_set(tasks, task.id, task.version, report=words)
    tx.write_entry("report", group.id)
    _refresh(tx, task)
    return task.id


def _take_one(tx: Tx, group: Group, request: StepRequest) -> StepDone:
    member, task = access_task(tx, tx.request.user_id, group, request.number, request.step)
    if request.step in _WITH_REASON and not request.note:
        raise Refusal(Why.REASON_NEEDED, number=task.number, step=request.step)
    try:
        transition = take_step(task.state, request.step)
    except StepNotPossible:
        raise _refusal_of(tx, task, request.step) from None
    values = _columns(tx, group, member, request, transition.skipped)
    tx.compare_and_set(tasks, task.id, task.version, state=transition.to, handled=None, **values)
    _keep_pauses(tx, task, request)
    if request.step is Step.TRANSFER:
        _transfer(tx, group, task, request)
    settle(tx, task.id)
    for waiting in list_waiting_for(tx, task):
        settle(tx, waiting.id)
    tx.write_entry(request.step, group.id)
    _tell(tx, group, task, request.step)
    return StepDone(task.id, task.number, request.step, transition.skipped)


def _columns(
    tx: Tx, group: Group, member: Member, request: StepRequest, skipped: tuple[Step, ...]
) -> dict[str, Any]:
    """What a step writes besides the state. A skipped step happened at the same moment."""
    values: dict[str, Any] = {}
    taken = {*skipped, request.step}
    if Step.ACKNOWLEDGE in taken:
        values |= {"acknowledged_at": tx.now, "acknowledged_by": member.name}
    if Step.CONTACT in taken:
        values["contacted_at"] = tx.now
    if Step.ACCEPT in taken:
        values["accepted_at"] = tx.now
    limits, calendar = pack_of(tx, group).limits, tx.rules.calendar
    match request.step:
        case Step.DELIVER:
            due = calendar.add(tx.today, limits.check.days)
            values |= {"delivered_at": tx.now, "document": request.note, "office_due": due}
        case Step.CLOSE:
            values["closed_at"] = tx.now
        case Step.RETURN:
            due = calendar.add(tx.today, limits.dispatch.days)
            values |= {"returned_at": tx.now, "reason": request.note, "office_due": due}
        case Step.REDISPATCH:
            due = calendar.add(tx.today, limits.contact.days)
            values |= dict.fromkeys(_FORGOTTEN) | {"dispatched_at": tx.now, "take_due": due}
        case Step.PAUSE | Step.MAKE_GOOD | Step.CANCEL | Step.TRANSFER:
            values["reason"] = request.note
    return values


# A task that is dispatched anew starts again from the beginning.
_FORGOTTEN = (
    "acknowledged_at",
    "acknowledged_by",
    "contacted_at",
    "accepted_at",
    "delivered_at",
    "returned_at",
    "office_due",
    "boarded_on",
)


def _keep_pauses(tx: Tx, task: TaskRow, request: StepRequest) -> None:
    if request.step is Step.PAUSE:
        kind = request.pause or PauseKind.CORRECTION
        tx.insert(pauses, task_id=task.id, kind=kind, reason=request.note, began_at=tx.now)
        return
    if request.step is Step.MAKE_GOOD:
        # While the office checked, the department could not work on it.
        checked = {"kind": "check", "reason": request.note, "began_at": task.delivered_at}
        tx.insert(pauses, task_id=task.id, ended_at=tx.now, **checked)
        return
    pause = find_open_pause(tx, task.id)
    if pause is not None:
        tx.update(pauses, pause.id, ended_at=tx.now)


def _transfer(tx: Tx, group: Group, task: TaskRow, request: StepRequest) -> None:
    department = pack_of(tx, group).find_department(request.department or "")
    if department is None:
        raise Refusal(Why.UNKNOWN_DEPARTMENT, said=request.department or "")
    project = get_project(tx, task.project_id)
    insert_task(tx, project, task.item.key, department.name, follows=task.id)


def _tell(tx: Tx, group: Group, task: TaskRow, step: Step) -> None:
    _refresh(tx, task)
    kind = {Step.RETURN: Kind.RETURNED, Step.DELIVER: Kind.DELIVERED, Step.MAKE_GOOD: Kind.MADE_GOOD}
    if step in kind:
        outbox.queue(
            tx,
            kind[step],
            group.chat_id,
            group_id=group.id,
            subject=task.id,
            priority=Priority.TASKS,
        )


def _refresh(tx: Tx, task: TaskRow) -> None:
    outbox.refresh(tx, Kind.CARD, task.project_id, task.group_id)
    outbox.refresh(tx, Kind.TASK, task.id, task.group_id)


def _confirm(tx: Tx, group: Group, done: list[dict[str, Any]]) -> None:
    outbox.queue(
        tx,
        Kind.STEPS_DONE,
        tx.request.chat_id or group.chat_id,
        group_id=group.id,
        data={"done": done},
        reply_to=tx.request.message_id,
        priority=Priority.ANSWER,
    )


def _refusal_of(tx: Tx, task: TaskRow, step: Step) -> Refusal:
    at = {
        Step.ACKNOWLEDGE: task.acknowledged_at,
        Step.CONTACT: task.contacted_at,
        Step.ACCEPT: task.accepted_at,
        Step.DELIVER: task.delivered_at,
        Step.CLOSE: task.closed_at,
        Step.RETURN: task.returned_at,
    }.get(step)
    if at is not None:
        by = task.acknowledged_by if step is Step.ACKNOWLEDGE else None
        return Refusal(Why.ALREADY_DONE, number=task.number, step=step, at=at.isoformat(), by=by)
    return Refusal(Why.STEP_NOT_POSSIBLE, number=task.number, state=task.state, step=step)


def _who_was_faster(tx: Tx, theirs: list[TaskRow]) -> dict[str, Any]:
    taken = next((t for t in theirs if t.acknowledged_at is not None), None)
    if taken is None or taken.acknowledged_at is None:
        return {}
    return {"by": taken.acknowledged_by, "at": taken.acknowledged_at.isoformat()}
