"""Shows a post anew to somebody who asks for it."""

from .. import outbox
from ..access import access_member
from ..context import Tx
from ..outbox import Kind, Priority
from ..queries.people import Group


def show(tx: Tx, group: Group, kind: Kind, subject: int) -> None:
    """Queues a fresh post about the subject where it was asked for; raises Refusal(STRANGER)."""
    access_member(tx, tx.request.user_id)
    outbox.queue(
        tx,
        kind,
        tx.request.chat_id or group.chat_id,
        group_id=group.id,
        subject=subject,
        reply_to=tx.request.message_id,
        priority=Priority.ANSWER,
    )
