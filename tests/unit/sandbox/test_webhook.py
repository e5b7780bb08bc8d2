"""Webhooks: real delivery, the secret, again until it is taken."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from aiohttp import web

from bot.sandbox import Sandbox
from tests.unit.sandbox.conftest import Api


@dataclass
class Receiver:
    """The bot's end of a webhook."""

    url: str = ""
    status: int = 200
    answer: dict[str, Any] = field(default_factory=dict)
    got: list[dict[str, Any]] = field(default_factory=list)
    secrets: list[str | None] = field(default_factory=list)

    async def take(self, request: web.Request) -> web.Response:
        self.got.append(await request.json())
        self.secrets.append(request.headers.get("X-Telegram-Bot-Api-Secret-Token"))
        return web.json_response(self.answer, status=self.status)

    @property
    def texts(self) -> list[str]:
        return [update["message"]["text"] for update in self.got]


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    """A server that takes updates."""
    received = Receiver()
    application = web.Application()
    application.add_routes([web.post("/hook", received.take)])
    runner = web.AppRunner(application)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    received.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    yield received
    await runner.cleanup()


async def test_updates_are_posted_in_order_with_the_secret(
    api: Api, sandbox: Sandbox, receiver: Receiver
) -> None:
    sandbox.say("office", None, "一")
    await api.result("setWebhook", url=receiver.url, secret_token="s-1")
    sandbox.say("office", None, "二")
    await sandbox.wait_until(lambda: len(receiver.got) == 2)
    assert receiver.texts == ["一", "二"]
    assert receiver.secrets == ["s-1", "s-1"]


async def test_an_update_that_was_not_taken_comes_again(
    api: Api, sandbox: Sandbox, receiver: Receiver
) -> None:
    receiver.status = 500
    await api.result("setWebhook", url=receiver.url)
    sandbox.say("office", None, "一")
    await sandbox.wait_until(lambda: len(receiver.got) >= 2)
    info = await api.result("getWebhookInfo")
    assert info["pending_update_count"] == 1
    assert "500" in info["last_error_message"]
    receiver.status = 200
    await sandbox.wait_until(lambda: sandbox.world.updates.count_pending() == 0)
    assert set(receiver.texts) == {"一"}


async def test_the_answer_to_an_update_may_be_a_call(
    api: Api, sandbox: Sandbox, receiver: Receiver
) -> None:
    receiver.answer = {"method": "sendMessage", "chat_id": sandbox.group, "text": "马上"}
    await api.result("setWebhook", url=receiver.url)
    sandbox.say("office", None, "一")
    sent = await sandbox.wait_for_message(None, lambda message: message["text"] == "马上")
    assert sent["from"]["id"] == sandbox.cast.bot.id


async def test_polling_and_webhook_exclude_each_other(
    api: Api, sandbox: Sandbox, receiver: Receiver
) -> None:
    await api.result("setWebhook", url=receiver.url)
    assert (await api.call("getUpdates"))["status"] == 409
    await api.result("deleteWebhook")
    sandbox.say("office", None, "一")
    assert len(await api.result("getUpdates")) == 1
    assert (await api.result("getWebhookInfo"))["url"] == ""


async def test_pending_updates_can_be_dropped(api: Api, sandbox: Sandbox) -> None:
    sandbox.say("office", None, "一")
    await api.result("deleteWebhook", drop_pending_updates=True)
    assert await api.result("getUpdates") == []


@pytest.mark.parametrize(
    "params",
    [
        {"url": "http://example.org/hook"},
        {"url": "somewhere"},
        {"url": "https://example.org", "secret_token": "with blanks"},
        {"url": "https://example.org", "max_connections": 0},
    ],
)
async def test_a_webhook_that_telegram_would_not_take_is_refused(
    api: Api, params: dict[str, Any]
) -> None:
    await api.refusal("setWebhook", **params)
