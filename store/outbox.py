"""The outbox: what is to be said, queued by actions, sent by delivery.

A notice names a kind and a subject, never words: it is rendered when it is
sent, from the ledger as it is then.
"""

from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Row,
    and_,
    delete,
    func,
    insert,
    or_,
    select,
    text,
    union,
    update,
)

from .context import Tx, View
from .tables import IS_WAITING, groups, members, outbox, posts


class Kind(StrEnum):
    """What a notice is about; handlers/texts has one renderer for each."""

    CARD = "card"  # subject: project
    DRAFT = "draft"  # subject: draft
    DRAFTS = "drafts"  # data: ids of the many drafts of one message
    SUPERSEDED = "superseded"  # subject: a post of a card or draft of which a newer one stands
    TASK = "task"  # subject: task
    JOIN_REQUEST = "join_request"  # subject: member
    ANSWER = "answer"  # data: intent and slots of the question
    REFUSAL = "refusal"  # data: why, and the values of the sentence
    AMENDED = "amended"  # subject: project; data: what somebody has just changed, and what not
    EXPIRED = "expired"  # data: ids of drafts
    STEPS_DONE = "steps_done"  # data: what somebody has just done by text
    RETURNED = "returned"  # subject: task
    DELIVERED = "delivered"  # subject: task
    MADE_GOOD = "made_good"  # subject: task
    JOIN_FORM = "join_form"
    JOIN_DECIDED = "join_decided"  # subject: member
    GREETING = "greeting"  # data: what the bot may do in the group
    DIGEST = "digest"  # data: day
    WARNING = "warning"  # data: name of the sentence
    SET_ASIDE = "set_aside"  # to the maintainers: an update that failed again and again


class Priority(IntEnum):
    """The order in which waiting posts go out; the lower goes first."""

    ANSWER = 10  # somebody waits for it
    LETTER = 20
    TASKS = 30
    DIGEST = 40
    STATUS = 50


# Their posts are edited as things move; while one edit waits, another adds nothing.
EDITED = frozenset(
    {
        Kind.CARD,
        Kind.DRAFT,
        Kind.SUPERSEDED,
        Kind.TASK,
        Kind.JOIN_REQUEST,
        Kind.RETURNED,
        Kind.DELIVERED,
        Kind.MADE_GOOD,
    }
)
ABOUT_TASK = frozenset({Kind.TASK, Kind.RETURNED, Kind.DELIVERED, Kind.MADE_GOOD})


@dataclass(frozen=True, slots=True)
class Notice:
    """A waiting post as delivery sees it."""

    id: int
    chat_id: int
    group_id: int | None
    kind: Kind
    subject: int | None
    data: dict[str, Any]
    reply_to: int | None
    attempts: int
    again: bool  # a crash left it half sent: it is marked 补发

    @property
    def edits(self) -> bool:
        """Whether it changes the post that stands for its subject, rather than say it anew."""
        return self.kind in EDITED and self.reply_to is None and not self.data.get("anew")


@dataclass(frozen=True, slots=True)
class Standing:
    """A post that stands in a chat."""

    chat_id: int
    message_id: int
    kind: Kind
    subject: int | None
    fingerprint: str


def queue(
    tx: Tx,
    kind: Kind,
    chat_id: int,
    *,
    group_id: int | None = None,
    subject: int | None = None,
    data: dict[str, Any] | None = None,
    reply_to: int | None = None,
    priority: Priority = Priority.STATUS,
    key: str | None = None,
    anew: bool = False,
) -> None:
    """Queues one notice; a `key` that was queued before is not queued again.

    `anew`: somebody is to notice it, so it is a new post even where one stands; as is whatever
    replies to somebody.
    """
    if key is not None and _has_key(tx, key):
        return
    if anew:
        data = {**(data or {}), "anew": True}
    elif kind in EDITED and reply_to is None and _waits(tx, kind, chat_id, subject):
        return
    tx.conn.execute(
        insert(outbox).values(
            key=key,
            chat_id=chat_id,
            group_id=group_id,
            kind=kind,
            subject=subject,
            data=data or {},
            reply_to=reply_to,
            priority=priority,
            state="queued",
            queued_at=tx.now,
        )
    )


