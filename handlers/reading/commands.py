"""Commands, with a slash or as a Chinese word: /due 宏达食品 环评, 到期 宏达食品 环评, #12."""

import re
from dataclasses import replace

from handlers.reading.mentions import PROJECT, TASK, Named, find_named
from handlers.reading.spans import resolve
from handlers.reading.values import (
    Candidates,
    Intent,
    Join,
    Nothing,
    Period,
    Query,
    ReadingContext,
    Slots,
)

_WORDS = {
    "due": "到期",
    "overdue": "逾期",
    "mine": "我的任务",
    "project": "项目",
    "board": "看板",
    "score": "算账",
    "help": "帮助",
    "start": "开始使用",
    "join": "加入",
}
_BY_WORD = {word: name for name, word in _WORDS.items()} | {"申请加入": "join", "我要加入": "join"}
_SLASH = re.compile(r"/([a-z_]{1,32})(?:@\w{1,40})?(?:\s+(.*))?", re.DOTALL | re.IGNORECASE)
_CHINESE = re.compile(
    rf"({'|'.join(sorted(_BY_WORD, key=len, reverse=True))})(?:[\s:]+(.*))?", re.DOTALL
)
_JOIN = re.compile(r"(?:我?(?:要|想)?(?:申请)?加入)[\s:]*(.{2,20})")
_NUMBER = re.compile(r"#?\s?(\d{1,6})\s?号?(?:项目)?")
_LONGEST = 200
_DAYS_AHEAD = 7


def read_command(text: str, context: ReadingContext) -> Query | Join | Nothing | None:
    """The command that a plain text is; Nothing for a slash command of others; None if none."""
    if len(text) > _LONGEST:
        return None
    slash = _SLASH.fullmatch(text)
    if slash:
        name = slash[1].lower()
        return _read(name, slash[2] or "", context) if name in _WORDS else Nothing()
    chinese = _CHINESE.fullmatch(text)
    if chinese:
        read = _read(_BY_WORD[chinese[1]], chinese[2] or "", context)
        # 项目 进展顺利 is a sentence: only a slash says for certain that a command is meant.
        return (
            None
            if isinstance(read, Query) and read.slots.unknown and not context.addressed
            else read
        )
    number = re.fullmatch(r"#\s?(\d{1,6})", text)
    if number:
        return Query(Intent.PROJECT_STATUS, Slots(numbers=(int(number[1]),)))
    return None


def _read(name: str, said: str, context: ReadingContext) -> Query | Join:
    said = said.strip()
    if name == "join":
        return read_join(said, context)
    if name in ("help", "board", "mine", "start"):
        intent = Intent.MY_TASKS if name == "mine" else Intent(name)
        return Query(intent, Slots(unknown=said or None if name == "start" else None))
    if name == "score":
        return Query(Intent.RANKING, Slots(of="departments"))
    named = find_named(said, context)
    query = {"due": _due, "overdue": _overdue, "project": _project}[name](said, named, context)
    understood = query.slots != Slots() and query.slots != _default_span(context)
    if said and not understood:
        return replace(query, slots=_unknown(said, context))
    return query


def _unknown(said: str, context: ReadingContext) -> Slots:
    similar = context.names.find_similar(said)
    return Slots(unknown=said, unclear=(Candidates(said, similar),) if similar else ())


def read_join(said: str, context: ReadingContext) -> Join:
    """The unit that somebody asks to join for."""
    departments = context.names.find_departments(said)
    counties = context.names.find_counties(said)
    return Join(
        departments[0].names[0] if departments else None,
        counties[0].names[0] if counties and not departments else None,
        said,
    )


def _default_span(context: ReadingContext) -> Slots:
    first, last = resolve(Period.NEXT_DAYS, _DAYS_AHEAD, context.today, context.calendar)
    return Slots(period=Period.NEXT_DAYS, days=_DAYS_AHEAD, first=first, last=last)


def _due(said: str, named: Named, context: ReadingContext) -> Query:
    slots = named.slots
    number = _NUMBER.fullmatch(said)
    if number and "#" in said:
        return Query(Intent.DEADLINE_OF_PROJECT, Slots(numbers=(int(number[1]),)))
    if number and not slots.tasks:
        return Query(Intent.DEADLINE_OF_ITEM, Slots(tasks=(int(number[1]),)))
    which = Slots(slots.projects, items=slots.items, numbers=slots.numbers, tasks=slots.tasks,
                  unclear=slots.unclear)  # fmt: skip
    if slots.items or named.has(TASK):
        return Query(Intent.DEADLINE_OF_ITEM, which)
    if named.has(PROJECT):
        return Query(Intent.DEADLINE_OF_PROJECT, which)
    span = named.span
    spanned = _default_span(context) if span is None else Slots(
        period=span.period, days=span.days, first=span.first, last=span.last
    )  # fmt: skip
    return Query(
        Intent.DUE_WITHIN,
        replace(spanned, departments=slots.departments, counties=slots.counties),
    )


def _overdue(_said: str, named: Named, _context: ReadingContext) -> Query:
    slots = named.slots
    if slots.departments:
        return Query(Intent.OVERDUE_OF_DEPARTMENT, Slots(departments=slots.departments))
    return Query(Intent.OVERDUE_ALL, Slots(counties=slots.counties, items=slots.items))


def _project(said: str, named: Named, _context: ReadingContext) -> Query:
    number = _NUMBER.fullmatch(said)
    if number:
        return Query(Intent.PROJECT_STATUS, Slots(numbers=(int(number[1]),)))
    slots = named.slots
    return Query(
        Intent.PROJECT_STATUS,
        Slots(projects=slots.projects, numbers=slots.numbers, unclear=slots.unclear),
    )
