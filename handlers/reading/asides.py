"""What stands beside a question and is no part of it: greetings, thanks, what it is needed for.

各位好,书记开会要用,现在逾期几件?谢谢 asks no more than 现在逾期几件.
"""

import re
import tomllib
from pathlib import Path

from handlers.reading.names import Names

_WORDS = tomllib.loads((Path(__file__).parent / "asides.toml").read_text(encoding="utf-8"))
_MARKS = re.compile(r"([,;:。!?~…\n]+)")
_GREETING = re.compile(f"(?:{'|'.join(_WORDS['greeting'])}|\\W)+")
_BESIDE = re.compile("|".join(_WORDS["beside"]), re.IGNORECASE)
_NEVER = re.compile("|".join(_WORDS["never"]))
_TALK = re.compile("|".join(_WORDS["talk"]["words"]))
_LONGEST = 24


def strip_asides(text: str, names: Names) -> str:
    """The plain text without the clauses that only stand beside what it asks."""
    parts = _MARKS.split(text)
    clauses = zip(parts[::2], [*parts[1::2], ""], strict=True)
    kept = "".join(clause + mark for clause, mark in clauses if not _is_aside(clause, names))
    return kept or text


def is_talk(text: str) -> bool:
    """Whether people talk among themselves: they urge, suppose, tell, complain or joke."""
    return _TALK.search(text) is not None


def _is_aside(clause: str, names: Names) -> bool:
    clause = clause.strip()
    if not clause:
        return True
    if len(clause) > _LONGEST or _NEVER.search(clause):
        return False
    if not _GREETING.fullmatch(clause) and not _BESIDE.search(clause.strip("[]()【】 ")):
        return False
    finders = (names.find_projects, names.find_items, names.find_departments, names.find_counties)
    return not any(find(clause) for find in finders)
