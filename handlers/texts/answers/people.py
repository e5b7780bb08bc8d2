"""Who is responsible: who has a task, who leads a project, who approves an item."""

from collections.abc import Sequence

from handlers.texts.answers.facts import TaskFacts
from handlers.texts.answers.tasks import project_row
from handlers.texts.post import Line, Style
from handlers.texts.speech import Speech, sentence
from policy.packs import Item
from store.queries.projects import Project

MOST_WITH_PEOPLE = 4
MOST_TASKS = 10

_LED = sentence("In the lead: {lead}, {county}")
_NOT_LED = sentence("In {county}; nobody is registered as in the lead")


def lead_line(speech: Speech, project: Project) -> Line:
    """Who leads a project, and where it is."""
    wording = _LED if project.lead else _NOT_LED
    return Line(speech.say(wording, lead=project.lead, county=project.county))


def owners_lines(speech: Speech, found: Sequence[TaskFacts]) -> list[Line]:
    """Tasks with their departments; with who took them where they are few."""
    lines: list[Line] = []
    for each in found[:MOST_TASKS]:
        owner = owner_lines(speech, each)
        lines += owner if len(found) <= MOST_WITH_PEOPLE else owner[:1]
    return lines


def owner_lines(speech: Speech, facts: TaskFacts) -> list[Line]:
    """A task with its department, and who took it."""
    taken, lines = facts.task.acknowledged_by, [project_row(speech, facts)]
    if taken:
        lines.append(Line(speech.say("Taken by {name}", name=taken), Style.DETAIL))
    return lines


def item_lines(speech: Speech, item: Item, department: str) -> list[Line]:
    """环评报告表由市生态环境局审批,受理后 10 个工作日办结。"""
    return [
        Line(
            speech.say(
                "{item} is approved by {department}, within {days} working days of acceptance.",
                item=item.name,
                department=department,
                days=item.days,
            )
        ),
        Line(speech.say("Basis: {basis}", basis=item.basis), Style.DETAIL),
    ]


def people_lines(speech: Speech, department: str, names: Sequence[str]) -> list[Line]:
    """Who of a department is in the ledger."""
    if not names:
        return [Line(speech.say("Nobody of {department} has joined yet.", department=department))]
    return [
        Line(speech.say("{department}: {names}", department=department, names=speech.join(names)))
    ]
