"""建账: registrations, the missing lines, and the office's decisions on them."""

from dataclasses import replace
from datetime import date
from typing import Any

from handlers.reading.values import (
    Completion,
    Problem,
    ProblemCode,
    ProjectReading,
    Registration,
)
from handlers.texts.toasts import (
    changed_text,
    choice_text,
    confirmed_text,
    declined_text,
    unchanged_text,
)
from store.actions import drafts, edits, registration, updates
from store.actions.amendments import amend
from store.actions.registration import ProjectInput
from store.actions.shows import show
from store.actions.statements import drop_repeated
from store.errors import Refusal, Why
from store.ledger import Ledger
from store.outbox import Kind
from store.queries.drafts import Draft, get_draft, list_of_message, subject_of
from store.queries.people import Group

from .incoming import Heard, Pressed, Toast
from .speaking import speech_of

_FORM = 3  # so many of the required lines make a form, with or without its header


async def on_registration(
    ledger: Ledger, heard: Heard, group: Group, reading: Registration
) -> None:
    """A structured message: each project is registered, becomes a draft, or amends what it was."""
    await _receive(ledger, heard, group, [to_input(project) for project in reading.projects])


async def on_completion(ledger: Ledger, heard: Heard, group: Group, reading: Completion) -> None:
    """A reply with lines: to a draft, or to what is in the ledger by now."""
    if heard.replied is None or heard.replied.subject is None:
        raise Refusal(Why.OLD_BUTTON)
    addition = to_input(reading.project)
    subject = heard.replied.subject
    quoted = None if heard.edited else heard.replied.message_id
    project_id: int | None = subject
    if heard.replied.kind is Kind.DRAFT:
        draft = await ledger.ask(get_draft, heard.request.at, subject)
        if await _is_own(ledger, heard, group) or _is_another(draft, addition):
            await _receive(ledger, heard, group, [_with_missing(addition)])
            return
        project_id = draft.project_id
    if project_id is None:
        await ledger.do(
            drafts.complete, heard.request, subject, addition, quoted, edited=heard.edited
        )
    elif heard.edited:
        await ledger.do(updates.warn, heard.request, group, "edited_act", once=True)
    else:
        await ledger.do(amend, heard.request, project_id, addition)


async def on_confirm(ledger: Ledger, pressed: Pressed, group: Group) -> Toast:
    """确认建账, 确认修改"""
    draft_id, revision = pressed.press.number(), pressed.press.number(1)
    draft = await ledger.ask(get_draft, pressed.request.at, draft_id)
    number = await ledger.do(drafts.confirm, pressed.request, draft_id, revision)
    said = changed_text if draft.is_proposal else confirmed_text
    return Toast(said(speech_of(ledger, group, pressed.request), number))


async def on_decline(ledger: Ledger, pressed: Pressed, group: Group) -> Toast:
    """不建账, 不改"""
    draft = await ledger.do(drafts.decline, pressed.request, pressed.press.number())
    said = unchanged_text if draft.is_proposal else declined_text
    return Toast(said(speech_of(ledger, group, pressed.request)))


async def on_show_draft(ledger: Ledger, pressed: Pressed, group: Group) -> Toast:
    """A draft's post, anew, to be replied to."""
    await ledger.do(show, pressed.request, group, Kind.DRAFT, pressed.press.number())
    return Toast()


async def on_choose(ledger: Ledger, pressed: Pressed, group: Group) -> Toast:
    """The office decides the kind of project, or between 报告书 and 报告表."""
    _, choice, option = pressed.press.args
    project = await ledger.do(
        registration.choose, pressed.request, pressed.press.number(), choice, option
    )
    return Toast(choice_text(speech_of(ledger, group, pressed.request), project.number))


async def _receive(ledger: Ledger, heard: Heard, group: Group, inputs: list[ProjectInput]) -> None:
    action = edits.receive_edit if heard.edited else registration.receive
    await ledger.do(action, heard.request, group, drop_repeated(inputs))


async def _is_own(ledger: Ledger, heard: Heard, group: Group) -> bool:
    """Whether an edited reply had registered a project of its own."""
    chat_id, message_id = heard.request.chat_id, heard.request.message_id
    if not heard.edited or chat_id is None or message_id is None:
        return False
    return bool(await ledger.ask(list_of_message, heard.request.at, group, chat_id, message_id))


def _is_another(draft: Draft, addition: ProjectInput) -> bool:
    """Whether a reply is a form of its own, of a project with another name.

    What the draft says is not lost to it; a name with a line or two is a correction.
    """
    names = draft.fields.get("name"), addition.fields.get("name")
    given = {subject_of(column) for column in addition.fields}.intersection(drafts.REQUIRED)
    return len(given) >= _FORM and None not in names and names[0] != names[1]


def _with_missing(addition: ProjectInput) -> ProjectInput:
    """Lines as a form of their own: what they leave out is missing."""
    known = {subject_of(column) for column in addition.fields}
    known |= {problem["field"] for problem in addition.problems}
    missing = [
        {"code": ProblemCode.MISSING.value, "field": field, "said": ""}
        for field in drafts.REQUIRED
        if field not in known
    ]
    return replace(addition, problems=missing + addition.problems)


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
