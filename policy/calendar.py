"""Working days: which days they are, how many there are, and which is the n-th.

Law 2 of the law of time; 行政许可法第八十二条 (working days do not include holidays).
A deployment may add or correct days in its configuration, and its word wins.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from policy.published import (
    FIRST_YEAR,
    LAST_PUBLISHED_YEAR,
    LAST_YEAR,
    DayKind,
    classify,
    is_weekend,
    statutory_holidays,
)

__all__ = ["Calendar", "CalendarError", "ContradictoryDay", "Day", "DayKind", "OutOfCalendar"]

_RESTING = frozenset({DayKind.WEEKEND, DayKind.HOLIDAY})


class CalendarError(ValueError):
    """A day that the calendar can say nothing about; `day` tells which."""

    def __init__(self, day: date, reason: str) -> None:
        super().__init__(f"{day}: {reason}")
        self.day = day


class OutOfCalendar(CalendarError):
    """A day outside the years that the calendar covers."""

    def __init__(self, day: date) -> None:
        super().__init__(day, f"the calendar covers {FIRST_YEAR} to {LAST_YEAR}")


class ContradictoryDay(CalendarError):
    """A day that the configuration gives both as a holiday and as a working day."""

    def __init__(self, day: date) -> None:
        super().__init__(day, "given both as a holiday and as a working day")


@dataclass(frozen=True, slots=True)
class Day:
    """One day, as the calendar sees it."""

    date: date
    kind: DayKind
    name: str
    """The holiday's Chinese name; on a make-up day that of the holiday it makes up for; or ""."""
    known: bool
    """False while the notice for the day's year is not published."""

    @property
    def is_working(self) -> bool:
        """Whether people work on it."""
        return self.kind not in _RESTING


class _Year:
    """One year's days, with what is needed to add and to count without walking through them."""

    __slots__ = ("_first", "days", "until", "working")

    def __init__(self, days: list[Day]) -> None:
        self._first = days[0].date.toordinal()
        self.days = days
        self.working = [day.date for day in days if day.is_working]
        self.until: list[int] = []
        """For each day of the year, how many working days there are up to and including it."""
        passed = 0
        for day in days:
            passed += day.is_working
            self.until.append(passed)

    def index(self, day: date) -> int:
        return day.toordinal() - self._first


class Calendar:
    """The working days of 2004 to 2100, published or foreseen, with a deployment's corrections.

    A year that the package does not have yet stays *provisional* until somebody has typed the
    State Council's notice into the configuration. That is taken as done when `holidays` names
    every statutory holiday of the year that falls on a weekday, and `workdays` names at least
    one day of it: no notice since 2004 came without make-up days, and a list without 国庆节 is
    not the notice. A single corrected day therefore corrects that day, and nothing else.

    Args:
        holidays: days that are rested on, whatever the package says.
        workdays: days that are worked on, whatever the package says.

    Raises:
        ContradictoryDay: a day is in both lists.
        OutOfCalendar: a day lies outside the years that are covered.

    """

    def __init__(self, holidays: Iterable[date] = (), workdays: Iterable[date] = ()) -> None:
        self._holidays = frozenset(holidays)
        self._workdays = frozenset(workdays)
        for day in sorted(self._holidays & self._workdays):
            raise ContradictoryDay(day)
        for day in sorted(self._holidays | self._workdays):
            _check_covered(day.year, day)
        self._years: dict[int, _Year] = {}
        self._typed_in = frozenset(
            year for year in {day.year for day in self._workdays} if self._has_notice(year)
        )

    @property
    def covered_through(self) -> date:
        """The last day whose year is known, without a gap before it."""
        year = LAST_PUBLISHED_YEAR
        while year + 1 in self._typed_in:
            year += 1
        return date(year, 12, 31)

    def day(self, day: date) -> Day:
        """Describe one day. Raises OutOfCalendar before 2004 and after 2100, as all methods do."""
        year = self._year(day)
        return year.days[year.index(day)]

    def is_working(self, day: date) -> bool:
        """Tell whether people work on `day`."""
        return self.day(day).is_working

    def is_known(self, day: date) -> bool:
        """Tell whether the notice for the year of `day` is published (or typed in)."""
        return self._is_known_year(day.year)

    def list_unnamed_holidays(self, year: int) -> tuple[date, ...]:
        """List the statutory holidays on weekdays of `year` that the configuration does not name.

        Empty for a published year. For another it is what still has to be typed in before
        the year can count as known, beside at least one make-up day.
        """
        if year <= LAST_PUBLISHED_YEAR:
            return ()
        statutory = statutory_holidays(year)
        return tuple(day for day in statutory if not is_weekend(day) and day not in self._holidays)

    def add(self, start: date, n: int) -> date:
        """Return the n-th working day after `start`, which itself does not count.

        Raises:
            ValueError: n is below 1.

        """
        if n < 1:
            raise ValueError(f"working days to add must be at least 1, not {n}")
        year = self._year(start)
        wanted = year.until[year.index(start)] + n
        while wanted > len(year.working):
            wanted -= len(year.working)
            year = self._year(year.days[-1].date + timedelta(days=1))
        return year.working[wanted - 1]

    def count(self, after: date, upto: date) -> int:
        """Count the working days later than `after`, up to and including `upto`.

        Zero when `upto` is not later than `after`.
        """
        if upto <= after:
            return 0
        first, last = self._year(after), self._year(upto)
        counted = last.until[last.index(upto)] - first.until[first.index(after)]
        for year in range(after.year, upto.year):
            counted += len(self._year(date(year, 1, 1)).working)
        return counted

    def next_working(self, day: date) -> date:
        """Return the first working day later than `day`."""
        return self.add(day, 1)

    def on_or_after(self, day: date) -> date:
        """Return `day` itself when people work on it, and otherwise the next working day."""
        return day if self.is_working(day) else self.add(day, 1)

    def _year(self, day: date) -> _Year:
        # Two threads may both build a year; they build the same, and either may stay.
        found = self._years.get(day.year)
        if found is None:
            _check_covered(day.year, day)
            found = self._years[day.year] = self._build_year(day.year)
        return found

    def _build_year(self, year: int) -> _Year:
        first = date(year, 1, 1)
        length = date(year, 12, 31).toordinal() - first.toordinal() + 1
        return _Year([self._describe(first + timedelta(days=n)) for n in range(length)])

    def _describe(self, day: date) -> Day:
        kind, name = classify(day)
        if day in self._holidays:
            kind, name = DayKind.HOLIDAY, name if kind is DayKind.HOLIDAY else ""
        elif day in self._workdays and kind in _RESTING:
            kind, name = DayKind.MAKE_UP if is_weekend(day) else DayKind.WORKING, ""
        return Day(day, kind, name, self._is_known_year(day.year))

    def _is_known_year(self, year: int) -> bool:
        return FIRST_YEAR <= year <= LAST_PUBLISHED_YEAR or year in self._typed_in

    def _has_notice(self, year: int) -> bool:
        return year > LAST_PUBLISHED_YEAR and not self.list_unnamed_holidays(year)


def _check_covered(year: int, day: date) -> None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise OutOfCalendar(day)
