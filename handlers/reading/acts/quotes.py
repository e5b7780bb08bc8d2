"""What a message quotes: a task's card above the answer, or lines that answer themselves.

Channels without replies copy what is answered: in lines that begin with >, or in 「…」 above a
line of dashes. Who answers a card so acts on its task, without naming it again.
"""

import re

from handlers.reading.language.normalise import Text
from handlers.reading.naming.names import Names
from handlers.reading.naming.references import find_tasks

_QUOTED = re.compile(r"\s*>")
_COPIED = re.compile(r"\s*[「『]([^」』]{1,400})[」』]\s*\n\s*[-—_=~ ]{3,60}\n")
# Cards speak of their term or of being taken; what people say of a task does not.
_CARD = re.compile(
    r"任务卡|任务单|派单|派发|下达|限时?\s?[\d一二三四五六七八九十]|时限|期限|截止|到期|领账"
)
_BARE_NUMBER = re.compile(
    r"[\s>\[【]*(?:任务\s?(?:编?号)?\s?[:#]?\s?\d{1,6}|\d{1,6}号任务)[\]】\s]*"
)


def set_quote_aside(text: Text, names: Names) -> Text:
    """What a message says itself; the task of a card that it quotes stands before it.

    A message that is nothing but quoted says what is quoted.
    """
    quoted, said = _part(text)
    if not said.plain.strip():
        return Text(
            quoted.plain.replace(">", " "), quoted.shown.replace(">", " ").replace("＞", " ")
        )
    if not quoted.plain or _names_any(said.plain, names):
        return said
    task = _find_task(quoted.plain, names)
    return Text(task + said.plain, task + said.shown)


def _part(text: Text) -> tuple[Text, Text]:
    """What is quoted, and the rest."""
    copied = _COPIED.match(text.plain)
    if copied:
        return text.cut(*copied.span(1)), text.cut(copied.end(), len(text.plain))
    lines = text.lines()
    return (
        _join([line for line in lines if _QUOTED.match(line.plain)]),
        _join([line for line in lines if not _QUOTED.match(line.plain)]),
    )


def _join(lines: list[Text]) -> Text:
    return Text("\n".join(x.plain for x in lines), "\n".join(x.shown for x in lines))


def _names_any(plain: str, names: Names) -> bool:
    return bool(find_tasks(plain, names) or names.find_projects(plain) or names.find_items(plain))


def _find_task(quoted: str, names: Names) -> str:
    """The one task of a quoted card, as people name it; empty if it is none, or several."""
    if not _CARD.search(quoted) and not _BARE_NUMBER.fullmatch(quoted):
        return ""
    numbers = {number for each in find_tasks(quoted, names) for number in each.numbers}
    if numbers:
        return f"{numbers.pop()}号任务," if len(numbers) == 1 else ""
    projects = {name for each in names.find_projects(quoted) for name in each.names}
    items = {name for each in names.find_items(quoted) for name in each.names}
    single = len(projects) == len(items) == 1
    return f"{projects.pop()}的{items.pop()}," if single else ""
