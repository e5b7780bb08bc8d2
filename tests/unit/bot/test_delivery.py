"""Delivery: each notice leaves once, in order, within the budget, or it is known why not."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.channels.outcome import Moved, Postponed, Unacceptable, Undeliverable, Vanished
from bot.delivery import Budget, Delivery
from policy.life import Step
from store import outbox
from store.context import Tx, View
from store.errors import LedgerError
from store.outbox import Kind, Priority
from tests.ledger import CHAT, ECOLOGY, TaskForce, make_ledger
from tests.unit.bot.fakes import FakeChannel, times

OTHER = -1002222222222


@pytest.fixture
async def force(tmp_path: Path) -> AsyncIterator[TaskForce]:
    """A task force with an empty ledger."""
    made = await make_ledger(f"sqlite:///{tmp_path / 'ledger.db'}")
    yield made
    made.close()


@pytest.fixture
def channel() -> FakeChannel:
    """A platform that takes everything."""
    return FakeChannel()


@asynccontextmanager
async def running(
    force: TaskForce, channel: FakeChannel, per_minute: int = 1000
) -> AsyncIterator[Delivery]:
    """Delivery at work, until the block ends."""
    delivery = Delivery(force.ledger, channel, lambda: force.now, per_minute)
    force.ledger.after_commit.append(delivery.wake)
    task = asyncio.create_task(delivery.run())
    try:
        yield delivery
    finally:
        task.cancel()
        async with asyncio.timeout(5):
            await asyncio.gather(task, return_exceptions=True)
        force.ledger.after_commit.remove(delivery.wake)


async def until(check: Callable[[], Awaitable[bool]]) -> None:
    """Waits until something is so."""
    async with asyncio.timeout(5):
        while not await check():  # noqa: ASYNC110 - the ledger has no event to wait for
            await asyncio.sleep(0.005)


async def emptied(force: TaskForce) -> None:
    """Waits until nothing is left to be sent."""

    async def is_empty() -> bool:
        return not await force.ask(outbox.count_unsent)

    await until(is_empty)


def warn(
    tx: Tx,
    name: str = "anonymous",
    chat: int = CHAT,
    priority: Priority = Priority.ANSWER,
    reply_to: int | None = None,
) -> None:
    """Queues a warning, which any chat may be told."""
    data = {"name": name, "values": {}}
    outbox.queue(tx, Kind.WARNING, chat, data=data, priority=priority, reply_to=reply_to)


def states(view: View) -> list[tuple[str, str | None]]:
    """What became of each notice, and why."""
    rows = view.conn.exec_driver_sql("SELECT state, error FROM outbox ORDER BY id")
    return [(row[0], row[1]) for row in rows]


async def test_a_notice_leaves_once(force: TaskForce, channel: FakeChannel) -> None:
    async with running(force, channel):
        await force.do(warn, reply_to=77)
        await emptied(force)
    assert [(sent.chat_id, sent.reply_to) for sent in channel.sent] == [(CHAT, 77)]
    assert await force.ask(states) == [("sent", None)]


async def test_a_card_is_sent_once_and_then_edited(force: TaskForce, channel: FakeChannel) -> None:
    async with running(force, channel):
        await force.register()
        await emptied(force)
        await force.step(4, Step.ACKNOWLEDGE, ECOLOGY)
        await emptied(force)
        await force.do(lambda tx: outbox.refresh(tx, Kind.CARD, 1, force.group.id))
        await emptied(force)
    assert [sent.edited for sent in channel.sent] == [False, True]  # the third says nothing new
    assert (await force.ask(states))[-1] == ("dropped", "unchanged")


async def test_the_more_urgent_leaves_first(force: TaskForce, channel: FakeChannel) -> None:
    for mark, priority in (
        ("fifth", Priority.STATUS),
        ("fourth", Priority.DIGEST),
        ("third", Priority.TASKS),
        ("second", Priority.LETTER),
        ("first", Priority.ANSWER),
    ):
        await force.do(_warn_of, None, mark, priority)
    async with running(force, channel):
        await emptied(force)
    said = [sent.text for sent in channel.sent]
    order = ("first", "second", "third", "fourth", "fifth")
    assert [mark for mark, text in zip(order, said, strict=True) if mark in text] == list(order)


def _warn_of(tx: Tx, mark: str, priority: Priority) -> None:
    data = {"name": "classified", "values": {"mark": mark}}
    outbox.queue(tx, Kind.WARNING, CHAT, data=data, priority=priority)


async def test_chats_do_not_wait_for_each_other(force: TaskForce, channel: FakeChannel) -> None:
    def hold_one(chat: int) -> None:
        if chat == CHAT:
            raise Postponed(30, "429")

    channel.trouble = hold_one
    async with running(force, channel):
        await force.do(warn)
        await force.do(warn, None, "anonymous", OTHER)

        async def other_arrived() -> bool:
            return [sent.chat_id for sent in channel.sent] == [OTHER]

        await until(other_arrived)
    assert (await force.ask(states))[0] == ("queued", "429")


async def test_a_group_gets_no_more_than_its_budget(force: TaskForce, channel: FakeChannel) -> None:
    async with running(force, channel, per_minute=3):
        for _ in range(5):
            await force.do(warn)
        await asyncio.sleep(0.2)
        assert len(channel.sent) == 3
        for _ in range(5):
            await force.do(warn, None, "anonymous", 4242)  # a person has none
        await asyncio.sleep(0.2)
    assert len([sent for sent in channel.sent if sent.chat_id == 4242]) == 5


async def test_what_may_have_arrived_goes_out_again_marked(
    force: TaskForce, channel: FakeChannel
) -> None:
    channel.trouble_after = times(1, Postponed(0.01, "cut", unsure=True))
    async with running(force, channel):
        await force.do(warn)
        await emptied(force)
    first, again = channel.sent
    assert "补发" not in first.text
    assert "补发" in again.text


async def test_what_did_not_arrive_goes_out_unmarked(
    force: TaskForce, channel: FakeChannel
) -> None:
    channel.trouble = times(3, Postponed(0.01, "500"))
    async with running(force, channel):
        await force.do(warn)
        await emptied(force)
    assert ["补发" in sent.text for sent in channel.sent] == [False]


async def test_the_mark_stays_whatever_else_holds_it_up(
    force: TaskForce, channel: FakeChannel
) -> None:
    troubles: Iterator[Exception | None] = iter(
        [Postponed(0.01, "cut", unsure=True), Postponed(0.01, "429"), None]
    )

    def next_trouble(_chat: int) -> None:
        trouble = next(troubles)
        if trouble:
            raise trouble

    channel.trouble = next_trouble
    async with running(force, channel):
        await force.do(warn)
        await emptied(force)
    assert ["补发" in sent.text for sent in channel.sent] == [True]


async def test_a_pause_is_kept_as_told(force: TaskForce, channel: FakeChannel) -> None:
    channel.trouble = times(1, Postponed(90, "429"))
    async with running(force, channel) as delivery:
        await force.do(warn)

        async def is_held() -> bool:
            return CHAT in delivery._budget.held()

        await until(is_held)
        assert delivery._budget.held()[CHAT] > 80


async def test_who_blocked_us_is_not_written_to_again(
    force: TaskForce, channel: FakeChannel
) -> None:
    channel.trouble = times(1, Undeliverable("bot was blocked by the user"))
    async with running(force, channel):
        await force.do(warn)
        await emptied(force)
    assert await force.ask(states) == [("failed", "bot was blocked by the user")]


async def test_one_post_that_is_not_accepted_keeps_no_other_back(
    force: TaskForce, channel: FakeChannel
) -> None:
    channel.trouble = times(1, Unacceptable("message is too long"))
    async with running(force, channel):
        await force.do(warn)
        await force.do(warn)
        await emptied(force)
    assert [state for state, _ in await force.ask(states)] == ["failed", "sent"]


async def test_a_post_that_cannot_be_rendered_is_given_up_after_three_tries(
    force: TaskForce, channel: FakeChannel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Budget, "pause", lambda *_: None)
    async with running(force, channel):
        await force.do(warn, None, "no such warning")
        await force.do(warn)
        await emptied(force)
    assert [state for state, _ in await force.ask(states)] == ["failed", "sent"]


async def test_a_group_that_moved_is_followed(force: TaskForce, channel: FakeChannel) -> None:
    def moved(chat: int) -> None:
        if chat == CHAT:
            raise Moved(OTHER)

    channel.trouble = moved
    async with running(force, channel):
        await force.register()
        await emptied(force)
        await force.do(warn)  # somebody still knows the old id
        await emptied(force)
    assert [sent.chat_id for sent in channel.sent] == [OTHER, OTHER]


async def test_a_card_that_was_deleted_is_sent_anew_and_other_posts_are_not(
    force: TaskForce, channel: FakeChannel, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with running(force, channel):
        project = await force.register()
        task = await force.task(4)
        await force.do(_show_task, None, task.id)
        await emptied(force)
        channel.sent.clear()
        _let_edits_vanish(channel, monkeypatch)
        await force.step(4, Step.ACKNOWLEDGE, ECOLOGY)
        await emptied(force)
    assert [sent.edited for sent in channel.sent] == [False]
    assert f"#{project.number}" in channel.sent[0].text


def _show_task(tx: Tx, task_id: int) -> None:
    outbox.queue(tx, Kind.TASK, CHAT, group_id=1, subject=task_id)


def _let_edits_vanish(channel: FakeChannel, monkeypatch: pytest.MonkeyPatch) -> None:
    async def vanish(*_: object) -> None:
        raise Vanished("message to edit not found")

    monkeypatch.setattr(channel, "edit", vanish)


async def test_what_a_crash_left_is_recovered_and_marked(
    force: TaskForce, channel: FakeChannel
) -> None:
    await force.do(warn)
    await force.do(outbox.take)  # and the process ends
    async with running(force, channel):
        await emptied(force)
    assert ["补发" in sent.text for sent in channel.sent] == [True]


async def test_an_edit_that_a_crash_left_is_not_marked(
    force: TaskForce, channel: FakeChannel
) -> None:
    async with running(force, channel):
        await force.register()
        await emptied(force)
    await force.step(4, Step.ACKNOWLEDGE, ECOLOGY)
    await force.do(outbox.take)
    async with running(force, channel):
        await emptied(force)
    assert channel.sent[-1].edited
    assert "补发" not in channel.sent[-1].text


async def test_what_was_taken_when_it_ends_is_still_sent(
    force: TaskForce, channel: FakeChannel
) -> None:
    for _ in range(20):
        await force.do(warn)
        async with running(force, channel):
            await asyncio.sleep(0)
    async with running(force, channel):
        await emptied(force)
    assert len(channel.sent) == 20
    assert not [sent for sent in channel.sent if "补发" in sent.text]


async def test_a_ledger_out_of_reach_ends_it(
    force: TaskForce, channel: FakeChannel, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was sent cannot be marked: better to end than to send it again and again."""

    def fail(*_: object, **__: object) -> None:
        raise LedgerError("the disk is gone")

    monkeypatch.setattr("store.outbox.sent", fail)
    await force.do(warn)
    delivery = Delivery(force.ledger, channel, lambda: force.now)
    with pytest.raises(LedgerError, match="the disk is gone"):
        async with asyncio.timeout(5):
            await delivery.run()
    assert len(channel.sent) == 1


def test_a_budget_is_used_up_and_comes_back(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [1000.0]
    monkeypatch.setattr("bot.delivery.time.monotonic", lambda: now[0])
    budget = Budget(per_minute=2)
    budget.note(CHAT)
    now[0] += 10
    budget.note(CHAT)
    budget.note(4242)
    assert budget.held() == {CHAT: 50.0}
    now[0] += 50
    assert budget.held() == {}


def test_the_rest_of_a_budget_is_kept_for_who_waits_for_an_answer(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    now = [1000.0]
    monkeypatch.setattr("bot.delivery.time.monotonic", lambda: now[0])
    budget = Budget(per_minute=20)
    for _ in range(15):
        now[0] += 1
        budget.note(CHAT)
    assert (budget.short(), budget.held()) == ({CHAT: 46.0}, {})
    now[0] += 46
    assert budget.short() == {}


def test_the_longer_of_pause_and_budget_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [1000.0]
    monkeypatch.setattr("bot.delivery.time.monotonic", lambda: now[0])
    budget = Budget(per_minute=1)
    budget.note(CHAT)
    budget.pause(CHAT, 5)
    assert budget.held() == {CHAT: 60.0}
    budget.pause(CHAT, 90)
    assert budget.held() == {CHAT: 90.0}
