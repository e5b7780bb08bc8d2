"""Updates: long polling, confirming, the two conflicts, what a bot hears."""

import asyncio
from collections.abc import Iterable
from typing import Any

import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramConflictError
from aiogram.types import Update

from bot.sandbox import Sandbox
from tests.unit.sandbox.conftest import Api, make_sandbox


def texts(updates: Iterable[dict[str, Any]]) -> list[str]:
    return [update["message"]["text"] for update in updates if "message" in update]


async def test_updates_come_again_until_they_are_confirmed(api: Api, sandbox: Sandbox) -> None:
    sandbox.say("office", None, "一")
    sandbox.say("office", None, "二")
    first = await api.result("getUpdates")
    assert texts(first) == texts(await api.result("getUpdates")) == ["一", "二"]
    rest = await api.result("getUpdates", offset=first[0]["update_id"] + 1)
    assert texts(rest) == ["二"]
    assert await api.result("getUpdates", offset=rest[0]["update_id"] + 1) == []


async def test_limit_and_negative_offset(api: Api, sandbox: Sandbox) -> None:
    for text in "一二三":
        sandbox.say("office", None, text)
    assert texts(await api.result("getUpdates", limit=2)) == ["一", "二"]
    assert texts(await api.result("getUpdates", offset=-1)) == ["三"]
    assert texts(await api.result("getUpdates")) == ["三"]


async def test_a_long_poll_answers_as_soon_as_something_comes(bot: Bot, sandbox: Sandbox) -> None:
    poll = asyncio.create_task(bot.get_updates(timeout=20))
    await asyncio.sleep(0.05)
    assert not poll.done()
    sandbox.say("office", None, "来了")
    (update,) = await asyncio.wait_for(poll, 2)
    assert update.message is not None
    assert update.message.text == "来了"


async def test_a_long_poll_ends_empty_after_its_timeout(api: Api) -> None:
    assert await api.result("getUpdates", timeout=1) == []


async def test_of_two_pollers_the_older_is_ended(bot: Bot, sandbox: Sandbox) -> None:
    older = asyncio.create_task(bot.get_updates(timeout=20))
    await asyncio.sleep(0.05)
    newer = asyncio.create_task(bot.get_updates(timeout=20))
    with pytest.raises(TelegramConflictError, match="terminated by other getUpdates"):
        await asyncio.wait_for(older, 2)
    sandbox.say("office", None, "给新的")
    assert len(await asyncio.wait_for(newer, 2)) == 1


async def test_a_bot_gets_the_kinds_it_asked_for(api: Api, sandbox: Sandbox) -> None:
    await api.result("getUpdates", allowed_updates=["callback_query"])
    sandbox.say("office", None, "听不到")
    assert await api.result("getUpdates") == []
    await api.result("getUpdates", allowed_updates=[])
    sandbox.say("office", None, "听得到")
    assert texts(await api.result("getUpdates")) == ["听得到"]
    assert "pigeon" in await api.refusal("getUpdates", allowed_updates=["pigeon"])


async def test_chat_member_comes_only_when_asked_for(api: Api, sandbox: Sandbox) -> None:
    stranger = sandbox.cast.get_person("stranger")
    sandbox.people.leave(stranger)
    await api.result("getUpdates", allowed_updates=["chat_member", "message"])
    sandbox.people.join(stranger)
    seen = [set(update) - {"update_id"} for update in await api.result("getUpdates")]
    assert seen == [{"message"}, {"chat_member"}, {"message"}]


async def test_aiogram_understands_every_update(sandbox: Sandbox, bot: Bot) -> None:
    message = sandbox.say("office", None, "/due @yanlian_ecology #重点 https://example.org")
    sandbox.edit("office", None, message["message_id"], "改了")
    sandbox.send_file("office", None, "表.xlsx", b"x", caption="清单")
    sandbox.say("office", None, "隐身", anonymous=True)
    sandbox.add_bot()
    sent = await bot.send_message(sandbox.group, "a")
    await sandbox.press("office", None, sent.message_id, "x", forged=True, wait=0)
    updates = await bot.get_updates()
    kinds = [update.event_type for update in updates]
    assert kinds == [
        *("message", "edited_message", "message", "message"),
        *("my_chat_member", "message", "callback_query"),
    ]
    assert all(isinstance(update, Update) for update in updates)


