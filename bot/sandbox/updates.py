"""The queue of updates: numbering, confirming by offset, long polling, what is allowed."""

import asyncio
from collections import deque
from collections.abc import Callable, Iterable

from bot.sandbox.errors import Json, conflict

# What is left out unless it is asked for by name, according to getUpdates.
OPT_IN = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
KEPT = 10_000


class _Poll:
    """One getUpdates call that is being answered."""

    def __init__(self) -> None:
        self.changed = asyncio.Event()
        self.replaced = False


class UpdateQueue:
    """Updates wait here until the bot confirms them, by an offset or by a 2xx to the webhook."""

    def __init__(self, first_id: int, check: Callable[[Json], None], kinds: Iterable[str]) -> None:
        self.kinds = frozenset(kinds) - {"update_id"}
        self.allowed = self.kinds - OPT_IN
        self.webhook_active = False
        self._next_id = first_id
        self._check = check
        self._pending: deque[Json] = deque()
        self._again: list[Json] = []
        self._again_given = 0
        self._history: deque[Json] = deque(maxlen=KEPT)
        self._poll: _Poll | None = None
        self.arrived = asyncio.Event()
        self._closed = False

    def allow(self, kinds: list[str] | None) -> None:
        """Remember which kinds the bot wants: None keeps the last choice, [] is the default."""
        if kinds is not None:
            self.allowed = frozenset(kinds) if kinds else self.kinds - OPT_IN

    def put(self, kind: str, payload: Json) -> Json | None:
        """Number an update and queue it; None when the bot did not ask for this kind."""
        if kind not in self.allowed:
            return None
        update = {"update_id": self._next_id, kind: payload}
        self._check(update)
        self._next_id += 1
        self._history.append(update)
        self._pending.append(update)
        self._wake()
        return update

    def put_raw(self, update: Json) -> Json:
        """Queue an update as it is, valid or not; without an `update_id` it gets the next one."""
        numbered = {"update_id": self._next_id, **update}
        self._next_id = max(self._next_id, numbered["update_id"] + 1)
        self._history.append(numbered)
        self._pending.append(numbered)
        self._wake()
        return numbered

    def redeliver(self, update_id: int) -> Json:
        """Deliver an old update once more, as after a crash; KeyError if unknown."""
        for update in self._history:
            if update["update_id"] == update_id:
                self._again.append(update)
                self._wake()
                return update
        raise KeyError(update_id)

    def list_history(self) -> list[Json]:
        """Every update that was queued, oldest first."""
        return list(self._history)

    def count_pending(self) -> int:
        """Updates that the bot has not confirmed."""
        return len(self._pending) + len(self._again)

    def drop_pending(self) -> None:
        """Forget what was not delivered."""
        self._pending.clear()
        self._again.clear()

    async def poll(self, offset: int, limit: int, seconds: float) -> list[Json]:
        """getUpdates: confirm what lies before `offset`, return what waits or comes in time.

        Raises 409 when a webhook is set, and in the older of two calls that run at once.
        """
        self._check_no_webhook()
        if self._poll is not None:
            self._poll.replaced = True
            self._poll.changed.set()
        mine = self._poll = _Poll()
        try:
            self._confirm(offset)
            batch = self._batch(limit)
            if not batch and seconds > 0 and not self._closed:
                await self._wait(mine, seconds)
                batch = self._batch(limit)
            return batch
        finally:
            if self._poll is mine:
                self._poll = None

    async def _wait(self, mine: _Poll, seconds: float) -> None:
        try:
            await asyncio.wait_for(mine.changed.wait(), seconds)
        except TimeoutError:
            return
        if mine.replaced:
            raise conflict(
                "terminated by other getUpdates request; "
                "make sure that only one bot instance is running"
            )
        self._check_no_webhook()

    def _check_no_webhook(self) -> None:
        if self.webhook_active:
            raise conflict(
                "can't use getUpdates method while webhook is active; "
                "use deleteWebhook to delete the webhook first"
            )

    def _confirm(self, offset: int) -> None:
        del self._again[: self._again_given]
        self._again_given = 0
        if offset < 0:
            while len(self._pending) > -offset:
                self._pending.popleft()
        while self._pending and self._pending[0]["update_id"] < offset:
            self._pending.popleft()

    def _batch(self, limit: int) -> list[Json]:
        again = self._again[:limit]
        self._again_given = len(again)
        fresh = [self._pending[i] for i in range(min(limit - len(again), len(self._pending)))]
        return again + fresh

    def first(self) -> Json | None:
        """The update that a webhook gets next."""
        if self._again:
            return self._again[0]
        return self._pending[0] if self._pending else None

    def confirm_first(self, update: Json) -> None:
        """The webhook took `update`."""
        if self._again and self._again[0] is update:
            self._again.pop(0)
        elif self._pending and self._pending[0] is update:
            self._pending.popleft()

    def close(self) -> None:
        """Let a waiting call go, now and from now on."""
        self._closed = True
        self._wake()

    def use_webhook(self, active: bool) -> None:
        """Switch between the two ways; a waiting getUpdates ends with 409."""
        self.webhook_active = active
        self._wake()

    def _wake(self) -> None:
        self.arrived.set()
        if self._poll is not None:
            self._poll.changed.set()
