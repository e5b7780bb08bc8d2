"""What the config does not have any more loses its force; what came otherwise stays."""

from dataclasses import replace

import pytest

from policy.life import Step
from store import outbox
from store.actions.clock import send_digest
from store.actions.groups import configure, migrate_group, remember_home
from store.actions.members import Person, ask_to_join, decide_join
from store.errors import Refusal, Why
from store.journal import count
from store.outbox import Kind
from store.queries.people import Member, find_group, find_home, find_member, list_groups
from store.queries.tasks import list_come
from tests.ledger import CHAT, ECOLOGY, GROUP, LAND, OFFICE, PEOPLE, STRANGER, TaskForce, at

SECOND = replace(GROUP, chat_id=-1002222222222, title="另一个专班(虚构)")
WITHOUT_ECOLOGY = tuple(member for member in PEOPLE if member.id != ECOLOGY)


async def member(force: TaskForce, user_id: int) -> Member:
    """The member with this account."""
    found = await force.ask(find_member, user_id)
    assert found is not None
    return found


async def entries(force: TaskForce) -> int:
    """How many entries the journal has."""
    return await force.ask(lambda view: count(view.conn))


async def admit(force: TaskForce, user_id: int, unit: str) -> None:
    """Somebody asks to join, and the office admits them."""
    await force.do(ask_to_join, user_id, force.group, Person(user_id, "路人", None), unit)
    await force.do(decide_join, OFFICE, (await member(force, user_id)).id, admit=True)


class TestMembers:
    """Authority that the config gave ends with the config."""

    async def test_who_is_not_listed_any_more_may_do_nothing(self, force: TaskForce) -> None:
        await force.register()
        before = await entries(force)
        await force.do(configure, None, [GROUP], WITHOUT_ECOLOGY)
        assert (await member(force, ECOLOGY)).state == "removed"
        assert await entries(force) == before + 1
        with pytest.raises(Refusal) as refused:
            await force.step(4, Step.ACKNOWLEDGE, ECOLOGY)
        assert refused.value.why is Why.STRANGER
        await force.do(configure, None, [GROUP], WITHOUT_ECOLOGY)
        assert await entries(force) == before + 1

    async def test_nothing_more_is_sent_to_them(self, force: TaskForce) -> None:
        await force.do(
            lambda tx: outbox.queue(tx, Kind.ANSWER, ECOLOGY, group_id=force.group.id), None
        )
        await force.do(configure, None, [GROUP], WITHOUT_ECOLOGY)
        assert not await force.ask(outbox.is_waiting)

    async def test_who_is_listed_again_is_back(self, force: TaskForce) -> None:
        await force.do(configure, None, [GROUP], WITHOUT_ECOLOGY)
        await force.do(configure, None, [GROUP], PEOPLE)
        assert (await member(force, ECOLOGY)).state == "active"

    async def test_whom_the_office_admitted_stays(self, force: TaskForce) -> None:
        await admit(force, STRANGER, "市住建局")
        await force.do(configure, None, [GROUP], PEOPLE)
        assert (await member(force, STRANGER)).state == "active"

    async def test_also_who_was_in_the_config_before(self, force: TaskForce) -> None:
        await force.do(configure, None, [GROUP], WITHOUT_ECOLOGY)
        await admit(force, ECOLOGY, "市生态环境局")
        await force.do(configure, None, [GROUP], WITHOUT_ECOLOGY)
        assert (await member(force, ECOLOGY)).state == "active"


class TestGroups:
    """A group that is not in the config is not served."""

    async def test_it_is_not_known_and_its_clock_stops(self, force: TaskForce) -> None:
        await force.register()
        force.now = at(2026, 11, 18, 8, 30)
        assert len(await force.ask(list_come)) == 5
        await force.do(configure, None, [SECOND], PEOPLE)
        assert [group.title for group in await force.ask(list_groups)] == [SECOND.title]
        assert await force.ask(find_group, CHAT) is None
        assert await force.ask(list_come) == []
        assert not await force.do(send_digest, None, force.group)
        assert not await force.ask(outbox.is_waiting), "the card was still to be sent"

    async def test_it_goes_on_where_it_stood(self, force: TaskForce) -> None:
        await force.register()
        await force.do(configure, None, [], PEOPLE)
        await force.do(configure, None, [GROUP], PEOPLE)
        assert await force.ask(find_group, CHAT) == force.group
        assert (await force.task(5)).group_id == force.group.id

    async def test_it_is_followed_all_the_same(self, force: TaskForce) -> None:
        await force.do(configure, None, [], PEOPLE)
        await force.do(migrate_group, None, CHAT, -1003333333333)
        await force.do(configure, None, [replace(GROUP, chat_id=-1003333333333)], PEOPLE)
        (group,) = await force.ask(list_groups)
        assert group.id == force.group.id


class TestHome:
    """Of several groups, a private chat speaks of the one in which the member was seen first."""

    async def test_the_first_group_is_remembered_once(self, force: TaskForce) -> None:
        await force.do(configure, None, [GROUP, SECOND], PEOPLE)
        second = await force.ask(find_group, SECOND.chat_id)
        assert second is not None
        before = await entries(force)
        assert await force.ask(find_home, LAND) is None
        assert await force.do(remember_home, LAND, LAND, second.id)
        assert not await force.do(remember_home, LAND, LAND, force.group.id)
        assert await force.ask(find_home, LAND) == second
        assert await entries(force) == before + 1

    async def test_a_former_group_is_nobodys_home(self, force: TaskForce) -> None:
        await force.do(configure, None, [GROUP, SECOND], PEOPLE)
        second = await force.ask(find_group, SECOND.chat_id)
        assert second is not None
        await force.do(remember_home, LAND, LAND, second.id)
        await force.do(configure, None, [GROUP], PEOPLE)
        assert await force.ask(find_home, LAND) == force.group
        assert await force.do(remember_home, LAND, LAND, force.group.id)

    async def test_strangers_have_none(self, force: TaskForce) -> None:
        assert not await force.do(remember_home, STRANGER, STRANGER, force.group.id)
