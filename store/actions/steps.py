"""领账、对账、交账、销号、补账 and the rest: one step of one task is one compare-and-set."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_

from policy.life import (
    FINISHED,
    REPORTABLE,
    TRANSITIONS,
    PauseKind,
    State,
    Step,
    StepNotPossible,
    take_step,
)
from policy.targets import check_due, redispatch_due, take_due

from .. import outbox
from ..access import access_member, access_task
from ..context import Tx
from ..errors import Refusal, Why
from ..outbox import Kind, Priority
from ..queries.people import Group, Member, get_group, get_pack
from ..queries.projects import get_project
from ..queries.tasks import (
    CHECK,
    TaskRow,
    find_following,
    find_open_pause,
    list_of_project,
    list_waiting_for,
)
from ..tables import pauses, tasks
from .already import split_done
from .dispatch import clock_of, insert_task, last_day, lock_project, refresh_task, settle

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

    The sender gets one short reply with the next step. Raises Refusal like take_steps; `of`
    in it is how much the message asked for, where that is more than one thing.
    """
    try:
        _carry_out(tx, group, requests, reports)
    except Refusal as refusal:
        asked = len(requests) + len(reports)
        if asked > 1:
            raise Refusal(refusal.why, **refusal.data, of=asked) from None
        raise


def _carry_out(
    tx: Tx, group: Group, requests: Sequence[StepRequest], reports: Sequence[tuple[int, str]]
) -> None:
    in_group = tx.request.chat_id == group.chat_id
    so_before, requests = split_done(tx, group, requests)
    done: list[dict[str, Any]] = [{"task": task.id, "step": step} for task, step in so_before]
    done += [
        {"task": each.task_id, "step": each.step}
        for each in take_steps(tx, group, requests)
        if not (in_group and each.step in _TOLD)  # what tells the next one is the reply
    ]
    done += [
        {"task": _report(tx, group, number, words), "step": "report"} for number, words in reports
    ]
    if done:
        _confirm(tx, group, done)


def take_for_department(tx: Tx, project_id: int, department: str, step: Step) -> list[StepDone]:
    """One tap on a project's card: the step on every task of the department that can take it.

    Raises Refusal: what access_task raises, NOTHING_TO_TAKE with who was faster.
    """
    access_member(tx, tx.request.user_id)
    lock_project(tx, tasks.c.project_id == project_id)
    group = get_group(tx, get_project(tx, project_id).group_id)
    theirs = [t for t in list_of_project(tx, project_id) if t.department == department]
    for task in theirs:
        access_task(tx, tx.request.user_id, group, task.number, step)
    ready = [t for t in theirs if (t.state, step) in TRANSITIONS]
    if not ready:
        raise Refusal(Why.NOTHING_TO_TAKE, **_who_was_faster(theirs))
    return take_steps(tx, group, [StepRequest(task.number, step) for task in ready])


def _report(tx: Tx, group: Group, number: int, words: str) -> int:
    _, task = access_task(tx, tx.request.user_id, group, number, Step.DELIVER)
    if task.state not in REPORTABLE:
        raise Refusal(Why.STEP_NOT_POSSIBLE, number=number, state=task.state, step="report")
    tx.compare_and_set(tasks, task.id, task.version, report=words)
    tx.write_entry("report", group.id)
    refresh_task(tx, task)
    return task.id


def _take_one(tx: Tx, group: Group, request: StepRequest) -> StepDone:
    same = and_(tasks.c.group_id == group.id, tasks.c.number == request.number)
    lock_project(tx, same)
    member, task = access_task(tx, tx.request.user_id, group, request.number, request.step)
    if request.step in _WITH_REASON and not request.note:
        raise Refusal(Why.REASON_NEEDED, number=task.number, step=request.step)
    try:
        transition = take_step(task.state, request.step)
    except StepNotPossible:
        raise _refusal_of(tx, task, request.step) from None
    before = clock_of(tx, task)
    values = _written(tx, group, member, request, transition.skipped)
    tx.compare_and_set(tasks, task.id, task.version, state=transition.to, **values)
    _keep_pauses(tx, task, request)
    if request.step is Step.TRANSFER:
        _transfer(tx, group, task, request)
    settle(tx, task.id, before)
    if transition.to in FINISHED:
        for waiting in list_waiting_for(tx, task):
            settle(tx, waiting.id)
    tx.write_entry(request.step, group.id)
    _tell(tx, group, task, request.step)
    return StepDone(task.id, task.number, request.step, transition.skipped)


def _written(
    tx: Tx, group: Group, member: Member, request: StepRequest, skipped: tuple[Step, ...]
) -> dict[str, Any]:
    """What a step writes besides the state. A skipped step happened at the same moment."""
    values = _AFRESH if request.step is Step.REDISPATCH else {}
    stamps = {_STAMPS[step]: tx.now for step in (*skipped, request.step) if step in _STAMPS}
    values = {**values, **stamps, "changed_at": tx.now, "changed_by": member.name}
    if "acknowledged_at" in stamps:
        values["acknowledged_by"] = member.name
    if request.step in _LIMITS:
        column, limit = _LIMITS[request.step]
        values[column] = last_day(limit(get_pack(tx, group.id), tx.rules.calendar, tx.today))
    if request.step is Step.DELIVER:
        values["document"] = request.note
    elif request.note is not None:
        values["reason"] = request.note
    return values