async def test_an_edit_leaves_the_update_before_it_as_it_was(api: Api, sandbox: Sandbox) -> None:
    said = sandbox.say("office", None, "旧")
    sandbox.edit("office", None, said["message_id"], "新")
    first, second = await api.result("getUpdates")
    assert first["message"]["text"] == "旧"
    assert second["edited_message"]["text"] == "新"
    assert second["update_id"] > first["update_id"]


async def test_a_redelivered_update_comes_once_more_under_its_old_id(
    api: Api, sandbox: Sandbox
) -> None:
    sandbox.say("office", None, "一次")
    (update,) = await api.result("getUpdates")
    after = update["update_id"] + 1
    assert await api.result("getUpdates", offset=after) == []
    sandbox.redeliver(update["update_id"])
    assert await api.result("getUpdates", offset=after) == [update]
    assert await api.result("getUpdates", offset=after) == []
    with pytest.raises(KeyError):
        sandbox.redeliver(999)


async def test_the_poll_of_a_bot_that_died_takes_nothing_with_it(
    api: Api, sandbox: Sandbox
) -> None:
    sandbox.say("office", None, "一次")
    (update,) = await api.result("getUpdates")
    after = update["update_id"] + 1
    dying = asyncio.create_task(api.result("getUpdates", offset=after, timeout=20))
    await asyncio.sleep(0.1)
    dying.cancel()
    await asyncio.sleep(0.1)
    sandbox.redeliver(update["update_id"])
    assert await api.result("getUpdates", offset=after) == [update]


async def test_a_raw_update_is_delivered_as_it_is(api: Api, sandbox: Sandbox) -> None:
    sandbox.send_raw_update({"message": {"strange": True}})
    (update,) = await api.result("getUpdates")
    assert update["message"] == {"strange": True}


async def test_privacy_mode_lets_commands_mentions_and_replies_through(
    api: Api, sandbox: Sandbox
) -> None:
    sandbox.rights.privacy_mode = True
    sandbox.rights.administrator = False
    sent = await api.send("在")
    sandbox.say("office", None, "闲谈")
    sandbox.say("office", None, "/due")
    sandbox.say("office", None, f"@{sandbox.cast.bot.username} 到期")
    sandbox.say("office", None, "收到", reply_to=sent["message_id"])
    sandbox.say("office", 1001, "私聊")
    heard = texts(await api.result("getUpdates"))
    assert heard == ["/due", f"@{sandbox.cast.bot.username} 到期", "收到", "私聊"]


async def test_an_administrator_hears_everything_in_spite_of_privacy_mode(
    api: Api, sandbox: Sandbox
) -> None:
    sandbox.rights.privacy_mode = True
    sandbox.say("office", None, "闲谈")
    assert texts(await api.result("getUpdates")) == ["闲谈"]


async def test_the_bots_arrival_is_the_first_thing_that_happens() -> None:
    sandbox = make_sandbox(bot_joins=True)
    await sandbox.start()
    try:
        change, message = (update for update in sandbox.updates())
    finally:
        await sandbox.stop()
    assert change["my_chat_member"]["old_chat_member"]["status"] == "left"
    assert change["my_chat_member"]["new_chat_member"]["status"] == "administrator"
    assert message["message"]["new_chat_members"][0]["id"] == sandbox.cast.bot.id


async def test_changed_rights_are_told(api: Api, sandbox: Sandbox) -> None:
    sandbox.people.change_rights(sandbox.cast.get_person("office"), can_pin=False)
    (update,) = await api.result("getUpdates")
    member = update["my_chat_member"]["new_chat_member"]
    assert (member["status"], member["can_pin_messages"]) == ("administrator", False)


async def test_stopping_lets_a_waiting_poll_go(bot: Bot, sandbox: Sandbox) -> None:
    poll = asyncio.create_task(bot.get_updates(timeout=30))
    await asyncio.sleep(0.05)
    await asyncio.wait_for(sandbox.stop(), 3)
    assert await asyncio.wait_for(poll, 1) == []
