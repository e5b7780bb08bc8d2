"""The stage on which the chat tests play: the real assistant against the sandbox's Bot API.

Everything is real: HTTP between them, the dispatcher, the database. Only the
clock stands still until a test moves it. When a play is over, the sandbox must
have refused nothing and the journal must hold.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from bot.rehearsal import rehearse
from bot.sandbox import UNLIMITED, RateLimits, Sandbox, StillClock, load_cast
from bot.settings import Settings, Store, load_settings
from bot.wiring import Assistant
from store import outbox
from store.context import View
from store.journal import verify
from store.ledger import Ledger
from store.queries.people import Group, find_group
from store.queries.projects import Project, list_projects
from store.queries.tasks import TaskRow, get_task, list_open

SHANGHAI = ZoneInfo("Asia/Shanghai")
Message = dict[str, Any]
NEVER = 3600.0  # seconds between ticks: the stage ticks itself
UNHURRIED = 10_000  # posts a minute, where the budget is not what is tried
GLANCE = 0.003  # seconds between two looks at whether everything is done
PATIENCE = 10.0  # seconds within which everything has to be sent


def at(day: str, clock: str = "09:00") -> datetime:
    """A local instant, as `at("2026-11-20", "10:30")`."""
    return datetime.combine(date.fromisoformat(day), time.fromisoformat(clock), SHANGHAI)


@dataclass
class Stage:
    """One group, its people, and the assistant among them.

    `faulty`: faults are the subject, so that refused calls are none.
    """

    sandbox: Sandbox
    clock: StillClock
    settings: Settings
    assistant: Assistant
    per_minute: int = UNHURRIED
    faulty: bool = False

    @property
    def ledger(self) -> Ledger:
        """The assistant's ledger."""
        return self.assistant.ledger

    async def say(
        self,
        who: str,
        text: str,
        reply_to: Message | None = None,
        *,
        chat: int | None = None,
        anonymous: bool = False,
    ) -> Message:
        """Somebody writes; returns when everything that follows from it has been sent."""
        quoted = None if reply_to is None else reply_to["message_id"]
        message: Message = self.sandbox.say(who, chat, text, quoted, anonymous)
        await self.settle()
        return message

    async def whisper(self, who: str, text: str, reply_to: Message | None = None) -> Message:
        """Somebody writes to the assistant in private."""
        return await self.say(who, text, reply_to, chat=self.private(who))

    async def edit(self, who: str, message: Message, text: str) -> None:
        """Somebody changes what they wrote."""
        self.sandbox.edit(who, message["chat"]["id"], message["message_id"], text)
        await self.settle()

    async def press(self, who: str, message: Message, label: str) -> dict[str, Any]:
        """Somebody presses the button whose label contains `label`; gives the toast."""
        answer = await self.tap(who, message, label)
        await self.settle()
        return answer

    async def tap(self, who: str, message: Message, label: str) -> dict[str, Any]:
        """The same, without waiting for what follows from it."""
        shown = self.shown(message)
        data = self.sandbox.get_button(shown, label)
        chat = shown["chat"]["id"]
        answer = await self.sandbox.press(who, chat, shown["message_id"], data)
        assert answer is not None, f"the press of {label} was not answered"
        return answer

    async def forge(self, who: str, message: Message, data: str) -> dict[str, Any]:
        """Somebody presses a button that is not there; gives the toast."""
        chat, number = message["chat"]["id"], message["message_id"]
        answer = await self.sandbox.press(who, chat, number, data, forged=True)
        await self.settle()
        assert answer is not None, f"the press of {data} was not answered"
        return answer

    async def move_to(self, moment: datetime) -> None:
        """The clock is put forward, and what became due has been sent."""
        await self.sandbox.move_clock_to(moment)
        await self.assistant.tick()
        await self.settle()

    async def settle(self) -> None:
        """Waits until every update is confirmed and the outbox is empty."""
        async with asyncio.timeout(PATIENCE):
            for _ in range(2):  # what is delivered can bring about more
                await self.wait_confirmed()
                await self._empty_outbox()

    async def wait_confirmed(self) -> None:
        """Waits until every update is confirmed, whether or not its answer is sent."""
        async with asyncio.timeout(PATIENCE):
            while self.sandbox.world.updates.count_pending():  # noqa: ASYNC110 - nothing tells
                await asyncio.sleep(GLANCE)

    async def _empty_outbox(self) -> None:
        while await self.ledger.ask(outbox.count_unsent, self.clock.now()):  # noqa: ASYNC110 - nothing tells
            await asyncio.sleep(GLANCE)

    def private(self, who: str) -> int:
        """The id of somebody's private chat with the assistant."""
        return int(self.sandbox.cast.get_person(who).id)

    def shown(self, message: Message) -> Message:
        """The message as it stands now, after edits."""
        chat = self.sandbox.messages(message["chat"]["id"])
        return next(m for m in chat if m["message_id"] == message["message_id"])

    def posts(self, chat: int | None = None) -> list[Message]:
        """What the assistant has said, oldest first."""
        return self.sandbox.bot_messages(chat)

    def last(self, chat: int | None = None) -> Message:
        """The assistant's latest post."""
        return self.posts(chat)[-1]

    def said(self, chat: int | None = None) -> str:
        """The text of the assistant's latest post."""
        return text_of(self.last(chat))

    def find(self, *words: str, chat: int | None = None) -> Message:
        """The latest post that contains all the words."""
        found = self.find_all(*words, chat=chat)
        told = "\n---\n".join(map(text_of, self.posts(chat)))
        assert found, f"no post with {words} among:\n{told}"
        return found[-1]

    def find_all(self, *words: str, chat: int | None = None) -> list[Message]:
        """All posts that contain all the words."""
        return [m for m in self.posts(chat) if all(word in text_of(m) for word in words)]

    def answer_to(self, message: Message) -> Message:
        """The assistant's only reply to a message."""
        replies = self.replies_to(message)
        assert len(replies) == 1, f"{len(replies)} replies to {message['text']}"
        return replies[0]

    def replies_to(self, message: Message) -> list[Message]:
        """The assistant's replies to a message."""
        number = message["message_id"]
        return [
            post
            for post in self.posts(message["chat"]["id"])
            if post.get("reply_to_message", {}).get("message_id") == number
        ]

    async def group(self) -> Group:
        """The group in the ledger."""
        found = await self.ledger.ask(find_group, self.clock.now(), self.sandbox.group)
        assert found is not None
        return found

    async def task(self, number: int) -> TaskRow:
        """A task as the ledger has it."""
        return await self.ledger.ask(get_task, self.clock.now(), await self.group(), number)

    async def open_tasks(self) -> list[TaskRow]:
        """The group's open tasks."""
        return await self.ledger.ask(list_open, self.clock.now(), await self.group())

    async def projects(self) -> list[Project]:
        """The group's projects, the newest first."""
        return await self.ledger.ask(list_projects, self.clock.now(), await self.group())

    async def stop(self) -> None:
        """The assistant's process ends; Telegram and the people go on."""
        await self.assistant.stop()

    async def start(self, per_minute: int | None = None) -> None:
        """The assistant's process starts on what it left behind."""
        self.per_minute = self.per_minute if per_minute is None else per_minute
        self.assistant = make_assistant(self.settings, self.clock, self.per_minute)
        await self.assistant.start()

    async def restart(self) -> None:
        """The assistant's process ends and starts again."""
        await self.stop()
        await self.start()

    def check(self) -> None:
        """What must hold at the end of every play."""
        with self.ledger.engine.connect() as conn:
            assert verify(conn) is None, verify(conn)
        assert self.faulty or not self.sandbox.refusals, self.sandbox.refusals