# When a step was taken last.
_STAMPS = {
    Step.ACKNOWLEDGE: "acknowledged_at",
    Step.CONTACT: "contacted_at",
    Step.ACCEPT: "accepted_at",
    Step.DELIVER: "delivered_at",
    Step.CLOSE: "closed_at",
    Step.RETURN: "returned_at",
    Step.REDISPATCH: "dispatched_at",
}
# The limits that begin with a step.
_LIMITS = {
    Step.DELIVER: ("office_due", check_due),
    Step.RETURN: ("office_due", redispatch_due),
    Step.REDISPATCH: ("take_due", take_due),
}
# A task that is dispatched anew starts again from the beginning.
_AFRESH: dict[str, Any] = dict.fromkeys(
    (
        "acknowledged_at",
        "acknowledged_by",
        "contacted_at",
        "accepted_at",
        "delivered_at",
        "returned_at",
        "office_due",
    )
)


def _keep_pauses(tx: Tx, task: TaskRow, request: StepRequest) -> None:
    if request.step is Step.PAUSE:
        kind = request.pause or PauseKind.CORRECTION
        tx.insert(pauses, task_id=task.id, kind=kind, reason=request.note, began_at=tx.now)
        return
    if request.step is Step.MAKE_GOOD:
        # While the office checked, the department could not work on it.
        checked = {"kind": CHECK, "reason": request.note, "began_at": task.delivered_at}
        tx.insert(pauses, task_id=task.id, ended_at=tx.now, **checked)
        return
    pause = find_open_pause(tx, task.id) if task.state is State.PAUSED else None
    if pause is not None:
        tx.update(pauses, pause.id, ended_at=tx.now)


def _transfer(tx: Tx, group: Group, task: TaskRow, request: StepRequest) -> None:
    department = get_pack(tx, group.id).find_department(request.department or "")
    if department is None:
        raise Refusal(Why.UNKNOWN_DEPARTMENT, said=request.department or "")
    project = get_project(tx, task.project_id)
    task_id = insert_task(tx, project, task.item, department.name, follows=task.id)
    _announce(tx, group, Kind.TASK, task_id)


# What whoever acts next is told; the cards that stand are edited anyway.
_TOLD = {
    Step.RETURN: Kind.RETURNED,
    Step.DELIVER: Kind.DELIVERED,
    Step.MAKE_GOOD: Kind.MADE_GOOD,
    Step.REDISPATCH: Kind.TASK,
}


def _tell(tx: Tx, group: Group, task: TaskRow, step: Step) -> None:
    refresh_task(tx, task)
    if step in _TOLD:
        _announce(tx, group, _TOLD[step], task.id)


def _announce(tx: Tx, group: Group, kind: Kind, task_id: int) -> None:
    """Tells who acts next: a new post, as the reply where it was done by text in the group."""
    by_text = tx.request.chat_id == group.chat_id and not tx.request.by_button
    outbox.queue(
        tx,
        kind,
        group.chat_id,
        group_id=group.id,
        subject=task_id,
        reply_to=tx.request.message_id if by_text else None,
        priority=Priority.TASKS,
        anew=True,
    )


def _confirm(tx: Tx, group: Group, done: list[dict[str, Any]]) -> None:
    """The reply; where it speaks of one task, a reply to it is about that one."""
    told = {each["task"] for each in done}
    outbox.queue(
        tx,
        Kind.STEPS_DONE,
        tx.request.chat_id or group.chat_id,
        group_id=group.id,
        subject=told.pop() if len(told) == 1 else None,
        data={"done": done},
        reply_to=tx.request.message_id,
        priority=Priority.ANSWER,
    )


def _refusal_of(tx: Tx, task: TaskRow, step: Step) -> Refusal:
    """Who was faster where the step was taken already, otherwise that it is not possible now."""
    if task.state is State.TRANSFERRED and (now := find_following(tx, task)):
        return Refusal(Why.TRANSFERRED, number=task.number, now=now.number, theirs=now.department)
    last = step in _LED_TO.get(task.state, ())
    stamp = _STAMPS.get(step)
    at = getattr(task, stamp) if stamp else None
    if at is None or (task.state in FINISHED and not last):
        return Refusal(Why.STEP_NOT_POSSIBLE, number=task.number, state=task.state, step=step)
    by = task.changed_by if last and at == task.changed_at else None
    if step is Step.ACKNOWLEDGE:
        by = task.acknowledged_by
    return Refusal(Why.ALREADY_DONE, number=task.number, step=step, at=at.isoformat(), by=by)


# The steps that lead to a state: who took it last has taken one of them.
_LED_TO = {
    state: frozenset(step for (_, step), made in TRANSITIONS.items() if made.to is state)
    for state in State
}


def _who_was_faster(theirs: list[TaskRow]) -> dict[str, Any]:
    taken = next((t for t in theirs if t.acknowledged_at is not None), None)
    if taken is None or taken.acknowledged_at is None:
        return {}
    return {"by": taken.acknowledged_by, "at": taken.acknowledged_at.isoformat()}
