"""The outbox: nothing is said twice, nothing is lost, the urgent goes first."""

from typing import Any

import pytest
from sqlalchemy import select

from policy.life import Step
from store import outbox
from store.actions.members import open_private_chat
from store.actions.updates import set_aside
from store.context import Tx, View
from store.errors import AlreadyProcessed
from store.ledger import is_processed
from store.outbox import Kind, Notice, Priority
from store.tables import outbox as table
from tests.ledger import ADMIN, CHAT, ECOLOGY, OFFICE, TaskForce

OTHER = -5


async def queue(
    force: TaskForce, kind: Kind = Kind.DELIVERED, chat: int = CHAT, **more: Any
) -> None:
    """Queues one notice."""

    def say(tx: Tx) -> None:
        outbox.queue(tx, kind, chat, **more)

    await force.do(say, None)


async def take(force: TaskForce, held: frozenset[int] = frozenset()) -> Notice:
    """The next notice, of which there is one."""
    notice = await force.do(outbox.take, None, held)
    assert notice is not None
    return notice


def states(view: View) -> list[str]:
    """The states of all notices, in the order in which they were queued."""
    return list(view.conn.execute(select(table.c.state).order_by(table.c.id)).scalars())


async def send(force: TaskForce, message_id: int = 1) -> Notice:
    """Takes the next notice and marks it as sent."""
    notice = await take(force)
    await force.do(outbox.sent, None, notice, message_id, "f1", edited=False)
    return notice


class TestOrder:
    """Answers first, then letters, new tasks, the digest, and status; each in turn."""

    async def test_the_lower_priority_number_goes_first(self, force: TaskForce) -> None:
        for priority in sorted(Priority, reverse=True):
            await queue(force, subject=priority, priority=priority)
        await queue(force, subject=11, priority=Priority.ANSWER)
        subjects = [(await take(force)).subject for _ in range(6)]
        assert subjects == [10, 11, 20, 30, 40, 50]

    async def test_a_chat_that_is_held_is_passed_over(self, force: TaskForce) -> None:
        await queue(force, subject=1, priority=Priority.ANSWER)
        await queue(force, subject=2, chat=OTHER)
        assert (await take(force, frozenset({CHAT}))).subject == 2
        assert await force.do(outbox.take, None, frozenset({CHAT})) is None
        assert not await force.ask(outbox.is_waiting, frozenset({CHAT}))
        assert await force.ask(outbox.is_waiting)

    async def test_nothing_waits(self, force: TaskForce) -> None:
        assert await force.do(outbox.take, None) is None

    async def test_what_is_being_sent_is_not_taken_again(self, force: TaskForce) -> None:
        await queue(force)
        await take(force)
        assert await force.do(outbox.take, None) is None


class TestOnce:
    """A key is queued once; edits of one post are coalesced."""

    async def test_a_key_is_unique_also_after_it_was_sent(self, force: TaskForce) -> None:
        await queue(force, key="digest:1:2026-11-16")
        await queue(force, key="digest:1:2026-11-16")
        await send(force)
        await queue(force, key="digest:1:2026-11-16")
        assert await force.ask(states) == ["sent"]

    async def test_edits_that_wait_are_one(self, force: TaskForce) -> None:
        for _ in range(3):
            await queue(force, Kind.CARD, subject=1)
        await queue(force, Kind.CARD, subject=2)
        await queue(force, Kind.CARD, OTHER, subject=1)
        assert len(await force.ask(states)) == 3

    async def test_an_answer_is_not_an_edit(self, force: TaskForce) -> None:
        await queue(force, Kind.CARD, subject=1)
        await queue(force, Kind.CARD, subject=1, reply_to=7)
        assert len(await force.ask(states)) == 2

    async def test_what_is_being_sent_does_not_hold_up_the_next_edit(
        self, force: TaskForce
    ) -> None:
        await queue(force, Kind.CARD, subject=1)
        await take(force)
        await queue(force, Kind.CARD, subject=1)
        assert await force.ask(states) == ["sending", "queued"]

    async def test_many_steps_edit_a_card_once(self, force: TaskForce) -> None:
        await force.register()
        await send(force)
        await force.step(4, Step.ACKNOWLEDGE, ECOLOGY)
        await force.step(4, Step.CONTACT, ECOLOGY)
        assert await force.ask(states) == ["sent", "queued"]

    async def test_a_card_that_is_just_being_sent_is_edited_afterwards(
        self, force: TaskForce
    ) -> None:
        """It was rendered before the step."""
        await force.register()
        await take(force)
        await force.step(4, Step.ACKNOWLEDGE, ECOLOGY)
        assert await force.ask(states) == ["sending", "queued"]


