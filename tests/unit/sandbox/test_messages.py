"""Messages: Telegram's limits, edits, deletions, pins, replies, private chats."""

from datetime import timedelta
from typing import Any

import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest, TelegramForbiddenError

from bot.sandbox import Sandbox
from tests.unit.sandbox.conftest import FRIDAY, Api


def keyboard(*rows: list[dict[str, Any]]) -> dict[str, Any]:
    return {"inline_keyboard": list(rows)}


def press(text: str = "领账", data: str = "take:5") -> dict[str, Any]:
    return {"text": text, "callback_data": data}


async def test_4096_units_after_entities_pass_and_one_more_does_not(api: Api) -> None:
    await api.send(f"<b>{'甲' * 4096}</b>", parse_mode="HTML")
    chat = api.sandbox.group
    for text in ("甲" * 4097, "🏗" * 2049):
        reason = await api.refusal("sendMessage", chat_id=chat, text=text)
        assert reason == "Bad Request: message is too long"


@pytest.mark.parametrize("text", ["", "  \n ", "<b></b>"])
async def test_an_empty_text_is_refused(api: Api, text: str) -> None:
    chat = api.sandbox.group
    reason = await api.refusal("sendMessage", chat_id=chat, text=text, parse_mode="HTML")
    assert reason == "Bad Request: message text is empty"


async def test_64_bytes_of_callback_data_pass_and_one_more_does_not(api: Api) -> None:
    await api.send("a", reply_markup=keyboard([press(data="甲" * 21 + "a")]))
    chat = api.sandbox.group
    for data in ("甲" * 21 + "ab", ""):
        reason = await api.refusal(
            "sendMessage", chat_id=chat, text="a", reply_markup=keyboard([press(data=data)])
        )
        assert reason == "Bad Request: BUTTON_DATA_INVALID"


@pytest.mark.parametrize(
    "rows",
    [
        [[{"text": "a"}]],
        [[{"text": " ", "callback_data": "a"}]],
        [[{"text": "a", "callback_data": "a", "url": "https://example.org"}]],
        [[{"text": "a", "url": "example"}]],
        [[{"text": "a", "web_app": {"url": "https://example.org"}}]],
        [[press()] * 9],
        [[press()] * 8] * 13,
        [[]],
    ],
)
async def test_a_keyboard_that_telegram_would_not_show_is_refused(
    api: Api, rows: list[list[dict[str, Any]]]
) -> None:
    chat = api.sandbox.group
    await api.refusal("sendMessage", chat_id=chat, text="a", reply_markup=keyboard(*rows))


async def test_an_edit_changes_text_and_keyboard(api: Api) -> None:
    sent = await api.send("5号", reply_markup=keyboard([press()]))
    target = {"chat_id": api.sandbox.group, "message_id": sent["message_id"]}
    edited = await api.result("editMessageText", **target, text="5号 已领账")
    assert edited["text"] == "5号 已领账"
    assert "reply_markup" not in edited
    assert edited["edit_date"] == int(FRIDAY.timestamp())


async def test_an_edit_that_changes_nothing_is_refused(api: Api) -> None:
    sent = await api.send("<b>5</b>号", parse_mode="HTML", reply_markup=keyboard([press()]))
    same = {"chat_id": api.sandbox.group, "message_id": sent["message_id"]}
    same |= {"text": "<strong>5</strong>号", "parse_mode": "HTML"}
    reason = await api.refusal("editMessageText", **same, reply_markup=keyboard([press()]))
    assert reason.startswith("Bad Request: message is not modified: specified new message content")
    await api.result("editMessageText", **same, reply_markup=keyboard([press("收到")]))


async def test_the_keyboard_alone_can_be_taken_away_once(api: Api) -> None:
    sent = await api.send("a", reply_markup=keyboard([press()]))
    target = {"chat_id": api.sandbox.group, "message_id": sent["message_id"]}
    assert "reply_markup" not in await api.result("editMessageReplyMarkup", **target)
    assert "not modified" in await api.refusal("editMessageReplyMarkup", **target)


async def test_only_ones_own_messages_can_be_edited(api: Api, sandbox: Sandbox) -> None:
    said = sandbox.say("office", None, "你好")
    target = {"chat_id": sandbox.group, "message_id": said["message_id"], "text": "b"}
    assert await api.refusal("editMessageText", **target) == (
        "Bad Request: message can't be edited"
    )
    target["message_id"] = 99
    assert await api.refusal("editMessageText", **target) == (
        "Bad Request: message to edit not found"
    )


async def test_a_reply_carries_what_it_replies_to(api: Api, sandbox: Sandbox) -> None:
    said = sandbox.say("office", None, "登记")
    reply = await api.send("好", reply_parameters={"message_id": said["message_id"]})
    assert reply["reply_to_message"]["text"] == "登记"
    again = sandbox.say("office", None, "再说", reply_to=reply["message_id"])
    assert "reply_to_message" not in again["reply_to_message"]


