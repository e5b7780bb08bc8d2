"""Playing the persons from Python: what the tests drive the bot with."""

import asyncio
from collections.abc import Callable
from typing import Any

from bot.sandbox.calls import Call, Desk
from bot.sandbox.errors import Json
from bot.sandbox.params import Upload
from bot.sandbox.people import WAIT_FOR_ANSWER, People
from bot.sandbox.world import Chat, World

Who = int | str
PATIENCE = 5.0


class Driver:
    """Persons are named by id, key or name; chats by id, None being the group."""

    def __init__(self, world: World, people: People, desk: Desk) -> None:
        self.world = world
        self.people = people
        self._desk = desk

    @property
    def group(self) -> int:
        """The group's chat id."""
        return self.world.group.id

    @property
    def calls(self) -> list[Call]:
        """The latest calls of the bot, oldest first."""
        return list(self._desk.calls)

    @property
    def refusals(self) -> list[Call]:
        """The calls that were refused."""
        return [call for call in self._desk.calls if not call.ok]

    def say(
        self,
        person: Who,
        chat: int | None,
        text: str,
        reply_to: int | None = None,
        anonymous: bool = False,
    ) -> Json:
        """Write a message; returns it as the bot gets it."""
        return self.people.say(self._person(person), self._chat(chat).id, text, reply_to, anonymous)

    def edit(self, person: Who, chat: int | None, message_id: int, text: str) -> Json:
        """Change an own message."""
        return self.people.edit(self._person(person), self._chat(chat).id, message_id, text)

    def delete(self, person: Who, chat: int | None, message_id: int) -> None:
        """Delete an own message."""
        self.people.delete(self._person(person), self._chat(chat).id, message_id)

    def send_file(
        self, person: Who, chat: int | None, name: str, content: bytes, caption: str = ""
    ) -> Json:
        """Send a document."""
        return self.people.send_file(
            self._person(person), self._chat(chat).id, Upload(name, content), caption
        )

    async def press(
        self,
        person: Who,
        chat: int | None,
        message_id: int,
        data: str,
        *,
        forged: bool = False,
        wait: float = WAIT_FOR_ANSWER,
    ) -> Json | None:
        """Press a button; returns {"text", "show_alert"}, or None without an answer in `wait` s."""
        return await self.people.press(
            self._person(person), self._chat(chat).id, message_id, data, forged, wait
        )

    def messages(self, chat: int | None = None) -> list[Json]:
        """The chat's messages as they stand now, oldest first."""
        return [dict(message) for message in self._chat(chat).messages.values()]

    def bot_messages(self, chat: int | None = None) -> list[Json]:
        """Those of the bot."""
        return [m for m in self.messages(chat) if m["from"]["id"] == self.world.cast.bot.id]

    def get_button(self, message: Json, label: str) -> str:
        """The callback data of the message's first button whose text contains `label`."""
        for row in message.get("reply_markup", {}).get("inline_keyboard", ()):
            for button in row:
                if label in button["text"] and "callback_data" in button:
                    return str(button["callback_data"])
        raise KeyError(f"no button {label!r} under message {message['message_id']}")

    def pinned(self, chat: int | None = None) -> Json | None:
        """The pinned message."""
        found = self._chat(chat)
        return dict(found.messages[found.pinned[-1]]) if found.pinned else None

    async def wait_until(self, check: Callable[[], Any], patience: float = PATIENCE) -> Any:
        """The first true value of `check`, asked after every event; else AssertionError."""
        loop = asyncio.get_running_loop()
        end = loop.time() + patience
        while True:
            seen = self.world.events.last
            value = check()
            if value:
                return value
            left = end - loop.time()
            if left <= 0:
                raise AssertionError(
                    f"nothing of the kind within {patience} s; refused: {self.refusals}"
                )
            await self.world.events.wait(seen, min(left, 0.2))

    async def wait_for_message(
        self, chat: int | None, check: Callable[[Json], Any], patience: float = PATIENCE
    ) -> Json:
        """The bot's first message in the chat that passes `check`, as soon as it is there."""

        def find() -> Json | None:
            return next((message for message in self.bot_messages(chat) if check(message)), None)

        found: Json = await self.wait_until(find, patience)
        return found

    def add_bot(self, by: Who | None = None) -> None:
        """Put the bot into the group; by default its owner does."""
        self.people.add_bot(self._person(by) if by is not None else self._owner())

    def block(self, person: Who, blocked: bool = True) -> None:
        """Let a person block the bot, or let it in again."""
        self.people.block(self._person(person), blocked)

    def start_private(self, person: Who) -> None:
        """Let a person have opened the private chat before, without a word."""
        self.world.chats[self._person(person).id].started = True

    def redeliver(self, update_id: int) -> Json:
        """Deliver an update once more under its old id."""
        return self.world.updates.redeliver(update_id)

    def send_raw_update(self, update: Json) -> Json:
        """Queue an update as it is; `update_id` may be left out."""
        return self.world.updates.put_raw(update)

    def updates(self) -> list[Json]:
        """Every update so far, oldest first."""
        return self.world.updates.list_history()

    def _owner(self) -> Any:
        return next(person for person in self.world.cast.persons if person.in_group == "creator")

    def _person(self, who: Who) -> Any:
        return self.world.cast.get_person(who)

    def _chat(self, chat: int | None) -> Chat:
        return self.world.group if chat is None else self.world.chats[chat]
