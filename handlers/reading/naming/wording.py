"""What the words of a project's name say: its own ones, those that many share, its numbers."""

import re
import tomllib
from pathlib import Path

from handlers.reading.language.numbers import CHINESE_DIGITS, read_count

_WORDS: dict[str, list[str]] = tomllib.loads(
    (Path(__file__).parent / "projects.toml").read_text(encoding="utf-8")
)


def _any_of(kind: str) -> str:
    return "|".join(sorted(map(re.escape, _WORDS[kind]), key=len, reverse=True))


_GENERIC = frozenset(_WORDS["generic"])
_GENERIC_WORD = re.compile(_any_of("generic"))
_TRADE = re.compile(_any_of("trades"))
_SITE = re.compile(f"(?:{_any_of('sites')})+")
# A name does not go on before these: they are no part of it.
_NO_NAMES = frozenset(
    "的了和与及跟同或在是把将对给从到由就也还有没请问查下看报说让帮我你他号个些县区市"
)
_LEADS = frozenset(_WORDS["leads"])
_NUMBER = re.compile(rf"([{CHINESE_DIGITS}十百\d]+)(号|期|标段)")
_NUMBER_BEHIND = 3


def is_generic(said: str) -> bool:
    """Whether it is one word that many projects share in their names."""
    return said in _GENERIC


def count_own(said: str) -> int:
    """How many characters of what was said are a name's own, not words that many share."""
    return len(_GENERIC_WORD.sub("", said))


def skip_site(text: str, at: int) -> int:
    """Where a word such as 园区 ends that stands behind a project's name: `at` if none does."""
    site = _SITE.match(text, at)
    return site.end() if site else at


def find_trade(text: str, at: int) -> str | None:
    """The trade that stands in a text or name at a place: 食品."""
    trade = _TRADE.match(text, at)
    return trade[0] if trade else None


def differ_in_number(text: str, start: int, end: int, name: str) -> bool:
    """Whether text and name have unlike numbers of the same thing: 一号园 is not 二号园.

    A number counts that begins within `text[start:end]` or right behind it.
    """
    said = _numbers_in(text[start : end + _NUMBER_BEHIND], end - start)
    if not said:
        return False
    known = _numbers_in(name)
    return any(
        unit in known and count not in known[unit]
        for unit, counts in said.items()
        for count in counts
    )


def _numbers_in(text: str, last: int | None = None) -> dict[str, set[int | None]]:
    """What is counted in a text, by numbers that begin at `last` or before: {"期": {2}}."""
    found: dict[str, set[int | None]] = {}
    for match in _NUMBER.finditer(text):
        if last is None or match.start() <= last:
            found.setdefault(match[2], set()).add(read_count(match[1]))
    return found


def may_be_of_name(text: str) -> bool:
    """Whether what stands right before a piece of a name may be its beginning, mistyped."""
    return text.isalnum() and text not in _LEADS and _NO_NAMES.isdisjoint(text)
