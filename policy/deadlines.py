"""When a period ends, and how that was counted.

The law of time, from 民法典第二百零一条至第二百零四条 and 行政许可法第四十五、八十二条: the day on
which a period begins does not count (law 1); a period in working days counts working days
(law 2); one in calendar days whose last day is a rest day ends on the next working day (law 3);
while the clock stands still no day counts (law 4); overdue is counted in working days (law 6).

A result carries the reasons as data. The sentences are written by whoever shows it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from policy.calendar import Calendar, CalendarError, DayKind
from policy.periods import DeadlineError, Pause, Period, Unit, merge_pauses, pause_days

__all__ = [
    "Cause",
    "Deadline",
    "DeadlineError",
    "LeftOut",
    "Pause",
    "Period",
    "Unit",
    "count_deadline",
    "days_left",
    "days_overdue",
    "find_day_of_delay",
    "pause_days",
]

_DAY = timedelta(days=1)


class Cause(StrEnum):
    """Why a day was left out."""

    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    PAUSE = "pause"


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Consecutive days that were left out for one reason, both ends included."""

    first: date
    last: date
    cause: Cause
    name: str
    """The holiday's Chinese name, or ""."""


@dataclass(frozen=True, slots=True)
class Deadline:
    """The end of a period, with what is needed to explain it."""

    start: date
    """The day on which the period began, which does not count."""
    period: Period
    due: date | None
    """The last day; None while a pause is open that began before the period was over, and where
    the calendar does not reach (see `without_end`)."""
    provisional: bool
    """True when a year from `start` to `due` is not published yet, so that the date may move."""
    counted: int
    """How many days of the period are counted: all, or those before the open pause."""
    left_out: tuple[LeftOut, ...]
    """What was left out, in order. In a period of calendar days, rest days appear only where
    they moved its end. A rest day within a pause counts as paused. The open pause is not in it."""
    worked_weekends: tuple[date, ...]
    """Make-up Saturdays and Sundays that were counted as working days."""
    moved_from: date | None
    """Where a period of calendar days would have ended, had that not been a rest day."""
    paused_since: date | None
    """The first day of the pause that is open, or None."""

    @property
    def paused(self) -> bool:
        """Whether the clock stands still, so that there is no last day yet."""
        return self.paused_since is not None

    @property
    def remaining(self) -> int:
        """How many days of the period are left when the open pause ends; 0 where none is open."""
        return self.period.days - self.counted if self.paused else 0


def without_end(start: date, period: Period) -> Deadline:
    """Make what stands for a period that nobody can count: it has no last day, and no pause."""
    return Deadline(
        start=start,
        period=period,
        due=None,
        provisional=False,
        counted=0,
        left_out=(),
        worked_weekends=(),
        moved_from=None,
        paused_since=None,
    )


def count_deadline(
    calendar: Calendar, start: date, period: Period, pauses: Iterable[Pause] = ()
) -> Deadline:
    """Count a period from `start` to its last day.

    Pauses may overlap and come in any order; a day in several of them is left out once. One that
    begins after the deadline changes nothing.

    Raises:
        DeadlineError: the count leaves the years that the calendar covers (2004 to 2100).

    """
    try:
        calendar.day(start)  # refuses one that it does not cover
        return _Count(calendar, start, period, merge_pauses(pauses)).deadline()
    except (CalendarError, OverflowError) as error:
        raise DeadlineError(
            f"{period.days} {period.unit} from {start} cannot be counted: {error}"
        ) from error


def days_left(calendar: Calendar, today: date, due: date) -> int:
    """Count the working days left after `today`, the last day included: 0 on the last day."""
    return calendar.count(today, due)


def days_overdue(calendar: Calendar, today: date, due: date, pauses: Iterable[Pause] = ()) -> int:
    """Count the working days of delay, from the day after the deadline (law 6): 0 on the day.

    Days on which the clock stands still are nobody's delay either (law 4).
    """
    late = calendar.count(due, today)
    for pause in merge_pauses(pauses) if late else ():
        last = today if pause.last is None else min(today, pause.last)
        late -= calendar.count(max(due, pause.first - _DAY), last)
    return late


