"""Groups and members: from the config, by joining, and when a group moves."""

import asyncio
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import func, select

from policy.rights import Role
from store.actions.groups import configure, greet, migrate_group
from store.actions.members import Person, ask_to_join, decide_join, open_private_chat
from store.actions.updates import answer
from store.context import View
from store.errors import Refusal, Why
from store.outbox import Kind
from store.queries.people import (
    Member,
    find_group,
    find_home,
    find_member,
    list_empty_departments,
    list_groups,
    list_maintainers,
)
from store.tables import journal, outbox
from tests.ledger import (
    ADMIN,
    CHAT,
    COUNTY,
    GROUP,
    OFFICE,
    PEOPLE,
    STRANGER,
    TaskForce,
    make_ledger,
)

NEWCOMER = Person(STRANGER, "钱小新", "qian")
MOVED = -1002222222222


def count_entries(view: View) -> int:
    """How long the journal is."""
    return view.conn.execute(select(func.count()).select_from(journal)).scalar_one()


def waiting(view: View) -> list[tuple[str, int, str]]:
    """Kind, chat and state of all notices."""
    rows = view.conn.execute(select(outbox).order_by(outbox.c.id))
    return [(row.kind, row.chat_id, row.state) for row in rows]


async def refused(doing: Any) -> Refusal:
    """The refusal that this ends with."""
    with pytest.raises(Refusal) as caught:
        await doing
    return caught.value


async def ask(force: TaskForce, unit: str | None) -> Member:
    """The newcomer asks to join."""
    await force.do(ask_to_join, STRANGER, force.group, NEWCOMER, unit)
    member = await force.ask(find_member, STRANGER)
    assert member is not None
    return member


class TestJoining:
    """Somebody asks, the office decides with one button."""

    @pytest.mark.parametrize(
        ("unit", "role", "name"),
        [
            ("住建局", Role.DEPARTMENT, "市住房和城乡建设局"),
            ("遂平", Role.COUNTY, "遂平县"),
            ("重点办", Role.OFFICE, None),
            ("市重点项目办", Role.OFFICE, None),
        ],
    )
    async def test_what_one_asks_to_be(
        self, force: TaskForce, unit: str, role: Role, name: str | None
    ) -> None:
        member = await ask(force, unit)
        assert (member.role, member.department, member.state) == (role, name, "asked")
        assert (Kind.JOIN_REQUEST, CHAT, "queued") in await force.ask(waiting)

    async def test_without_a_unit_one_is_asked_for_it(self, force: TaskForce) -> None:
        await force.do(ask_to_join, STRANGER, force.group, NEWCOMER, None)
        assert await force.ask(find_member, STRANGER) is None
        assert await force.ask(waiting) == [(Kind.JOIN_FORM, CHAT, "queued")]

    async def test_an_unknown_unit(self, force: TaskForce) -> None:
        refusal = await refused(ask(force, "月球局"))
        assert (refusal.why, refusal.data) == (Why.UNKNOWN_DEPARTMENT, {"said": "月球局"})

    async def test_asking_twice(self, force: TaskForce) -> None:
        await ask(force, "住建局")
        assert (await refused(ask(force, "环保局"))).why is Why.ALREADY_ASKED

    async def test_at_once(self, force: TaskForce) -> None:
        answers = await asyncio.gather(
            *(ask(force, "住建局") for _ in range(3)), return_exceptions=True
        )
        assert sum(isinstance(answer, Refusal) for answer in answers) == 2

    async def test_a_member_is_one_already(self, force: TaskForce) -> None:
        asking = force.do(ask_to_join, COUNTY, force.group, Person(COUNTY, "冯", None), "住建局")
        assert (await refused(asking)).why is Why.ALREADY_MEMBER

    async def test_until_the_decision_one_may_do_nothing(self, force: TaskForce) -> None:
        member = await ask(force, "重点办")
        deciding = force.do(decide_join, STRANGER, member.id, admit=True)
        assert (await refused(deciding)).why is Why.NOT_ACTIVE

    async def test_the_office_admits(self, force: TaskForce) -> None:
        member = await ask(force, "住建局")
        member = await force.do(decide_join, OFFICE, member.id, admit=True)
        assert member.state == "active"
        assert (Kind.JOIN_DECIDED, CHAT, "queued") in await force.ask(waiting)

    async def test_who_was_refused_may_ask_again(self, force: TaskForce) -> None:
        member = await ask(force, "重点办")
        assert (await force.do(decide_join, OFFICE, member.id, admit=False)).state == "refused"
        assert (await refused(force.do(decide_join, STRANGER, member.id, admit=True))).why is (
            Why.STRANGER
        )
        assert (await ask(force, "住建局")).state == "asked"

    async def test_only_the_office_decides(self, force: TaskForce) -> None:
        member = await ask(force, "住建局")
        deciding = force.do(decide_join, COUNTY, member.id, admit=True)
        assert (await refused(deciding)).why is Why.OFFICE_ONLY

    async def test_of_two_who_decide_one_wins(self, force: TaskForce) -> None:
        member = await ask(force, "住建局")
        answers = await asyncio.gather(
            force.do(decide_join, OFFICE, member.id, admit=True),
            force.do(decide_join, ADMIN, member.id, admit=False),
            return_exceptions=True,
        )
        (loser,) = [answer for answer in answers if isinstance(answer, Refusal)]
        assert (loser.why, loser.data["name"]) == (Why.ALREADY_DECIDED, "钱小新")


