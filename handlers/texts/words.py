"""Words that several posts share: short names, marks, what a task is at, who must do what."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from handlers.texts.post import Button
from handlers.texts.speech import Speech, sentence
from policy.colours import Colour, find_colour
from policy.life import OPEN, State, Step, Waiting
from policy.packs import Pack
from store.queries.tasks import TaskRow

LATE, SOON, EASY, DONE, STOPPED = "🔴", "◐", "○", "✓", "‖"
"""Marks that differ in shape, since colour must not be the only sign; one alone is red."""

_MARKS = {Colour.RED: LATE, Colour.AMBER: SOON, Colour.GREEN: EASY}
_BEFORE_ACCEPTANCE = frozenset({State.DISPATCHED, State.ACKNOWLEDGED})

_VERBS = {
    Step.ACKNOWLEDGE: sentence("take"),
    Step.CONTACT: sentence("owner contacted"),
    Step.ACCEPT: sentence("accept"),
    Step.PAUSE: sentence("stop the clock"),
    Step.RESUME: sentence("resume"),
    Step.DELIVER: sentence("hand in"),
    Step.CLOSE: sentence("close"),
    Step.MAKE_GOOD: sentence("make good"),
    Step.RETURN: sentence("return"),
    Step.REDISPATCH: sentence("dispatch anew"),
    Step.TRANSFER: sentence("transfer"),
    Step.CANCEL: sentence("cancel"),
}
_STATES = {
    State.DISPATCHED: sentence("not taken yet"),
    State.ACKNOWLEDGED: sentence("taken, owner not contacted yet"),
    State.CONTACTED: sentence("owner contacted, application not accepted yet"),
    State.ACCEPTED: sentence("accepted, in progress"),
    State.PAUSED: sentence("clock stopped"),
    State.DELIVERED: sentence("handed in, to be checked"),
    State.CLOSED: sentence("closed"),
    State.RETURNED: sentence("returned, to be dispatched anew"),
    State.TRANSFERRED: sentence("transferred"),
    State.CANCELLED: sentence("cancelled"),
}
_STOPPED_FOR = {
    Waiting.OWNER: sentence("clock stopped, the owner corrects the application"),
    Waiting.PROCEDURE: sentence("clock stopped, special procedure"),
    Waiting.PREDECESSOR: sentence("clock stopped, another item comes first"),
}


def verb(speech: Speech, step: Step) -> str:
    """What a step is called on a button."""
    return speech.say(_VERBS[step])


def state_name(speech: Speech, state: State) -> str:
    """Where a task stands, without its dates."""
    return speech.say(_STATES[state])


def short(pack: Pack, department: str) -> str:
    """市住建局 for 市住房和城乡建设局; a name that the pack does not know stays as it is."""
    found = pack.find_department(department)
    return found.short if found else department


def bare(pack: Pack, department: str) -> str:
    """住建局, for a button: the city's letter adds nothing there."""
    return short(pack, department).removeprefix(pack.name[-1])


def in_rows(buttons: Sequence[Button], length: int = 2) -> list[tuple[Button, ...]]:
    """Buttons in rows of at most `length`."""
    return [tuple(buttons[at : at + length]) for at in range(0, len(buttons), length)]


def clip(text: str, length: int) -> str:
    """The beginning of a long name."""
    return text if len(text) <= length else text[: length - 1] + "…"


def mask_phone(phone: str) -> str:
    """137****0001: the first three and the last four, for a group."""
    hidden = max(4, len(phone) - 7)
    return phone[:3] + "*" * hidden + phone[-4:] if len(phone) > 7 else "*" * len(phone)


def passed(speech: Speech, task: TaskRow, now: datetime) -> bool:
    """Whether the running limit is over, be it only since today's close of business."""
    return task.due is not None and now >= speech.hours.close_of(task.due)


