"""Commands, with a slash or as a Chinese word: /due 宏达食品 环评, 到期 宏达食品 环评, #12."""

import re
from dataclasses import replace

from handlers.reading.questions.mentions import PROJECT, TASK, Named, find_named
from handlers.reading.questions.spans import resolve
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
    "drafts": "待补登记",
    "help": "帮助",
    "start": "开始使用",
    "join": "加入",
}
_BY_WORD = {word: name for name, word in _WORDS.items()} | {"申请加入": "join", "我要加入": "join"}
_SLASH = re.compile(r"/([a-z_]{1,32})(?:@\w{1,40})?(?:\s+(.*))?", re.DOTALL | re.IGNORECASE)
# On one line only: what begins with 项目: and goes on is a form.
_CHINESE = re.compile(rf"({'|'.join(sorted(_BY_WORD, key=len, reverse=True))})(?:[ \t:]+(.*))?")
_PLEASE = r"(?:申请|请求|请|要|想|希望)"
_JOIN = re.compile(
    rf"(?:我(?:们?局)?)?{_PLEASE}{{0,2}}加入[ :]*(?P<behind>[^,;。!?\n]{{2,20}})[。!]?"
    r"|我们?(?:是|来自|在)(?P<before>[^,;。!?\n]{2,20}?)(?:的\S{0,6})?[ ,;。]{0,2}"
    rf"(?:我|现)?{_PLEASE}{{1,2}}加入(?:专班|群|台账|进来|一下)?[。!]?"
)
_UNIT = re.compile(r"\w{1,16}(?:局|委员?会?|办公?室?|中心|专班|[县区])")
# Who writes only the form's heading wants to see the form.
_FORM = re.compile(
    r"[\[【(]{0,2}签约项目登记(?:表)?[\])】]{0,2}:?"
    r"|(?:我?要|想)?(?:登记|报备|新增|建账)(?:一个)?(?:新|签约)?的?项目|项目登记|登记|建账|报备"
)
_GOES_ON = re.compile(r"[;?。]\s*\S|(?:几|哪|谁|多|何时|什么|啥)\S|[问求]:")
_NUMBER = re.compile(r"#?\s?(\d{1,6})\s?号?(?:项目)?")
_LONGEST = 200
_DAYS_AHEAD = 7


def read_slash(text: str, context: ReadingContext) -> Query | Join | Nothing | None:
    """The slash command that a plain text is; Nothing for one of others; None if it is none."""
    slash = _SLASH.fullmatch(text) if len(text) <= _LONGEST else None
    if slash is None:
        return None
    name = slash[1].lower()
    return _read(name, slash[2] or "", context) if name in _WORDS else Nothing()


def read_word(text: str, context: ReadingContext) -> Query | Join | None:
    """The command in Chinese words that a plain text is, or #12; None if it is none."""
    if len(text) > _LONGEST:
        return None
    chinese = _CHINESE.fullmatch(text)
    # 项目:晨禾;问:哪天到期 goes on to ask.
    if chinese and not _GOES_ON.search(chinese[2] or ""):
        read = _read(_BY_WORD[chinese[1]], chinese[2] or "", context)
        # 项目 进展顺利 is a sentence: only a slash says for certain that a command is meant.
        unknown = isinstance(read, Query) and read.slots.unknown
        return None if unknown and not context.addressed else read
    number = re.fullmatch(r"#\s?(\d{1,6})", text)
    if number:
        return Query(Intent.PROJECT_STATUS, Slots(numbers=(int(number[1]),)))
    if context.addressed and _FORM.fullmatch(text):
        return Query(Intent.HELP)
    return _find_join(text, context)


def _find_join(text: str, context: ReadingContext) -> Join | None:
    """申请加入市住建局, 我是住建局的,申请加入: only where it names what can be a unit."""
    found = _JOIN.fullmatch(text)
    if found is None:
        return None
    said = (found["behind"] or found["before"]).strip()
    join = read_join(said, context)
    plainly = "申请加入" in text and _UNIT.fullmatch(said)
    return join if join.department or join.county or plainly else None


def _read(name: str, said: str, context: ReadingContext) -> Query | Join:
    said = said.strip()
    if name == "join":
        return read_join(said, context)
    if name in ("help", "board", "drafts", "mine", "start"):
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