def text_of(message: Message) -> str:
    """A message's text."""
    return str(message.get("text", ""))


def buttons_of(message: Message) -> list[str]:
    """The labels of a message's buttons."""
    return [button["text"] for button in _buttons(message)]


def data_of(message: Message) -> list[str]:
    """What a message's buttons send."""
    return [button["callback_data"] for button in _buttons(message)]


def _buttons(message: Message) -> list[dict[str, str]]:
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return [button for row in rows for button in row]


def make_assistant(settings: Settings, clock: StillClock, per_minute: int = UNHURRIED) -> Assistant:
    """An assistant that ticks only when the stage says so."""
    return Assistant(settings, clock, tick=NEVER, per_minute=per_minute)


@cache
def _settings() -> Settings:
    return load_settings()


@asynccontextmanager
async def open_stage(
    folder: Path,
    start: datetime,
    url: str | None = None,
    *,
    per_minute: int = UNHURRIED,
    limits: RateLimits = UNLIMITED,
    telegram: dict[str, Any] | None = None,
    **changes: Any,
) -> AsyncIterator[Stage]:
    """A fresh group at `start`.

    `url` names a database other than a new SQLite file; `telegram` are changes of
    that section of the settings; `changes` replace whole sections.
    """
    clock = StillClock(start)
    settings = _settings()
    calendar = settings.make_calendar()
    sandbox = Sandbox(load_cast(), clock, port=0, calendar=calendar, limits=limits)
    await sandbox.start()
    try:
        settings = rehearse(settings, sandbox, folder).model_copy(update=changes)
        if telegram:
            section = settings.telegram.model_copy(update=telegram)
            settings = settings.model_copy(update={"telegram": section})
        if url is not None:
            settings = settings.model_copy(update={"store": Store(url=url)})
        assistant = make_assistant(settings, clock, per_minute)
        stage = Stage(sandbox, clock, settings, assistant, per_minute)
        await stage.assistant.start()
        try:
            await stage.settle()
            yield stage
            stage.check()
        finally:
            await stage.assistant.stop()
    finally:
        await sandbox.stop()


async def count_rows(stage: Stage, table: str) -> int:
    """How many rows a table of the ledger has; a condition may follow its name."""

    def count(view: View) -> int:
        return int(view.conn.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar_one())

    return await stage.ledger.ask(count, stage.clock.now())
