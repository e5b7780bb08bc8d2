"""Joining: somebody asks, the office decides."""

from dataclasses import dataclass
from typing import Any

from policy.packs import fold
from policy.rights import Role

from .. import outbox
from ..access import access_office
from ..context import Tx
from ..errors import Refusal, Why
from ..outbox import Kind, Priority
from ..queries.people import Group, Member, find_member, get_group, get_member, pack_of
from ..tables import members
from .updates import answer


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody as the platform introduces them."""

    user_id: int
    name: str
    username: str | None


def ask_to_join(tx: Tx, group: Group, person: Person, unit: str | None) -> None:
    """Records the wish to join as `unit` (a department, a county or 重点办) and asks the office.

    Without a unit the person is asked for it, with a button for each. Raises
    Refusal: ALREADY_MEMBER, ALREADY_ASKED, UNKNOWN_DEPARTMENT.
    """
    known = _find_newcomer(tx, person)
    if unit is None:
        _queue_form(tx, group)
        return
    if known is not None and known.state == "asked":
        raise Refusal(Why.ALREADY_ASKED, unit=known.department)
    role, name = _read_unit(tx, group, unit)
    values = {
        "name": person.name,
        "username": person.username,
        "role": role,
        "department": name,
        "state": "asked",
        "home_group_id": group.id,
        "private_chat": tx.request.chat_id == person.user_id or bool(known and known.private_chat),
    }
    if known is None:
        member_id = tx.insert(members, user_id=person.user_id, **values)
    else:
        member_id = known.id
        tx.update(members, member_id, **values)
    tx.write_entry("ask_to_join", group.id)
    _queue_request(tx, group, member_id, anew=True)
    if tx.request.chat_id == person.user_id:
        _tell(tx, group, member_id, person.user_id, reply_to=tx.request.message_id)


def decide_join(tx: Tx, member_id: int, *, admit: bool) -> Member:
    """The office admits or refuses who asked; raises Refusal(OFFICE_ONLY) or (ALREADY_DECIDED)."""
    access_office(tx, tx.request.user_id)
    tx.lock(members, members.c.id == member_id)
    member = get_member(tx, member_id)
    if member.state != "asked" or member.home_group_id is None:
        raise Refusal(Why.ALREADY_DECIDED, state=member.state, name=member.name)
    group = get_group(tx, member.home_group_id)
    tx.update(members, member_id, state="active" if admit else "refused")
    tx.write_entry("admit_member" if admit else "refuse_member", group.id)
    _queue_request(tx, group, member_id)
    _tell(tx, group, member_id, group.chat_id)
    if member.private_chat:
        _tell(tx, group, member_id, member.user_id)
    return get_member(tx, member_id)


def open_private_chat(tx: Tx, group: Group, question: dict[str, Any]) -> None:
    """/start in private: this member may be written to there now; answered like a question."""
    member = None if tx.request.user_id is None else find_member(tx, tx.request.user_id)
    if member is not None and not member.private_chat:
        tx.update(members, member.id, private_chat=True)
        tx.write_entry("open_private_chat", group.id)
    answer(tx, group, question)


def _read_unit(tx: Tx, group: Group, unit: str) -> tuple[Role, str | None]:
    pack = pack_of(tx, group)
    if fold(unit) in {fold(spelling) for spelling in pack.office.spellings}:
        return Role.OFFICE, None
    department = pack.find_department(unit)
    if department is not None:
        return Role.DEPARTMENT, department.name
    county = pack.find_county(unit)
    if county is not None:
        return Role.COUNTY, county.name
    raise Refusal(Why.UNKNOWN_DEPARTMENT, said=unit)


def offer_counties(tx: Tx, group: Group, person: Person) -> None:
    """Asks a newcomer for the county; raises Refusal(ALREADY_MEMBER)."""
    _find_newcomer(tx, person)
    _queue_form(tx, group, counties=True)


def _find_newcomer(tx: Tx, person: Person) -> Member | None:
    known = find_member(tx, person.user_id)
    if known is not None and known.state == "active":
        raise Refusal(Why.ALREADY_MEMBER, unit=known.department, role=known.role)
    return known


def _queue_form(tx: Tx, group: Group, *, counties: bool = False) -> None:
    outbox.queue(
        tx,
        Kind.JOIN_FORM,
        tx.request.chat_id or group.chat_id,
        group_id=group.id,
        data={"counties": counties},
        reply_to=tx.request.message_id,
        priority=Priority.ANSWER,
    )


def _tell(tx: Tx, group: Group, member_id: int, chat_id: int, reply_to: int | None = None) -> None:
    """Tells whoever asked to join what has become of it so far."""
    outbox.queue(
        tx,
        Kind.JOIN_DECIDED,
        chat_id,
        group_id=group.id,
        subject=member_id,
        reply_to=reply_to,
        priority=Priority.ANSWER,
    )


def _queue_request(tx: Tx, group: Group, member_id: int, *, anew: bool = False) -> None:
    outbox.queue(
        tx,
        Kind.JOIN_REQUEST,
        group.chat_id,
        group_id=group.id,
        subject=member_id,
        priority=Priority.ANSWER,
        anew=anew,
    )
