"""What the group is told when somebody moved a task: returned, handed in, to be made good, done."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from handlers.presses import Verb, press
from handlers.texts.post import Button, Line, Post, Style
from handlers.texts.speech import Speech, sentence
from handlers.texts.task import LONGEST_QUOTE, standing, task_buttons, where
from handlers.texts.toasts import REPORT, done_text
from handlers.texts.words import clip, in_rows, state_name
from policy.life import State, Step
from policy.packs import Pack
from store.queries.tasks import TaskRow

_TOLD_EACH: dict[str, str] = {
    Step.ACCEPT: sentence("No. {number} accepted. {standing}"),
    Step.RESUME: sentence("No. {number}: the clock runs again. {standing}"),
    Step.PAUSE: sentence("No. {number}: {standing}. Reason: {reason}"),
}
_OPENED = 3  # tasks that get a button of their own


@dataclass(frozen=True, slots=True)
class Done:
    """A step that somebody has just taken by text, and the task as it is now."""

    step: str
    task: TaskRow


def returned_post(speech: Speech, pack: Pack, task: TaskRow, now: datetime) -> Post:
    """退回: who returned it and why; the office dispatches it anew or to somebody else."""
    title = sentence("No. {number} {item} was returned")
    return _news(speech, pack, task, now, title, task.reason)


def delivered_post(speech: Speech, pack: Pack, task: TaskRow, now: datetime) -> Post:
    """交账: the office checks what was handed in."""
    title = sentence("No. {number} {item} was handed in")
    post = _news(speech, pack, task, now, title, task.document)
    hint = speech.say("Something is wrong with it? Reply: make good: reason")
    return Post((*post.lines, Line(hint, Style.DETAIL)), post.buttons)


def made_good_post(speech: Speech, pack: Pack, task: TaskRow, now: datetime) -> Post:
    """补账: the check failed; the department's clock runs again."""
    title = sentence("No. {number} {item} has to be made good")
    return _news(speech, pack, task, now, title, task.reason)


def overtaken_post(speech: Speech, task: TaskRow) -> Post:
    """What became of a task after it was told of: one line, and no button to press in vain."""
    state = state_name(speech, task.state)
    said = speech.say("No. {number} {item}: {state}", **_named(task), state=state)
    if task.changed_at is not None and task.changed_by is not None:
        moment = speech.moment(task.changed_at)
        said = speech.say("{task} ({who}, {moment})", task=said, who=task.changed_by, moment=moment)
    return Post((Line(said),))


def _named(task: TaskRow) -> dict[str, object]:
    return {"number": task.number, "item": task.item.name}


def steps_done_post(speech: Speech, pack: Pack, done: Sequence[Done], now: datetime) -> Post:
    """Confirms what a message did, by step, with the tasks' own buttons.

    Where a clock began to run, its end is what people want to know.
    """
    if len(done) == 1:
        return _one_done(speech, pack, done[0], now)
    by_step: dict[str, list[TaskRow]] = {}
    for each in done:
        by_step.setdefault(each.step, []).append(each.task)
    lines: list[Line] = []
    for step, tasks in by_step.items():
        if step in _TOLD_EACH:
            lines += [Line(_done(speech, pack, Done(step, task), now)) for task in tasks]
        else:
            lines.append(Line(done_text(speech, step, [task.number for task in tasks])))
    return Post(tuple(lines), tuple(in_rows(_open_buttons(speech, done), _OPENED)))


def _one_done(speech: Speech, pack: Pack, done: Done, now: datetime) -> Post:
    """One step of one task, with the buttons of the next."""
    buttons = [] if done.step == REPORT else task_buttons(speech, pack, done.task)
    return Post((Line(_done(speech, pack, done, now)),), tuple(buttons))


def _done(speech: Speech, pack: Pack, done: Done, now: datetime) -> str:
    """A step of one task: where a clock began or stopped, that is what people want to know."""
    task = done.task
    if done.step not in _TOLD_EACH:
        return done_text(speech, done.step, [task.number])
    return speech.say(
        _TOLD_EACH[done.step],
        number=task.number,
        standing=standing(speech, pack, task, now),
        reason=clip(task.reason or "", LONGEST_QUOTE),
    )


def _news(
    speech: Speech, pack: Pack, task: TaskRow, now: datetime, title: str, said: str | None
) -> Post:
    lines = [
        Line(speech.say(title, number=task.number, item=task.item.name), Style.TITLE),
        Line(where(speech, pack, task)),
    ]
    if said:
        lines.append(Line(clip(said, LONGEST_QUOTE), Style.QUOTE))
    lines.append(Line(standing(speech, pack, task, now)))
    return Post(tuple(lines), tuple(task_buttons(speech, pack, task)))


def _open_buttons(speech: Speech, done: Sequence[Done]) -> list[Button]:
    """The tasks on which something is left to do; none where there are too many to choose from."""
    finished = (State.CLOSED, State.CANCELLED, State.TRANSFERRED)
    found = {each.task.id: each.task for each in done if each.task.state not in finished}
    if len(found) > _OPENED or all(each.step == REPORT for each in done):
        return []
    return [
        Button(speech.say("Open no. {number}", number=task.number), press(Verb.SHOW_TASK, task.id))
        for task in found.values()
    ]
