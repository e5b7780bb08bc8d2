"""Groups and members: who is where, and as what."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Row, select

from policy.packs import Pack
from policy.rights import Role

from ..context import View
from ..errors import Refusal, Why
from ..tables import groups, members


@dataclass(frozen=True, slots=True)
class Group:
    """A chat with its policy pack."""

    id: int
    chat_id: int
    title: str
    pack: str
    locale: str


@dataclass(frozen=True, slots=True)
class Member:
    """A person who was admitted, or asked to be. `state`: asked, active, refused, removed."""

    id: int
    user_id: int
    name: str
    username: str | None
    role: Role
    department: str | None
    state: str
    home_group_id: int | None
    private_chat: bool

    @property
    def runs_ledger(self) -> bool:
        """Whether this is the office, or an administrator."""
        return self.role in (Role.OFFICE, Role.ADMIN)


def list_groups(view: View) -> list[Group]:
    """All groups that the config has, in the order in which they were set up."""
    query = select(groups).where(groups.c.active).order_by(groups.c.id)
    return [_group(row) for row in view.conn.execute(query)]


def find_group(view: View, chat_id: int) -> Group | None:
    """The group of this chat, while the config has it."""
    return _find_active(view, groups.c.chat_id == chat_id)


def is_active(view: View, group_id: int) -> bool:
    """Whether the config still has the group with this id."""
    return _find_active(view, groups.c.id == group_id) is not None


def get_group(view: View, group_id: int) -> Group:
    """The group with this id, also a former one; raises Refusal(UNKNOWN_GROUP)."""
    row = view.conn.execute(select(groups).where(groups.c.id == group_id)).one_or_none()
    if row is None:
        raise Refusal(Why.UNKNOWN_GROUP)
    return _group(row)


def find_member(view: View, user_id: int) -> Member | None:
    """The member with this account, in whatever state."""
    row = view.conn.execute(select(members).where(members.c.user_id == user_id)).one_or_none()
    return None if row is None else _member(row)


def get_member(view: View, member_id: int) -> Member:
    """The member with this id; raises Refusal(OLD_BUTTON)."""
    row = view.conn.execute(select(members).where(members.c.id == member_id)).one_or_none()
    if row is None:
        raise Refusal(Why.OLD_BUTTON)
    return _member(row)


def list_active(view: View) -> list[Member]:
    """All who were admitted."""
    query = select(members).where(members.c.state == "active").order_by(members.c.id)
    return [_member(row) for row in view.conn.execute(query)]


def list_maintainers(view: View) -> list[Member]:
    """The administrators who opened a private chat: they hear of faults."""
    return [m for m in list_active(view) if m.role is Role.ADMIN and m.private_chat]


def list_empty_departments(view: View, group: Group) -> list[str]:
    """Departments that have approvals to do, but nobody in the ledger to do them."""
    pack = pack_of(view, group)
    staffed = {member.department for member in list_active(view)}
    busy = {item.department for item in pack.items}
    return [d.name for d in pack.departments if d.name in busy and d.name not in staffed]


def find_home(view: View, user_id: int) -> Group | None:
    """The group that a private chat with this person speaks of: theirs, or the only one."""
    member = find_member(view, user_id)
    if member is not None and member.home_group_id is not None:
        home = _find_active(view, groups.c.id == member.home_group_id)
        if home is not None:
            return home
    known = list_groups(view)
    return known[0] if len(known) == 1 else None


def pack_of(view: View, group: Group) -> Pack:
    """The policy pack under which the group works."""
    return view.rules.packs[group.pack]


def get_pack(view: View, group_id: int) -> Pack:
    """The pack of the group with this id, which is looked up once."""
    if group_id not in view.packs:
        view.packs[group_id] = pack_of(view, get_group(view, group_id))
    return view.packs[group_id]


def _find_active(view: View, condition: ColumnElement[bool]) -> Group | None:
    query = select(groups).where(condition, groups.c.active)
    row = view.conn.execute(query).one_or_none()
    return None if row is None else _group(row)


def _group(row: Row[Any]) -> Group:
    return Group(row.id, row.chat_id, row.title, row.pack, row.locale)


def _member(row: Row[Any]) -> Member:
    return Member(
        row.id,
        row.user_id,
        row.name,
        row.username,
        Role(row.role),
        row.department,
        row.state,
        row.home_group_id,
        row.private_chat,
    )
