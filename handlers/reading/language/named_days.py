"""Days that go by a name: 国庆节当天, 10月最后一天, 元月8日; and those in English: Nov 12, 2026.

They count only where they are the whole value; within a sentence they mean too
many other things.
"""

import calendar
import re
from datetime import date

from handlers.reading.language.numbers import read_count

# Festivals on a fixed day; the others move with the moon and are asked back.
_FESTIVALS = {
    "元旦": (1, 1), "妇女节": (3, 8), "三八节": (3, 8), "植树节": (3, 12), "五一": (5, 1),
    "劳动节": (5, 1), "五四": (5, 4), "青年节": (5, 4), "六一": (6, 1), "儿童节": (6, 1),
    "七一": (7, 1), "建党节": (7, 1), "八一": (8, 1), "建军节": (8, 1), "教师节": (9, 10),
    "十一": (10, 1), "国庆": (10, 1),
}  # fmt: skip
_FESTIVAL = re.compile(rf"({'|'.join(_FESTIVALS)})(?:节|国际劳动节)?(?:当天|当日|那天|那日)?")
_YEARS = {"今年": 0, "去年": -1, "": 0}
_LAST = re.compile(
    r"(?P<year>\d{4}年|今年|去年|)(?:(?P<month>[一二三四五六七八九十元\d]{1,2})月份?"
    r"|(?P<word>上个月|上月|本月|这个月))的?最后[一1]?[天日]"
)
_ENGLISH_MONTHS = {name.lower(): i for i, name in enumerate(calendar.month_abbr) if name}
_MONTH_FIRST = re.compile(
    r"(?P<month>[a-z]{3,9})\.?\s*(?P<day>\d{1,2})(?:st|nd|rd|th)?\s*,?\s*(?P<year>\d{4})"
)
_DAY_FIRST = re.compile(
    r"(?P<day>\d{1,2})(?:st|nd|rd|th)?[\s-]*(?P<month>[a-z]{3,9})\.?[\s,-]*(?P<year>\d{4})"
)


def find_named_day(text: str, today: date) -> date | None:
    """The day that the whole text names, or None."""
    text = text.strip()
    return _read_festival(text, today) or _read_last(text, today) or _read_english(text.lower())


def _read_festival(text: str, today: date) -> date | None:
    years, rest = next((n, text.removeprefix(w)) for w, n in _YEARS.items() if text.startswith(w))
    found = _FESTIVAL.fullmatch(rest)
    if not found or found[0] in ("十一", "五四"):
        return None
    month, day = _FESTIVALS[found[1]]
    return date(today.year + years, month, day)


def _read_last(text: str, today: date) -> date | None:
    found = _LAST.fullmatch(re.sub(r"\s", "", text))
    if not found:
        return None
    said = found["year"]
    year = int(said[:4]) if said[:1].isdigit() else today.year + _YEARS[said]
    months = year * 12 + today.month - 1
    if found["word"]:
        months -= found["word"].startswith("上")
    else:
        month = 1 if found["month"] == "元" else read_count(found["month"])
        if not month or month > 12:
            return None
        months = year * 12 + month - 1
    year, month = months // 12, months % 12 + 1
    return date(year, month, calendar.monthrange(year, month)[1])


def _read_english(text: str) -> date | None:
    found = _MONTH_FIRST.fullmatch(text) or _DAY_FIRST.fullmatch(text)
    month = _ENGLISH_MONTHS.get(found["month"][:3]) if found else None
    if not found or not month:
        return None
    try:
        return date(int(found["year"]), month, int(found["day"]))
    except ValueError:
        return None
