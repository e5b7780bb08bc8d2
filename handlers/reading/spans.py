"""Spans of days that questions name: 本周, 下周, 月底前, 未来4天, 3个工作日内."""

import calendar as gregorian
import re
import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from handlers.reading.numbers import read_count
from handlers.reading.values import Period
from policy.calendar import Calendar

_N = r"(\d{1,3}|[一二两三四五六七八九十]{1,3})"
_WORDS = tomllib.loads((Path(__file__).parent / "spans.toml").read_text(encoding="utf-8"))
_PATTERNS = [
    (Period(name), re.compile("|".join(words).replace("{N}", _N))) for name, words in _WORDS.items()
]


@dataclass(frozen=True, slots=True)
class Span:
    """A span of days, inclusive, and where in the text it is named. `days` as README's slots."""

    start: int
    end: int
    period: Period
    days: int | None
    first: date
    last: date


def find_span(text: str, today: date, calendar: Calendar) -> Span | None:
    """The first span of days that a plain text names, or None."""
    for period, pattern in _PATTERNS:
        found = pattern.search(text)
        if found is None or (period is Period.MONTH_END and "月" not in found[0]):
            continue
        days = _read_days(found, period)
        if days is not None and not 0 < days < 400:
            continue
        first, last = resolve(period, days or 0, today, calendar)
        return Span(found.start(), found.end(), period, days, first, last)
    return None


def _read_days(found: re.Match[str], period: Period) -> int | None:
    if period not in (Period.NEXT_DAYS, Period.NEXT_WORKDAYS):
        return None
    if found[0].startswith("今明"):
        return 1
    said = next((group for group in found.groups() if group), None)
    return read_count(said) if said else 7


def resolve(period: Period, days: int, today: date, calendar: Calendar) -> tuple[date, date]:
    """The first and last day of a period as seen from today; weeks are Monday to Sunday."""
    monday = today - timedelta(days=today.weekday())
    if period is Period.TODAY:
        return today, today
    if period is Period.TOMORROW:
        return today + timedelta(days=1), today + timedelta(days=1)
    if period is Period.THIS_WEEK:
        return monday, monday + timedelta(days=6)
    if period is Period.NEXT_WEEK:
        return monday + timedelta(days=7), monday + timedelta(days=13)
    if period is Period.MONTH_END:
        return today, today.replace(day=gregorian.monthrange(today.year, today.month)[1])
    if period is Period.NEXT_WORKDAYS:
        return today, calendar.add(today, days)
    return today, today + timedelta(days=days)
