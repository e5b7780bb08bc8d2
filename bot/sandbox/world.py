"""The state of the sandbox: chats, messages, files, rights. In memory, gone with the process."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.sandbox.cast import Cast, Person
from bot.sandbox.clock import SandboxClock
from bot.sandbox.errors import Json, bad_request, forbidden
from bot.sandbox.eventlog import EventLog
from bot.sandbox.limits import Throttle
from bot.sandbox.queries import Callbacks
from bot.sandbox.spec import Spec
from bot.sandbox.updates import UpdateQueue
from bot.sandbox.view import view_message
from bot.sandbox.webhook import Call, Webhook

ANONYMOUS_ADMIN: Json = {
    "id": 1087968824,
    "is_bot": True,
    "first_name": "Group",
    "username": "GroupAnonymousBot",
}


@dataclass(slots=True)
class Rights:
    """What the bot may do; change it to rehearse a group that is not set up yet."""

    in_group: bool = False
    administrator: bool = True
    can_pin: bool = True
    can_delete: bool = True
    privacy_mode: bool = (
        False  # True: a bot that is no administrator hears commands, mentions and replies only
    )

    @property
    def hears_all(self) -> bool:
        """Whether every message of the group reaches the bot."""
        return not self.privacy_mode or self.administrator


@dataclass(slots=True)
class File:
    """An uploaded file. `path` is what getFile answers."""

    file_id: str
    unique_id: str
    name: str
    mime_type: str
    content: bytes
    path: str
    photo: Json | None = None


@dataclass(slots=True)
class Chat:
    """The group, or the private chat of a person with the bot."""

    id: int
    kind: str
    next_id: int
    title: str = ""
    person: Person | None = None
    started: bool = True
    blocked: bool = False
    messages: dict[int, Json] = field(default_factory=dict)
    pinned: list[int] = field(default_factory=list)
    # By message, every callback data that it ever carried.
    offered: dict[int, set[str]] = field(default_factory=dict)
    instance: str = field(default_factory=lambda: str(secrets.randbits(62)))

    @property
    def private(self) -> bool:
        """Whether this is a chat between one person and the bot."""
        return self.person is not None

    def as_object(self) -> Json:
        """The Bot API's Chat."""
        if self.person is None:
            return {"id": self.id, "type": self.kind, "title": self.title}
        return {
            "id": self.id,
            "type": "private",
            "first_name": self.person.name,
            "username": self.person.username,
        }


class World:
    """Everything the methods and the persons act on."""

    def __init__(
        self,
        cast: Cast,
        clock: SandboxClock,
        spec: Spec,
        throttle: Throttle,
        first_id: int,
    ) -> None:
        self.cast = cast
        self.clock = clock
        self.spec = spec
        self.throttle = throttle
        self.rights = Rights()
        self.events = EventLog()
        self.updates = UpdateQueue(first_id, spec.check_update, spec.types["Update"].fields)
        self.callbacks = Callbacks()
        self.webhook: Webhook | None = None
        self.call: Call = _no_calls_yet
        self.files: dict[str, File] = {}
        self.commands: dict[tuple[str, str], list[Json]] = {}
        self.status = {person.id: person.in_group for person in cast.persons}
        self.chats = {chat.id: chat for chat in _open_chats(cast, first_id)}

    @property
    def group(self) -> Chat:
        """The task force's chat."""
        return self.chats[self.cast.group.chat_id]

    @property
    def bot_user(self) -> Json:
        """The bot as a User."""
        bot = self.cast.bot
        return {"id": bot.id, "is_bot": True, "first_name": bot.name, "username": bot.username}

    def user(self, person: Person) -> Json:
        """A person as a User."""
        return {
            "id": person.id,
            "is_bot": False,
            "first_name": person.name,
            "username": person.username,
            "language_code": "zh-hans",
        }

    def unix_now(self) -> int:
        """The sandbox's time as Telegram writes dates."""
        return int(self.clock.now().timestamp())

    def get_chat(self, chat_id: int | str) -> Chat:
        """The chat a method names by its id; raises 400. No chat here has a public @name."""
        chat = self.chats.get(chat_id) if isinstance(chat_id, int) else None
        if chat is None:
            raise bad_request("chat not found")
        return chat

    def access_chat(self, chat_id: int | str) -> Chat:
        """The chat, if the bot may write there; raises 400 or 403."""
        chat = self.get_chat(chat_id)
        if chat.private and not chat.started:
            raise forbidden("bot can't initiate conversation with a user")
        if chat.blocked:
            raise forbidden("bot was blocked by the user")
        if not chat.private and not self.rights.in_group:
            raise forbidden("bot is not a member of the supergroup chat")
        return chat

    def add_message(self, chat: Chat, sender: Json, content: Json) -> Json:
        """A new message in the chat, numbered and dated; returns the Bot API's Message."""
        message = {
            "message_id": chat.next_id,
            "from": sender,
            "chat": chat.as_object(),
            "date": self.unix_now(),
            **content,
        }
        chat.next_id += 1
        chat.messages[message["message_id"]] = message
        self.note_message(chat, message, "message")
        return message

    def note_message(self, chat: Chat, message: Json, kind: str) -> None:
        """Write a new or edited message into the log, and remember the buttons it offers."""
        offered = chat.offered.setdefault(message["message_id"], set())
        for row in message.get("reply_markup", {}).get("inline_keyboard", ()):
            offered.update(button["callback_data"] for button in row if "callback_data" in button)
        self.events.add(kind, chat_id=chat.id, message=view_message(message))

    def add_file(
        self, name: str, mime_type: str, content: bytes, photo: Json | None = None
    ) -> File:
        """Keep an uploaded file; its id is what Telegram calls a file_id."""
        folder = "documents" if photo is None else "photos"
        file_id = f"sandbox-{secrets.token_urlsafe(18)}"
        unique_id = secrets.token_urlsafe(9)
        suffix = name.rpartition(".")[2] if "." in name else "bin"
        path = f"{folder}/file_{len(self.files)}.{suffix}"
        file = File(file_id, unique_id, name, mime_type, content, path, photo)
        self.files[file.file_id] = file
        return file


async def _no_calls_yet(_method: str, _params: Mapping[str, Any]) -> None:
    raise RuntimeError("the sandbox is not started")


def reply_snapshot(message: Json) -> Json:
    """A message as `reply_to_message` has it: complete, without the one it replied to itself."""
    return {name: value for name, value in message.items() if name != "reply_to_message"}


def _open_chats(cast: Cast, first_id: int) -> list[Chat]:
    group = Chat(cast.group.chat_id, "supergroup", first_id, title=cast.group.title)
    private = [Chat(p.id, "private", first_id, person=p, started=False) for p in cast.persons]
    return [group, *private]
