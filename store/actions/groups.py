"""Groups: taken over from the config, moved by the platform, greeted."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from sqlalchemy import delete, or_, select, update

from .. import outbox
from ..context import Tx
from ..outbox import Kind, Priority
from ..queries.people import find_group
from ..tables import groups, members, posts
from ..tables import outbox as waiting


@dataclass(frozen=True, slots=True)
class GroupSetup:
    """A group as the config has it."""

    chat_id: int
    title: str
    pack: str
    locale: str


@dataclass(frozen=True, slots=True)
class MemberSetup:
    """A member as the config has it; `id` is the account's."""

    id: int
    name: str
    role: str
    username: str | None = None
    department: str | None = None


def configure(tx: Tx, group_list: Sequence[GroupSetup], member_list: Sequence[MemberSetup]) -> None:
    """Takes over what the config says; what did not change leaves no entry in the journal."""
    for group in group_list:
        _set_up_group(tx, group)
    for member in member_list:
        _set_up_member(tx, member)
    if tx.changes:
        tx.write_entry("configure", None)


def migrate_group(tx: Tx, old_chat: int, new_chat: int) -> None:
    """Follows a group that became a supergroup: its chat has a new id, its ledger stays.

    Its old posts cannot be edited there, and their numbers are those of other messages.
    """
    still = (waiting.c.chat_id == old_chat) & waiting.c.state.in_(["queued", "sending"])
    tx.conn.execute(update(waiting).where(still).values(chat_id=new_chat, reply_to=None))
    tx.conn.execute(delete(posts).where(posts.c.chat_id == old_chat))
    group = find_group(tx, old_chat)
    if group is None or find_group(tx, new_chat) is not None:
        return
    tx.update(groups, group.id, chat_id=new_chat, former_chat_id=old_chat)
    tx.write_entry("migrate_group", group.id)


def greet(tx: Tx, chat_id: int, rights: dict[str, bool]) -> None:
    """Answers the bot's arrival in a chat with what is still to be set up.

    `rights`: what the platform lets the bot do there (reads_all, pins).
    """
    group = find_group(tx, chat_id)
    outbox.queue(
        tx,
        Kind.GREETING,
        chat_id,
        group_id=group.id if group else None,
        data=rights,
        priority=Priority.ANSWER,
    )


def _set_up_group(tx: Tx, setup: GroupSetup) -> None:
    same = or_(groups.c.chat_id == setup.chat_id, groups.c.former_chat_id == setup.chat_id)
    row = tx.conn.execute(select(groups).where(same)).one_or_none()
    wanted = asdict(setup)
    if row is None:
        tx.insert(groups, **wanted)
        return
    del wanted["chat_id"]  # the config may still have the id from before the group moved
    if any(getattr(row, name) != value for name, value in wanted.items()):
        tx.update(groups, row.id, **wanted)


def _set_up_member(tx: Tx, setup: MemberSetup) -> None:
    row = tx.conn.execute(select(members).where(members.c.user_id == setup.id)).one_or_none()
    wanted = {
        "name": setup.name,
        "username": setup.username,
        "role": setup.role,
        "department": setup.department,
        "state": "active",
    }
    if row is None:
        tx.insert(members, user_id=setup.id, **wanted)
    elif any(getattr(row, name) != value for name, value in wanted.items()):
        tx.update(members, row.id, **wanted)
