"""Documents and photos there and back, the command menu, who is in the group."""

import struct

import pytest
from aiogram import Bot
from aiogram.types import BotCommand, BotCommandScopeChat, BufferedInputFile

from bot.sandbox import Sandbox
from tests.unit.sandbox.conftest import Api

PNG = b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sII", 13, b"IHDR", 640, 480) + bytes(5)
JPEG = b"\xff\xd8\xff\xe0" + struct.pack(">H", 4) + b"JF" + b"\xff\xc0\x00\x0b\x08\x00\x10\x00\x20"


async def test_a_document_goes_up_and_comes_back(bot: Bot, sandbox: Sandbox) -> None:
    file = BufferedInputFile("项目".encode(), "台账.csv")
    sent = await bot.send_document(sandbox.group, file, caption="<b>台账</b>", parse_mode="HTML")
    assert sent.document is not None
    assert (sent.document.file_name, sent.document.mime_type) == ("台账.csv", "text/csv")
    assert (sent.caption, sent.text) == ("台账", None)
    loaded = await bot.download(sent.document.file_id)
    assert loaded is not None
    assert loaded.read().decode() == "项目"
    again = await bot.send_document(sandbox.group, sent.document.file_id)
    assert again.document == sent.document


async def test_what_a_person_sends_can_be_downloaded(bot: Bot, sandbox: Sandbox) -> None:
    sandbox.send_file("office", None, "表.xlsx", b"PK", caption="清单")
    (update,) = await bot.get_updates()
    assert update.message is not None
    assert update.message.document is not None
    loaded = await bot.download(update.message.document)
    assert loaded is not None
    assert loaded.read() == b"PK"


@pytest.mark.parametrize(
    ("content", "size"), [(PNG, (640, 480)), (JPEG, (32, 16))], ids=["png", "jpeg"]
)
async def test_a_photo_has_its_size(
    bot: Bot, sandbox: Sandbox, content: bytes, size: tuple[int, int]
) -> None:
    sent = await bot.send_photo(sandbox.group, BufferedInputFile(content, "图.png"))
    assert sent.photo is not None
    assert (sent.photo[-1].width, sent.photo[-1].height) == size


async def test_what_is_no_picture_is_no_photo(bot: Bot, api: Api, sandbox: Sandbox) -> None:
    with pytest.raises(Exception, match="IMAGE_PROCESS_FAILED"):
        await bot.send_photo(sandbox.group, BufferedInputFile(b"text", "图.png"))
    document = await bot.send_document(sandbox.group, BufferedInputFile(b"text", "a.txt"))
    assert document.document is not None
    file_id = document.document.file_id
    await api.refusal("sendPhoto", chat_id=sandbox.group, photo=file_id)
    await api.refusal("sendDocument", chat_id=sandbox.group, document="https://example.org/a")
    await api.refusal("sendDocument", chat_id=sandbox.group, document="attach://nothing")


async def test_a_caption_has_1024_units(api: Api, bot: Bot, sandbox: Sandbox) -> None:
    sent = await bot.send_document(sandbox.group, BufferedInputFile(b"a", "a.txt"), caption="甲")
    target = {"chat_id": sandbox.group, "message_id": sent.message_id}
    await api.result("editMessageCaption", **target, caption="乙" * 1024)
    reason = await api.refusal("editMessageCaption", **target, caption="乙" * 1025)
    assert reason == "Bad Request: message caption is too long"
    assert "no text in the message" in await api.refusal("editMessageText", **target, text="a")


async def test_commands_are_kept_by_scope_and_language(bot: Bot, sandbox: Sandbox) -> None:
    scope = BotCommandScopeChat(chat_id=sandbox.group)
    await bot.set_my_commands([BotCommand(command="due", description="到期")], scope=scope)
    await bot.set_my_commands(
        [BotCommand(command="due", description="due")], scope=scope, language_code="en"
    )
    assert [c.description for c in await bot.get_my_commands(scope=scope)] == ["到期"]
    assert [c.description for c in await bot.get_my_commands(scope, "en")] == ["due"]
    assert await bot.get_my_commands() == []
    await bot.delete_my_commands(scope=scope)
    assert await bot.get_my_commands(scope=scope) == []


@pytest.mark.parametrize(
    "commands",
    [
        [{"command": "Due", "description": "a"}],
        [{"command": "到期", "description": "a"}],
        [{"command": "a" * 33, "description": "a"}],
        [{"command": "due", "description": ""}],
        [{"command": "due", "description": "a" * 257}],
        [{"command": f"c{number}", "description": "a"} for number in range(101)],
    ],
)
async def test_a_menu_that_telegram_would_not_show_is_refused(
    api: Api, commands: list[dict[str, str]]
) -> None:
    await api.refusal("setMyCommands", commands=commands)


async def test_who_is_in_the_group(bot: Bot, sandbox: Sandbox) -> None:
    me = await bot.get_chat_member(sandbox.group, bot.id)
    assert me.status == "administrator"
    assert (await bot.get_chat_member(sandbox.group, 1004)).status == "member"
    (owner,) = await bot.get_chat_administrators(sandbox.group)
    assert owner.user.id == 1001
    assert await bot.get_chat_member_count(sandbox.group) == len(sandbox.cast.persons) + 1
    with pytest.raises(Exception, match="member not found"):
        await bot.get_chat_member(sandbox.group, 4711)


async def test_a_bot_may_leave(bot: Bot, sandbox: Sandbox) -> None:
    assert await bot.leave_chat(sandbox.group)
    assert not sandbox.rights.in_group
    assert "left_chat_member" in sandbox.messages()[-1]
