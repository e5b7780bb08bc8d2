"""When something was said: by the message's own date where it reached us late."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from aiogram.types import Message

LATE = timedelta(minutes=1)  # what a message may take without being late


class Moments:
    """Gives each update its moment; one that came in later is never said to be earlier.

    While the assistant is off, people go on writing: their periods run from what they
    wrote (law of time), not from when it was read. Presses carry no date, so they are
    of the present, and so is what follows them.
    """

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._last: datetime | None = None

    def now(self) -> datetime:
        """The present, for what carries no date."""
        self._last = self._now()
        return self._last

    def of(self, message: Message) -> datetime:
        """When a message was written or changed last; the present if that is a moment ago."""
        now = self._now()
        said = _said_at(message)
        if now - said <= LATE:
            return self.now()
        self._last = max(said, self._last or said).astimezone(now.tzinfo)
        return self._last


def _said_at(message: Message) -> datetime:
    if message.edit_date is not None:
        return datetime.fromtimestamp(message.edit_date, UTC)
    return message.date
