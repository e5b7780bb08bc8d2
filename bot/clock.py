"""The one place that asks the machine for the time; everybody else is told."""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, tzinfo

from policy.hours import SHANGHAI


class Clock:
    """The machine's clock, in the time zone of the deployment."""

    def __init__(self, zone: tzinfo = SHANGHAI) -> None:
        self.zone = zone

    def now(self) -> datetime:
        """The present, aware, as the clocks here show it."""
        return datetime.now(self.zone)


class RehearsalClock(Clock):
    """A clock that starts at an instant, runs `speed` times as fast, and can be put forward.

    It is measured, not asked for: setting the machine's clock does not move it.

    Args:
        start: where it begins, aware; None: at the machine's present.
        speed: how many of its seconds pass in one.
        zone: the time zone in which it tells the time.
        seconds: what measures, in seconds from anywhere.

    Raises:
        ValueError: `start` is naive, or `speed` is not above 0.

    """

    def __init__(
        self,
        start: datetime | None = None,
        speed: float = 1.0,
        zone: tzinfo = SHANGHAI,
        seconds: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(zone)
        if start is not None and start.tzinfo is None:
            raise ValueError(f"the start {start} of the clock lacks its time zone")
        if speed <= 0:
            raise ValueError(f"a clock runs forward, not at speed {speed}")
        self.speed = speed
        self._seconds = seconds
        # One tuple, so that a thread that asks while another puts the clock forward sees both.
        self._anchor = (start or super().now(), seconds())

    def now(self) -> datetime:
        """The present of the rehearsal."""
        moment, at = self._anchor
        # In UTC, since arithmetic in a zone with summer time would not be elapsed time.
        elapsed = timedelta(seconds=(self._seconds() - at) * self.speed)
        return (moment.astimezone(UTC) + elapsed).astimezone(self.zone)

    def advance_to(self, moment: datetime) -> None:
        """Put the clock forward.

        Raises:
            ValueError: `moment` is naive, or earlier than the present.

        """
        now = self.now()
        if moment.tzinfo is None or moment < now:
            raise ValueError(f"the clock shows {now.isoformat()} and cannot be put to {moment}")
        self._anchor = (moment, self._seconds())


def make_clock(start: datetime | None, speed: float, zone: tzinfo = SHANGHAI) -> Clock:
    """The machine's clock, or a rehearsal's where a start or another speed is set."""
    if start is None and speed == 1.0:
        return Clock(zone)
    return RehearsalClock(start, speed, zone)
