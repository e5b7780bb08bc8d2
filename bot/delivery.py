"""Delivery: takes notices from the outbox, renders them, and hands them to the channel.

A notice is marked before it is sent and after; what a crash left in between is
sent again, marked. Chats are served side by side, each one post at a time.
"""

import asyncio
import hashlib
import logging
import time
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Protocol

from bot.channels.outcome import Moved, Postponed, Unacceptable, Undeliverable, Vanished
from handlers.notices import render
from handlers.texts.post import Post
from store import outbox
from store.actions import groups
from store.context import Request
from store.errors import LedgerError
from store.ledger import Ledger
from store.outbox import LEFT, Kind, Notice, Standing

log = logging.getLogger(__name__)

PER_MINUTE = 20  # posts and edits to a group, by Telegram's rule
KEPT = 5  # of these for answers, tasks and the digest: edits must not use up all of them
AT_ONCE = 8  # chats served at the same time
LONGEST_WAIT = 60.0  # seconds between two tries
ATTEMPTS = 3  # for a post whose rendering fails: the mistake is ours


class Channel(Protocol):
    """What delivery needs of a platform; failures are those of bot.channels.outcome."""

    async def send(self, chat_id: int, post: Post, reply_to: int | None) -> int:
        """Sends a new message and gives its id."""

    async def edit(self, chat_id: int, message_id: int, post: Post) -> None:
        """Gives a message its new content."""


