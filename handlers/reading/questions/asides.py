"""What stands beside a question and is no part of it: greetings, thanks, what it is needed for.

各位好,书记开会要用,现在逾期几件?谢谢 asks no more than 现在逾期几件.
"""

import re
import tomllib
from pathlib import Path

from handlers.reading.language import words
from handlers.reading.questions.cues import is_asked, is_wanted
from handlers.reading.questions.mentions import find_named
from handlers.reading.values import ReadingContext

_WORDS = tomllib.loads((Path(__file__).parent / "asides.toml").read_text(encoding="utf-8"))
_MARKS = re.compile(r"([,;:。!?~…\n]+)")
_GREETING = re.compile(f"(?:{'|'.join(_WORDS['greeting'])}|\\W)+")
_BESIDE = re.compile("|".join(_WORDS["beside"]), re.IGNORECASE)
_NEVER = re.compile("|".join(_WORDS["never"]))
_TALK = re.compile("|".join(_WORDS["talk"]["words"]))
_LONGEST = 24
# What somebody says of himself or of his wish has one of these as a word of its own; a name
# that nobody knows (银河那个,几号到期) has none.
_OF_ONESELF = frozenset(_WORDS["remark"]["words"])
_NOT_ONESELF = re.compile("|".join(_WORDS["remark"]["never"]))


def strip_asides(text: str, context: ReadingContext) -> str:
    """The plain text without the clauses that only stand beside what it asks.

    Clauses of known kinds go in any case; other remarks only beside a clause that asks.
    """
    parts = _MARKS.split(text)
    clauses = zip(parts[::2], [*parts[1::2], ""], strict=True)
    kept = [(one, mark) for one, mark in clauses if not _is_aside(one, context)]
    asking = [(one, mark) for one, mark in kept if not _is_remark(one, context)]
    if any(is_asked(one + mark) or is_wanted(one) for one, mark in asking):
        kept = asking
    return "".join(one + mark for one, mark in kept) or text


def is_talk(text: str) -> bool:
    """Whether people talk among themselves: they urge, suppose, tell, complain or joke."""
    return _TALK.search(text) is not None


def _is_aside(clause: str, context: ReadingContext) -> bool:
    clause = clause.strip()
    if not clause:
        return True
    if len(clause) > _LONGEST or _NEVER.search(clause):
        return False
    if not _GREETING.fullmatch(clause) and not _BESIDE.search(clause.strip("[]()【】 ")):
        return False
    names = context.names
    finders = (names.find_projects, names.find_items, names.find_departments, names.find_counties)
    return not any(find(clause) for find in finders)


def _is_remark(clause: str, context: ReadingContext) -> bool:
    """Whether a clause says of its writer only, and asks nothing: 有就叫醒我, 做PPT, 刚被问住."""
    if len(clause) > _LONGEST or is_asked(clause) or _OF_ONESELF.isdisjoint(words.cut(clause)):
        return False
    if _NEVER.search(clause) or _NOT_ONESELF.search(clause):
        return False
    return not find_named(clause, context).names_anything
