"""A project's card: what was registered, until when it must start, and who has to do what.

One post a project, edited as things move. The deciding thing comes first: what is late, what
the office still has to choose, until when the tasks are to be taken.
"""

from datetime import datetime

from handlers.texts.card_buttons import card_buttons
from handlers.texts.post import Line, Post, Style
from handlers.texts.speech import Speech, sentence
from handlers.texts.words import (
    brief,
    by_department,
    clip,
    first_needed,
    mark,
    mask_phone,
    passed,
    short,
)
from policy.life import State
from policy.packs import Pack
from store.queries.projects import Card, Project
from store.queries.tasks import TaskRow

_START = {
    (False, False): sentence("Start: target {target}, red line {red_line}"),
    (False, True): sentence(
        "Start: target {target}, red line {red_line}"
        " (provisional: the rest days of {year} are not published)"
    ),
    (True, True): sentence(
        "Start: target {target}, red line {red_line}"
        " (both provisional: the rest days of {year} are not published)"
    ),
}
_TEAM_DUE = sentence("Landing team by {day}")
_TEAM_LATE = sentence("🔴 Landing team not set up, due {day}")
_LONGEST_KIND = 40
_GONE = frozenset({State.TRANSFERRED})
_UNTAKEN = frozenset({State.DISPATCHED, State.ACKNOWLEDGED})


def card_post(
    speech: Speech, pack: Pack, card: Card, now: datetime, *, private: bool = False
) -> Post:
    """The card as of `now`. `private`: it is for one member alone, who may see the phone."""
    project = card.project
    title = speech.say("#{number} {name}", number=project.number, name=project.name)
    tasks = [task for task in card.tasks if task.state not in _GONE]
    lines = [Line(title, Style.TITLE), *_alarm(speech, tasks, now)]
    lines += _undecided(speech, project)
    lines += _to_take(speech, tasks, now)
    lines += [Line(text) for text in _facts(speech, project, private)]
    lines += _targets(speech, card)
    if tasks:
        lines.append(Line(_approvals(speech, card, tasks)))
    lines += _tasks(speech, pack, tasks, now)
    return Post(tuple(lines), tuple(card_buttons(speech, pack, project, tasks)))


def superseded_card(speech: Speech, project: Project) -> Post:
    """An older card of the project in the same chat: a project has one."""
    said = speech.say(
        "#{number} {name}: the card is further down", number=project.number, name=project.name
    )
    return Post((Line(said),))


def money_of(speech: Speech, project: Project) -> str:
    """The investment as it was signed; "" when none is known."""
    if project.investment_yuan is not None:
        return speech.money(project.investment_yuan)
    if project.amount is not None:
        return speech.money(project.amount, project.currency)
    return ""


def _alarm(speech: Speech, tasks: list[TaskRow], now: datetime) -> list[Line]:
    late = [task for task in tasks if passed(speech, task, now)]
    today = [task for task in tasks if task.left == 0 and task not in late and not task.late]
    parts = []
    if late:
        parts.append(speech.say("Overdue: {n}", n=len(late)))
    if today:
        parts.append(speech.say("Due today: {n}", n=len(today)))
    return [Line(" · ".join(parts), Style.HEADING)] if parts else []


def _facts(speech: Speech, project: Project, private: bool) -> list[str]:
    signed = speech.say("signed {day}", day=speech.day(project.signed_on))
    facts = [project.county, money_of(speech, project), signed]
    phone = project.phone if private or not project.phone else mask_phone(project.phone)
    owner = [part for part in (project.owner, project.contact, phone) if part]
    lines = [" · ".join(fact for fact in facts if fact)]
    if owner:
        lines.append(speech.say("Owner: {owner}", owner=" ".join(owner)))
    if not project.phone:
        lines.append(speech.say("No phone of the owner is known: please tell the office"))
    return lines


def _targets(speech: Speech, card: Card) -> list[Line]:
    target, red_line = card.start_target, card.red_line
    if target.due is None or red_line.due is None:
        return []
    said = speech.say(
        _START[target.provisional, red_line.provisional],
        target=speech.day(target.due),
        red_line=speech.day(red_line.due, beside=target.due),
        year=red_line.due.year,
    )
    lines = [Line(said)]
    team = card.landing_team.due
    if team is not None and card.project.team_formed_on is None:
        wording = _TEAM_LATE if speech.today > team else _TEAM_DUE
        lines.append(Line(speech.say(wording, day=speech.day(team))))
    return lines


def _approvals(speech: Speech, card: Card, tasks: list[TaskRow]) -> str:
    if all(task.state is not State.CLOSED for task in tasks):
        return speech.say(
            "Approvals: {all} dispatched; {used} of {days} working days used",
            all=len(tasks),
            used=card.used_days,
            days=card.approvals_days,
        )
    return speech.say(
        "Approvals: {closed} of {all} closed; {used} of {days} working days used",
        closed=sum(task.state is State.CLOSED for task in tasks),
        all=len(tasks),
        used=card.used_days,
        days=card.approvals_days,
    )


def _undecided(speech: Speech, project: Project) -> list[Line]:
    if not project.undecided or project.dispatched_at is not None:
        return []
    questions = speech.join(choice.name for choice in project.undecided)
    said = speech.say("The office chooses: {questions}", questions=questions)
    if project.late:
        limit = speech.say("Dispatch {late}", late=speech.late(project.late))
    else:
        limit = speech.say("To be dispatched by {limit}", limit=speech.limit(project.dispatch_due))
    lines = [Line(said, Style.HEADING), Line(limit)]
    if project.template is None and project.kind:
        kind = clip(project.kind, _LONGEST_KIND)
        lines.append(Line(speech.say("Kind of project “{kind}” was not understood", kind=kind)))
    return lines


def _to_take(speech: Speech, tasks: list[TaskRow], now: datetime) -> list[Line]:
    waiting = [t for t in tasks if t.state in _UNTAKEN and not passed(speech, t, now)]
    if not waiting:
        return []
    limit = speech.limit(min(task.take_due for task in waiting))
    if all(task.state is State.ACKNOWLEDGED for task in waiting):
        return [Line(speech.say("Contact the owner by {limit}", limit=limit), Style.HEADING)]
    said = speech.say("Take the tasks and contact the owner by {limit}", limit=limit)
    return [Line(said, Style.HEADING)]


def _tasks(speech: Speech, pack: Pack, tasks: list[TaskRow], now: datetime) -> list[Line]:
    """A line a task, department by department; what is closed shares one line at the end."""
    open_ones = [task for task in tasks if task.state is not State.CLOSED]
    lines = [
        Line(_task_line(speech, pack, tasks, task, now))
        for _, theirs in by_department(open_ones)
        for task in theirs
    ]
    closed = [task for task in tasks if task.state is State.CLOSED]
    if closed:
        items = speech.join(
            speech.say("no. {number} {item}", number=task.number, item=task.item.name)
            for task in closed
        )
        lines.append(Line(speech.say("✓ Closed: {items}", items=items)))
    return lines


def _task_line(
    speech: Speech, pack: Pack, tasks: list[TaskRow], task: TaskRow, now: datetime
) -> str:
    return speech.say(
        "{mark} no. {number} {department} {item}: {status}",
        mark=mark(speech, pack, task, now),
        number=task.number,
        department=short(pack, task.department),
        item=task.item.name,
        status=brief(speech, task, now, first_needed(pack, tasks, task)),
    )