def mark(speech: Speech, pack: Pack, task: TaskRow, now: datetime) -> str:
    """The sign before a task: late, soon, stopped, done, or at ease."""
    if task.state not in OPEN:
        return DONE
    if task.state is State.PAUSED:
        return STOPPED
    if task.left is None:
        return EASY
    colour = find_colour(pack.colours, task.left, is_late=passed(speech, task, now))
    if colour is Colour.AMBER and task.left and task.state in _BEFORE_ACCEPTANCE:
        return EASY  # its limit is one day: amber from the beginning would say nothing
    return _MARKS[colour]


def by_department(tasks: Iterable[TaskRow]) -> list[tuple[str, list[TaskRow]]]:
    """Tasks by department: the one with the latest task first, then by number."""
    found: dict[str, list[TaskRow]] = {}
    for task in sorted(tasks, key=lambda task: task.number):
        found.setdefault(task.department, []).append(task)

    def urgency(pair: tuple[str, list[TaskRow]]) -> tuple[int, int]:
        return -max(task.late for task in pair[1]), pair[1][0].number

    return sorted(found.items(), key=urgency)


def first_needed(pack: Pack, siblings: Iterable[TaskRow], task: TaskRow) -> list[TaskRow]:
    """The project's open tasks that must be closed before this one (in order of number)."""
    needed = pack.predecessors(task.item.key)
    return [other for other in siblings if other.item.key in needed and other.state in OPEN]


def brief(speech: Speech, task: TaskRow, now: datetime, needed: Sequence[TaskRow] = ()) -> str:
    """A task's state and limit in a few words, for a line among others."""
    if passed(speech, task, now):
        return _late(speech, task)
    match task.state:
        case State.DISPATCHED if task.left == 0:
            return speech.say("take by {time} today", time=_closing(speech))
        case State.DISPATCHED:
            days = task.limit_days
            return speech.say_many(
                "{n} working day from acceptance", "{n} working days from acceptance", days
            )
        case State.CONTACTED if needed:
            numbers = speech.join(other.number for other in needed)
            return speech.say("waits for no. {numbers}", numbers=numbers)
        case State.ACCEPTED:
            return _marked(speech, task, _running(speech, task))
        case State.PAUSED:
            return stopped_for(speech, task)
        case _:
            return state_name(speech, task.state)


def stopped_for(speech: Speech, task: TaskRow) -> str:
    """For whom or what a stopped clock waits."""
    waiting = Waiting(task.next_what) if task.next_what in _STOPPED_FOR else None
    return speech.say(_STOPPED_FOR[waiting] if waiting else _STATES[State.PAUSED])


def _running(speech: Speech, task: TaskRow) -> str:
    if task.due is None or task.left is None:
        return state_name(speech, task.state)
    if task.left == 0:
        return speech.say("due today at {time}", time=_closing(speech))
    # Only the date: a card stands for days, and what is left would be out of date tomorrow.
    return speech.say("due {day}", day=speech.day(task.due))


def _late(speech: Speech, task: TaskRow) -> str:
    late = _how_late(speech, task)
    match task.state:
        case State.DISPATCHED:
            said = speech.say("not taken, {late}", late=late)
        case State.ACKNOWLEDGED:
            said = speech.say("owner not contacted, {late}", late=late)
        case State.DELIVERED:
            said = speech.say("to be checked, {late}", late=late)
        case State.RETURNED:
            said = speech.say("to be dispatched anew, {late}", late=late)
        case _:
            said = late
    return speech.say("{late}, on the board", late=said) if task.boarded_on else said


def _how_late(speech: Speech, task: TaskRow) -> str:
    if task.late:
        return speech.late(task.late)
    return speech.say("the limit of {time} has passed", time=_closing(speech))


def _marked(speech: Speech, task: TaskRow, said: str) -> str:
    return speech.say("{date} (provisional)", date=said) if task.provisional else said


def _closing(speech: Speech) -> str:
    return speech.clock(speech.hours.closing)
