"""An edited message amends what it stated: drafts, and projects that are in the ledger."""

from collections.abc import Sequence
from hashlib import sha256

from sqlalchemy import and_

from ..access import access_member
from ..context import Tx
from ..errors import Refusal
from ..queries.drafts import Draft, list_of_message, list_proposals_of
from ..queries.people import Group
from ..queries.projects import get_project
from ..tables import drafts
from .amendments import amend
from .drafts import complete
from .matching import is_another, list_likely, match
from .registration import ProjectInput, queue_drafts, receive_one
from .statements import keep_stated, list_wrong, pick_edited
from .updates import refuse, warn


def receive_edit(tx: Tx, group: Group, inputs: Sequence[ProjectInput]) -> None:
    """Compares an edited message with what it stated before, project by project.

    What is new in it is registered, what it says otherwise is amended, and what it says as
    before is not touched; a project that is gone from it stays. What may be one of several
    is asked back. Raises Refusal(STRANGER) or (NOT_ACTIVE).
    """
    member = access_member(tx, tx.request.user_id)
    chat_id, message_id = tx.request.chat_id, tx.request.message_id
    if chat_id is None or message_id is None:
        raise ValueError("an edited message is somewhere")
    tx.lock(
        drafts,
        and_(drafts.c.source_chat_id == chat_id, drafts.c.source_message_id == message_id),
    )
    known = list_of_message(tx, group, chat_id, message_id)
    matched = match(inputs, known)
    kept = []
    for position, (stated, draft) in enumerate(zip(inputs, matched, strict=True)):
        likely = () if draft else list_likely(stated, known, matched)
        if likely:
            _ask_which(tx, group, stated, likely)
            continue
        try:
            if draft is None:
                kept.append(receive_one(tx, group, member, stated, position))
            else:
                _amend_one(tx, group, draft, stated)
        except Refusal as refusal:
            if tx.changes:  # so that the next edit does not say it again
                tx.write_entry("edit_message", group.id)
            refuse(tx, group, refusal, once=draft is None)
    queue_drafts(tx, group, kept)


def _amend_one(tx: Tx, group: Group, draft: Draft, stated: ProjectInput) -> None:
    edited = pick_edited(draft.stated, stated)
    if not edited.fields and not edited.problems:
        return
    tx.update(drafts, draft.id, stated=keep_stated(draft.stated, stated))
    if draft.project_id is not None:
        _amend_project(tx, draft.project_id, draft, stated)
    elif edited.fields or list_wrong(edited):
        complete(tx, draft.id, edited, edited=True)
    if tx.changes:
        tx.write_entry("edit_message", group.id)


def _amend_project(tx: Tx, project_id: int, draft: Draft, now: ProjectInput) -> None:
    """Amends what is in the ledger; where it would become another project, only by a button."""
    own = (one for one in list_proposals_of(tx, project_id) if one.author_id == tx.request.user_id)
    renames = any(change["field"] == "name" for one in own for change in one.amended)
    edited = pick_edited(draft.stated, now)
    another = renames or is_another(draft.stated["fields"], now.fields)
    amend(tx, project_id, edited, edited=True, propose=another)


def _ask_which(tx: Tx, group: Group, stated: ProjectInput, likely: Sequence[Draft]) -> None:
    """Says what a block of the message may be; the same words are not answered twice."""
    names = [_name(tx, draft) for draft in likely]
    values = {"said": stated.fields.get("name"), "names": names}
    about = sha256(repr(sorted(stated.fields.items())).encode()).hexdigest()[:16]
    warn(tx, group, "edit_unclear", values, once=True, about=about)


def _name(tx: Tx, draft: Draft) -> str:
    if draft.project_id is None:
        return str(draft.fields.get("name") or "")
    project = get_project(tx, draft.project_id)
    return f"#{project.number} {project.name}"
