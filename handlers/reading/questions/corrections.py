"""What somebody takes back within a message: 晨禾食品,哦不对,是银穗面业,几号到期.

What is named of a kind before the correction gives way to what is named of that kind behind it.
"""

import re
from collections.abc import Callable

from handlers.reading.naming.names import Mention
from handlers.reading.questions.spans import find_span
from handlers.reading.values import ReadingContext

_SLIP = r"(?:说|打|写|搞|弄|发|记|看|问|选)?错(?:名字?|字|了|啦|喽|咯)*"
_NO = (
    rf"(?:不对|不是|(?<=[哦噢喔啊呃哎诶])不|{_SLIP}|更正|纠正|改一?下"
    r"|重新?[说问来](?:一?[下遍次])?|口误|手误|手滑)"
)
_SOFT = "[哦噢喔啊额呃哎唉诶嗯呀等等一下了吧哈,。!~、… -]"
# A clause that says no more than that: what stood before it was wrong.
_TAKEN_BACK = re.compile(
    rf"[,。;!?~、…. (\n-]{_SOFT}{{0,6}}(?:{_NO}{_SOFT}{{0,4}}){{1,3}}"
    r"(?:我(?:说|问|指|要问|想问|要查|想查)的|应该|应当|要查的|问的)?(?:是|为|[,。:! ])"
)
_EXCEPT = re.compile(r"(?<![解排清])除(?:了|去|开)?$")


def drop_corrected(text: str, context: ReadingContext) -> str:
    """The plain text without the names that its writer took back."""
    text = _drop_excepted(text, context)
    marks = list(_TAKEN_BACK.finditer(text))
    if not marks:
        return text
    start, end = marks[0].start(), marks[-1].end()
    before, behind = text[:start], text[end:]
    for find in _list_finders(context):
        if find(behind):
            before = _cut(before, find(before))
    return f"{before},{behind}"


def _drop_excepted(text: str, context: ReadingContext) -> str:
    """Without a name that is not asked about: 除了住建局还有哪个局逾期."""
    for find in _list_finders(context) if "除" in text else ():
        text = _cut(text, [one for one in find(text) if _EXCEPT.search(text[: one.start])])
    return text


def _list_finders(context: ReadingContext) -> list[Callable[[str], list[Mention]]]:
    def find_spans(text: str) -> list[Mention]:
        span = find_span(text, context.today, context.calendar)
        return [Mention(span.start, span.end, ())] if span else []

    names = context.names
    of_names = [names.find_projects, names.find_items, names.find_departments, names.find_counties]
    return [*of_names, find_spans]


def _cut(text: str, mentions: list[Mention]) -> str:
    for mention in reversed(mentions):
        text = text[: mention.start] + text[mention.end :]
    return text