def refresh(tx: Tx, kind: Kind, subject: int, group_id: int) -> None:
    """Queues an edit of every post that stands for this subject, wherever it stands.

    One that is just being sent was rendered already, so it is edited as well. A project's
    card always stands in its group: one that was lost is sent anew. What stands in the private
    chat of somebody who is no member any more, or in a group that is none of ours any more,
    stays as it is: it tells nothing new.
    """
    standing = select(posts.c.chat_id).where(posts.c.kind == kind, posts.c.subject == subject)
    leaving = select(outbox.c.chat_id).where(
        _in_state("sending"), outbox.c.kind == kind, outbox.c.subject == subject
    )
    home = select(groups.c.chat_id).where(groups.c.id == group_id)
    there = [standing, leaving, home] if kind is Kind.CARD else [standing, leaving]
    chats = union(*there).subquery()
    for (chat_id,) in tx.conn.execute(select(chats).where(_is_ours(chats.c.chat_id))).all():
        queue(tx, kind, chat_id, group_id=group_id, subject=subject)


def _is_ours(chat_id: ColumnElement[int]) -> ColumnElement[bool]:
    """Whether a chat is a group's, or the private one of a member, which has the account's id."""
    ours = select(groups.c.chat_id).where(groups.c.active)
    theirs = select(members.c.user_id).where(members.c.state == "active")
    return or_(chat_id.in_(ours), chat_id.in_(theirs))


def count_unsent(view: View) -> int:
    """How many notices wait or are being sent."""
    unsent = select(func.count()).where(outbox.c.state.in_(["queued", "sending"]))
    return view.conn.execute(unsent).scalar_one()


def is_waiting(
    view: View, held: frozenset[int] = frozenset(), short: frozenset[int] = frozenset()
) -> bool:
    """Whether something waits that may be sent now, as `take` would find it."""
    query = select(outbox.c.id).where(_in_state("queued"), *_sendable(held, short))
    return view.conn.execute(query.limit(1)).first() is not None


def take(
    tx: Tx, held: frozenset[int] = frozenset(), short: frozenset[int] = frozenset()
) -> Notice | None:
    """The next notice to send, marked as being sent; None when nothing is due.

    Chats in `held` are passed over, their budget is used up for now; to those in
    `short` nothing goes of which only the status is told.
    """
    query = (
        select(outbox)
        .where(_in_state("queued"), *_sendable(held, short))
        .order_by(outbox.c.priority, outbox.c.id)
        .limit(1)
    )
    row = tx.conn.execute(query.with_for_update(skip_locked=True)).one_or_none()
    if row is None:
        return None
    _set(tx, row.id, state="sending", attempts=row.attempts + 1)
    return _notice(row, again=row.error == LEFT)


def _sendable(held: frozenset[int], short: frozenset[int]) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if held:
        conditions.append(outbox.c.chat_id.not_in(held))
    if short:
        urgent = outbox.c.priority < Priority.STATUS
        conditions.append(or_(outbox.c.chat_id.not_in(short), urgent))
    return conditions


LEFT = "left while sending"


def recover(tx: Tx) -> int:
    """After a crash: what was being sent is queued again, marked; gives how many."""
    left = update(outbox).where(_in_state("sending"))
    return tx.conn.execute(left.values(state="queued", error=LEFT)).rowcount


def sent(tx: Tx, notice: Notice, message_id: int, fingerprint: str, *, edited: bool) -> None:
    """Marks a notice as sent and remembers the post that stands for it now.

    Where another post of ours had this number, as after a chat was emptied, that one is gone.
    """
    _set(tx, notice.id, state="sent", done_at=tx.now, error=None)
    if edited:
        same = _is_at(notice.chat_id, message_id)
        tx.conn.execute(update(posts).where(same).values(fingerprint=fingerprint))
        return
    tx.conn.execute(delete(posts).where(_is_at(notice.chat_id, message_id)))
    if notice.kind in (Kind.CARD, Kind.DRAFT):
        _supersede(tx, notice)
    tx.conn.execute(
        insert(posts).values(
            chat_id=notice.chat_id,
            message_id=message_id,
            kind=notice.kind,
            subject=notice.subject,
            fingerprint=fingerprint,
            sent_at=tx.now,
        )
    )