class TestPrivateChats:
    """Who wrote in private may be written to in private."""

    async def test_it_is_remembered_once(self, force: TaskForce) -> None:
        before = await force.ask(count_entries)
        for _ in range(2):
            await force.do(open_private_chat, ADMIN, force.group, {"intent": "help"})
        assert await force.ask(count_entries) == before + 1
        assert [m.user_id for m in await force.ask(list_maintainers)] == [ADMIN]

    async def test_it_speaks_of_the_only_group(self, force: TaskForce) -> None:
        assert await force.ask(find_home, COUNTY) == force.group
        await force.do(configure, None, [GROUP, replace(GROUP, chat_id=-7)], PEOPLE)
        assert await force.ask(find_home, COUNTY) is None, "one of two: which?"

    async def test_or_of_that_in_which_one_asked_to_join(self, force: TaskForce) -> None:
        await force.do(configure, None, [GROUP, replace(GROUP, chat_id=-7)], PEOPLE)
        await ask(force, "住建局")
        assert await force.ask(find_home, STRANGER) == force.group


class TestConfig:
    """The config's groups and members are taken over at each start."""

    async def test_what_did_not_change_leaves_no_entry(self, force: TaskForce) -> None:
        before = await force.ask(count_entries)
        await force.do(configure, None, [GROUP], PEOPLE)
        assert await force.ask(count_entries) == before

    async def test_what_changed_does(self, force: TaskForce) -> None:
        people = (*PEOPLE[:-1], replace(PEOPLE[-1], name="改了名"))
        await force.do(configure, None, [replace(GROUP, title="新名字")], people)
        (group,) = await force.ask(list_groups)
        assert group.title == "新名字"
        member = await force.ask(find_member, people[-1].id)
        assert member is not None
        assert member.name == "改了名"

    async def test_departments_without_anybody_are_named(self, migrated_url: str) -> None:
        people = tuple(m for m in PEOPLE if m.department != "市城市管理局")
        force = await make_ledger(migrated_url, people=people)
        assert await force.ask(list_empty_departments, force.group) == ["市城市管理局"]
        force.close()


class TestMoving:
    """A group that becomes a supergroup gets a new id; its ledger stays."""

    async def test_it_is_followed(self, force: TaskForce) -> None:
        project = await force.register()
        await force.do(migrate_group, None, CHAT, MOVED)
        group = await force.ask(find_group, MOVED)
        assert group is not None
        assert group.id == project.group_id
        assert await force.ask(waiting) == [(Kind.CARD, MOVED, "queued")]

    async def test_the_configs_old_id_makes_no_second_group(self, force: TaskForce) -> None:
        await force.do(migrate_group, None, CHAT, MOVED)
        await force.do(configure, None, [replace(GROUP, title="新名字")], [])
        (group,) = await force.ask(list_groups)
        assert (group.chat_id, group.title) == (MOVED, "新名字")

    async def test_nor_does_its_new_id(self, force: TaskForce) -> None:
        await force.do(migrate_group, None, CHAT, MOVED)
        await force.do(configure, None, [replace(GROUP, chat_id=MOVED)], [])
        assert len(await force.ask(list_groups)) == 1

    async def test_twice_or_from_nowhere_changes_nothing(self, force: TaskForce) -> None:
        await force.do(migrate_group, None, CHAT, MOVED)
        before = await force.ask(count_entries)
        await force.do(migrate_group, None, CHAT, MOVED)
        await force.do(migrate_group, None, -3, -4)
        assert await force.ask(count_entries) == before


class TestAnswers:
    """What is answered where it was asked."""

    async def test_an_arrival_is_greeted_also_where_there_is_no_ledger(
        self, force: TaskForce
    ) -> None:
        await force.do(greet, None, -77, {"reads_all": False})
        assert await force.ask(waiting) == [(Kind.GREETING, -77, "queued")]

    async def test_an_answer_goes_to_the_question(self, force: TaskForce) -> None:
        request = force.request(COUNTY, chat=COUNTY)
        await force.ledger.do(answer, request, force.group, {"intent": "due", "slots": {}})
        (row,) = await force.ask(lambda view: view.conn.execute(select(outbox)).all())
        assert (row.chat_id, row.reply_to) == (COUNTY, request.message_id)
        assert row.data == {"intent": "due", "slots": {}}
