"""What becomes of a draft: it is completed or corrected, confirmed as shown, or declined."""

from typing import Any

from .. import outbox
from ..access import access_member, access_office
from ..context import Tx
from ..errors import Refusal, Why
from ..outbox import Kind
from ..queries.drafts import Draft, get_draft
from ..queries.people import Group, Member, find_member, get_group
from ..queries.projects import get_project
from ..tables import drafts
from .registration import ProjectInput, may_count, queue_draft, refuse_duplicate, register_project

REQUIRED = ("name", "signed_on", "county", "investment")
_INVESTMENT = ("investment_yuan", "currency", "amount")


def complete(tx: Tx, draft_id: int, addition: ProjectInput, quoted: int | None = None) -> None:
    """Adds lines to a draft; what is now complete goes on as if it had been at once.

    `quoted`: the post of the draft that this replies to. Where a newer one stands, the
    office has not seen what the draft says by now, and has to confirm it.
    Raises Refusal: NOT_THEIRS, ALREADY_DECIDED, DUPLICATE_PROJECT.
    """
    member = access_member(tx, tx.request.user_id)
    draft = _open_draft(tx, draft_id)
    _refuse_others(tx, member, draft)
    group = get_group(tx, draft.group_id)
    merged = _merge(draft, addition)
    refuse_duplicate(tx, group, merged.fields)
    at_once = may_count(member, merged) and _is_newest(tx, draft, quoted)
    tx.update(
        drafts,
        draft.id,
        state="incomplete" if merged.problems else "waiting",
        fields=merged.fields,
        interpreted=merged.interpreted,
        problems=merged.problems,
        revision=draft.revision + 1,
        amended=_list_amended(draft, merged, member, addition),
    )
    tx.write_entry("complete_draft", group.id)
    if at_once:
        _register_draft(tx, group, draft, merged.fields, member)
    else:
        queue_draft(tx, group, draft.id)


def confirm(tx: Tx, draft_id: int, revision: int) -> int:
    """The office registers a draft as it was shown, in this revision; gives the project's number.

    Raises Refusal: OFFICE_ONLY, ALREADY_DECIDED, CHANGED, STILL_INCOMPLETE, DUPLICATE_PROJECT.
    """
    member = access_office(tx, tx.request.user_id)
    draft = _open_draft(tx, draft_id)
    if revision != draft.revision:
        raise Refusal(Why.CHANGED)
    if draft.problems:
        raise Refusal(Why.STILL_INCOMPLETE)
    group = get_group(tx, draft.group_id)
    refuse_duplicate(tx, group, draft.fields)
    return _register_draft(tx, group, draft, draft.fields, member)


def decline(tx: Tx, draft_id: int) -> None:
    """A draft is dropped, by the office or the unit that sent it; raises Refusal(NOT_THEIRS)."""
    member = access_member(tx, tx.request.user_id)
    draft = _open_draft(tx, draft_id)
    _refuse_others(tx, member, draft)
    tx.update(drafts, draft.id, state="declined", decided_by=member.name)
    tx.write_entry("decline_draft", draft.group_id)
    outbox.refresh(tx, Kind.DRAFT, draft.id, draft.group_id)


def _open_draft(tx: Tx, draft_id: int) -> Draft:
    tx.lock(drafts, drafts.c.id == draft_id)
    draft = get_draft(tx, draft_id)
    if not draft.is_open:
        raise Refusal(Why.ALREADY_DECIDED, state=draft.state, name=draft.decided_by)
    return draft


def _refuse_others(tx: Tx, member: Member, draft: Draft) -> None:
    """A draft is its author's, the author's unit's and the office's."""
    if member.runs_ledger or member.user_id == draft.author_id:
        return
    author = find_member(tx, draft.author_id)
    if author is None or author.department is None or author.department != member.department:
        raise Refusal(Why.NOT_THEIRS, name=draft.author_name)


def _is_newest(tx: Tx, draft: Draft, quoted: int | None) -> bool:
    if quoted is None or tx.request.chat_id is None:
        return True
    newest = outbox.find_standing(tx, tx.request.chat_id, Kind.DRAFT, draft.id)
    return newest is not None and newest.message_id == quoted


def _merge(draft: Draft, addition: ProjectInput) -> ProjectInput:
    """The draft with what the reply states; a field given anew loses what was said of it before.

    What the reply does not mention is not missing because of that.
    """
    wrong = [p for p in addition.problems if p["code"] != "missing"]
    given = {_subject(name) for name in addition.fields} | {p["field"] for p in wrong}
    fields = {name: v for name, v in draft.fields.items() if _subject(name) not in given}
    fields |= addition.fields
    problems = [p for p in draft.problems if p["field"] not in given] + wrong
    known = {_subject(name) for name in fields} | {p["field"] for p in problems}
    problems += [
        {"code": "missing", "field": name, "said": ""} for name in REQUIRED if name not in known
    ]
    interpreted = [i for i in draft.interpreted if i["field"] not in given]
    return ProjectInput(fields, interpreted + addition.interpreted, problems)


def _subject(column: str) -> str:
    return "investment" if column in _INVESTMENT else column


def _list_amended(
    draft: Draft, merged: ProjectInput, member: Member, addition: ProjectInput
) -> list[dict[str, Any]]:
    """What others than the author have made of the author's own values, a field at a time.

    What the author states again counts as the author's.
    """
    wrong = {p["field"]: p["said"] for p in addition.problems if p["code"] != "missing"}
    given = dict.fromkeys([*map(_subject, addition.fields), *wrong])
    first = {one["field"]: one["before"] for one in draft.amended}
    amended = [one for one in draft.amended if one["field"] not in given]
    if member.user_id == draft.author_id:
        return amended
    for field in given:
        before = first.get(field, _columns(draft.fields, field))
        after = _columns(merged.fields, field)
        if before != after:
            one = {"field": field, "before": before, "after": after, "by": member.name}
            amended.append(one if after else {**one, "said": wrong[field]})
    return amended


def _columns(fields: dict[str, Any], field: str) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if _subject(name) == field}


def _register_draft(
    tx: Tx, group: Group, draft: Draft, fields: dict[str, Any], member: Member
) -> int:
    project_id = register_project(tx, group, fields, draft.received_at, draft.source_message_id)
    tx.update(drafts, draft.id, state="registered", project_id=project_id, decided_by=member.name)
    tx.write_entry("register_draft", group.id)
    outbox.refresh(tx, Kind.DRAFT, draft.id, group.id)
    return get_project(tx, project_id).number
