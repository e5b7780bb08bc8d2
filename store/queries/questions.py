"""What was asked before, for questions that lean on another one."""

from datetime import timedelta
from typing import Any

from sqlalchemy import select

from ..context import View
from ..outbox import Kind
from ..tables import outbox

# How long a question is remembered, and how many notices back it is looked for.
REMEMBERED = timedelta(minutes=10)
_NOTICES = 200


def find_last_question(view: View, chat_id: int, user_id: int) -> dict[str, Any] | None:
    """The data of what this person asked last in this chat, if that was a little while ago."""
    newest = select(outbox).order_by(outbox.c.id.desc()).limit(_NOTICES).subquery()
    asked = select(newest.c.data).where(
        newest.c.kind == Kind.ANSWER,
        newest.c.chat_id == chat_id,
        newest.c.queued_at >= view.now - REMEMBERED,
    )
    for row in view.conn.execute(asked.order_by(newest.c.id.desc())):
        data: dict[str, Any] = row.data
        if data.get("user_id") == user_id:
            return data
    return None