async def test_a_reply_to_nothing_is_refused_unless_allowed(api: Api) -> None:
    chat, nowhere = api.sandbox.group, {"message_id": 99}
    reason = await api.refusal("sendMessage", chat_id=chat, text="a", reply_parameters=nowhere)
    assert reason == "Bad Request: message to be replied not found"
    sent = await api.send("a", reply_parameters={**nowhere, "allow_sending_without_reply": True})
    assert "reply_to_message" not in sent


async def test_an_unknown_chat_is_not_found(bot: Bot) -> None:
    with pytest.raises(TelegramBadRequest, match="chat not found"):
        await bot.send_message(4711, "a")


async def test_a_person_must_have_begun_the_private_chat(bot: Bot, sandbox: Sandbox) -> None:
    with pytest.raises(TelegramForbiddenError, match="can't initiate conversation"):
        await bot.send_message(1004, "a")
    sandbox.say("ecology", 1004, "/start")
    assert (await bot.send_message(1004, "a")).chat.type == "private"


async def test_a_blocked_bot_is_told_and_may_not_write(bot: Bot, sandbox: Sandbox) -> None:
    sandbox.start_private("ecology")
    sandbox.block("ecology")
    with pytest.raises(TelegramForbiddenError, match="blocked by the user"):
        await bot.send_message(1004, "a")
    sandbox.say("ecology", 1004, "回来")
    await bot.send_message(1004, "a")
    changes = [u["my_chat_member"] for u in sandbox.updates() if "my_chat_member" in u]
    assert [c["new_chat_member"]["status"] for c in changes] == ["kicked", "member"]


async def test_a_topic_does_not_exist_here(api: Api) -> None:
    chat = api.sandbox.group
    reason = await api.refusal("sendMessage", chat_id=chat, text="a", message_thread_id=1)
    assert reason == "Bad Request: message thread not found"


async def test_a_pin_shows_in_the_chat_and_as_a_service_message(bot: Bot, sandbox: Sandbox) -> None:
    board = await bot.send_message(sandbox.group, "看板")
    assert await bot.pin_chat_message(sandbox.group, board.message_id)
    pinned = (await bot.get_chat(sandbox.group)).pinned_message
    assert pinned is not None
    assert pinned.message_id == board.message_id
    assert sandbox.updates()[-1]["message"]["pinned_message"]["text"] == "看板"
    await bot.unpin_chat_message(sandbox.group)
    assert sandbox.pinned() is None


async def test_without_the_right_nothing_is_pinned(api: Api, sandbox: Sandbox) -> None:
    sent = await api.send("看板")
    sandbox.rights.can_pin = False
    target = {"chat_id": sandbox.group, "message_id": sent["message_id"]}
    assert await api.refusal("pinChatMessage", **target) == (
        "Bad Request: not enough rights to manage pinned messages in the chat"
    )


async def test_a_deleted_message_is_gone_from_chat_and_pins(api: Api, sandbox: Sandbox) -> None:
    sent = await api.send("看板")
    target = {"chat_id": sandbox.group, "message_id": sent["message_id"]}
    await api.result("pinChatMessage", **target)
    await api.result("deleteMessage", **target)
    assert sandbox.pinned() is None
    assert await api.refusal("deleteMessage", **target) == (
        "Bad Request: message to delete not found"
    )


async def test_others_messages_and_old_ones_take_an_administrator(
    api: Api, sandbox: Sandbox
) -> None:
    said = sandbox.say("office", None, "你好")
    own = await api.send("a")
    sandbox.rights.can_delete = False
    sandbox.world.clock.advance_to(FRIDAY + timedelta(hours=49))
    for message in (said, own):
        target = {"chat_id": sandbox.group, "message_id": message["message_id"]}
        assert "can't be deleted" in await api.refusal("deleteMessage", **target)


async def test_messages_carry_the_sandboxs_time(api: Api, sandbox: Sandbox) -> None:
    later = FRIDAY + timedelta(days=3)
    await sandbox.move_clock_to(later)
    assert (await api.send("a"))["date"] == int(later.timestamp())


async def test_a_bot_outside_the_group_may_not_write(api: Api, sandbox: Sandbox) -> None:
    sandbox.people.remove_bot(sandbox.cast.get_person("office"))
    answer = await api.call("sendMessage", chat_id=sandbox.group, text="a")
    assert (answer["status"], answer["description"]) == (
        403,
        "Forbidden: bot is not a member of the supergroup chat",
    )


async def test_small_methods_say_yes_to_what_is_right(api: Api, sandbox: Sandbox) -> None:
    sent = await api.send("a")
    chat = {"chat_id": sandbox.group}
    target = {**chat, "message_id": sent["message_id"]}
    thumb = [{"type": "emoji", "emoji": "👍"}]
    assert await api.result("sendChatAction", **chat, action="typing")
    assert "action" in await api.refusal("sendChatAction", **chat, action="dancing")
    assert await api.result("setMessageReaction", **target, reaction=thumb)
    await api.refusal("setMessageReaction", **target, reaction=thumb * 2)
    copied = await api.result("copyMessage", **target, from_chat_id=sandbox.group)
    assert sandbox.messages()[-1]["message_id"] == copied["message_id"]
    assert await api.result("unpinAllChatMessages", **chat)
