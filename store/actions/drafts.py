"""What becomes of a draft: it is completed or corrected, confirmed as shown, or declined."""

from typing import Any

from .. import outbox
from ..access import access_member, access_office
from ..context import Tx
from ..errors import Refusal, Why
from ..outbox import Kind
from ..queries.drafts import Draft, columns_of, get_draft, subject_of
from ..queries.people import Member, find_member, get_group
from ..queries.projects import get_project
from ..tables import drafts, projects
from .amendments import carry_out_proposal
from .registration import (
    ProjectInput,
    expiry,
    may_count,
    queue_draft,
    refuse_duplicate,
    register_draft,
)
from .repeats import refresh_twins
from .statements import list_wrong

REQUIRED = ("name", "signed_on", "county", "investment")


def complete(
    tx: Tx,
    draft_id: int,
    addition: ProjectInput,
    quoted: int | None = None,
    *,
    edited: bool = False,
) -> None:
    """Adds lines to a draft; what is now complete goes on as if it had been at once.

    `quoted`: the post of the draft that this replies to. Where a newer one stands, or others
    added to what is `edited`, the office has not seen what the draft says by now, and has to
    confirm it. An edit that says nothing new is none.
    Raises Refusal: NOT_THEIRS, ALREADY_DECIDED, DECLINED, EXPIRED, DUPLICATE_PROJECT.
    """
    member = access_member(tx, tx.request.user_id)
    draft = _undeclined_draft(tx, draft_id)
    _refuse_others(tx, member, draft)
    group = get_group(tx, draft.group_id)
    merged = _merge(draft, addition)
    if edited and _is_as(draft, merged):
        return
    refuse_duplicate(tx, group, merged.fields)
    tx.update(
        drafts,
        draft.id,
        state="incomplete" if merged.problems else "waiting",
        expires_on=expiry(tx, group, merged.problems),
        fields=merged.fields,
        interpreted=merged.interpreted,
        problems=merged.problems,
        revision=draft.revision + 1,
        amended=_list_amended(draft, merged, member, addition),
    )
    tx.write_entry("complete_draft", group.id)
    if may_count(member, merged) and _is_seen(tx, draft, quoted, edited=edited):
        register_draft(tx, group, get_draft(tx, draft.id), member)
    else:
        queue_draft(tx, group, draft.id)


def confirm(tx: Tx, draft_id: int, revision: int) -> int:
    """The office confirms a draft as it was shown, in this revision; gives the project's number.

    A registration comes into the ledger; a proposal changes what is in it.
    Raises Refusal: OFFICE_ONLY, ALREADY_DECIDED, EXPIRED, CHANGED, STILL_INCOMPLETE,
    DUPLICATE_PROJECT.
    """
    member = access_office(tx, tx.request.user_id)
    draft = _open_draft(tx, draft_id)
    if revision != draft.revision:
        raise Refusal(Why.CHANGED)
    if draft.problems:
        raise Refusal(Why.STILL_INCOMPLETE)
    if draft.is_proposal:
        return carry_out_proposal(tx, draft, member)
    group = get_group(tx, draft.group_id)
    refuse_duplicate(tx, group, draft.fields)
    return get_project(tx, register_draft(tx, group, draft, member)).number


def decline(tx: Tx, draft_id: int) -> Draft:
    """A draft is dropped, by the office or the unit that sent it; gives it as it was.

    Raises Refusal: NOT_THEIRS, ALREADY_DECIDED, EXPIRED.
    """
    member = access_member(tx, tx.request.user_id)
    draft = _open_draft(tx, draft_id)
    _refuse_others(tx, member, draft)
    tx.update(drafts, draft.id, state="declined", decided_by=member.name)
    tx.write_entry("decline_draft", draft.group_id)
    outbox.refresh(tx, Kind.DRAFT, draft.id, draft.group_id)
    refresh_twins(tx, draft)
    return draft


def _open_draft(tx: Tx, draft_id: int) -> Draft:
    """The draft, while nobody else changes it; a proposal after its project, as everywhere."""
    changes = get_draft(tx, draft_id).project_id
    if changes is not None:
        tx.lock(projects, projects.c.id == changes)
    tx.lock(drafts, drafts.c.id == draft_id)
    draft = get_draft(tx, draft_id)
    if draft.state == "expired":
        if draft.expires_on is None or tx.today > draft.expires_on:
            raise Refusal(Why.EXPIRED)
    elif not draft.is_open:  # one that expired takes what was written in time and came late
        raise Refusal(Why.ALREADY_DECIDED, state=draft.state, name=draft.decided_by)
    return draft


def _undeclined_draft(tx: Tx, draft_id: int) -> Draft:
    """The same for whoever writes: what was declined does not come back by itself."""
    try:
        return _open_draft(tx, draft_id)
    except Refusal as refusal:
        if refusal.data.get("state") != "declined":
            raise
        raise Refusal(Why.DECLINED, **refusal.data) from None


def _refuse_others(tx: Tx, member: Member, draft: Draft) -> None:
    """A draft is its author's, the author's unit's and the office's."""
    if member.runs_ledger or member.user_id == draft.author_id:
        return
    author = find_member(tx, draft.author_id)
    if author is None or author.department is None or author.department != member.department:
        raise Refusal(Why.NOT_THEIRS, name=draft.author_name)


def _is_as(draft: Draft, merged: ProjectInput) -> bool:
    stands = ProjectInput(draft.fields, draft.interpreted, draft.problems)
    return stands == merged


def _is_seen(tx: Tx, draft: Draft, quoted: int | None, *, edited: bool) -> bool:
    if quoted is None or tx.request.chat_id is None:
        return not (edited and draft.amended)
    newest = outbox.find_standing(tx, tx.request.chat_id, Kind.DRAFT, draft.id)
    return newest is not None and newest.message_id == quoted


def _merge(draft: Draft, addition: ProjectInput) -> ProjectInput:
    """The draft with what the reply states; a field given anew loses what was said of it before.

    What the reply does not mention is not missing because of that; what it says wrongly
    is asked for again, and wipes nothing that stands.
    """
    wrong = list_wrong(addition)
    stated = {subject_of(name) for name in addition.fields}
    given = stated | {p["field"] for p in wrong}
    fields = {name: v for name, v in draft.fields.items() if subject_of(name) not in stated}
    fields |= addition.fields
    problems = [p for p in draft.problems if p["field"] not in given] + wrong
    known = {subject_of(name) for name in fields} | {p["field"] for p in problems}
    problems += [
        {"code": "missing", "field": name, "said": ""} for name in REQUIRED if name not in known
    ]
    interpreted = [i for i in draft.interpreted if i["field"] not in stated]
    return ProjectInput(fields, interpreted + addition.interpreted, problems)


def _list_amended(
    draft: Draft, merged: ProjectInput, member: Member, addition: ProjectInput
) -> list[dict[str, Any]]:
    """What others than the author have made of the author's own values, a field at a time.

    What the author states again counts as the author's.
    """
    given = dict.fromkeys(map(subject_of, addition.fields))
    first = {one["field"]: one["before"] for one in draft.amended}
    amended = [one for one in draft.amended if one["field"] not in given]
    if member.user_id == draft.author_id:
        return amended
    for field in given:
        before = first.get(field, columns_of(draft.fields, field))
        after = columns_of(merged.fields, field)
        if before != after:
            amended.append({"field": field, "before": before, "after": after, "by": member.name})
    return amended
