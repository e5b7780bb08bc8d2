"""建账: registrations, the missing lines, and the office's decisions on them."""

from datetime import date
from typing import Any

from handlers.reading.values import Completion, Problem, ProjectReading, Registration
from handlers.texts.toasts import choice_text, confirmed_text, declined_text
from store.actions import drafts, registration, updates
from store.actions.projects import add_contact
from store.actions.registration import ProjectInput
from store.errors import Refusal, Why
from store.ledger import Ledger
from store.outbox import Kind
from store.queries import projects
from store.queries.drafts import find_draft_of, get_draft
from store.queries.people import Group

from .incoming import Heard, Pressed, Toast
from .speaking import speech_of


async def on_registration(
    ledger: Ledger, heard: Heard, group: Group, reading: Registration
) -> None:
    """A structured message: each project is registered or becomes a draft."""
    inputs = [to_input(project) for project in reading.projects]
    if heard.edited:
        await _on_edit(ledger, heard, group, inputs)
    else:
        await ledger.do(registration.receive, heard.request, group, inputs)


async def on_completion(ledger: Ledger, heard: Heard, _group: Group, reading: Completion) -> None:
    """A reply with lines: to a draft, or to what is in the ledger by now."""
    if heard.replied is None or heard.replied.subject is None:
        raise Refusal(Why.OLD_BUTTON)
    addition = to_input(reading.project)
    subject, quoted = heard.replied.subject, heard.replied.message_id
    project_id: int | None = subject
    if heard.replied.kind is Kind.DRAFT:
        project_id = (await ledger.ask(get_draft, heard.request.at, subject)).project_id
    if project_id is None:
        await ledger.do(drafts.complete, heard.request, subject, addition, quoted)
    else:
        await ledger.do(add_contact, heard.request, project_id, addition)


async def on_confirm(ledger: Ledger, pressed: Pressed, group: Group) -> Toast:
    """确认建账"""
    draft_id, revision = pressed.press.number(), pressed.press.number(1)
    number = await ledger.do(drafts.confirm, pressed.request, draft_id, revision)
    return Toast(confirmed_text(speech_of(ledger, group, pressed.request), number))


async def on_decline(ledger: Ledger, pressed: Pressed, group: Group) -> Toast:
    """不建账"""
    await ledger.do(drafts.decline, pressed.request, pressed.press.number())
    return Toast(declined_text(speech_of(ledger, group, pressed.request)))


async def on_choose(ledger: Ledger, pressed: Pressed, group: Group) -> Toast:
    """The office decides the kind of project, or between 报告书 and 报告表."""
    _, choice, option = pressed.press.args
    project = await ledger.do(
        registration.choose, pressed.request, pressed.press.number(), choice, option
    )
    return Toast(choice_text(speech_of(ledger, group, pressed.request), project.number))


async def _on_edit(ledger: Ledger, heard: Heard, group: Group, inputs: list[ProjectInput]) -> None:
    """An edited message amends the draft it began; what is in the ledger is not changed by it.

    A private message is known by no number in the group: it counts as a new one.
    """
    message_id = heard.request.message_id
    if message_id is None or heard.private:
        await ledger.do(registration.receive, heard.request, group, inputs)
        return
    draft = await ledger.ask(find_draft_of, heard.request.at, group, message_id)
    if draft is not None and len(inputs) == 1:
        await ledger.do(drafts.complete, heard.request, draft.id, inputs[0])
        return
    project = await ledger.ask(projects.find_by_message, heard.request.at, group, message_id)
    if project is not None:
        await ledger.do(
            updates.warn, heard.request, group, "edited_registered", {"number": project.number}
        )
    elif draft is None:
        await ledger.do(registration.receive, heard.request, group, inputs)


def to_input(reading: ProjectReading) -> ProjectInput:
    """A reading in the ledger's terms: ISO dates and plain names."""
    fields: dict[str, Any] = {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in reading.fields.stated().items()
    }
    return ProjectInput(
        fields,
        [{"field": i.field, "said": i.said, "value": i.value} for i in reading.interpreted],
        [_problem(problem) for problem in reading.problems],
    )


def _problem(problem: Problem) -> dict[str, str]:
    stated = {"code": problem.code.value, "field": problem.field.value, "said": problem.said}
    return stated if problem.why is None else {**stated, "why": problem.why.value}
