"""How near a mistyped label is to a known one: by sound, by looks, by slips of the hand.

One measure for all of them: what it costs to turn the one into the other. Whether
a label that is near enough is meant, its value has to confirm.
"""

import re
import tomllib
from collections.abc import Iterable
from pathlib import Path

from rapidfuzz.distance import OSA

from handlers.reading.language.sounds import simplify, sounds_of
from handlers.reading.language.words import is_word

_WORDS = tomllib.loads((Path(__file__).parent / "similar.toml").read_text(encoding="utf-8"))
_APART: dict[str, str] = _WORDS["apart"]
_ALIKE = frozenset(
    (one, other) for group in _WORDS["alike"] for one in group for other in group if one != other
)
_BY_SOUND, _BY_LOOKS, _CHANGED_ROUND, _SAID_TWICE, _LEFT_OUT, _WRONG = 0.4, 0.5, 0.5, 0.5, 0.75, 1.0
# No more characters than so may differ, whatever they cost.
_MOST_SLIPS = 2
_SHORT = 4


def list_near(said: str, known: Iterable[str], most: float) -> list[tuple[float, str]]:
    """The known words that cost at most `most`, the nearest first, with what they cost.

    Of the short ones only those near enough that more than half of them is left.
    """
    whole = _put_together(said)
    apart = _BY_LOOKS if whole != said else 0.0
    found = (word for word in known if _is_close(whole, word))
    costs = ((measure(whole, word) + apart, word) for word in found)
    near = [(cost, word) for cost, word in costs if cost <= min(most, _limit(word))]
    return sorted(each for each in near if each[0] < _WRONG or not _says_itself(whole, each[1]))


def _says_itself(said: str, word: str) -> bool:
    """Whether what would be a slip is a word: 产品名称 is not 产业名称 mistyped."""
    if len(said) != len(word):
        return False
    pairs = enumerate(zip(said, word, strict=True))
    wrong = [at for at, (one, other) in pairs if _swap(one, other) == _WRONG]
    around = (said[at + step : at + step + 2] for at in wrong for step in (-1, 0) if at + step >= 0)
    return any(len(pair) > 1 and is_word(pair) for pair in around)


def _is_close(said: str, word: str) -> bool:
    return OSA.distance(said, word, score_cutoff=_MOST_SLIPS) <= _MOST_SLIPS


def _limit(word: str) -> float:
    return _WRONG if len(word) < _SHORT else _WRONG + _SAID_TWICE


def _put_together(said: str) -> str:
    for parts, whole in _APART.items():
        said = said.replace(parts, whole)
    return said


def measure(said: str, word: str) -> float:
    """What it costs to turn what was said into a word: slips that are likely cost less."""
    before: list[float] = []
    row = [at * _LEFT_OUT for at in range(len(word) + 1)]
    for i, wrong in enumerate(said, 1):
        extra = _SAID_TWICE if wrong in word else _WRONG
        new = [row[0] + extra]
        for j, right in enumerate(word, 1):
            cost = min(row[j] + extra, new[-1] + _LEFT_OUT, row[j - 1] + _swap(wrong, right))
            if i > 1 and j > 1 and wrong == word[j - 2] and said[i - 2] == right != wrong:
                cost = min(cost, before[j - 2] + _CHANGED_ROUND)
            new.append(cost)
        before, row = row, new
    return row[-1]


def _swap(wrong: str, right: str) -> float:
    if wrong == right:
        return 0.0
    if (wrong, right) in _ALIKE:
        return _BY_LOOKS
    alike = not {wrong, right} & _DIGITS and set(sounds_of(wrong)) & set(sounds_of(right))
    return _BY_SOUND if alike else _WRONG


_DIGITS = frozenset("0123456789")


class Spellings:
    """Words by what is typed for them: xiangmumingcheng, xmmc, and what is left half converted."""

    def __init__(self, words: Iterable[str]) -> None:
        self._found: dict[str, set[str]] = {}
        for word in words:
            for key in (_spell(word), _initials(word)):
                self._found.setdefault(key, set()).add(word)

    def list(self, said: str) -> list[str]:
        """The words that a text with Latin letters in it may spell."""
        said = said.lower()
        if not re.search("[a-z]", said):
            return []
        return sorted(
            self._found.get(_spell(said), set()) | self._found.get(_initials(said), set())
        )


def _spell(text: str) -> str:
    return simplify("".join(sounds_of(each)[0] for each in text))


def _initials(text: str) -> str:
    return "".join(sounds_of(each)[0][:1] for each in text)
