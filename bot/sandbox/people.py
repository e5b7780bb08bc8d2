"""What persons do in the sandbox: write, edit, press, send files, come, go and block."""

import asyncio
from dataclasses import dataclass

from bot.sandbox.cast import Person
from bot.sandbox.entities import count_units, cut, find_entities
from bot.sandbox.errors import Json
from bot.sandbox.methods.chats import bot_member, member_object, note_bot_member
from bot.sandbox.methods.content import MOST_CAPTION, MOST_TEXT
from bot.sandbox.methods.media import document_object, store_document, store_photo
from bot.sandbox.methods.messages import remove_message
from bot.sandbox.params import Upload
from bot.sandbox.world import ANONYMOUS_ADMIN, Chat, World, reply_snapshot

WAIT_FOR_ANSWER = 10.0


class NotPossible(Exception):
    """A person tried what Telegram's own apps would not let them do."""


@dataclass(slots=True)
class People:
    """The persons' side of the world; every act becomes what the bot would get from Telegram."""

    world: World

    def say(
        self,
        person: Person,
        chat_id: int,
        text: str,
        reply_to: int | None = None,
        anonymous: bool = False,
    ) -> Json:
        """Write a message; `anonymous` writes as the group itself, as hidden administrators do."""
        return self._post(person, chat_id, _write(text), reply_to, anonymous)

    def send_file(
        self, person: Person, chat_id: int, upload: Upload, caption: str = "", photo: bool = False
    ) -> Json:
        """Send a file as a document, or a picture as a photo."""
        if count_units(caption) > MOST_CAPTION:
            raise NotPossible(f"a caption has at most {MOST_CAPTION} characters")
        content: Json = {"caption": caption} if caption else {}
        if photo:
            content["photo"] = [store_photo(self.world, upload).photo]
        else:
            content["document"] = document_object(store_document(self.world, upload))
        return self._post(person, chat_id, content)

    def edit(self, person: Person, chat_id: int, message_id: int, text: str) -> Json:
        """Change one's own message."""
        chat, message = self._get_own(person, chat_id, message_id)
        content = _write(text)
        message.pop("entities", None)
        message.update(content, edit_date=self.world.unix_now())
        self.world.note_message(chat, message, "edited")
        self._tell("edited_message", chat, message)
        return dict(message)

    def delete(self, person: Person, chat_id: int, message_id: int) -> None:
        """Delete one's own message; bots are not told."""
        chat, _ = self._get_own(person, chat_id, message_id)
        remove_message(self.world, chat, message_id)

    async def press(
        self,
        person: Person,
        chat_id: int,
        message_id: int,
        data: str,
        forged: bool = False,
        wait: float = WAIT_FOR_ANSWER,
    ) -> Json | None:
        """Press a button and wait for the bot's answer, None if none comes.

        A button that the message carried once may still be pressed: two people can be
        at it at the same moment. `forged` presses what was never offered.
        """
        chat = self._enter(person, chat_id)
        message = chat.messages.get(message_id)
        if message is None:
            raise NotPossible("this message is gone")
        if data not in chat.offered[message_id] and not forged:
            raise NotPossible("this message never had such a button")
        press = self.world.callbacks.open(person.id)
        query = {
            "id": press.query_id,
            "from": self.world.user(person),
            "message": dict(message),
            "chat_instance": chat.instance,
            "data": data,
        }
        self.world.updates.put("callback_query", query)
        done, _ = await asyncio.wait({press.answer}, timeout=wait)
        return press.answer.result() if done and not press.answer.cancelled() else None

    def add_bot(self, by: Person) -> None:
        """Put the bot into the group, with the rights that the world says."""
        before = bot_member(self.world, self.world.rights.in_group)
        self.world.rights.in_group = True
        group = self.world.group
        note_bot_member(self.world, group, self.world.user(by), before)
        joined = {"new_chat_members": [self.world.bot_user]}
        message = self.world.add_message(group, self.world.user(by), joined)
        self.world.updates.put("message", dict(message))

    def remove_bot(self, by: Person) -> None:
        """Take the bot out of the group."""
        before = bot_member(self.world, True)
        self.world.rights.in_group = False
        self.world.add_message(
            self.world.group, self.world.user(by), {"left_chat_member": self.world.bot_user}
        )
        note_bot_member(self.world, self.world.group, self.world.user(by), before)

    def change_rights(self, by: Person, **rights: bool) -> None:
        """Give or take the bot's rights (`administrator`, `can_pin`, `can_delete`), and tell it."""
        before = bot_member(self.world, self.world.rights.in_group)
        for name, value in rights.items():
            setattr(self.world.rights, name, value)
        note_bot_member(self.world, self.world.group, self.world.user(by), before)

    def join(self, person: Person) -> None:
        """Come into the group."""
        self._change_status(person, "member")
        self._serve(person, {"new_chat_members": [self.world.user(person)]})

    def leave(self, person: Person) -> None:
        """Leave the group."""
        self._change_status(person, "left")
        self._serve(person, {"left_chat_member": self.world.user(person)})

    def block(self, person: Person, blocked: bool = True) -> None:
        """Block the bot in the private chat, or let it in again."""
        chat = self.world.chats[person.id]
        chat.blocked = blocked
        states = ["member", "kicked"] if blocked else ["kicked", "member"]
        old, new = (_private_member(self.world, status) for status in states)
        change = {
            "chat": chat.as_object(),
            "from": self.world.user(person),
            "date": self.world.unix_now(),
            "old_chat_member": old,
            "new_chat_member": new,
        }
        self.world.updates.put("my_chat_member", change)

    def _post(
        self,
        person: Person,
        chat_id: int,
        content: Json,
        reply_to: int | None = None,
        anonymous: bool = False,
    ) -> Json:
        chat = self._enter(person, chat_id)
        if reply_to is not None:
            if reply_to not in chat.messages:
                raise NotPossible("the message to reply to is gone")
            content["reply_to_message"] = reply_snapshot(chat.messages[reply_to])
        sender = self.world.user(person)
        if anonymous and chat.private:
            raise NotPossible("nobody is anonymous in a private chat")
        if anonymous:
            sender, content = ANONYMOUS_ADMIN, {"sender_chat": chat.as_object(), **content}
        message = self.world.add_message(chat, sender, content)
        self._tell("message", chat, message)
        return dict(message)

    def _enter(self, person: Person, chat_id: int) -> Chat:
        chat = self.world.chats.get(chat_id)
        if chat is None or (chat.private and chat.id != person.id):
            raise NotPossible("there is no such chat")
        if not chat.private and self.world.status[person.id] == "left":
            raise NotPossible("not a member of the group")
        if chat.private:
            chat.started = True
            if chat.blocked:
                self.block(person, False)
        return chat

    def _get_own(self, person: Person, chat_id: int, message_id: int) -> tuple[Chat, Json]:
        chat = self._enter(person, chat_id)
        message = chat.messages.get(message_id)
        if message is None or message["from"]["id"] != person.id or "text" not in message:
            raise NotPossible("only one's own text messages can be changed")
        return chat, message

    def _tell(self, kind: str, chat: Chat, message: Json) -> None:
        if chat.private or (self.world.rights.in_group and self._is_heard(message)):
            self.world.updates.put(kind, dict(message))

    def _is_heard(self, message: Json) -> bool:
        """Privacy mode lets commands, mentions of the bot and replies to it through."""
        if self.world.rights.hears_all:
            return True
        if message.get("reply_to_message", {}).get("from", {}).get("id") == self.world.cast.bot.id:
            return True
        own = f"@{self.world.cast.bot.username}".lower()
        return any(
            entity["type"] == "bot_command" or cut(message["text"], entity).lower() == own
            for entity in message.get("entities", ())
        )

    def _change_status(self, person: Person, status: str) -> None:
        old = member_object(self.world, person)
        self.world.status[person.id] = status
        change = {
            "chat": self.world.group.as_object(),
            "from": self.world.user(person),
            "date": self.world.unix_now(),
            "old_chat_member": old,
            "new_chat_member": member_object(self.world, person),
        }
        self.world.updates.put("chat_member", change)

    def _serve(self, person: Person, content: Json) -> None:
        message = self.world.add_message(self.world.group, self.world.user(person), content)
        if self.world.rights.in_group:
            self.world.updates.put("message", dict(message))


def _write(text: str) -> Json:
    text = text.strip()
    if not text or count_units(text) > MOST_TEXT:
        raise NotPossible(f"a message has 1-{MOST_TEXT} characters")
    entities = find_entities(text)
    return {"text": text, "entities": entities} if entities else {"text": text}


def _private_member(world: World, status: str) -> Json:
    member: Json = {"status": status, "user": world.bot_user}
    return {**member, "until_date": 0} if status == "kicked" else member
