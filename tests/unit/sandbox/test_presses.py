"""Presses of buttons and their answers."""

import asyncio
from typing import Any

import pytest

from bot.sandbox import NotPossible, Sandbox
from tests.unit.sandbox.conftest import Api

MARKUP = {"inline_keyboard": [[{"text": "领账 · 环境局", "callback_data": "take:5"}]]}


async def answer_next(api: Api, **answer: Any) -> dict[str, Any]:
    """What a bot does: wait for the press, answer it."""
    (update,) = await api.result("getUpdates", timeout=5, allowed_updates=["callback_query"])
    query: dict[str, Any] = update["callback_query"]
    await api.result("answerCallbackQuery", callback_query_id=query["id"], **answer)
    return query


async def test_a_press_brings_the_whole_message_and_takes_one_answer(
    api: Api, sandbox: Sandbox
) -> None:
    card = await api.send("5号", reply_markup=MARKUP)
    data = sandbox.get_button(card, "领账")
    press = asyncio.create_task(sandbox.press("ecology", None, card["message_id"], data))
    query = await answer_next(api, text="已领账", show_alert=True)
    assert await press == {"text": "已领账", "show_alert": True}
    assert query["from"]["id"] == 1004
    assert query["message"]["text"] == "5号"
    again = await api.refusal("answerCallbackQuery", callback_query_id=query["id"])
    assert again == (
        "Bad Request: query is too old and response timeout expired or query ID is invalid"
    )


async def test_nobody_answers(api: Api, sandbox: Sandbox) -> None:
    card = await api.send("5号", reply_markup=MARKUP)
    assert await sandbox.press("ecology", None, card["message_id"], "take:5", wait=0.05) is None


async def test_an_answer_after_a_minute_is_refused(api: Api, sandbox: Sandbox) -> None:
    sandbox.world.callbacks.lifetime = -1
    card = await api.send("5号", reply_markup=MARKUP)
    await sandbox.press("ecology", None, card["message_id"], "take:5", wait=0)
    (update,) = await api.result("getUpdates")
    query_id = update["callback_query"]["id"]
    assert "too old" in await api.refusal("answerCallbackQuery", callback_query_id=query_id)


async def test_an_answer_has_at_most_200_characters(api: Api) -> None:
    reason = await api.refusal("answerCallbackQuery", callback_query_id="1", text="甲" * 201)
    assert reason == "Bad Request: MESSAGE_TOO_LONG"


async def test_a_button_that_was_just_taken_away_can_still_be_pressed(
    api: Api, sandbox: Sandbox
) -> None:
    card = await api.send("5号", reply_markup=MARKUP)
    target = {"chat_id": sandbox.group, "message_id": card["message_id"]}
    await api.result("editMessageReplyMarkup", **target)
    await sandbox.press("ecology2", None, card["message_id"], "take:5", wait=0)
    assert sandbox.updates()[-1]["callback_query"]["data"] == "take:5"


async def test_what_was_never_offered_takes_a_forger(api: Api, sandbox: Sandbox) -> None:
    card = await api.send("5号", reply_markup=MARKUP)
    with pytest.raises(NotPossible):
        await sandbox.press("ecology", None, card["message_id"], "close:5")
    await sandbox.press("ecology", None, card["message_id"], "close:5", forged=True, wait=0)
    assert sandbox.updates()[-1]["callback_query"]["data"] == "close:5"


async def test_the_chat_instance_stays_the_same(api: Api, sandbox: Sandbox) -> None:
    card = await api.send("5号", reply_markup=MARKUP)
    for person in ("ecology", "ecology2"):
        await sandbox.press(person, None, card["message_id"], "take:5", wait=0)
    queries = [u["callback_query"] for u in sandbox.updates() if "callback_query" in u]
    assert len({query["chat_instance"] for query in queries}) == 1
    assert len({query["id"] for query in queries}) == 2
