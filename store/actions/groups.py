"""Groups: taken over from the config, moved by the platform, greeted."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from sqlalchemy import delete, or_, select, update

from .. import outbox
from ..context import Tx
from ..outbox import Kind, Priority
from ..queries.people import find_group, find_member, is_active
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
    """Takes over what the config says; what did not change leaves no entry in the journal.

    What it had once and has no longer loses its force: a group is served no more, a member is
    removed. Members whom the office admitted stay.
    """
    kept = {_set_up_group(tx, group) for group in group_list}
    _close_groups(tx, kept)
    for member in member_list:
        _set_up_member(tx, member)
    _remove_members(tx, {member.id for member in member_list})
    if tx.changes:
        tx.write_entry("configure", None)


def migrate_group(tx: Tx, old_chat: int, new_chat: int) -> None:
    """Follows a group that became a supergroup: its chat has a new id, its ledger stays.

    Its old posts cannot be edited there, and their numbers are those of other messages.
    """
    still = (waiting.c.chat_id == old_chat) & waiting.c.state.in_(["queued", "sending"])
    tx.conn.execute(update(waiting).where(still).values(chat_id=new_chat, reply_to=None))
    tx.conn.execute(delete(posts).where(posts.c.chat_id == old_chat))
    chats = select(groups.c.chat_id, groups.c.id).where(groups.c.chat_id.in_([old_chat, new_chat]))
    ids = {row.chat_id: row.id for row in tx.conn.execute(chats)}
    if old_chat not in ids or new_chat in ids:
        return
    tx.update(groups, ids[old_chat], chat_id=new_chat, former_chat_id=old_chat)
    tx.write_entry("migrate_group", ids[old_chat])


def remember_home(tx: Tx, user_id: int, group_id: int) -> bool:
    """The group in which a member was seen first is the one that a private chat speaks of.

    Gives whether it was not known yet, or was a former group; only then is there an entry.
    """
    member = find_member(tx, user_id)
    if member is None or member.state != "active":
        return False
    if member.home_group_id is not None and is_active(tx, member.home_group_id):
        return False
    tx.update(members, member.id, home_group_id=group_id)
    tx.write_entry("remember_home", group_id)
    return True


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


def _set_up_group(tx: Tx, setup: GroupSetup) -> int:
    same = or_(groups.c.chat_id == setup.chat_id, groups.c.former_chat_id == setup.chat_id)
    row = tx.conn.execute(select(groups).where(same)).one_or_none()
    wanted = {**asdict(setup), "active": True}
    if row is None:
        return tx.insert(groups, **wanted)
    del wanted["chat_id"]  # the config may still have the id from before the group moved
    if any(getattr(row, name) != value for name, value in wanted.items()):
        tx.update(groups, row.id, **wanted)
    return int(row.id)


def _close_groups(tx: Tx, kept: set[int]) -> None:
    for row in tx.conn.execute(select(groups).where(groups.c.active).order_by(groups.c.id)).all():
        if row.id not in kept:
            tx.update(groups, row.id, active=False)
            _withhold(tx, row.chat_id)


def _set_up_member(tx: Tx, setup: MemberSetup) -> None:
    row = tx.conn.execute(select(members).where(members.c.user_id == setup.id)).one_or_none()
    wanted = {
        "name": setup.name,
        "username": setup.username,
        "role": setup.role,
        "department": setup.department,
        "state": "active",
        "from_config": True,
    }
    if row is None:
        tx.insert(members, user_id=setup.id, **wanted)
    elif any(getattr(row, name) != value for name, value in wanted.items()):
        tx.update(members, row.id, **wanted)


def _remove_members(tx: Tx, kept: set[int]) -> None:
    listed = select(members).where(members.c.from_config).order_by(members.c.id)
    for row in tx.conn.execute(listed).all():
        if row.user_id not in kept:
            # Should the office admit them, it is not for the config any more to remove them.
            tx.update(members, row.id, state="removed", from_config=False)
            _withhold(tx, row.user_id)


def _withhold(tx: Tx, chat_id: int) -> None:
    """What waits for this chat is not sent any more."""
    still = (waiting.c.chat_id == chat_id) & (waiting.c.state == "queued")
    gone = {"state": "dropped", "done_at": tx.now, "error": "not in the config any more"}
    tx.conn.execute(update(waiting).where(still).values(**gone))
