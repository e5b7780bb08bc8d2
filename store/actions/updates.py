"""What is kept of the updates themselves: answers, refusals, and those set aside."""

from typing import Any

from sqlalchemy import insert, select

from .. import outbox
from ..context import Tx
from ..errors import Refusal, Why
from ..outbox import Kind, Priority
from ..queries.people import Group, list_maintainers
from ..tables import processed_updates


def answer(tx: Tx, group: Group | None, question: dict[str, Any]) -> None:
    """Queues the answer to a question; it is looked up when it is sent."""
    _reply(tx, Kind.ANSWER, group, question)


def refuse(tx: Tx, group: Group | None, refusal: Refusal, *, once: bool = False) -> None:
    """Queues the sentence that says why something was not done, and the next step.

    A stranger is told once a minute: whoever floods a chat must not use up what may be said.
    `once`: of a message it is said a single time, however often it is edited.
    """
    who = f"{tx.request.chat_id}:{tx.request.user_id}:{tx.now:%Y%m%d%H%M}"
    key = f"stranger:{who}" if refusal.why is Why.STRANGER else None
    if once:
        number = refusal.data.get("number")
        key = f"{refusal.why}:{number}:{tx.request.chat_id}:{tx.request.message_id}"
    _reply(tx, Kind.REFUSAL, group, {"why": refusal.why, "values": refusal.data}, key)


def warn(
    tx: Tx,
    group: Group | None,
    name: str,
    values: dict[str, Any] | None = None,
    *,
    once: bool = False,
    about: str = "",
) -> None:
    """Queues a warning by its name and the values of its sentence, as a reply.

    `once`: a message gets it a single time, however often it is edited; where it is `about`
    something in the message, a single time for each of these.
    """
    key = f"{name}{about}:{tx.request.chat_id}:{tx.request.message_id}" if once else None
    _reply(tx, Kind.WARNING, group, {"name": name, "values": values or {}}, key)


def set_aside(tx: Tx, update_id: int, error: str) -> None:
    """Gives up an update that failed again and again; journalled, and told to the maintainers."""
    known = select(processed_updates).where(processed_updates.c.update_id == update_id)
    if tx.conn.execute(known).first() is not None:
        return
    tx.conn.execute(
        insert(processed_updates).values(
            update_id=update_id, at=tx.now, outcome="set_aside", error=error
        )
    )
    tx.changes.append({"table": "updates", "id": update_id, "row": {"error": error}})
    tx.write_entry("set_aside", None)
    for maintainer in list_maintainers(tx):
        outbox.queue(
            tx,
            Kind.SET_ASIDE,
            maintainer.user_id,
            data={"update": update_id, "error": error},
            key=f"set_aside:{update_id}:{maintainer.id}",
        )


def _reply(
    tx: Tx, kind: Kind, group: Group | None, data: dict[str, Any], key: str | None = None
) -> None:
    chat_id = tx.request.chat_id
    if chat_id is None:
        raise ValueError("an answer goes where the question came from")
    outbox.queue(
        tx,
        kind,
        chat_id,
        group_id=group.id if group else None,
        data=data,
        reply_to=tx.request.message_id,
        priority=Priority.ANSWER,
        key=key,
    )
