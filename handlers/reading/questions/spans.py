"""Spans of days that questions name: 本周, 下周, 月底前, 未来4天, 3个工作日内, 下周二之前."""

import calendar as gregorian
import re
import tomllib
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

from handlers.reading.language.numbers import read_count
from handlers.reading.values import Period
from policy.calendar import Calendar

_N = r"(\d{1,3}|[一二两三四五六七八九十]{1,3})"
_M = r"(\d{1,2}|[一二三四五六七八九十]{1,2})"
_WORDS = tomllib.loads((Path(__file__).parent / "spans.toml").read_text(encoding="utf-8"))
_PATTERNS = [
    (
        Period(name),
        re.compile("|".join(words).replace("{N}", _N).replace("{M}", r"(?:" + _M[1:-1] + ")")),
    )
    for name, words in _WORDS.items()
]
# 下下周, though not in 看下下周 and 排一下下周.
_AGAIN = "(?<![一看查报问列发说排点理数])下"
_BEFORE = r"(?P<before>之?前|以前|为止)?"
# Days and spans that go by no name of README's: only their first and last day are said.
_BY_DAY = [
    re.compile(
        rf"(?:(?P<week>(?:{_AGAIN})?下个?|本|这)?(?:周|星期|礼拜))(?P<weekday>[一二三四五六日天1-6])(?:下班)?{_BEFORE}"
    ),
    re.compile(rf"(?:(?P<month>{_M[1:-1]})月)(?P<day>{_N[1:-1]})[日号]{_BEFORE}"),
    re.compile(r"(?P<day>\d{1,2})[日号](?P<before>之?前|以前|为止)"),
    re.compile(rf"(?P<after>大?后[天日]){_BEFORE}"),
]
# 周四到周五, 12月1号至10号: what the first day is followed by.
_TO = re.compile("[到至~-]")
_LAST = [*_BY_DAY[:2], re.compile(r"(?P<day>\d{1,2})[日号]")]
_WEEKS = re.compile(
    rf"(?:未来|今后|接下来|往后|最近|近)?{_N}个?(?:周|星期|礼拜)(?:之?内|以内)|(?P<half>半个?月)(?:之?内|以内)"
)
_MONTH = re.compile(
    rf"(?P<next>(?<!{_AGAIN})下个?月)(?P<until>[底末]?(?:之?前|以前)|[底末])?|(?P<year>年底|年末|年内)(?:之?前|以前)?"
    rf"|(?<![\d一二三四五六七八九十])(?P<month>{_M[1:-1]})月份?(?P<before>[底末]?(?:之?前|以前)|[底末])?(?![\d一二三四五六七八九十])"
    rf"|(?P<both>明后[两二]?[天日])|(?P<later>{_AGAIN}下个?(?:周|星期|礼拜)(?![一二三四五六日天末1-6]))"
)
_WEEKDAYS = "一二三四五六日"


@dataclass(frozen=True, slots=True)
class Span:
    """A span of days, inclusive, and where in the text it is named.

    `period` and `days` are README's; None where the days have no such name (下周二之前).
    """

    start: int
    end: int
    period: Period | None
    days: int | None
    first: date
    last: date


def find_span(text: str, today: date, calendar: Calendar) -> Span | None:
    """The first span of days that a plain text names, or None; blanks in it say nothing."""
    kept = [at for at, character in enumerate(text) if character not in " \t"]
    bare = "".join(text[at] for at in kept)
    span = (
        _find_other(bare, today) or _find_period(bare, today, calendar) or _find_by_day(bare, today)
    )
    return span and replace(span, start=kept[span.start], end=kept[span.end - 1] + 1)


def _find_period(text: str, today: date, calendar: Calendar) -> Span | None:
    for period, pattern in _PATTERNS:
        found = pattern.search(text)
        if found is None or (period is Period.MONTH_END and not _is_this_month(found[0], today)):
            continue
        days = _read_days(found, period)
        if days is not None and not 0 < days < 400:
            continue
        first, last = resolve(period, days or 0, today, calendar)
        return Span(found.start(), found.end(), period, days, first, last)
    return None


