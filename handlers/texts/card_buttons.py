"""The buttons under a project's card: one next step for each who has something to do."""

from handlers.presses import Verb, press
from handlers.texts.post import Button
from handlers.texts.speech import Speech
from handlers.texts.words import bare, by_department, in_rows
from policy.life import OPEN, State
from policy.packs import Pack
from store.queries.projects import Project
from store.queries.tasks import TaskRow

FOR_OFFICE = 4  # tasks that the office is offered to look at; the digest has them all


def card_buttons(
    speech: Speech, pack: Pack, project: Project, tasks: list[TaskRow]
) -> list[tuple[Button, ...]]:
    """First the office's choices, then each department's next step, then the office's checks."""
    rows = []
    for choice in project.undecided:
        options = [
            Button(option.name, press(Verb.CHOOSE, project.id, choice.key, option.key))
            for option in choice.options
        ]
        rows += in_rows(options)
    theirs = [task for task in tasks if task.state in OPEN and not task.by_office]
    rows += in_rows(
        [
            _next_step(speech, pack, project, department, found)
            for department, found in by_department(theirs)
        ]
    )
    return rows + in_rows([*_for_office(speech, tasks), *_team(speech, project)])


def _team(speech: Speech, project: Project) -> list[Button]:
    if project.team_formed_on is not None:
        return []
    return [Button(speech.say("Report the landing team"), press(Verb.FORM_TEAM, project.id))]


def _next_step(
    speech: Speech, pack: Pack, project: Project, department: str, tasks: list[TaskRow]
) -> Button:
    """Take what is not taken; then contact the owner; then open what is under way."""
    name, states = bare(pack, department), {task.state for task in tasks}
    if State.DISPATCHED in states:
        return Button(
            speech.say("Take · {department}", department=name),
            press(Verb.TAKE, project.id, department),
        )
    if State.ACKNOWLEDGED in states:
        return Button(
            speech.say("Owner contacted · {department}", department=name),
            press(Verb.CONTACT, project.id, department),
        )
    label = speech.say("Go on · {department}", department=name)
    if len(tasks) == 1:
        return Button(label, press(Verb.SHOW_TASK, tasks[0].id))
    return Button(label, press(Verb.SHOW_TASKS, project.id, department))


def _for_office(speech: Speech, tasks: list[TaskRow]) -> list[Button]:
    buttons = []
    for task in [task for task in tasks if task.by_office][:FOR_OFFICE]:
        returned = task.state is State.RETURNED
        label = (
            speech.say("Dispatch no. {number} anew", number=task.number)
            if returned
            else speech.say("Check no. {number}", number=task.number)
        )
        buttons.append(Button(label, press(Verb.SHOW_TASK, task.id)))
    return buttons
