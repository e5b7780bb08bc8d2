"""The webhook's door: a secret, an update, and 200 only when the effect is there."""

from collections.abc import AsyncIterator
from typing import Any, cast

import pytest
from aiogram import Bot
from aiogram.types import Update
from aiohttp import ClientSession, web

from bot.polling import Intake
from bot.webhook import HEADER, Webhook
from store.errors import LedgerError

SECRET = "invented"
UPDATE = {"update_id": 7}


class Door:
    """A webhook that listens, and what came through it."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.done: list[int] = []
        self.aside: dict[int, str] = {}
        self.failure: Exception | None = None

    async def accept(self, update: Update) -> None:
        """Takes an update, or fails as the test says."""
        if self.failure is not None:
            raise self.failure
        self.done.append(update.update_id)

    async def set_aside(self, update_id: int, error: str) -> None:
        """Remembers it."""
        self.aside[update_id] = error

    async def post(self, body: Any, secret: str | None = SECRET) -> int:
        """The status of a request."""
        headers = {} if secret is None else {HEADER: secret}
        async with (
            ClientSession() as session,
            session.post(self.url, json=body, headers=headers) as response,
        ):
            return response.status


class FakeBot:
    """Remembers what it was told of the webhook."""

    def __init__(self) -> None:
        self.set: dict[str, Any] = {}

    async def set_webhook(self, url: str, **more: Any) -> bool:
        """Where updates go."""
        self.set = {"url": url, **more}
        return True


@pytest.fixture
async def door(unused_tcp_port: int) -> AsyncIterator[Door]:
    """A webhook on a free port."""
    made = Door(f"http://127.0.0.1:{unused_tcp_port}/any/path")
    intake = Intake(made.accept, made.set_aside, pause=0.001)
    webhook = Webhook(cast(Bot, FakeBot()), intake, SECRET)
    await webhook.start("127.0.0.1", unused_tcp_port)
    yield made
    await webhook.stop()


@pytest.mark.parametrize("secret", [None, "", "wrong", SECRET + "x", SECRET.upper(), "\xff"])
async def test_without_the_secret_nobody_is_heard(door: Door, secret: str | None) -> None:
    assert await door.post(UPDATE, secret) == web.HTTPForbidden.status_code
    assert not door.done


async def test_an_update_is_answered_when_it_is_done(door: Door) -> None:
    assert await door.post(UPDATE) == web.HTTPOk.status_code
    assert door.done == [7]


@pytest.mark.parametrize("body", [None, [], "x", 5, {}, {"update_id": "7"}, {"message": {}}])
async def test_what_is_no_update_is_refused(door: Door, body: object) -> None:
    assert await door.post(body) == web.HTTPBadRequest.status_code
    assert not door.aside


async def test_what_cannot_be_understood_is_set_aside_and_not_sent_again(door: Door) -> None:
    broken = {"update_id": 7, "message": {"message_id": "x", "text": "somebody's words"}}
    assert await door.post(broken) == web.HTTPOk.status_code
    assert "message" in door.aside[7]
    assert "somebody's words" not in door.aside[7]


async def test_poison_is_set_aside_and_not_sent_again(door: Door) -> None:
    door.failure = RuntimeError("poison")
    assert await door.post(UPDATE) == web.HTTPOk.status_code
    assert door.aside == {7: "RuntimeError('poison')"}


async def test_a_ledger_out_of_reach_lets_it_be_sent_again(door: Door) -> None:
    door.failure = LedgerError("the disk is full")
    assert await door.post(UPDATE) == web.HTTPInternalServerError.status_code
    door.failure = None
    assert await door.post(UPDATE) == web.HTTPOk.status_code
    assert door.done == [7]
    assert not door.aside


async def test_the_server_is_told_the_secret_and_what_is_wanted() -> None:
    bot = FakeBot()
    webhook = Webhook(cast(Bot, bot), cast(Intake, None), SECRET)
    await webhook.announce("https://example.org/x", ["message"])
    assert bot.set == {
        "url": "https://example.org/x",
        "secret_token": SECRET,
        "allowed_updates": ["message"],
    }


def test_no_secret_is_no_webhook() -> None:
    with pytest.raises(ValueError, match="secret"):
        Webhook(cast(Bot, None), cast(Intake, None), "")
