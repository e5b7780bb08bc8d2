"""The morning's digest: what is in it, once a day, and nothing when there is nothing."""

import asyncio
from collections.abc import Iterable
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from policy.life import Step
from store.actions.clock import send_digest
from store.actions.registration import ProjectInput, receive
from store.context import View
from store.outbox import Kind, Priority
from store.queries.digest import Digest, get_digest
from store.queries.tasks import TaskRow
from store.tables import outbox
from tests.ledger import COUNTY, ECOLOGY, HOUSING, LAND, OFFICE, REFORM, TaskForce, at, fields


async def digest(force: TaskForce) -> Digest:
    """The group's digest as of now."""
    return await force.ask(get_digest, force.group)


def numbers(tasks: Iterable[TaskRow]) -> list[int]:
    """The tasks' numbers."""
    return [task.number for task in tasks]


def queued_digests(view: View) -> list[tuple[str | None, int]]:
    """Key and priority of the digests in the outbox."""
    rows = view.conn.execute(select(outbox).where(outbox.c.kind == Kind.DIGEST))
    return [(row.key, row.priority) for row in rows]


class TestContent:
    """Each task is named once, where it is most urgent."""

    async def test_on_the_day_of_dispatch_everything_is_due_tomorrow(
        self, force: TaskForce
    ) -> None:
        await force.register()
        found = await digest(force)
        assert numbers(found.soon) == [1, 2, 3, 4, 5]
        assert (found.late, found.today, found.untaken) == ((), (), ())

    async def test_the_week_of_a_project(self, force: TaskForce) -> None:
        await force.register()
        await force.step(1, Step.ACCEPT, REFORM)  # one day: until Tuesday
        await force.step(2, Step.ACCEPT, REFORM)  # six days: until the 24th
        await force.step(3, Step.CONTACT, LAND)  # no clock runs
        await force.step(4, Step.DELIVER, ECOLOGY)  # the office checks until Tuesday
        force.now = at(2026, 11, 18, 8, 30)
        found = await digest(force)
        assert numbers(found.late) == [1, 5]
        assert numbers(found.to_check) == [4]
        assert (found.today, found.soon, found.untaken) == ((), (), ())
        force.now = at(2026, 11, 23, 8, 30)
        assert numbers((await digest(force)).soon) == [2]
        force.now = at(2026, 11, 24, 8, 30)
        assert numbers((await digest(force)).today) == [2]

    async def test_the_most_overdue_comes_first(self, force: TaskForce) -> None:
        await force.register()
        await force.step(4, Step.ACCEPT, ECOLOGY)  # ten days: until the 30th
        force.now = at(2026, 12, 2, 8, 30)
        assert numbers((await digest(force)).late) == [1, 2, 3, 5, 4]

    async def test_tomorrow_is_the_next_working_day(self, force: TaskForce) -> None:
        """On a Friday what is due on Monday is due tomorrow."""
        force.now = at(2026, 11, 20, 8, 30)
        await force.register()
        assert numbers((await digest(force)).soon) == [1, 2, 3, 4, 5]

    async def test_the_offices_own(self, force: TaskForce) -> None:
        await force.register(eia=None)
        handed_over = ProjectInput(fields("乙项目"))
        await force.do(receive, COUNTY, force.group, [handed_over])
        found = await digest(force)
        assert [project.number for project in found.to_dispatch] == [1]
        assert [draft.author_name for draft in found.to_register] == ["冯小县"]

    async def test_paused_and_finished_tasks_are_not_named(self, force: TaskForce) -> None:
        await force.register()
        await force.step(4, Step.ACCEPT, ECOLOGY)
        await force.step(4, Step.PAUSE, ECOLOGY, "缺材料")
        await force.finish(5, HOUSING)
        force.now = at(2026, 12, 31, 8, 30)
        named = await digest(force)
        assert not {4, 5} & set(numbers((*named.late, *named.today, *named.untaken)))

    async def test_nothing(self, force: TaskForce) -> None:
        assert (await digest(force)).is_empty


class TestSending:
    """Once a local day and group, on working days, when there is something to say."""

    @pytest.fixture
    async def busy(self, force: TaskForce) -> TaskForce:
        """Something to say, on Wednesday morning."""
        await force.register()
        force.now = at(2026, 11, 18, 8, 30)
        return force

    async def test_once_a_day(self, busy: TaskForce) -> None:
        assert await busy.do(send_digest, None, busy.group)
        assert not await busy.do(send_digest, None, busy.group)
        key = f"digest:{busy.group.id}:2026-11-18"
        assert await busy.ask(queued_digests) == [(key, Priority.DIGEST)]

    async def test_and_again_the_next_day(self, busy: TaskForce) -> None:
        await busy.do(send_digest, None, busy.group)
        busy.now += timedelta(days=1)
        assert await busy.do(send_digest, None, busy.group)
        assert len(await busy.ask(queued_digests)) == 2

    async def test_of_two_processes_that_tick_one_sends(self, busy: TaskForce) -> None:
        answers = await asyncio.gather(*(busy.do(send_digest, None, busy.group) for _ in range(4)))
        assert sorted(answers) == [False, False, False, True]
        assert len(await busy.ask(queued_digests)) == 1

    async def test_nothing_when_there_is_nothing(self, force: TaskForce) -> None:
        assert await force.do(send_digest, None, force.group)
        assert await force.ask(queued_digests) == []

    @pytest.mark.parametrize("day", [date(2026, 11, 21), date(2027, 1, 1)])
    async def test_nothing_on_rest_days(self, busy: TaskForce, day: date) -> None:
        busy.now = at(day.year, day.month, day.day, 8, 30)
        assert not await busy.do(send_digest, None, busy.group)
        assert await busy.ask(queued_digests) == []

    async def test_on_a_make_up_saturday(self, force: TaskForce) -> None:
        force.now = at(2026, 10, 9)
        await force.register()
        force.now = at(2026, 10, 10, 8, 30)
        assert await force.do(send_digest, None, force.group)
        assert numbers((await digest(force)).today) == [1, 2, 3, 4, 5]
        assert await force.ask(queued_digests) != []


async def test_the_limit_of_the_office_for_what_was_returned(force: TaskForce) -> None:
    await force.register()
    await force.step(4, Step.RETURN, ECOLOGY, "不属于本局")
    assert numbers((await digest(force)).to_check) == [4]
    await force.step(4, Step.REDISPATCH, OFFICE)
    assert (await digest(force)).to_check == ()
