"""How much a bot may say: Telegram's flood limits, settable for tests."""

import math
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from bot.sandbox.errors import too_many_requests

MINUTE = 60.0


@dataclass(frozen=True, slots=True)
class RateLimits:
    """How many messages and edits are let through; None lifts a limit.

    Telegram names 20 a minute to a group, about 30 a second overall and about one
    a second to a person, the last with short bursts allowed: hence a window for it.
    """

    group_per_minute: int | None = 20
    overall_per_second: int | None = 30
    private_per_minute: int | None = 60


UNLIMITED = RateLimits(None, None, None)


class Throttle:
    """Counts messages and edits on the machine's monotonic time.

    Not on the rehearsal's clock: on Telegram the limit protects a real server too.
    """

    def __init__(self, limits: RateLimits, seconds: Callable[[], float] = time.monotonic) -> None:
        self.limits = limits
        self._seconds = seconds
        self._overall: deque[float] = deque()
        self._chats: dict[int, deque[float]] = {}

    def spend(self, chat_id: int, private: bool) -> None:
        """One message or edit to this chat; raises 429 with the seconds until one would pass."""
        now = self._seconds()
        per_chat = self.limits.private_per_minute if private else self.limits.group_per_minute
        chat = self._chats.setdefault(chat_id, deque())
        wait = max(
            _seconds_to_wait(chat, per_chat, MINUTE, now),
            _seconds_to_wait(self._overall, self.limits.overall_per_second, 1.0, now),
        )
        if wait > 0:
            raise too_many_requests(math.ceil(wait))
        chat.append(now)
        self._overall.append(now)


def _seconds_to_wait(spent: deque[float], limit: int | None, window: float, now: float) -> float:
    while spent and spent[0] <= now - window:
        spent.popleft()
    if limit is None or len(spent) < limit:
        return 0.0
    return spent[len(spent) - limit] + window - now
