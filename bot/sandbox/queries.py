"""Button presses that wait for their answer."""

import asyncio
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from bot.sandbox.errors import Json, bad_request

LIFETIME = 60.0


@dataclass(slots=True)
class Press:
    """One press; `answer` is set when the bot answers. `asked`: monotonic seconds."""

    query_id: str
    person_id: int
    asked: float
    answer: asyncio.Future[Json] = field(default_factory=asyncio.Future)


class Callbacks:
    """Open presses. Telegram takes one answer each, within about a minute of real time."""

    def __init__(self, seconds: Callable[[], float] = time.monotonic) -> None:
        self.lifetime = LIFETIME
        self._seconds = seconds
        self._open: dict[str, Press] = {}

    def open(self, person_id: int) -> Press:
        """A new press; forgets those that nobody answered in time."""
        self._drop_old()
        press = Press(str(secrets.randbits(62)), person_id, self._seconds())
        self._open[press.query_id] = press
        return press

    def answer(self, query_id: str, answer: Json) -> Press:
        """The bot's answer; raises 400 for a press that is unknown, answered or too old."""
        self._drop_old()
        press = self._open.pop(query_id, None)
        if press is None:
            raise bad_request(
                "query is too old and response timeout expired or query ID is invalid"
            )
        if not press.answer.done():
            press.answer.set_result(answer)
        return press

    def close(self) -> None:
        """Nobody will answer any more."""
        for press in self._open.values():
            press.answer.cancel()
        self._open.clear()

    def _drop_old(self) -> None:
        oldest = self._seconds() - self.lifetime
        for query_id in [key for key, press in self._open.items() if press.asked < oldest]:
            del self._open[query_id]
