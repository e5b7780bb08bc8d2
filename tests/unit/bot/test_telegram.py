"""Telegram as a channel: what each of its refusals means for a post."""

from typing import Any, cast

import pytest
from aiogram import Bot
from aiogram.exceptions import (
    ClientDecodeError,
    TelegramBadRequest,
    TelegramConflictError,
    TelegramEntityTooLarge,
    TelegramForbiddenError,
    TelegramMigrateToChat,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
    TelegramUnauthorizedError,
)
from aiogram.methods import GetMe
from aiohttp import ClientConnectorError, ServerDisconnectedError
from aiohttp.client_reqrep import ConnectionKey

from bot.channels.outcome import Moved, Postponed, Unacceptable, Undeliverable, Vanished
from bot.channels.telegram import TelegramChannel, reason_of
from handlers.texts.post import Line, Post

CALL = GetMe()
POST = Post((Line("x"),))


class FakeBot:
    """Fails every call in one way."""

    def __init__(self, error: Exception) -> None:
        self.error = error

    async def _fail(self, *_: Any, **__: Any) -> None:
        raise self.error

    send_message = edit_message_text = answer_callback_query = _fail


def channel(error: Exception) -> TelegramChannel:
    """A channel whose calls fail like this."""
    return TelegramChannel(cast(Bot, FakeBot(error)))


def cut(cause: Exception) -> TelegramNetworkError:
    """What aiogram makes of a connection that failed."""
    error = TelegramNetworkError(CALL, "cut")
    error.__cause__ = cause
    return error


def unreachable() -> ClientConnectorError:
    """No connection came about."""
    key = ConnectionKey("localhost", 1, False, True, None, None, None)
    return ClientConnectorError(key, OSError(111, "refused"))


@pytest.mark.parametrize(
    ("error", "outcome"),
    [
        (TelegramRetryAfter(CALL, "x", 90), Postponed),
        (TelegramServerError(CALL, "x"), Postponed),
        (TelegramUnauthorizedError(CALL, "x"), Postponed),
        (ClientDecodeError("x", ValueError(), "<html>"), Postponed),
        (cut(unreachable()), Postponed),
        (TelegramMigrateToChat(CALL, "x", -1005), Moved),
        (TelegramForbiddenError(CALL, "bot was blocked by the user"), Undeliverable),
        (TelegramBadRequest(CALL, "Bad Request: chat not found"), Undeliverable),
        (TelegramBadRequest(CALL, "Bad Request: message is too long"), Unacceptable),
        (TelegramEntityTooLarge(CALL, "x"), Unacceptable),
        (TelegramConflictError(CALL, "x"), Unacceptable),
    ],
)
async def test_what_a_refusal_means(error: Exception, outcome: type[Exception]) -> None:
    for call in (channel(error).send(1, POST, None), channel(error).edit(1, 2, POST)):
        with pytest.raises(outcome):
            await call


async def test_a_pause_is_as_long_as_told() -> None:
    with pytest.raises(Postponed) as caught:
        await channel(TelegramRetryAfter(CALL, "x", 90)).send(1, POST, None)
    assert (caught.value.seconds, caught.value.unsure) == (90, False)


@pytest.mark.parametrize(
    ("cause", "unsure"),
    [(unreachable(), False), (ServerDisconnectedError(), True), (TimeoutError(), True)],
)
async def test_whether_it_may_have_arrived(cause: Exception, unsure: bool) -> None:
    with pytest.raises(Postponed) as caught:
        await channel(cut(cause)).send(1, POST, None)
    assert caught.value.unsure is unsure


@pytest.mark.parametrize(
    "reason", ["message to edit not found", "message can't be edited", "MESSAGE_ID_INVALID"]
)
async def test_a_post_that_cannot_be_edited_has_vanished(reason: str) -> None:
    with pytest.raises(Vanished):
        await channel(TelegramBadRequest(CALL, f"Bad Request: {reason}")).edit(1, 2, POST)


async def test_an_unchanged_edit_is_no_fault() -> None:
    error = TelegramBadRequest(CALL, "Bad Request: message is not modified: …")
    await channel(error).edit(1, 2, POST)


async def test_an_answer_that_comes_too_late_is_no_fault() -> None:
    error = TelegramBadRequest(CALL, "Bad Request: query is too old")
    await channel(error).answer("1", "x", alert=False)


def test_what_people_wrote_is_no_reason() -> None:
    error = ClientDecodeError("Failed to decode object", ValueError("x"), "somebody's words")
    assert "somebody's words" in str(error)
    assert reason_of(error) == "Failed to decode object (ValueError)"


async def test_a_message_that_was_sent_is_not_sent_again_for_an_answer_that_is_not_understood() -> (
    None
):
    answered = {"ok": True, "result": {"message_id": 77, "strange": "shape"}}
    error = ClientDecodeError("cannot decode", ValueError("shape"), answered)
    assert await channel(error).send(1, Post((Line("早"),)), None) == 77