def find_day_of_delay(
    calendar: Calendar, due: date, days: int, pauses: Iterable[Pause] = ()
) -> date:
    """Find the first day on which `days_overdue` counts so many working days, at least 1.

    Raises:
        DeadlineError: a pause is open, or that is beyond the calendar.

    """
    found = count_deadline(calendar, due, Period(days), pauses).due
    if found is None:
        raise DeadlineError(f"{days} days of delay after {due} are not in sight during a pause")
    return found


class _Count:
    """One count of one period; `pauses` are in order and do not touch each other."""

    def __init__(
        self, calendar: Calendar, start: date, period: Period, pauses: Sequence[Pause]
    ) -> None:
        self._calendar = calendar
        self._start = start
        self._period = period
        self._pauses = pauses
        self._in_working_days = period.unit is Unit.WORKING_DAYS

    def deadline(self) -> Deadline:
        end, counted, paused_since = self._find_end()
        due = end
        if end is not None and not self._in_working_days:
            due, paused_since = self._move_off_rest_days(end)
        last_seen = self._start if paused_since is None else paused_since - _DAY
        last_seen = last_seen if due is None else due
        left_out, worked_weekends = self._explain(end, last_seen)
        return Deadline(
            start=self._start,
            period=self._period,
            due=due,
            provisional=self._is_provisional(last_seen),
            counted=counted,
            left_out=left_out,
            worked_weekends=worked_weekends,
            moved_from=None if end == due else end,
            paused_since=paused_since,
        )

    def _find_end(self) -> tuple[date | None, int, date | None]:
        """Count the period's days: its end, how many were counted, and since when it is paused."""
        position, left = self._start, self._period.days
        for pause in self._pauses:
            if self._add(position, left) < pause.first:
                break
            left -= self._count(position, pause.first - _DAY)
            if pause.last is None:
                return None, self._period.days - left, pause.first
            position = max(position, pause.last)
        return self._add(position, left), self._period.days, None

    def _move_off_rest_days(self, end: date) -> tuple[date | None, date | None]:
        """Apply law 3: the first working day from `end` that is not paused, or the open pause."""
        due = self._calendar.on_or_after(end)
        for pause in self._pauses:
            if pause.first <= due and (pause.last is None or due <= pause.last):
                if pause.last is None:
                    return None, pause.first
                due = self._calendar.on_or_after(pause.last + _DAY)
        return due, None

    def _explain(
        self, end: date | None, until: date
    ) -> tuple[tuple[LeftOut, ...], tuple[date, ...]]:
        left_out: list[LeftOut] = []
        worked_weekends = []
        day = self._start + _DAY
        while day <= until:
            reason = self._reason(day, moving=end is not None and day >= end)
            if reason is not None:
                _append(left_out, day, *reason)
            elif self._in_working_days and self._calendar.day(day).kind is DayKind.MAKE_UP:
                worked_weekends.append(day)
            day += _DAY
        return tuple(left_out), tuple(worked_weekends)

    def _reason(self, day: date, *, moving: bool) -> tuple[Cause, str] | None:
        if any(p.first <= day and (p.last is None or day <= p.last) for p in self._pauses):
            return Cause.PAUSE, ""
        if not (self._in_working_days or moving):
            return None
        seen = self._calendar.day(day)
        if seen.kind is DayKind.HOLIDAY:
            return Cause.HOLIDAY, seen.name
        return (Cause.WEEKEND, "") if seen.kind is DayKind.WEEKEND else None

    def _is_provisional(self, until: date) -> bool:
        years = range(self._start.year, max(self._start, until).year + 1)
        return not all(self._calendar.is_known(date(year, 1, 1)) for year in years)

    def _count(self, after: date, upto: date) -> int:
        if self._in_working_days:
            return self._calendar.count(after, upto)
        return max(0, (upto - after).days)

    def _add(self, after: date, days: int) -> date:
        if self._in_working_days:
            return self._calendar.add(after, days)
        return after + timedelta(days=days)


def _append(left_out: list[LeftOut], day: date, cause: Cause, name: str) -> None:
    """Add a day, joined to the days before it when they were left out for the same reason."""
    last = left_out[-1] if left_out else None
    if last and last.last + _DAY == day and (last.cause, last.name) == (cause, name):
        left_out[-1] = LeftOut(last.first, day, cause, name)
    else:
        left_out.append(LeftOut(day, day, cause, name))
