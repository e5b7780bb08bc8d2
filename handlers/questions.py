"""Questions and everything that only shows something."""

from handlers.answers import question_to_data, read_ask
from handlers.reading.values import Intent, Query, Slots
from store.actions import members, updates
from store.actions.shows import show
from store.errors import Refusal, Why
from store.ledger import Ledger
from store.outbox import Kind
from store.queries import projects
from store.queries.people import Group
from store.queries.tasks import get_task_by_id

from .incoming import Heard, Pressed, Toast


async def on_query(ledger: Ledger, heard: Heard, group: Group, reading: Query) -> None:
    """A question in plain words or a command; the answer is looked up when it is sent."""
    question = question_to_data(reading, heard.person.user_id)
    opens = reading.intent is Intent.START and heard.private
    action = members.open_private_chat if opens else updates.answer
    await ledger.do(action, heard.request, group, question)


async def on_show_task(ledger: Ledger, pressed: Pressed, group: Group) -> Toast:
    """One task with its buttons, as an answer to the card."""
    task = await ledger.ask(get_task_by_id, pressed.request.at, pressed.press.number())
    await ledger.do(show, pressed.request, group, Kind.TASK, task.id)
    return Toast()


async def on_show_card(ledger: Ledger, pressed: Pressed, group: Group) -> Toast:
    """A project's card, anew."""
    project = await ledger.ask(projects.get_project, pressed.request.at, pressed.press.number())
    await ledger.do(show, pressed.request, group, Kind.CARD, project.id)
    return Toast()


async def on_show_tasks(ledger: Ledger, pressed: Pressed, group: Group) -> Toast:
    """A department's tasks in one project, each with a button."""
    project = await ledger.ask(projects.get_project, pressed.request.at, pressed.press.number())
    slots = Slots(numbers=(project.number,), departments=(pressed.press.args[1],))
    question = question_to_data(Query(Intent.DEPARTMENT_TASKS, slots), pressed.person.user_id)
    await ledger.do(updates.answer, pressed.request, group, question)
    return Toast()


async def on_ask(ledger: Ledger, pressed: Pressed, group: Group) -> Toast:
    """A question by button, such as 我的任务 or the rest of a list."""
    try:
        question = read_ask(pressed.press.args[0], pressed.person.user_id)
    except ValueError:
        raise Refusal(Why.OLD_BUTTON) from None
    await ledger.do(updates.answer, pressed.request, group, question)
    return Toast()
