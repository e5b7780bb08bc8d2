"""A task in one line of a list: its mark, whose it is, and what is next."""

from collections.abc import Sequence
from datetime import date

from handlers.presses import Verb, press
from handlers.texts.answers.facts import TaskFacts
from handlers.texts.post import Button, Line
from handlers.texts.speech import Speech, sentence
from handlers.texts.words import clip, in_rows, state_name, stopped_for
from policy.life import State

BUTTONS_IN_ROW = 5
LONGEST_NAME = 16
"""Characters of a project's name in a list; whole where the answer is about it."""

_FULL = sentence("{mark} {department} no. {number} {project} {item} {status}")
_OWN = sentence("{mark} no. {number} {project} {item} {status}")
_OF_PROJECT = sentence("{mark} no. {number} {item}, {department}, {status}")
_TO_DO = {
    State.DISPATCHED: sentence("to be taken"),
    State.ACKNOWLEDGED: sentence("owner to be contacted"),
    State.ACCEPTED: sentence("to be finished"),
    State.DELIVERED: sentence("to be checked by the office"),
    State.RETURNED: sentence("to be dispatched anew by the office"),
}
_BEFORE = {
    State.DISPATCHED: sentence("not taken, {time}"),
    State.ACKNOWLEDGED: sentence("owner not contacted, {time}"),
    State.DELIVERED: sentence("handed in, the office checks it, {time}"),
    State.RETURNED: sentence("returned, the office dispatches it anew, {time}"),
}


def full_row(speech: Speech, facts: TaskFacts, status: str | None = None) -> Line:
    """A task in a list over all departments."""
    return _row(speech, _FULL, facts, status)


def own_row(speech: Speech, facts: TaskFacts, status: str | None = None) -> Line:
    """A task in the list of one department."""
    return _row(speech, _OWN, facts, status)


def project_row(speech: Speech, facts: TaskFacts, status: str | None = None) -> Line:
    """A task in the list of one project."""
    return _row(speech, _OF_PROJECT, facts, status)


def status_text(speech: Speech, facts: TaskFacts) -> str:
    """What is next, and how much time is left for it."""
    task = facts.task
    if task.state in _BEFORE:
        return speech.say(_BEFORE[task.state], time=time_text(speech, facts))
    match task.state:
        case State.CONTACTED:
            return _before_acceptance(speech, facts)
        case State.ACCEPTED:
            return _under_way(speech, facts)
        case State.PAUSED:
            return stopped_for(speech, task)
        case State.CLOSED if task.closed_at is not None:
            day = speech.hours.day_of(task.closed_at)
            return speech.say("closed on {day}", day=speech.plain_day(day))
        case _:
            return state_name(speech, task.state)


def time_text(speech: Speech, facts: TaskFacts) -> str:
    """逾期 2 个工作日, 今天 17:30 到期 or 还剩 3 个工作日; "" where no clock runs."""
    task = facts.task
    if task.left is None:
        return ""
    if facts.late:
        return _late(speech, facts)
    if task.left == 0:
        return speech.say("due today at {time}", time=_closing(speech))
    return speech.left(task.left)


def limit_text(speech: Speech, day: date, provisional: bool) -> str:
    """12月21日 周一 17:30, marked where it may still move."""
    return _marked(speech, speech.limit(day), provisional)


def day_text(speech: Speech, day: date, provisional: bool) -> str:
    """12月21日 周一, marked where it may still move."""
    return _marked(speech, speech.day(day), provisional)


def to_do_text(speech: Speech, facts: TaskFacts) -> str:
    """What is to be done by the day under which a task is listed."""
    return speech.say(_TO_DO[facts.task.state])


def number_text(speech: Speech, facts: TaskFacts) -> str:
    """5号"""
    return speech.say("no. {number}", number=facts.task.number)


def task_buttons(speech: Speech, shown: Sequence[TaskFacts]) -> list[tuple[Button, ...]]:
    """A button for each task, to open it and act."""
    buttons = [Button(number_text(speech, f), press(Verb.SHOW_TASK, f.task.id)) for f in shown]
    return in_rows(buttons, BUTTONS_IN_ROW)


def _row(speech: Speech, msgid: str, facts: TaskFacts, status: str | None) -> Line:
    task = facts.task
    if status is None:
        status = status_text(speech, facts)
    return Line(
        speech.say(
            msgid,
            mark=facts.mark,
            department=facts.department,
            number=task.number,
            project=clip(task.project_name, LONGEST_NAME),
            item=task.item.name,
            status=status,
        )
    )


def _late(speech: Speech, facts: TaskFacts) -> str:
    if facts.task.late:
        late = speech.late(facts.task.late)
    else:
        late = speech.say("the limit of {time} has passed", time=_closing(speech))
    if facts.task.boarded_on is None or facts.task.by_office:
        return late
    return speech.say("{late}, on the board", late=late)


def _before_acceptance(speech: Speech, facts: TaskFacts) -> str:
    if facts.waits:
        return speech.say("waits for {items} to be closed", items=speech.join(facts.waits))
    return speech.say("owner contacted, waits for a complete application")


def _under_way(speech: Speech, facts: TaskFacts) -> str:
    due, time = facts.task.due, time_text(speech, facts)
    if due is None or facts.late or due == speech.today:
        return time
    return speech.say(
        "due {day}, {time}", day=day_text(speech, due, facts.task.provisional), time=time
    )


def _marked(speech: Speech, said: str, provisional: bool) -> str:
    return speech.say("{date} (provisional)", date=said) if provisional else said


def _closing(speech: Speech) -> str:
    return speech.clock(speech.hours.closing)
