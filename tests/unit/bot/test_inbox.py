"""The inbox: from what Telegram says to what the conversation hears."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any, cast

import pytest
from aiogram import Bot
from aiogram.types import Update, User

from bot.inbox import Inbox
from handlers.conversation import Conversation
from handlers.incoming import Arrived, Heard, Pressed, Toast
from handlers.presses import Verb
from store import outbox
from store.context import Tx
from store.ledger import is_processed
from store.outbox import Kind, Notice
from tests.ledger import CHAT, OFFICE, TaskForce, make_ledger

ME = User(id=99, is_bot=True, first_name="台账助手", username="ledger_bot")
GROUP = {"id": CHAT, "type": "supergroup", "title": "虚构"}


class FakeConversation:
    """Remembers what it was told."""

    def __init__(self) -> None:
        self.heard: list[Heard] = []
        self.pressed: list[Pressed] = []
        self.arrived: list[Arrived] = []

    async def hear(self, heard: Heard) -> None:
        """A message."""
        self.heard.append(heard)

    async def press(self, pressed: Pressed) -> Toast:
        """A press."""
        self.pressed.append(pressed)
        return Toast("好", alert=True)

    async def arrive(self, arrived: Arrived) -> None:
        """An arrival."""
        self.arrived.append(arrived)


class FakeBot:
    """Remembers the answers to presses."""

    id = ME.id

    def __init__(self) -> None:
        self.answers: list[tuple[str | None, bool]] = []
        self.reads_all = False

    async def answer_callback_query(
        self, _query_id: str, *, text: str | None, show_alert: bool, request_timeout: int
    ) -> None:
        """An answer to a press."""
        self.answers.append((text, show_alert))

    async def get_me(self) -> User:
        """Who we are now."""
        return ME.model_copy(update={"can_read_all_group_messages": self.reads_all})


class Place:
    """An inbox, with what is before and behind it."""

    def __init__(self, force: TaskForce) -> None:
        self.force = force
        self.told = FakeConversation()
        self.bot = FakeBot()
        self.inbox = Inbox(
            cast(Bot, self.bot),
            ME,
            force.ledger,
            cast(Conversation, self.told),
            lambda: force.now,
        )
        self.updates = 100

    async def get(self, **event: Any) -> None:
        """An update arrives."""
        self.updates += 1
        raw = {"update_id": self.updates, **event}
        await self.inbox.accept(Update.model_validate(raw, context={"bot": self.bot}))
        await self.inbox.close()

    async def hear(self, text: str | None = "早", **more: Any) -> Heard | None:
        """A message arrives; gives what the conversation heard of it."""
        before = len(self.told.heard)
        await self.get(message=message(text, **more))
        return self.told.heard[-1] if len(self.told.heard) > before else None

    async def press(self, data: str | None, **more: Any) -> tuple[str | None, bool]:
        """A press arrives; gives its answer."""
        query = {"id": "1", "from": person(), "chat_instance": "1", "data": data}
        await self.get(callback_query={**query, "message": message("卡片"), **more})
        return self.bot.answers[-1]


@pytest.fixture
async def place(tmp_path: Path) -> AsyncIterator[Place]:
    """An inbox on an empty ledger."""
    force = await make_ledger(f"sqlite:///{tmp_path / 'ledger.db'}")
    yield Place(force)
    force.close()


def person(user_id: int = OFFICE, *, is_bot: bool = False) -> dict[str, Any]:
    """A user as Telegram gives one."""
    return {"id": user_id, "is_bot": is_bot, "first_name": "王", "last_name": "小办"}


def message(text: str | None, **more: Any) -> dict[str, Any]:
    """A message in the group."""
    said = {} if text is None else {"text": text}
    base = {"message_id": 5, "date": 1, "chat": GROUP, "from": person()}
    return {**base, **said, **more}


async def test_a_message_in_the_group(place: Place) -> None:
    heard = await place.hear("早")
    assert heard is not None
    assert (heard.text, heard.addressed, heard.private, heard.edited) == ("早", False, False, False)
    assert heard.group == place.force.group
    assert heard.person.name == "王 小办"
    request = heard.request
    assert (request.user_id, request.chat_id, request.message_id) == (OFFICE, CHAT, 5)
    assert request.update_id == 101


async def test_a_private_message_speaks_of_the_only_group(place: Place) -> None:
    heard = await place.hear("早", chat={"id": OFFICE, "type": "private", "first_name": "王"})
    assert heard is not None
    assert heard.private
    assert heard.addressed
    assert heard.group == place.force.group


@pytest.mark.parametrize("name", ["@ledger_bot", "@Ledger_Bot"])
async def test_a_mention_addresses_us_and_is_no_part_of_the_text(place: Place, name: str) -> None:
    entities = [{"type": "mention", "offset": 0, "length": 11}]
    heard = await place.hear(f"{name} 看板", entities=entities)
    assert heard is not None
    assert heard.addressed
    assert heard.text == "看板"


async def test_another_s_mention_does_not(place: Place) -> None:
    entities = [{"type": "mention", "offset": 0, "length": 6}]
    heard = await place.hear("@other 看板", entities=entities)
    assert heard is not None
    assert not heard.addressed
    assert heard.text == "@other 看板"


@pytest.mark.parametrize(
    ("text", "is_ours"),
    [("/board", True), ("/board@ledger_bot 甲", True), ("/board@LEDGER_BOT", True),
     ("/board@other_bot", False), ("/due@other_bot 甲", False)],
)  # fmt: skip
async def test_commands(place: Place, text: str, is_ours: bool) -> None:
    heard = await place.hear(text)
    assert (heard is not None) is is_ours
    assert heard is None or heard.addressed


async def test_a_reply_to_us_addresses_us_and_names_the_post(place: Place) -> None:
    await place.force.do(_mark_post)
    ours = message("卡片", **{"from": person(ME.id, is_bot=True), "message_id": 77})
    heard = await place.hear("收到", reply_to_message=ours)
    assert heard is not None
    assert heard.addressed
    assert heard.replied is not None
    assert (heard.replied.kind, heard.replied.subject) == (Kind.CARD, 3)


def _mark_post(tx: Tx) -> None:
    notice = Notice(1, CHAT, 1, Kind.CARD, 3, {}, None, 1, again=False)
    outbox.sent(tx, notice, 77, "", edited=False)


async def test_a_caption_is_a_text(place: Place) -> None:
    photo = [{"file_id": "x", "file_unique_id": "x", "width": 1, "height": 1}]
    heard = await place.hear(None, caption="4号已办结", photo=photo)
    assert heard is not None
    assert heard.text == "4号已办结"


@pytest.mark.parametrize(
    "more",
    [
        {"from": person(5, is_bot=True)},
        {"is_automatic_forward": True, "sender_chat": {"id": -5, "type": "channel", "title": "x"}},
    ],
)
async def test_bots_and_channels_are_not_heard(place: Place, more: dict[str, Any]) -> None:
    assert await place.hear("看板", **more) is None


@pytest.mark.parametrize("text", [None, ""])
async def test_what_has_no_text_is_not_heard(place: Place, text: str | None) -> None:
    assert await place.hear(text) is None


async def test_an_anonymous_administrator_is_nobody(place: Place) -> None:
    heard = await place.hear("早", sender_chat=GROUP, **{"from": person(1087968824, is_bot=True)})
    assert heard is not None
    assert heard.anonymous
    assert (heard.request.user_id, heard.request.actor) == (None, "anonymous")


async def test_an_edit_says_so(place: Place) -> None:
    await place.get(edited_message=message("早", edit_date=2))
    assert place.told.heard[-1].edited


async def test_a_press(place: Place) -> None:
    quoted = message("已办结")
    answer = await place.press("card:3", message=message("卡片", reply_to_message=quoted))
    assert answer == ("好", True)
    pressed = place.told.pressed[-1]
    assert (pressed.press.verb, pressed.press.args) == (Verb.SHOW_CARD, ("3",))
    assert (pressed.group, pressed.private, pressed.quoted) == (place.force.group, False, "已办结")


@pytest.mark.parametrize("data", [None, "nonsense", "card:x", "card:1:2"])
async def test_a_press_of_nothing_of_ours_is_answered(place: Place, data: str | None) -> None:
    text, alert = await place.press(data)
    assert text is not None
    assert "过期" in text or "失效" in text or "重新" in text
    assert alert
    assert not place.told.pressed


async def test_a_press_on_what_telegram_does_not_show_any_more(place: Place) -> None:
    old = {"chat": GROUP, "message_id": 5, "date": 0}
    assert await place.press("card:3", message=old) == ("好", True)
    assert place.told.pressed[-1].quoted == ""


async def test_a_press_in_an_unknown_chat_is_answered(place: Place) -> None:
    elsewhere = {"id": -5, "type": "supergroup", "title": "x"}
    text, alert = await place.press("card:3", message=message("卡片", chat=elsewhere))
    assert text
    assert alert


@pytest.mark.parametrize(("administrator", "reads"), [(True, True), (False, True), (False, False)])
async def test_the_arrival_tells_what_we_may_do(
    place: Place, administrator: bool, reads: bool
) -> None:
    place.bot.reads_all = reads
    new = _administrator() if administrator else {"status": "member", "user": _bot()}
    await place.get(my_chat_member=_change({"status": "left", "user": _bot()}, new))
    arrived = place.told.arrived[-1]
    assert arrived.rights == {"reads_all": reads or administrator, "pins": administrator}


@pytest.mark.parametrize(
    ("old", "new"),
    [("member", "member"), ("member", "left"), ("member", "kicked"), ("left", "left")],
)
async def test_what_is_no_arrival_is_not_greeted(place: Place, old: str, new: str) -> None:
    await place.get(my_chat_member=_change(_status(old), _status(new)))
    assert not place.told.arrived


async def test_a_private_chat_is_not_greeted(place: Place) -> None:
    change = _change(_status("kicked"), _status("member"))
    change["chat"] = {"id": OFFICE, "type": "private", "first_name": "王"}
    await place.get(my_chat_member=change)
    assert not place.told.arrived


async def test_a_group_that_moves_is_followed(place: Place) -> None:
    await place.get(message=message(None, migrate_to_chat_id=-1005))
    heard = await place.hear("早", chat={**GROUP, "id": -1005})
    assert heard is not None
    assert heard.group is not None
    assert heard.group.id == place.force.group.id
    assert await place.force.ask(is_processed, 101)


async def test_what_was_processed_is_not_told_again_but_its_press_answered(place: Place) -> None:
    await place.get(message=message(None, migrate_to_chat_id=-1005))
    place.updates -= 1
    query = {"id": "1", "from": person(), "chat_instance": "1", "data": "card:3"}
    await place.get(callback_query={**query, "message": message("卡片")})
    assert not place.told.pressed
    assert place.bot.answers == [(None, False)]


def _bot() -> dict[str, Any]:
    return {"id": ME.id, "is_bot": True, "first_name": "x", "username": "ledger_bot"}


def _status(status: str) -> dict[str, Any]:
    until = {"until_date": 0} if status == "kicked" else {}
    return {"status": status, "user": _bot(), **until}


def _administrator() -> dict[str, Any]:
    rights = (
        "can_be_edited is_anonymous can_manage_chat can_delete_messages can_manage_video_chats"
        " can_restrict_members can_promote_members can_change_info can_invite_users"
        " can_post_stories can_edit_stories can_delete_stories can_pin_messages"
        " can_manage_topics can_send_welcome_messages"
    )
    return {"status": "administrator", "user": _bot(), **dict.fromkeys(rights.split(), True)}


def _change(old: dict[str, Any], new: dict[str, Any]) -> dict[str, Any]:
    return {
        "chat": GROUP,
        "from": person(),
        "date": 1,
        "old_chat_member": old,
        "new_chat_member": new,
    }
