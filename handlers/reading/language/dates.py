"""Days as people write them: 2026-11-18, 2026年11月18日, 10月14日, 昨天, 上周四, 二〇二六年十月.

Works on the plain writing; `today` is always given. A day without a year is of
this year. 上周四 is the Thursday of the week (Monday to Sunday) before this one.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from handlers.reading.language.day_remarks import DAY_CHARACTERS as _CN
from handlers.reading.language.day_remarks import UNREAD_DAY, find_first
from handlers.reading.language.named_days import find_named_day
from handlers.reading.language.numbers import read_count, read_digits

_WEEKDAYS = (
    {name: i for i, name in enumerate("一二三四五六日")}
    | {"天": 6, "7": 6}
    | {str(i + 1): i for i in range(6)}
)
_RELATIVE = {
    "大前天": -3, "前天": -2, "前日": -2, "昨天": -1, "昨日": -1, "昨": -1, "今天": 0, "今日": 0,
    "当天": 0, "本日": 0, "明天": 1, "明日": 1, "后天": 2, "大后天": 3, "大前日": -3,
    "昨个": -1, "昨儿": -1, "昨儿个": -1, "前个": -2, "前儿": -2, "前儿个": -2, "夜个": -1,
    "今个": 0, "今儿": 0, "今儿个": 0,
}  # fmt: skip
_YEARS = {"今年": 0, "本年": 0, "去年": -1, "上年": -1, "前年": -2, "明年": 1}
_MONTHS = {
    "本月": 0,
    "这个月": 0,
    "这月": 0,
    "当月": 0,
    "上个月": -1,
    "上月": -1,
    "下个月": 1,
    "下月": 1,
}
_LONG_AGO = timedelta(days=180)
_WEEKS = {"上上": -2, "上": -1, "本": 0, "这": 0, "": 0, "下": 1, "下下": 2}

# What may stand around a day without changing it.
_WEEKDAY_NOTE = re.compile(r"[(\[]?(?:星期|周|礼拜)([一二三四五六日天])[)\]]?$")
_TIME = re.compile(
    r"(?:T|\s)?(?:上午|下午|中午|早上|晚上|晚|早)?\s*"
    r"(?:\d{1,2}[:点时](?:\d{1,2})?(?::\d{1,2})?(?:分|半)?(?:\.\d+)?(?:Z|\+\d\d:?\d\d)?"
    r"|[一二两三四五六七八九十]{1,3}[点时](?:整|半|[一三]刻|[一二三四五六七八九十]{1,3}分?)?)?$"
)
_TAIL = re.compile(
    r"(?:当天|签约|签订|签署|签的约?|签了约?|签|下|完成|正式|集中|的|了|[,;。.、]+)+$"
)
_HEAD = re.compile(r"^(?:已?于|在|就?是|为|:|西元|公元|公历|阳历)+")
_WRAPS = "\"'“”‘’「」『』()[]"
_AGAIN = re.compile(r"^(?:也?就是|即|也即|或|农历)?")
# What may stand between a day and what was done on it.
_CLAUSE_END = re.compile("[,;。\n]")
_FILLER_END = re.compile(
    r"(?:上午|下午|中午|早上|晚上|晚|就|已经?|正式|全部|均|都|经|给|被|我[局委]|本[局委]|了|"
    r"\d{1,2}[点时](?:半|\d{1,2}分?)?|[\s():])*$"
)
_FILLER_BEHIND = re.compile(r"了?\s?(?:\(|,?(?:办结|受理|完成)?(?:于|时间|日期)(?:是|为|:)?)?\s?")
_PAST = re.compile(r"(?:上上?个?(?:周|星期|礼拜|月)|前[几些]天|前段时间|日前)$")
_BARE_DAY = re.compile(rf"(?<![{_CN}月])([{_CN}]{{1,3}})日$")

_PATTERNS: list[tuple[re.Pattern[str], str]] = [
    (re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})日?"), "full"),
    (re.compile(r"(\d{4})(\d{2})(\d{2})"), "compact"),
    (re.compile(rf"([{_CN}]{{4}}|\d\d)年([{_CN}]{{1,3}})月份?([{_CN}]{{1,3}})[日号]?"), "written"),
    (re.compile(rf"({'|'.join(_YEARS)})([{_CN}]{{1,3}})月份?([{_CN}]{{1,3}})[日号]?"), "year_word"),
    (re.compile(r"(\d{2})([-/.])(\d{1,2})\2(\d{1,2})"), "short"),
    (re.compile(rf"([{_CN}]{{1,3}})月份?([{_CN}]{{1,3}})[日号]?"), "no_year"),
    (re.compile(r"(\d{1,2})[-/.](\d{1,2})[日号]?"), "figures"),
    (re.compile(rf"({'|'.join(_MONTHS)})的?([{_CN}]{{1,3}})[日号]"), "month_word"),
    (re.compile(rf"([{_CN}]{{1,3}})[日号]"), "day_only"),
    (re.compile(r"(上上|上|本|这|下下|下|)个?(?:周|星期|礼拜)([一二三四五六日天1-7])"), "weekday"),
    (re.compile("|".join(sorted(_RELATIVE, key=len, reverse=True))), "relative"),
    (re.compile(rf"([{_CN}]{{1,3}})天(?:以)?前"), "days_ago"),
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class DayReading:
    """A day, and whether something had to be supplied for it (the year, a count from today).

    `yearless`: only month and day were written.
    """

    day: date
    interpreted: bool
    yearless: bool = False


def read_day(text: str, today: date) -> DayReading | None:
    """The one day that the whole text writes; None if it is none, impossible or several."""
    text = text.strip().strip(_WRAPS)
    if len(text) > 60:
        return None
    whole = _read_whole(text, today)
    return whole or _read_said_again(text, today)


def _read_whole(text: str, today: date) -> DayReading | None:
    text, slipped = _mend(text)
    named = find_named_day(text, today)
    if named:
        return DayReading(named, interpreted=True)
    text, weekday = _strip_around(text)
    found = _read_exactly(re.sub(r"\s", "", text), today)
    agrees = found is None or weekday is None or found.day.weekday() == weekday
    return replace(found, interpreted=True) if found and (slipped or not agrees) else found


def _mend(text: str) -> tuple[str, bool]:
    """With figures for what only looks like them (2O26年), and whether anything did."""
    text = re.sub(r"(?<=\d)\s?。\s?(?=\d)", ".", text.replace("元月", "1月"))
    mended = re.sub(r"(?<=[\doO])[oO]|[oO](?=\d)", "0", text)
    mended = re.sub(r"(?<=[\d一二三四五六七八九十])曰", "日", mended)
    return mended, mended != text


def _read_said_again(text: str, today: date) -> DayReading | None:
    """A day and a remark on it; a remark that is a day itself must be the same one."""
    first = find_first(text)
    found = _read_whole(first, today) if first and first != text else None
    if found is None:
        return None
    for part in re.split(r"[,;。()\[\]]", text[len(first) :]):
        weekday = _WEEKDAY_NOTE.match(part.strip())
        if weekday:
            agrees = found.day.weekday() == _WEEKDAYS[weekday[1]]
            found = replace(found, interpreted=found.interpreted or not agrees)
            continue
        other = _read_whole(_AGAIN.sub("", part.strip()), today)
        if other and other.day != found.day:
            return None
        if other is None and UNREAD_DAY.search(part):
            return None
    return found


def read_past_day(text: str, today: date) -> DayReading | None:
    """A day that should not be ahead: in January, 12月30日 is that of the year that has ended.

    The year before is supplied only where it brings the day nearer to today than
    this year does; a day that is ahead otherwise is given as it is. One more
    than half a year ago counts as interpreted: the year or month may be a slip.
    """
    found = read_day(text, today)
    if found is None:
        return None
    if found.yearless and found.day > today:
        before = _day(today.year - 1, found.day.month, found.day.day, supplied=True)
        if before and today - before.day < found.day - today:
            return before
    old = today - found.day > _LONG_AGO
    return replace(found, interpreted=found.interpreted or old)


def _strip_around(text: str) -> tuple[str, int | None]:
    text = _TAIL.sub("", _HEAD.sub("", text)).strip()
    text = _TIME.sub("", text, count=1).strip()
    note = _WEEKDAY_NOTE.search(text)
    if note and re.search(r"\d|[日号月]", text[: note.start()]):
        return text[: note.start()].strip(), _WEEKDAYS[note[1]]
    return text, None


def _read_exactly(text: str, today: date) -> DayReading | None:
    for pattern, kind in _PATTERNS:
        found = pattern.fullmatch(text)
        if found:
            return _READERS[kind](found, today)
    return None


def find_days(text: str, today: date) -> list[tuple[int, int, DayReading | None]]:
    """The days within a sentence: start, end, and the day (None where it is impossible)."""
    found: list[tuple[int, int, DayReading | None]] = []
    for pattern, kind in _PATTERNS:
        if kind in ("compact", "short", "figures"):
            continue  # 1.35亿, 0396-2800001: within a sentence these are mostly no days
        for match in pattern.finditer(text):
            if kind == "day_only" and not re.search("[^收接领拿][到至]$", text[: match.start()]):
                continue  # 5号 is a task
            if all(match.end() <= start or match.start() >= end for start, end, _ in found):
                found.append((match.start(), match.end(), _READERS[kind](match, today)))
    return sorted(found, key=lambda each: each[0])


def find_said_days(text: str, start: int, end: int, today: date) -> list[date]:
    """The days on which what stands at `start:end` of a sentence is said to have happened.

    Those within it, right before it (昨天已办结, 9日上午办结) and right behind it
    (办结于2月9日). 上周, 前几天 and the like count as a week ago.
    """
    low = start - len(_CLAUSE_END.split(text[:start])[-1])
    before = _FILLER_END.sub("", text[low:start], count=1)
    found = [
        day.day
        for first, last, day in find_days(text, today)
        if day
        and (
            start <= first < last <= end
            or low <= first < last == low + len(before)
            or (first >= end and _FILLER_BEHIND.fullmatch(text[end:first]))
        )
    ]
    bare = _BARE_DAY.search(before)
    day_of_month = _day_only(bare, today) if bare else None
    found += [day_of_month.day] if day_of_month else []
    return found + ([today - timedelta(days=7)] if _PAST.search(before) else [])


def _day(year: int | None, month: int | None, day: int | None, supplied: bool) -> DayReading | None:
    if not year or not month or not day:
        return None
    try:
        return DayReading(date(year, month, day), supplied)
    except ValueError:
        return None


def _full(found: re.Match[str], _today: date) -> DayReading | None:
    return _day(int(found[1]), int(found[3]), int(found[4]), supplied=False)


def _compact(found: re.Match[str], _today: date) -> DayReading | None:
    return _day(int(found[1]), int(found[2]), int(found[3]), supplied=False)


def _short(found: re.Match[str], _today: date) -> DayReading | None:
    return _day(2000 + int(found[1]), int(found[3]), int(found[4]), supplied=True)


def _written(found: re.Match[str], _today: date) -> DayReading | None:
    said = found[1]
    year = read_count(read_digits(said)) or 0
    chinese = not (said.isascii() and found[2].isascii() and found[3].isascii())
    return _day(
        2000 + year if len(said) == 2 else year,
        read_count(found[2]),
        read_count(found[3]),
        supplied=chinese or len(said) == 2,
    )


def _year_word(found: re.Match[str], today: date) -> DayReading | None:
    year = today.year + _YEARS[found[1]]
    return _day(year, read_count(found[2]), read_count(found[3]), supplied=True)


def _no_year(found: re.Match[str], today: date) -> DayReading | None:
    day = _day(today.year, read_count(found[1]), read_count(found[2]), supplied=True)
    return day and replace(day, yearless=True)


def _month_word(found: re.Match[str], today: date) -> DayReading | None:
    months = today.year * 12 + today.month - 1 + _MONTHS[found[1]]
    return _day(months // 12, months % 12 + 1, read_count(found[2]), supplied=True)


def _day_only(found: re.Match[str], today: date) -> DayReading | None:
    return _day(today.year, today.month, read_count(found[1]), supplied=True)


def _weekday(found: re.Match[str], today: date) -> DayReading | None:
    monday = today - timedelta(days=today.weekday())
    day = monday + timedelta(weeks=_WEEKS[found[1]], days=_WEEKDAYS[found[2]])
    return DayReading(day, interpreted=True)


def _relative(found: re.Match[str], today: date) -> DayReading | None:
    return DayReading(today + timedelta(days=_RELATIVE[found[0]]), interpreted=True)


def _days_ago(found: re.Match[str], today: date) -> DayReading | None:
    count = read_count(found[1])
    return DayReading(today - timedelta(days=count), interpreted=True) if count else None


_READERS: dict[str, Callable[[re.Match[str], date], DayReading | None]] = {
    "full": _full, "compact": _compact, "short": _short, "written": _written,
    "year_word": _year_word, "no_year": _no_year, "figures": _no_year, "month_word": _month_word,
    "day_only": _day_only, "weekday": _weekday, "relative": _relative, "days_ago": _days_ago,
}  # fmt: skip
