"""When something is due: the date and what is left first, then how it was counted."""

from handlers.texts.answers.facts import Explained, ProjectFacts, TaskFacts
from handlers.texts.answers.tasks import day_text, limit_text, status_text, time_text
from handlers.texts.deadlines import explain_deadline
from handlers.texts.post import Line, Style
from handlers.texts.speech import Speech, sentence
from handlers.texts.words import stopped_for
from policy.deadlines import Deadline
from policy.life import State
from store.queries.projects import Project

_IS_DUE = sentence("{task} is due {limit}, {time}.")
_WAS_DUE = sentence("{task} was due {limit}, {time}.")
_STATUS = sentence("{task}: {status}.")
_NO_DATE = sentence("{task} has no date: {why}.")
_AFTER_ACCEPTANCE = sentence(
    "{task} is not accepted yet; it is due {days} working days after acceptance."
)
_TAKE_BY = {
    State.DISPATCHED: sentence("Now: take it and contact the owner by {limit}, {time}."),
    State.ACKNOWLEDGED: sentence("Now: contact the owner by {limit}, {time}."),
}


def explained_lines(speech: Speech, one: Explained, *, briefly: bool = False) -> list[Line]:
    """One task's date and how it was counted; `briefly` leaves the counting out."""
    match one.facts.task.state:
        case State.ACCEPTED:
            said = [_due(speech, one)]
        case State.PAUSED:
            said = _paused(speech, one)
        case State.DISPATCHED | State.ACKNOWLEDGED | State.CONTACTED:
            said = _not_accepted(speech, one)
        case _:
            said = [_with_office(speech, one)]
    lines = [Line(said[0]), *(Line(each) for each in said[1:])]
    return lines if briefly else lines + _counting(speech, one)


def project_title(speech: Speech, project: Project) -> Line:
    """#12 宏达食品加工产业园"""
    said = speech.say("#{number} {name}", number=project.number, name=project.name)
    return Line(said, Style.TITLE)


def task_title(speech: Speech, facts: TaskFacts) -> Line:
    """The project of a task that was asked for by its number."""
    task = facts.task
    said = speech.say("#{number} {name}", number=task.project_number, name=task.project_name)
    return Line(said, Style.TITLE)


def more_lines(speech: Speech, count: int) -> list[Line]:
    """另有 N 项, where a button shows them."""
    return [Line(speech.say_many("{n} more", "{n} more", count))] if count > 0 else []


def start_lines(speech: Speech, facts: ProjectFacts) -> list[Line]:
    """Until when construction must start: the target and the red line (Z4)."""
    card = facts.card
    if card.project.stage not in ("reserve", "signed"):
        return []
    return [
        *_start(speech, sentence("Start of construction: target {day}, {left}"), card.start_target),
        *_start(speech, sentence("Start of construction: red line {day}, {left}"), card.red_line),
    ]


def no_item_lines(speech: Speech, asked: str, existing: list[str]) -> list[Line]:
    """The project has no such task; what it has."""
    if not existing:
        return [Line(speech.say("No task has been dispatched for it yet."))]
    return [
        Line(
            speech.say(
                "It has no task for {asked}. It has: {items}.",
                asked=asked,
                items=speech.join(existing),
            )
        )
    ]


def all_done_line(speech: Speech, closed: int) -> Line:
    """Nothing of the project is open any more."""
    return Line(
        speech.say_many("Nothing is open; {n} closed.", "Nothing is open; {n} closed.", closed)
    )


def not_dispatched_line(speech: Speech, project: Project, undecided: tuple[str, ...]) -> Line:
    """Tasks are still to come: the office has to choose."""
    choices = speech.join(undecided)
    if project.late:
        late = speech.late(project.late)
        wording = sentence("Not all dispatched: the office has to choose {choices}, {late}.")
        return Line(speech.say(wording, choices=choices, late=late))
    wording = sentence("Not all dispatched: the office chooses {choices} by {limit}.")
    return Line(speech.say(wording, choices=choices, limit=speech.limit(project.dispatch_due)))


def _due(speech: Speech, one: Explained) -> str:
    task = one.facts.task
    if task.due is None:
        return _said(speech, _STATUS, one, status=status_text(speech, one.facts))
    limit = limit_text(speech, task.due, task.provisional)
    wording = _WAS_DUE if one.facts.late else _IS_DUE
    return _said(speech, wording, one, limit=limit, time=time_text(speech, one.facts))


def _paused(speech: Speech, one: Explained) -> list[str]:
    said = _said(speech, _NO_DATE, one, why=stopped_for(speech, one.facts.task))
    if one.stopped is None:
        return [said]
    return [said, speech.say("Reason: {reason}", reason=one.stopped.reason)]


def _not_accepted(speech: Speech, one: Explained) -> list[str]:
    task = one.facts.task
    said = [_said(speech, _AFTER_ACCEPTANCE, one, days=task.limit_days)]
    if task.due is None or one.facts.late:
        said.append(speech.say("Now: {status}.", status=status_text(speech, one.facts)))
    else:
        limit = limit_text(speech, task.due, task.provisional)
        time = time_text(speech, one.facts)
        said.append(speech.say(_TAKE_BY[task.state], limit=limit, time=time))
    if one.if_accepted is not None and one.if_accepted.due is not None:
        day = day_text(speech, one.if_accepted.due, one.if_accepted.provisional)
        said.append(speech.say("Accepted today, it would be due {day}.", day=day))
    return said


def _with_office(speech: Speech, one: Explained) -> str:
    return _said(speech, _STATUS, one, status=status_text(speech, one.facts))


def _said(speech: Speech, wording: str, one: Explained, **fields: object) -> str:
    """A sentence about a task: 环评报告书(5号,市生态环境局) …"""
    task = one.facts.task
    name = speech.say(
        "{item} (no. {number}, {department})",
        item=task.item.name,
        number=task.number,
        department=one.facts.department,
    )
    return speech.say(wording, task=name, **fields)


def _counting(speech: Speech, one: Explained) -> list[Line]:
    if one.counted is None or one.facts.task.state not in (State.ACCEPTED, State.PAUSED):
        return []
    return [Line(each, Style.DETAIL) for each in explain_deadline(speech, one.counted, "accepted")]


def _start(speech: Speech, wording: str, deadline: Deadline) -> list[Line]:
    if deadline.due is None:
        return []
    days = (deadline.due - speech.today).days
    left = (
        speech.say_many("{n} day left", "{n} days left", days)
        if days >= 0
        else speech.say_many("{n} day past", "{n} days past", -days)
    )
    day = day_text(speech, deadline.due, deadline.provisional)
    return [Line(speech.say(wording, day=day, left=left))]