def _supersede(tx: Tx, notice: Notice) -> None:
    """The older posts of a card or draft lose their buttons: one of each counts in a chat."""
    same = _about(notice.chat_id, notice.kind, notice.subject)
    older = select(posts.c.id, posts.c.message_id).where(*same)
    for post_id, message_id in tx.conn.execute(older).all():
        queue(
            tx,
            Kind.SUPERSEDED,
            notice.chat_id,
            group_id=notice.group_id,
            subject=post_id,
            data={"kind": notice.kind, "of": notice.subject},
            key=f"{Kind.SUPERSEDED}:{post_id}:{message_id}",  # SQLite may give an id again
        )


def forget(tx: Tx, post: Standing) -> None:
    """A post that somebody deleted stands for nothing any more."""
    tx.conn.execute(delete(posts).where(_is_at(post.chat_id, post.message_id)))


def dropped(tx: Tx, notice: Notice, reason: str) -> None:
    """Marks a notice as no longer needed, with the reason."""
    _set(tx, notice.id, state="dropped", done_at=tx.now, error=reason)


def failed(tx: Tx, notice: Notice, reason: str) -> None:
    """Marks a notice that cannot be sent, ever."""
    _set(tx, notice.id, state="failed", done_at=tx.now, error=reason)


def postponed(tx: Tx, notice: Notice, reason: str) -> None:
    """Queues a notice again that could not be sent now."""
    _set(tx, notice.id, state="queued", error=reason)


def find_standing(view: View, chat_id: int, kind: Kind, subject: int | None) -> Standing | None:
    """The newest post of this kind about this subject in the chat.

    A superseded one is its own subject.
    """
    same = [posts.c.id == subject]
    if kind is not Kind.SUPERSEDED:
        same = _about(chat_id, kind, subject)
    query = select(posts).where(*same)
    return _standing(view.conn.execute(query.order_by(posts.c.id.desc()).limit(1)).one_or_none())


def find_post(view: View, chat_id: int, message_id: int) -> Standing | None:
    """The post that stands at this message, if it is one of ours."""
    query = select(posts).where(_is_at(chat_id, message_id))
    return _standing(view.conn.execute(query).one_or_none())


def _is_at(chat_id: int, message_id: int) -> ColumnElement[bool]:
    return and_(posts.c.chat_id == chat_id, posts.c.message_id == message_id)


def _about(chat_id: int, kind: Kind, subject: int | None) -> list[ColumnElement[bool]]:
    return [posts.c.chat_id == chat_id, posts.c.kind == kind, posts.c.subject == subject]


def _standing(row: Row[Any] | None) -> Standing | None:
    if row is None:
        return None
    return Standing(row.chat_id, row.message_id, Kind(row.kind), row.subject, row.fingerprint)


def _notice(row: Row[Any], *, again: bool) -> Notice:
    return Notice(
        row.id,
        row.chat_id,
        row.group_id,
        Kind(row.kind),
        row.subject,
        row.data,
        row.reply_to,
        row.attempts + 1,
        again,
    )


def _in_state(state: str) -> ColumnElement[bool]:
    """Of what is not done yet; the words of the partial index come first, so that it is used."""
    return and_(text(f"outbox.{IS_WAITING}"), outbox.c.state == state)


def _set(tx: Tx, notice_id: int, **values: Any) -> None:
    tx.conn.execute(update(outbox).where(outbox.c.id == notice_id).values(**values))


def _has_key(tx: Tx, key: str) -> bool:
    return tx.conn.execute(select(outbox.c.id).where(outbox.c.key == key)).first() is not None


def _waits(tx: Tx, kind: Kind, chat_id: int, subject: int | None) -> bool:
    same = and_(
        _in_state("queued"),
        outbox.c.kind == kind,
        outbox.c.chat_id == chat_id,
        outbox.c.subject == subject,
        outbox.c.reply_to.is_(None),
    )
    return tx.conn.execute(select(outbox.c.id).where(same)).first() is not None
