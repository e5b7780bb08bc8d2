"""An edited message amends what it stated: drafts, and projects that are in the ledger."""

from collections.abc import Callable, Sequence

from sqlalchemy import and_

from ..access import access_member
from ..context import Tx
from ..errors import Refusal
from ..queries.drafts import Draft, list_of_message
from ..queries.people import Group
from ..tables import drafts
from .amendments import amend
from .drafts import complete
from .registration import ProjectInput, receive_one
from .statements import keep_stated, list_wrong, pick_edited
from .updates import refuse


def receive_edit(tx: Tx, group: Group, inputs: Sequence[ProjectInput]) -> None:
    """Compares an edited message with what it stated before, project by project.

    What is new in it is registered, what it says otherwise is amended, and what it says as
    before is not touched; a project that is gone from it stays. Raises Refusal(STRANGER)
    or (NOT_ACTIVE).
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
    for position, (stated, draft) in enumerate(zip(inputs, _match(inputs, known), strict=True)):
        try:
            if draft is None:
                receive_one(tx, group, member, stated, position)
            else:
                _amend_one(tx, group, draft, stated)
        except Refusal as refusal:
            if tx.changes:  # so that the next edit does not say it again
                tx.write_entry("edit_message", group.id)
            refuse(tx, group, refusal, once=draft is None)


def _amend_one(tx: Tx, group: Group, draft: Draft, stated: ProjectInput) -> None:
    edited = pick_edited(draft.stated, stated)
    if not edited.fields and not edited.problems:
        return
    tx.update(drafts, draft.id, stated=keep_stated(draft.stated, stated))
    if draft.project_id is not None:
        amend(tx, draft.project_id, edited, edited=True)
    elif edited.fields or list_wrong(edited):
        complete(tx, draft.id, edited, edited=True)
    if tx.changes:
        tx.write_entry("edit_message", group.id)


def _match(inputs: Sequence[ProjectInput], known: Sequence[Draft]) -> list[Draft | None]:
    """Which draft each project of the message is: by its name, else by its place."""
    found: list[Draft | None] = [None] * len(inputs)
    left = list(known)
    for fits in _FITS:
        for position, stated in enumerate(inputs):
            if found[position] is None:
                match = next((each for each in left if fits(each, stated, position)), None)
                if match is not None:
                    left.remove(match)
                    found[position] = match
    return found


def _has_name(draft: Draft, stated: ProjectInput, *columns: str) -> bool:
    """Whether the message called it so before, or the draft has come to be called so."""
    said = [stated.fields.get(name) for name in columns]
    stands = (draft.stated["fields"], draft.fields)
    return said[0] is not None and said in [[each.get(name) for name in columns] for each in stands]


_FITS: tuple[Callable[[Draft, ProjectInput, int], bool], ...] = (
    lambda draft, stated, _: _has_name(draft, stated, "name", "county"),
    lambda draft, stated, _: _has_name(draft, stated, "name"),
    lambda draft, _, position: draft.source_position == position,
)