def _is_this_month(said: str, today: date) -> bool:
    """本月底, 月末 and the month by its number; 12月底 in November is another month's end."""
    numbered = re.match(_M + "月", said)
    return "月" in said and (numbered is None or read_count(numbered[1]) == today.month)


def _read_days(found: re.Match[str], period: Period) -> int | None:
    if period not in (Period.NEXT_DAYS, Period.NEXT_WORKDAYS):
        return None
    if found[0].startswith("今明"):
        return 1
    said = next((group for group in found.groups() if group), None)
    return read_count(said) if said else 7


def _find_other(text: str, today: date) -> Span | None:
    """Some weeks, the next month, the rest of the year."""
    weeks = _WEEKS.search(text)
    days = 15 if weeks and weeks["half"] else 7 * (read_count(weeks[1]) or 0) if weeks else 0
    if weeks and 7 < days < 100:
        ends = today + timedelta(days=days)
        return Span(weeks.start(), weeks.end(), Period.NEXT_DAYS, days, today, ends)
    found = _MONTH.search(text)
    first, last = _read_month(found, today) if found else (None, None)
    if found is None or first is None or last is None:
        return None
    return Span(*found.span(), None, None, first, last)


def _read_month(found: re.Match[str], today: date) -> tuple[date | None, date | None]:
    if found["year"]:
        return today, date(today.year, 12, 31)
    if found["both"]:
        return today + timedelta(days=1), today + timedelta(days=2)
    if found["later"]:
        monday = today - timedelta(days=today.weekday())
        return monday + timedelta(days=14), monday + timedelta(days=20)
    first = (today.replace(day=1) + timedelta(days=32)).replace(day=1)
    if found["month"]:
        month = read_count(found["month"]) or 0
        if not 1 <= month <= 12 or month == today.month:
            return None, None
        first = date(today.year + (month < today.month), month, 1)
    until = found["until"] or found["before"]
    return (today if until else first), _end_of_month(first)


def _find_by_day(text: str, today: date) -> Span | None:
    """A day to come, or all days until it: 后天, 周五前, 11月28日之前."""
    for pattern in _BY_DAY:
        found = pattern.search(text)
        day = _read_day(found, today) if found else None
        if found and day and day >= today:
            last = _read_last(text, found, day, today)
            if last:
                return Span(found.start(), last[0], None, None, day, last[1])
            first = today if found["before"] else day
            return Span(*found.span(), None, None, first, day)
    return None


def _read_last(text: str, first: re.Match[str], day: date, today: date) -> tuple[int, date] | None:
    """The day to which a span lasts that names its first one, and where in the text it ends."""
    to = _TO.match(text, first.end())
    for pattern in _LAST if to else ():
        found = pattern.match(text, to.end() if to else 0)
        # 下周三到周五: without a week of its own the second is of the first's, like its month.
        own = found and found.groupdict().get("week")
        last = _read_day(found, today if own else day) if found else None
        if found and last and last >= day:
            return found.end(), last
    return None


def _read_day(found: re.Match[str], today: date) -> date | None:
    said = found.groupdict()
    if said.get("after"):
        return today + timedelta(days=3 if said["after"].startswith("大") else 2)
    if said.get("weekday"):
        return _read_weekday(said["week"] or "", said["weekday"], today)
    month = read_count(said["month"]) if said.get("month") else today.month
    day = read_count(said["day"] or "")
    try:
        return today.replace(month=month or 0, day=day or 0)
    except ValueError:
        return None


def _read_weekday(week: str, said: str, today: date) -> date:
    number = int(said) - 1 if said.isdigit() else _WEEKDAYS.index("日" if said == "天" else said)
    monday = today - timedelta(days=today.weekday())
    return monday + timedelta(days=number + 7 * week.count("下"))


def _end_of_month(day: date) -> date:
    return day.replace(day=gregorian.monthrange(day.year, day.month)[1])


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
        return today, _end_of_month(today)
    if period is Period.NEXT_WORKDAYS:
        return today, calendar.add(today, days)
    return today, today + timedelta(days=days)
