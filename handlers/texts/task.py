"""One task: where it stands, how its date was counted, and the buttons of its next steps."""

from collections.abc import Sequence
from datetime import datetime

from handlers.presses import Verb, press
from handlers.texts.deadlines import explain_deadline
from handlers.texts.post import Button, Line, Post, Style
from handlers.texts.speech import Speech, sentence
from handlers.texts.words import (
    bare,
    brief,
    clip,
    in_rows,
    passed,
    short,
    state_name,
    stopped_for,
    verb,
)
from policy.deadlines import Deadline
from policy.life import PauseKind, State, Step
from policy.packs import Pack
from store.queries.tasks import TaskRow

LONGEST_QUOTE = 300  # characters of somebody's own words

STEPS = {
    State.DISPATCHED: (Step.ACKNOWLEDGE, Step.CONTACT),
    State.ACKNOWLEDGED: (Step.CONTACT,),
    State.CONTACTED: (Step.ACCEPT,),
    State.ACCEPTED: (Step.DELIVER,),
    State.PAUSED: (Step.RESUME, Step.DELIVER),
    State.DELIVERED: (Step.CLOSE,),
    State.RETURNED: (Step.REDISPATCH,),
}
_DUE = {
    (State.DISPATCHED, False): sentence("Take it and contact the owner by {limit}"),
    (State.ACKNOWLEDGED, False): sentence("Contact the owner by {limit}"),
    (State.ACCEPTED, False): sentence("Due {limit}, {left}"),
    (State.ACCEPTED, True): sentence("Due {limit}, {left} (provisional)"),
    (State.DELIVERED, False): sentence("Handed in; {office} checks it by {limit}"),
    (State.RETURNED, False): sentence("Returned; {office} dispatches it anew by {limit}"),
}
_PAUSES = {
    PauseKind.CORRECTION: sentence("Stop: owner corrects"),
    PauseKind.PROCEDURE: sentence("Stop: special procedure"),
}


def task_post(
    speech: Speech,
    pack: Pack,
    task: TaskRow,
    finish: Deadline | None,
    now: datetime,
    needed: Sequence[TaskRow] = (),
) -> Post:
    """A task as of `now`.

    `finish`: how its approval period is counted, None before its acceptance. `needed`: the
    tasks that must be closed before it.
    """
    title = speech.say("No. {number} {item}", number=task.number, item=task.item.name)
    lines = [
        Line(title, Style.TITLE),
        Line(standing(speech, pack, task, now)),
        Line(where(speech, pack, task)),
        *_words_of_others(speech, task),
        *_needed(speech, needed),
    ]
    lines += [Line(text, Style.DETAIL) for text in _counted(speech, task, finish)]
    lines += [Line(text, Style.DETAIL) for text in _hint(speech, task)]
    return Post(tuple(lines), tuple(task_buttons(speech, pack, task)))


def where(speech: Speech, pack: Pack, task: TaskRow) -> str:
    """市生态环境局 · #12 宏达食品加工产业园(遂平县)"""
    return speech.say(
        "{department} · #{number} {project} ({county})",
        department=short(pack, task.department),
        number=task.project_number,
        project=task.project_name,
        county=task.county,
    )


def standing(speech: Speech, pack: Pack, task: TaskRow, now: datetime) -> str:
    """What is to be done next, by whom and until when; or how late it is."""
    if task.due is not None and passed(speech, task, now):
        late, limit = brief(speech, task, now), speech.limit(task.due)
        return speech.say("{late} (limit {limit})", late=late, limit=limit)
    if task.state is State.PAUSED:
        return stopped_for(speech, task)
    if task.state is State.CLOSED and task.closed_at:
        return speech.say("Closed {moment}", moment=speech.moment(task.closed_at))
    if task.due is None or task.left is None:
        return state_name(speech, task.state)
    if task.state is State.ACCEPTED and task.left == 0:
        return speech.say("Due today at {time}", time=speech.clock(speech.hours.closing))
    wording = _DUE[task.state, task.provisional and task.state is State.ACCEPTED]
    return speech.say(
        wording,
        limit=speech.limit(task.due),
        left=speech.left(task.left),
        office=pack.office.short,
    )


def task_buttons(speech: Speech, pack: Pack, task: TaskRow) -> list[tuple[Button, ...]]:
    """The next steps. Whoever may not take one is told so when pressing."""
    steps = [
        Button(verb(speech, step), press(Verb.STEP, task.id, step))
        for step in STEPS.get(task.state, ())
    ]
    if task.state is State.ACCEPTED:
        pauses = [
            Button(speech.say(label), press(Verb.PAUSE, task.id, kind))
            for kind, label in _PAUSES.items()
        ]
        return [*in_rows(steps), *in_rows(pauses)]
    if task.state is State.RETURNED:
        return [*in_rows(steps), *in_rows(_transfers(speech, pack, task))]
    return in_rows(steps)


def _transfers(speech: Speech, pack: Pack, task: TaskRow) -> list[Button]:
    """The other departments that approve anything."""
    busy = {item.department for item in pack.items} - {task.department}
    return [
        Button(
            speech.say("To {department}", department=bare(pack, one.name)),
            press(Verb.TRANSFER, task.id, one.name),
        )
        for one in pack.departments
        if one.name in busy
    ]


def _words_of_others(speech: Speech, task: TaskRow) -> list[Line]:
    """What somebody wrote: the reason of a stop or a return, the last report, the hand-in."""
    lines = []
    if task.reason and task.state in (State.PAUSED, State.RETURNED, State.CANCELLED):
        lines.append(
            Line(
                speech.say("Reason: {reason}", reason=clip(task.reason, LONGEST_QUOTE)), Style.QUOTE
            )
        )
    if task.document and task.state in (State.DELIVERED, State.CLOSED):
        lines.append(
            Line(
                speech.say("Handed in: {what}", what=clip(task.document, LONGEST_QUOTE)),
                Style.QUOTE,
            )
        )
    elif task.report:
        lines.append(
            Line(
                speech.say("Last report: {report}", report=clip(task.report, LONGEST_QUOTE)),
                Style.QUOTE,
            )
        )
    return lines


def _needed(speech: Speech, needed: Sequence[TaskRow]) -> list[Line]:
    if not needed:
        return []
    items = speech.join(
        speech.say("no. {number} {item}", number=other.number, item=other.item.name)
        for other in needed
    )
    return [Line(speech.say("To be closed first: {items}", items=items))]


def _counted(speech: Speech, task: TaskRow, finish: Deadline | None) -> list[str]:
    if finish is not None and task.state in (State.ACCEPTED, State.PAUSED):
        return explain_deadline(speech, finish, "accepted")
    if finish is None and task.state in (State.DISPATCHED, State.ACKNOWLEDGED, State.CONTACTED):
        return [
            speech.say(
                "{days} working days, counted from the day after acceptance ({basis})",
                days=task.limit_days,
                basis=task.item.basis,
            )
        ]
    return []


def _hint(speech: Speech, task: TaskRow) -> list[str]:
    """What can be said in words where a button would not do."""
    match task.state:
        case State.DISPATCHED | State.ACKNOWLEDGED:
            return [speech.say("Not yours? Reply: return: reason")]
        case State.DELIVERED:
            return [speech.say("Something is wrong with it? Reply: make good: reason")]
        case _:
            return []
