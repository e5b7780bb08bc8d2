"""Adding working days: the calendar's arrays against the same package asked day by day."""

import random
from collections.abc import Iterator
from datetime import date, timedelta

import chinese_calendar

from policy.calendar import Calendar
from tests.bench.measure import compare, measure

QUESTIONS = 50
LONGEST = 40  # working days, as all approvals together
FIRST, LAST = date(2024, 1, 1), date(2026, 9, 1)  # published years, with room for the period


def run() -> Iterator[str]:
    """The lines of this benchmark."""
    chance = random.Random(37)  # nothing secret: the same questions in every run
    span = (LAST - FIRST).days
    asked = [
        (FIRST + timedelta(chance.randrange(span)), chance.randint(1, LONGEST))
        for _ in range(QUESTIONS)
    ]
    calendar = Calendar()
    for start, days in asked:
        if calendar.add(start, days) != add_day_by_day(start, days):
            raise AssertionError(f"{start} + {days}: the two do not agree")
    medians = measure(
        {
            "ours": lambda: [calendar.add(start, days) for start, days in asked],
            "theirs": lambda: [add_day_by_day(start, days) for start, days in asked],
        }
    )
    ours, theirs = (medians[name] / QUESTIONS for name in ("ours", "theirs"))
    yield compare("Calendar.add", ours, "chinese_calendar day by day", theirs)


def add_day_by_day(start: date, days: int) -> date:
    """The n-th working day after `start`, by asking the package about each day."""
    day = start
    while days:
        day += timedelta(1)
        days -= chinese_calendar.is_workday(day)
    return day
