"""What is known of rest days before anybody corrects it.

For a published year: the State Council's yearly notice, as `chinese_calendar`
carries it, with its make-up days. For a year that is not published yet: weekends
and the statutory holidays themselves (全国年节及纪念日放假办法), as `holidays`
derives them from the lunar calendar. Which weekdays will be given off beside them,
and which weekends worked in return, nobody knows until the notice is out.
"""

from datetime import date
from enum import StrEnum
from functools import lru_cache

import chinese_calendar
import holidays

FIRST_YEAR = min(chinese_calendar.holidays).year
"""The first year whose notice is known (2004)."""

LAST_PUBLISHED_YEAR = max(chinese_calendar.holidays).year
"""The last year whose notice is known."""

LAST_YEAR = 2100
"""The last year of the lunar calendar that the statutory holidays are derived from."""


class DayKind(StrEnum):
    """Whether people work on a day, and why or why not."""

    WORKING = "working"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    MAKE_UP = "make_up"
    """A Saturday or Sunday that is worked in return for a holiday (调休上班)."""


_NAMES = {
    chinese_calendar.Holiday.tomb_sweeping_day: "清明节",
    chinese_calendar.Holiday.dragon_boat_festival: "端午节",
    chinese_calendar.Holiday.mid_autumn_festival: "中秋节",
    chinese_calendar.Holiday.anti_fascist_70th_day: "抗战胜利70周年纪念日",
}
_SATURDAY = 5


def is_weekend(day: date) -> bool:
    """Tell whether `day` is a Saturday or Sunday."""
    return day.weekday() >= _SATURDAY


def classify(day: date) -> tuple[DayKind, str]:
    """Tell the kind of a day, and the holiday's Chinese name ("" where there is none).

    A make-up day carries the name of the holiday that it makes up for.
    """
    if day.year > LAST_PUBLISHED_YEAR:
        return _classify_unpublished(day)
    if worked_for := chinese_calendar.workdays.get(day):
        return DayKind.MAKE_UP, _name(worked_for)
    if holiday := chinese_calendar.holidays.get(day):
        return DayKind.HOLIDAY, _name(holiday)
    return _classify_plain(day)


@lru_cache(maxsize=LAST_YEAR)
def statutory_holidays(year: int) -> dict[date, str]:
    """List the statutory holidays of a year with their Chinese names.

    Only the days of the 放假办法 themselves: no substitute days, no make-up days.
    Where two fall together (中秋节 on 国庆节), the one day carries both names.
    """
    days = holidays.country_holidays("CN", years=year, observed=False, language="zh_CN")
    # New Year's Eve is a day of the Spring Festival, and people call it so.
    return {
        day: name.replace("农历除夕", "春节").replace("; ", "、")
        for day, name in sorted(days.items())
    }


def _classify_unpublished(day: date) -> tuple[DayKind, str]:
    if name := statutory_holidays(day.year).get(day):
        return DayKind.HOLIDAY, name
    return _classify_plain(day)


def _classify_plain(day: date) -> tuple[DayKind, str]:
    return (DayKind.WEEKEND if is_weekend(day) else DayKind.WORKING), ""


def _name(holiday: str) -> str:
    # The package's dictionaries hold the English names, which are its enum's values.
    member = chinese_calendar.Holiday(holiday)
    name: str = _NAMES.get(member, member.chinese)
    return name
