"""Polling: confirmed only when done, in order within a chat, and nothing blocks the rest."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, cast

import pytest
from aiogram import Bot
from aiogram.exceptions import ClientDecodeError, TelegramNetworkError, TelegramUnauthorizedError
from aiogram.methods import GetUpdates
from aiogram.types import Update

from bot.polling import TRIES, Intake, Poller
from store.errors import LedgerError

POLL = GetUpdates()


def update(number: int, chat: int = -1, text: str = "x") -> dict[str, Any]:
    """An update as the Bot API gives it."""
    message = {
        "message_id": number,
        "date": 0,
        "chat": {"id": chat, "type": "supergroup", "title": "x"},
        "from": {"id": 7, "is_bot": False, "first_name": "x"},
        "text": text,
    }
    return {"update_id": number, "message": message}


class FakeBot:
    """Answers getUpdates with what stands in `batches`; then there is nothing more."""

    def __init__(self, *batches: list[dict[str, Any]] | Exception) -> None:
        self.batches = list(batches)
        self.offsets: list[int] = []
        self.idle = asyncio.Event()

    async def get_updates(self, *, offset: int, **_: object) -> list[Update]:
        """The next batch, or what goes wrong instead."""
        self.offsets.append(offset)
        if not self.batches:
            self.idle.set()
            await asyncio.sleep(60)
        batch = self.batches.pop(0)
        if isinstance(batch, Exception):
            raise batch
        return [Update.model_validate(each) for each in batch]


class Desk:
    """Where updates arrive: what was done, and what was set aside."""

    def __init__(self, act: Callable[[Update], Awaitable[None]] | None = None) -> None:
        self.act = act
        self.done: list[int] = []
        self.tries: list[int] = []
        self.aside: dict[int, str] = {}

    async def accept(self, update: Update) -> None:
        """Does what the test says."""
        self.tries.append(update.update_id)
        if self.act is not None:
            await self.act(update)
        self.done.append(update.update_id)

    async def set_aside(self, update_id: int, error: str) -> None:
        """Remembers it."""
        self.aside[update_id] = error


async def poll(fake: FakeBot, desk: Desk) -> None:
    """Polls until nothing is left."""
    poller = Poller(cast(Bot, fake), desk.accept, desk.set_aside, ["message"], pause=0.001)
    task = asyncio.create_task(poller.run())
    idle = asyncio.create_task(fake.idle.wait())
    async with asyncio.timeout(5):
        await asyncio.wait({task, idle}, return_when=asyncio.FIRST_COMPLETED)
    idle.cancel()
    if task.done():
        task.result()
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


async def test_a_batch_is_confirmed_when_all_of_it_is_done() -> None:
    fake = FakeBot([update(1), update(2, chat=-2)], [update(3)])
    confirmed: list[tuple[int, list[int]]] = []

    async def act(each: Update) -> None:
        await asyncio.sleep(0.01)
        confirmed.append((each.update_id, list(fake.offsets)))

    desk = Desk(act)
    await poll(fake, desk)
    assert fake.offsets == [0, 3, 4]
    assert confirmed == [(1, [0]), (2, [0]), (3, [0, 3])]


async def test_one_chat_keeps_its_order_and_chats_run_side_by_side() -> None:
    running: set[int] = set()
    together: list[int] = []

    async def act(each: Update) -> None:
        assert each.message is not None
        assert each.message.chat.id not in running
        running.add(each.message.chat.id)
        together.append(len(running))
        await asyncio.sleep(0.005)
        running.discard(each.message.chat.id)

    desk = Desk(act)
    await poll(FakeBot([update(n, chat=-1 - n % 2) for n in range(1, 9)]), desk)
    assert [n for n in desk.done if n % 2] == [1, 3, 5, 7]
    assert [n for n in desk.done if not n % 2] == [2, 4, 6, 8]
    assert max(together) == 2


async def test_a_poison_update_is_tried_some_times_and_set_aside() -> None:
    async def act(each: Update) -> None:
        if each.update_id == 1:
            raise RuntimeError("poison")

    desk = Desk(act)
    await poll(FakeBot([update(1), update(2)]), desk)
    assert desk.tries == [1] * TRIES + [2]
    assert desk.done == [2]
    assert desk.aside == {1: "RuntimeError('poison')"}


async def test_an_update_that_fails_once_is_not_set_aside() -> None:
    failures = [RuntimeError("passing")]

    async def act(_: Update) -> None:
        if failures:
            raise failures.pop()

    desk = Desk(act)
    await poll(FakeBot([update(1)]), desk)
    assert desk.done == [1]
    assert not desk.aside


async def test_a_ledger_out_of_reach_is_no_fault_of_the_update() -> None:
    """It ends the polling with the update unconfirmed, so that it comes again."""

    async def act(_: Update) -> None:
        raise LedgerError("the disk is full")

    desk = Desk(act)
    fake = FakeBot([update(1)])
    with pytest.raises(LedgerError):
        await poll(fake, desk)
    assert fake.offsets == [0]
    assert not desk.aside


async def test_what_cannot_be_decoded_is_set_aside_and_the_rest_of_its_batch_done() -> None:
    broken = {"update_id": 2, "message": {"message_id": "x", "text": "words of somebody"}}
    raw = {"ok": True, "result": [update(1), broken, update(3)]}
    desk = Desk()
    fake = FakeBot(ClientDecodeError("Failed to deserialize object", ValueError("x"), raw))
    await poll(fake, desk)
    assert desk.done == [1, 3]
    assert list(desk.aside) == [2]
    assert "words of somebody" not in desk.aside[2]
    assert fake.offsets == [0, 4]


async def test_a_proxy_s_page_in_place_of_an_answer_is_waited_out(
    caplog: pytest.LogCaptureFixture,
) -> None:
    page = ClientDecodeError("Failed to decode object", ValueError("x"), "<html>秘密</html>")
    cut = TelegramNetworkError(POLL, "cut")
    desk = Desk()
    await poll(FakeBot(page, cut, [update(1)]), desk)
    assert desk.done == [1]
    assert "秘密" not in caplog.text


async def test_a_revoked_token_ends_the_polling() -> None:
    with pytest.raises(TelegramUnauthorizedError):
        await poll(FakeBot(TelegramUnauthorizedError(POLL, "Unauthorized")), Desk())


async def test_a_webhook_s_updates_keep_a_chat_s_order_too() -> None:
    async def act(each: Update) -> None:
        await asyncio.sleep(0.01 if each.update_id == 1 else 0)

    desk = Desk(act)
    intake = Intake(desk.accept, desk.set_aside, pause=0.001)
    batch = [Update.model_validate(update(n, chat=-1 - (n == 3))) for n in (1, 2, 3)]
    await asyncio.gather(*(intake.in_turn(each) for each in batch))
    assert desk.done == [3, 1, 2]


async def test_what_belongs_to_no_chat_has_its_place_too() -> None:
    desk = Desk()
    intake = Intake(desk.accept, desk.set_aside, pause=0.001)
    await intake.in_turn(Update.model_validate({"update_id": 9}))
    assert desk.done == [9]
