"""The ticker: APScheduler wakes it, the rows decide.

It keeps no state of its own: which moments have come and which digest was sent
stands in the ledger, so that a machine that was off catches up with one digest,
and a clock that jumps over days does the same.
"""

import logging
from collections.abc import Awaitable, Callable
from datetime import datetime, time

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from store.actions import clock
from store.context import Request
from store.ledger import Ledger
from store.queries.drafts import list_expired
from store.queries.people import Group, list_groups
from store.queries.tasks import list_come

log = logging.getLogger(__name__)

GRACE = 3600  # seconds by which a wake-up may be late and still counts


class Ticker:
    """Looks, every few seconds, at what the clock has brought."""

    def __init__(
        self,
        ledger: Ledger,
        now: Callable[[], datetime],
        digest_at: time,
        every: float = 20.0,
    ) -> None:
        self._ledger = ledger
        self._now = now
        self._digest_at = digest_at
        self._scheduler = AsyncIOScheduler(
            job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": GRACE}
        )
        self._scheduler.add_job(self.tick, "interval", seconds=every)

    def start(self) -> None:
        """Begins to tick, in the running event loop."""
        self._scheduler.start()

    def stop(self) -> None:
        """Ticks no more."""
        self._scheduler.shutdown(wait=False)

    async def tick(self) -> None:
        """Does what has become due; a fault in one thing leaves the others to be done."""
        await self._guard(self._pass_moments())
        await self._guard(self._speak())

    async def _guard(self, work: Awaitable[object]) -> bool:
        try:
            await work
        except Exception:
            log.exception("a tick failed; the next one tries again")
            return False
        return True

    async def _pass_moments(self) -> None:
        """Until none is left: after a jump of the clock, one moment of a task brings the next."""
        failed: set[int] = set()
        while come := await self._list_come(failed):
            for task_id in come:
                passing = self._ledger.do(clock.pass_moment, self._request(), task_id)
                if not await self._guard(passing):
                    failed.add(task_id)

    async def _list_come(self, failed: set[int]) -> list[int]:
        found = await self._ledger.ask(list_come, self._now())
        return [task_id for task_id in found if task_id not in failed]

    async def _speak(self) -> None:
        """What is said by the clock: on working days, from `digest_at` to the close of business.

        What was waited for long enough ends, and then the digest goes out (Z8), each once.
        """
        now = self._now()
        local = self._ledger.rules.hours.local(now)
        rests = not self._ledger.rules.calendar.is_working(local.date())
        if rests or not self._digest_at <= local.time() < self._ledger.rules.hours.closing:
            return
        for group in await self._ledger.ask(list_groups, now):
            await self._guard(self._expire_drafts(group))
            await self._guard(self._ledger.do(clock.send_digest, self._request(), group))

    async def _expire_drafts(self, group: Group) -> None:
        if await self._ledger.ask(list_expired, self._now(), group):
            await self._ledger.do(clock.expire_drafts, self._request(), group)

    def _request(self) -> Request:
        return Request(self._now(), "clock")
