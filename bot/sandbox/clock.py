"""What the sandbox needs of a clock, and a small one for tests and trials."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Protocol

from policy.calendar import Calendar

MORNING = time(8, 30)


class SandboxClock(Protocol):
    """Time as the sandbox sees it; the process's one clock in `make run`."""

    def now(self) -> datetime:
        """The present, aware."""
        ...

    def advance_to(self, moment: datetime) -> None:
        """Jump forward to `moment`."""
        ...


class StillClock:
    """A clock that moves only when it is told to."""

    def __init__(self, start: datetime) -> None:
        self._now = start

    def now(self) -> datetime:
        """The moment it was last set to."""
        return self._now

    def advance_to(self, moment: datetime) -> None:
        """Set it; raises ValueError for a moment before the present."""
        if moment < self._now:
            raise ValueError(f"the clock is at {self._now.isoformat()} and does not go back")
        self._now = moment


NextMorning = Callable[[datetime], datetime]


def next_working_morning(calendar: Calendar, at: time = MORNING) -> NextMorning:
    """From now to the next `at` o'clock of a working day, strictly later, in now's own zone."""

    def find(now: datetime) -> datetime:
        first: date = now.date() if now.time() < at else now.date() + timedelta(days=1)
        day = calendar.on_or_after(first)
        return datetime.combine(day, at, tzinfo=now.tzinfo)

    return find
