"""A running sandbox, and the two ways of talking to it: aiogram's Bot and bare HTTP."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import aiohttp
import pytest
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer

from bot.sandbox import UNLIMITED, RateLimits, Sandbox, StillClock, load_cast

FRIDAY = datetime(2026, 11, 20, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))


@dataclass
class Api:
    """Bare calls: what came back, refused or not."""

    session: aiohttp.ClientSession
    sandbox: Sandbox

    async def call(self, method: str, **params: Any) -> dict[str, Any]:
        """A call with a JSON body; the whole answer."""
        url = f"{self.sandbox.base_url}/bot{self.sandbox.token}/{method}"
        async with self.session.post(url, json=params) as response:
            body: dict[str, Any] = await response.json()
            return {"status": response.status, **body}

    async def form(self, method: str, **params: str) -> dict[str, Any]:
        """The same with a form."""
        url = f"{self.sandbox.base_url}/bot{self.sandbox.token}/{method}"
        async with self.session.post(url, data=params) as response:
            body: dict[str, Any] = await response.json()
            return {"status": response.status, **body}

    async def result(self, method: str, **params: Any) -> Any:
        """The result of a call that must succeed."""
        answer = await self.call(method, **params)
        assert answer["ok"], answer
        return answer["result"]

    async def refusal(self, method: str, **params: Any) -> str:
        """The reason of a call that must be refused with 400."""
        answer = await self.call(method, **params)
        assert answer["status"] == answer["error_code"] == 400, answer
        return str(answer["description"])

    async def send(self, text: str, **params: Any) -> dict[str, Any]:
        """sendMessage to the group."""
        message: dict[str, Any] = await self.result(
            "sendMessage", chat_id=self.sandbox.group, text=text, **params
        )
        return message


def make_sandbox(limits: RateLimits = UNLIMITED, bot_joins: bool = False) -> Sandbox:
    """A sandbox on any free port, whose numbers begin at 1."""
    cast = load_cast()
    cast = replace(cast, group=replace(cast.group, bot_joins=bot_joins))
    return Sandbox(cast, StillClock(FRIDAY), port=0, limits=limits, first_id=1)


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    """Without limits, with the bot in the group already."""
    running = make_sandbox()
    await running.start()
    yield running
    await running.stop()


@pytest.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    """A client."""
    async with aiohttp.ClientSession() as session:
        yield session


@pytest.fixture
def api(sandbox: Sandbox, http: aiohttp.ClientSession) -> Api:
    """Bare calls to the sandbox."""
    return Api(http, sandbox)


@pytest.fixture
async def bot(sandbox: Sandbox) -> AsyncIterator[Bot]:
    """aiogram's own client, pointed at the sandbox."""
    session = AiohttpSession(api=TelegramAPIServer.from_base(sandbox.base_url))
    async with Bot(sandbox.token, session=session) as client:
        yield client