class Budget:
    """How much may still be said in each chat: so many posts a minute, and pauses as told."""

    def __init__(self, per_minute: int = PER_MINUTE) -> None:
        self._per_minute = per_minute
        self._sent: dict[int, deque[float]] = {}
        self._until: dict[int, float] = {}

    def note(self, chat_id: int) -> None:
        """Counts a post. Only groups have a budget; their ids are negative."""
        if chat_id < 0:
            self._sent.setdefault(chat_id, deque()).append(time.monotonic())

    def pause(self, chat_id: int, seconds: float) -> None:
        """Holds a chat back for so many seconds."""
        self._until[chat_id] = time.monotonic() + seconds

    def held(self) -> dict[int, float]:
        """The chats that have to wait, with the seconds that are left."""
        now = time.monotonic()
        waits = self._over(self._per_minute)
        for chat, until in self._until.items():
            if until > now:
                waits[chat] = max(waits.get(chat, 0), until - now)
        return waits

    def short(self) -> dict[int, float]:
        """The chats whose rest is kept for who waits for an answer, likewise."""
        return self._over(self._per_minute - min(KEPT, self._per_minute // 4))

    def _over(self, limit: int) -> dict[int, float]:
        now, waits = time.monotonic(), {}
        for chat, times in self._sent.items():
            while times and times[0] <= now - 60:
                times.popleft()
            if len(times) >= limit:
                waits[chat] = times[len(times) - limit] + 60 - now
        return waits


class Delivery:
    """Empties the outbox as it fills; `wake` tells it that there may be something."""

    def __init__(
        self,
        ledger: Ledger,
        channel: Channel,
        now: Callable[[], datetime],
        per_minute: int = PER_MINUTE,
    ) -> None:
        self._ledger = ledger
        self._channel = channel
        self._now = now
        self._budget = Budget(per_minute)
        self._wake = asyncio.Event()
        self._busy: dict[int, asyncio.Task[None]] = {}
        self._failures: dict[int, int] = {}
        self._broken: LedgerError | None = None

    def wake(self) -> None:
        """Looks into the outbox soon; called after every commit."""
        self._wake.set()

    async def run(self) -> None:
        """Delivers until cancelled; what is being sent then is finished first.

        Raises LedgerError when the ledger is out of reach: what was sent meanwhile
        could not be marked, and is recovered at the next start.
        """
        await self._ledger.do(outbox.recover, self._request())
        try:
            while self._broken is None:
                self._wake.clear()
                await self._sleep(await self._start_all())
            raise self._broken
        finally:
            await asyncio.gather(*self._busy.values(), return_exceptions=True)

    async def _start_all(self) -> dict[int, float]:
        """Begins with every chat that has something waiting and may be written to.

        Gives the chats that were held back, with the seconds that were left then: one
        whose pause ends at this very moment has not been looked at.
        """
        while len(self._busy) < AT_ONCE:
            short, waits = self._budget.short(), self._budget.held()
            held = frozenset(waits) | frozenset(self._busy)
            waits = {**short, **waits}
            if not await self._ledger.ask(outbox.is_waiting, self._now(), held, frozenset(short)):
                return waits
            if not await self._start_next(held, frozenset(short)):
                return waits
        return {}

    async def _start_next(self, held: frozenset[int], short: frozenset[int]) -> bool:
        """Begins with the next notice; one that was taken is sent, even when this is cancelled."""
        taking = asyncio.ensure_future(self._ledger.do(outbox.take, self._request(), held, short))
        try:
            notice = await asyncio.shield(taking)
        except asyncio.CancelledError:
            self._begin(await taking)
            raise
        return self._begin(notice)

    def _begin(self, notice: Notice | None) -> bool:
        if notice is None:
            return False
        task = asyncio.create_task(self._deliver(notice))
        self._busy[notice.chat_id] = task
        task.add_done_callback(partial(self._done, notice.chat_id))
        return True

    def _done(self, chat_id: int, task: asyncio.Task[None]) -> None:
        self._busy.pop(chat_id, None)
        if not task.cancelled() and isinstance(failure := task.exception(), LedgerError):
            self._broken = failure
        self._wake.set()

    async def _sleep(self, waits: dict[int, float]) -> None:
        # Not wait_for: in Python 3.11 it swallows a cancellation that comes with the wake-up.
        with suppress(TimeoutError):
            async with asyncio.timeout(min([*waits.values(), LONGEST_WAIT])):
                await self._wake.wait()

    async def _deliver(self, notice: Notice) -> None:
        try:
            await self._send(notice)
        except Postponed as wait:
            self._postpone(notice.chat_id, wait)
            # Once it may have arrived, it goes out marked, whatever else holds it up.
            reason = LEFT if wait.unsure or notice.again else str(wait)
            await self._ledger.do(outbox.postponed, self._request(), notice, reason)
        except Moved as moved:
            await self._ledger.do(
                groups.migrate_group, self._request(), notice.chat_id, moved.chat_id
            )
            await self._ledger.do(outbox.postponed, self._request(), notice, str(moved))
        except (Undeliverable, Unacceptable) as error:
            log.error("%s to %s was not accepted: %s", notice.kind, notice.chat_id, error)
            await self._ledger.do(outbox.failed, self._request(), notice, str(error))
        except LedgerError:
            raise
        except Exception as error:
            await self._after_fault(notice, error)

    async def _after_fault(self, notice: Notice, error: Exception) -> None:
        log.exception("%s to %s could not be rendered", notice.kind, notice.chat_id)
        if notice.attempts >= ATTEMPTS:
            await self._ledger.do(outbox.failed, self._request(), notice, repr(error))
        else:
            self._budget.pause(notice.chat_id, 1.0)
            await self._ledger.do(outbox.postponed, self._request(), notice, repr(error))

    def _postpone(self, chat_id: int, wait: Postponed) -> None:
        failures = self._failures.get(chat_id, 0) + 1
        self._failures[chat_id] = failures
        longer = min(wait.seconds * 2 ** (failures - 1), LONGEST_WAIT)
        self._budget.pause(chat_id, max(wait.seconds, longer))

    async def _send(self, notice: Notice) -> None:
        standing = await self._find_standing(notice)
        if standing is not None:  # an edit that is made twice is no second message
            notice = replace(notice, again=False)
        post = await self._ledger.ask(render, self._now(), notice)
        if post is None:
            await self._ledger.do(outbox.dropped, self._request(), notice, "nothing to say")
            return
        fingerprint = hashlib.sha256(repr(post).encode()).hexdigest()
        if standing is not None and standing.fingerprint == fingerprint:
            await self._ledger.do(outbox.dropped, self._request(), notice, "unchanged")
            return
        self._budget.note(notice.chat_id)
        if standing is not None:
            await self._edit(notice, post, standing, fingerprint)
        else:
            await self._send_new(notice, post, fingerprint)

    async def _send_new(self, notice: Notice, post: Post, fingerprint: str) -> None:
        message_id = await self._channel.send(notice.chat_id, post, notice.reply_to)
        await self._sent(notice, message_id, fingerprint, edited=False)

    async def _edit(self, notice: Notice, post: Post, standing: Standing, fingerprint: str) -> None:
        try:
            await self._channel.edit(notice.chat_id, standing.message_id, post)
        except Vanished:
            await self._ledger.do(outbox.forget, self._request(), standing)
            if notice.kind is Kind.CARD:  # every project has one
                await self._send_new(notice, post, fingerprint)
                return
            await self._ledger.do(outbox.dropped, self._request(), notice, "the post is gone")
            return
        await self._sent(notice, standing.message_id, fingerprint, edited=True)

    async def _sent(
        self, notice: Notice, message_id: int, fingerprint: str, *, edited: bool
    ) -> None:
        self._failures.pop(notice.chat_id, None)
        await self._ledger.do(
            outbox.sent, self._request(), notice, message_id, fingerprint, edited=edited
        )

    async def _find_standing(self, notice: Notice) -> Standing | None:
        """The post to edit: a notice that replies to somebody is sent anew."""
        if not notice.edits:
            return None
        return await self._ledger.ask(
            outbox.find_standing, self._now(), notice.chat_id, notice.kind, notice.subject
        )

    def _request(self) -> Request:
        return Request(self._now(), "clock")