class TestDelivery:
    """Marks before and after sending."""

    async def test_a_post_stands_where_it_was_sent(self, force: TaskForce) -> None:
        project = await force.register()
        notice = await send(force, message_id=42)
        standing = await force.ask(outbox.find_standing, CHAT, Kind.CARD, project.id)
        assert standing == await force.ask(outbox.find_post, CHAT, 42)
        assert standing is not None
        assert (standing.message_id, standing.fingerprint) == (42, "f1")
        assert (notice.attempts, notice.again) == (1, False)

    async def test_an_edit_changes_its_fingerprint(self, force: TaskForce) -> None:
        await queue(force, Kind.CARD, subject=1)
        await send(force, message_id=42)
        await queue(force, Kind.CARD, subject=1)
        await force.do(outbox.sent, None, await take(force), 42, "f2", edited=True)
        standing = await force.ask(outbox.find_post, CHAT, 42)
        assert standing is not None
        assert standing.fingerprint == "f2"

    async def test_the_newest_post_stands(self, force: TaskForce) -> None:
        for message_id in (42, 43):
            await queue(force, Kind.CARD, subject=1)
            await send(force, message_id)
        standing = await force.ask(outbox.find_standing, CHAT, Kind.CARD, 1)
        assert standing is not None
        assert standing.message_id == 43
        await force.do(outbox.forget, None, standing)
        standing = await force.ask(outbox.find_standing, CHAT, Kind.CARD, 1)
        assert standing is not None
        assert standing.message_id == 42

    async def test_what_a_crash_left_is_sent_again_and_marked(self, force: TaskForce) -> None:
        await queue(force)
        await take(force)
        assert await force.do(outbox.recover, None) == 1
        notice = await take(force)
        assert (notice.again, notice.attempts) == (True, 2)
        await force.do(outbox.sent, None, notice, 1, "f", edited=False)
        assert await force.do(outbox.recover, None) == 0

    async def test_what_was_postponed_comes_again_unmarked(self, force: TaskForce) -> None:
        await queue(force)
        await force.do(outbox.postponed, None, await take(force), "429")
        notice = await take(force)
        assert (notice.again, notice.attempts) == (False, 2)

    async def test_what_is_dropped_or_failed_is_over(self, force: TaskForce) -> None:
        await queue(force, subject=1)
        await queue(force, subject=2)
        await force.do(outbox.dropped, None, await take(force), "done meanwhile")
        await force.do(outbox.failed, None, await take(force), "blocked")
        assert await force.ask(states) == ["dropped", "failed"]
        assert await force.do(outbox.take, None) is None


class TestSetAside:
    """An update that failed again and again."""

    async def test_it_is_over_and_told_to_the_maintainers(self, force: TaskForce) -> None:
        await force.do(open_private_chat, ADMIN, force.group, {"intent": "help"})
        for _ in range(2):
            await force.do(set_aside, None, 7, "KeyError: 'x'")
        assert await force.ask(is_processed, 7)
        rows = await force.ask(lambda view: view.conn.execute(select(table)).all())
        told = [(row.chat_id, row.data) for row in rows if row.kind == Kind.SET_ASIDE]
        assert told == [(ADMIN, {"update": 7, "error": "KeyError: 'x'"})]

    async def test_its_redelivery_has_no_effect(self, force: TaskForce) -> None:
        await force.do(set_aside, None, 7, "KeyError: 'x'")
        request = force.request(OFFICE, update=7)
        with pytest.raises(AlreadyProcessed):
            await force.ledger.do(outbox.recover, request)


async def test_where_little_may_be_said_the_status_waits(force: TaskForce) -> None:
    await queue(force, Kind.TASK, subject=1)
    await queue(force, Kind.ANSWER, priority=Priority.ANSWER)
    short = frozenset({CHAT})
    taken = await force.do(outbox.take, None, frozenset(), short)
    assert taken is not None
    assert taken.kind is Kind.ANSWER
    assert not await force.ask(outbox.is_waiting, frozenset(), short)
    assert await force.ask(outbox.is_waiting)
