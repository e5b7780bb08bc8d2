"""The stage on which the chat tests play: the real assistant against the sandbox's Bot API.

Everything is real: HTTP between them, the dispatcher, the database. Only the
clock stands still until a test moves it.
"""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date, datetime, time
from html import unescape
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from bot.rehearsal import rehearse
from bot.sandbox import UNLIMITED, Sandbox, StillClock, load_cast
from bot.settings import Settings, Store, load_settings
from bot.wiring import Assistant, make_rules
from store import outbox
from store.ledger import Ledger

SHANGHAI = ZoneInfo("Asia/Shanghai")
Message = dict[str, Any]
NEVER = 3600.0  # seconds between ticks: the stage ticks itself
UNHURRIED = 10_000  # posts a minute, where the budget is not what is tried


def at(day: str, clock: str = "09:00") -> datetime:
    """A local instant, as `at("2026-11-20", "10:30")`."""
    return datetime.combine(date.fromisoformat(day), time.fromisoformat(clock), SHANGHAI)


@dataclass
class Stage:
    """One group, its people, and the assistant among them."""

    sandbox: Sandbox
    clock: StillClock
    settings: Settings
    assistant: Assistant

    @property
    def ledger(self) -> Ledger:
        """The assistant's ledger."""
        return self.assistant.ledger

    async def say(
        self, who: str, text: str, reply_to: Message | None = None, chat: int | None = None
    ) -> Message:
        """Somebody writes; returns when everything that follows from it has been sent."""
        quoted = None if reply_to is None else reply_to["message_id"]
        message: Message = self.sandbox.say(who, chat, text, quoted)
        await self.settle()
        return message

    async def press(
        self, who: str, message: Message, label: str, chat: int | None = None
    ) -> dict[str, Any]:
        """Somebody presses the button whose label contains `label`; gives the toast."""
        shown = self.shown(message)
        data = self.sandbox.get_button(shown, label)
        answer = await self.sandbox.press(who, chat, shown["message_id"], data)
        await self.settle()
        assert answer is not None, f"the press of {label} was not answered"
        return answer

    async def forge(self, who: str, message: Message, data: str) -> dict[str, Any]:
        """Somebody presses a button that is not there; gives the toast."""
        answer = await self.sandbox.press(who, None, message["message_id"], data, forged=True)
        await self.settle()
        assert answer is not None
        return answer

    async def move_to(self, moment: datetime) -> None:
        """The clock is put forward, and what became due has been sent."""
        await self.sandbox.move_clock_to(moment)
        await self.assistant.tick()
        await self.settle()

    async def settle(self) -> None:
        """Waits until every update is confirmed and the outbox is empty."""
        for _ in range(2):  # what is delivered can bring about more
            await self.sandbox.wait_until(lambda: not self.sandbox.world.updates.count_pending())
            await self._empty_outbox()

    async def _empty_outbox(self) -> None:
        while await self.ledger.ask(outbox.count_unsent, self.clock.now()):
            seen = self.sandbox.world.events.last
            await self.sandbox.world.events.wait(seen, 0.02)

    def shown(self, message: Message) -> Message:
        """The message as it stands now, after edits."""
        same = [m for m in self.sandbox.messages(message["chat"]["id"])
                if m["message_id"] == message["message_id"]]
        return same[0]

    def posts(self, chat: int | None = None) -> list[Message]:
        """What the assistant has said, oldest first."""
        return self.sandbox.bot_messages(chat)

    def last(self, chat: int | None = None) -> Message:
        """The assistant's latest post."""
        return self.posts(chat)[-1]

    def find(self, *words: str, chat: int | None = None) -> Message:
        """The latest post that contains all the words."""
        found = [m for m in self.posts(chat) if all(w in text_of(m) for w in words)]
        assert found, f"no post with {words} among:\n" + "\n---\n".join(map(text_of, self.posts(chat)))
        return found[-1]

    async def restart(self) -> None:
        """The assistant's process ends and starts again; Telegram goes on."""
        await self.assistant.stop()
        self.assistant = make_assistant(self.settings, self.clock)
        await self.assistant.start()


def text_of(message: Message) -> str:
    """A message's text."""
    return unescape(re.sub(r"<[^>]+>", "", message.get("text", "")))


def buttons_of(message: Message) -> list[str]:
    """The labels of a message's buttons."""
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return [button["text"] for row in rows for button in row]


def make_assistant(settings: Settings, clock: StillClock) -> Assistant:
    """An assistant that ticks only when the stage says so."""
    return Assistant(settings, clock, tick=NEVER, per_minute=UNHURRIED)


@asynccontextmanager
async def open_stage(
    folder: Path, start: datetime, url: str | None = None, **changes: Any
) -> AsyncIterator[Stage]:
    """A fresh group at `start`; `url` names a database other than a new SQLite file."""
    clock = StillClock(start)
    settings = load_settings().model_copy(update=changes)
    calendar = make_rules(settings).calendar
    sandbox = Sandbox(load_cast(), clock, port=0, calendar=calendar, limits=UNLIMITED)
    await sandbox.start()
    settings = rehearse(settings, sandbox, folder)
    if url is not None:
        settings = settings.model_copy(update={"store": Store(url=url)})
    stage = Stage(sandbox, clock, settings, make_assistant(settings, clock))
    await stage.assistant.start()
    try:
        await stage.settle()
        yield stage
    finally:
        await stage.assistant.stop()
        await sandbox.stop()
