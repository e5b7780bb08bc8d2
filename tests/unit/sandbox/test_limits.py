"""Flood limits: 20 a minute to a group, 30 a second overall, edits count."""

from collections.abc import AsyncIterator

import aiohttp
import pytest
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import TelegramRetryAfter

from bot.sandbox import RateLimits, Sandbox
from bot.sandbox.errors import ApiError
from bot.sandbox.limits import Throttle
from tests.unit.sandbox.conftest import Api, make_sandbox


class Seconds:
    """A stopwatch that stands still."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def test_the_21st_message_of_a_minute_waits_for_the_first_to_be_a_minute_old() -> None:
    seconds = Seconds()
    throttle = Throttle(RateLimits(), seconds)
    for _ in range(20):
        throttle.spend(-100, private=False)
        seconds.now += 1
    with pytest.raises(ApiError) as refused:
        throttle.spend(-100, private=False)
    assert (refused.value.code, refused.value.retry_after) == (429, 40)
    throttle.spend(-200, private=False)
    seconds.now += 40
    throttle.spend(-100, private=False)


def test_thirty_a_second_overall() -> None:
    seconds = Seconds()
    throttle = Throttle(RateLimits(), seconds)
    for chat in range(30):
        throttle.spend(chat, private=True)
    with pytest.raises(ApiError) as refused:
        throttle.spend(31, private=True)
    assert refused.value.retry_after == 1
    seconds.now += 1
    throttle.spend(31, private=True)


@pytest.fixture
async def tight() -> AsyncIterator[Sandbox]:
    """A sandbox that takes two a minute."""
    sandbox = make_sandbox(RateLimits(group_per_minute=2))
    await sandbox.start()
    yield sandbox
    await sandbox.stop()


async def test_edits_count_and_refused_calls_do_not(
    tight: Sandbox, http: aiohttp.ClientSession
) -> None:
    api = Api(http, tight)
    sent = await api.send("a")
    target = {"chat_id": tight.group, "message_id": sent["message_id"]}
    await api.refusal("editMessageText", **target, text="a")
    await api.result("editMessageText", **target, text="b")
    answer = await api.call("editMessageText", **target, text="c")
    assert answer["status"] == 429
    assert 50 < answer["parameters"]["retry_after"] <= 60
    assert tight.messages()[0]["text"] == "b"


async def test_aiogram_learns_how_long_to_wait(tight: Sandbox) -> None:
    session = AiohttpSession(api=TelegramAPIServer.from_base(tight.base_url))
    async with Bot(tight.token, session=session) as bot:
        for _ in range(2):
            await bot.send_message(tight.group, "a")
        with pytest.raises(TelegramRetryAfter) as refused:
            await bot.send_message(tight.group, "a")
    assert refused.value.retry_after > 50
