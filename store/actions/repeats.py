"""A registration of what waits already: from the same author, or from somebody else."""

from typing import Any

from .. import outbox
from ..context import Tx
from ..outbox import Kind
from ..queries.drafts import Draft, list_open_drafts, list_twins, subject_of
from ..queries.people import Group
from ..tables import drafts

Statement = dict[str, Any]
"""What a message states of a project: its fields, interpreted, problems."""


def find_same(tx: Tx, group: Group, stated: Statement) -> Draft | None:
    """The same person's draft of just this: it is shown again, and no more."""
    own = _list_own(tx, group)
    return next((draft for draft in own if draft.fields == stated["fields"]), None)


def find_incomplete(tx: Tx, group: Group, stated: Statement) -> Draft | None:
    """The same person's draft that lacked something, where this is all of it."""
    name, county = stated["fields"].get("name"), stated["fields"].get("county")
    if stated["problems"] or not name:
        return None
    for draft in _list_own(tx, group):
        if draft.state != "incomplete" or draft.fields.get("name") != name:
            continue
        if draft.fields.get("county") in (None, county) and not _is_beside(tx, draft):
            return draft
    return None


def take_over(tx: Tx, draft: Draft, stated: Statement, position: int) -> None:
    """A draft becomes what its author states anew and completely; what else was said stays.

    From now on it is this message whose edits amend it.
    """
    given = {subject_of(column) for column in stated["fields"]}
    kept = {name: v for name, v in draft.fields.items() if subject_of(name) not in given}
    tx.update(
        drafts,
        draft.id,
        state="waiting",
        expires_on=None,
        fields=kept | stated["fields"],
        interpreted=[one for one in draft.interpreted if one["field"] not in given]
        + stated["interpreted"],
        problems=[],
        amended=[one for one in draft.amended if one["field"] not in given],
        revision=draft.revision + 1,
        stated=stated,
        source_chat_id=tx.request.chat_id,
        source_message_id=tx.request.message_id,
        source_position=position,
    )


def refresh_twins(tx: Tx, draft: Draft) -> None:
    """The posts of others' registrations of the same project say what became of this one."""
    for twin in list_twins(tx, draft):
        outbox.refresh(tx, Kind.DRAFT, twin.id, draft.group_id)


def _list_own(tx: Tx, group: Group) -> list[Draft]:
    return [one for one in list_open_drafts(tx, group) if one.author_id == tx.request.user_id]


def _is_beside(tx: Tx, draft: Draft) -> bool:
    """Whether the draft is another project of the very same message."""
    here = (tx.request.chat_id, tx.request.message_id)
    return here == (draft.source_chat_id, draft.source_message_id)
