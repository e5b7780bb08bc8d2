"""One numbered list of everything that happens, for the page and the tests to follow."""

import asyncio
from collections import deque

from bot.sandbox.errors import Json

KEPT = 50_000


class EventLog:
    """Append and follow. Events older than the last 50,000 are forgotten."""

    def __init__(self) -> None:
        self.last = 0
        self._events: deque[Json] = deque(maxlen=KEPT)
        self._changed = asyncio.Event()
        self._closed = False

    def add(self, kind: str, **content: object) -> None:
        """Write down one event and wake whoever is waiting."""
        self.last += 1
        self._events.append({"seq": self.last, "type": kind, **content})
        self._wake()

    def after(self, seq: int) -> list[Json]:
        """Every event younger than number `seq`."""
        if seq >= self.last:
            return []
        missing = self.last - seq
        start = max(len(self._events) - missing, 0)
        return [self._events[index] for index in range(start, len(self._events))]

    async def wait(self, seq: int, seconds: float) -> list[Json]:
        """Events after `seq`, at once or when the first comes; empty after so many `seconds`."""
        if seq >= self.last and not self._closed:
            changed = self._changed
            try:
                await asyncio.wait_for(changed.wait(), seconds)
            except TimeoutError:
                return []
        return self.after(seq)

    def close(self) -> None:
        """Let everybody who waits go, now and from now on."""
        self._closed = True
        self._wake()

    def _wake(self) -> None:
        self._changed.set()
        self._changed = asyncio.Event()
