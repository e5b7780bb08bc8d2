"""Finds projects in a sentence by full name, part or abbreviation (豫坡技改 for 豫坡酒业技改).

Pairs of neighbouring characters lead from a text to the few names worth a
closer look, the rarest pairs first; these are then laid along the text. So the
cost does not grow with the number of projects, only with how alike they are.
"""

import tomllib
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from handlers.reading.numbers import read_count

_GENERIC: list[str] = tomllib.loads(
    (Path(__file__).parent / "projects.toml").read_text(encoding="utf-8")
)["generic"]
_NUMERALS = frozenset("0123456789零〇一二两三四五六七八九十百")
_LOOKED_AT = 60
_LONGEST_LIST = 4000
_SHORTEST = 2
_SHORTEST_INSIDE = 4
_KEPT = 64


@dataclass(frozen=True, slots=True)
class _Laid:
    """A project's name laid along a text from `start` to `end`; `first` is where in the name."""

    start: int
    end: int
    first: int
    project: int

    @property
    def length(self) -> int:
        return self.end - self.start


def _pairs(text: str) -> Iterator[str]:
    return (text[i : i + 2] for i in range(len(text) - 1))


class ProjectIndex:
    """An index of project names; `places` are county names, which alone name no project."""

    def __init__(self, projects: Iterable[str], places: Collection[str]) -> None:
        self._names = tuple(projects)
        self._folded = tuple(name.upper() for name in self._names)
        self._places = frozenset(places)
        self._heads = tuple(map(self._head, self._folded))
        self._found: dict[str, tuple[tuple[int, int, tuple[str, ...]], ...]] = {}
        self._lists: dict[str, list[int]] = {}
        for number, name in enumerate(self._folded):
            for pair in set(_pairs(name)):
                self._lists.setdefault(pair, []).append(number)

    def find(self, text: str) -> tuple[tuple[int, int, tuple[str, ...]], ...]:
        """Start, end and the names that fit there equally well, in order of the text.

        The readers of one message ask for the same text in turn, so the last few are kept.
        """
        text = text.upper()
        found = self._found.get(text)
        if found is None:
            if len(self._found) >= _KEPT:
                self._found.clear()
            found = self._found[text] = self._find(text)
        return found

    def _find(self, text: str) -> tuple[tuple[int, int, tuple[str, ...]], ...]:
        laid = [each for n in self._candidates(text) for each in self._lay(text, n)]
        laid.sort(key=lambda each: (-each.length, each.start))
        chosen: list[_Laid] = []
        for each in laid:
            if all(each.end <= one.start or each.start >= one.end for one in chosen):
                chosen.append(each)
        return tuple(
            (one.start, one.end, self._equal(one, laid))
            for one in sorted(chosen, key=lambda each: each.start)
        )

    def find_similar(self, text: str, limit: int) -> tuple[str, ...]:
        """Names that share pairs of characters with the text, most alike first."""
        return tuple(self._names[n] for n in self._candidates(text.upper())[:limit])

    def _equal(self, one: _Laid, laid: list[_Laid]) -> tuple[str, ...]:
        same = [each for each in laid if (each.start, each.end) == (one.start, one.end)]
        whole = [each for each in same if len(self._names[each.project]) == each.length]
        heads = [each for each in same if each.first == 0]
        best = whole or heads or same
        return tuple(dict.fromkeys(self._names[each.project] for each in best))

    def _candidates(self, text: str) -> list[int]:
        """Numbers of the projects that share most with the text, weighing rare pairs higher."""
        known = {pair for pair in _pairs(text) if pair in self._lists}
        scores: dict[int, float] = {}
        looked_up = 0
        for pair in sorted(known, key=lambda each: (len(self._lists[each]), each)):
            numbers = self._lists[pair]
            if looked_up and looked_up + len(numbers) > _LONGEST_LIST:
                break
            looked_up += len(numbers)
            weight = 1 / len(numbers)
            for number in numbers:
                scores[number] = scores.get(number, 0) + weight
        return sorted(scores, key=lambda each: (-scores[each], each))[:_LOOKED_AT]

    def _lay(self, text: str, number: int) -> Iterator[_Laid]:
        name = self._folded[number]
        known = set(_pairs(name))
        at = 0
        while at < len(text) - 1:
            if text[at : at + 2] not in known:
                at += 1
                continue
            ways = [
                laid
                for first in _places_of(text[at : at + 2], name)
                if (laid := _follow(text, at, name, first))
            ]
            first, end = max(ways, key=lambda laid: laid[1], default=(0, at))
            if self._points_at(text[at:end], number, first):
                yield _Laid(at, end, first, number)
                at = end
            else:
                at += 1

    def _points_at(self, said: str, number: int, first: int) -> bool:
        """Whether what was said is enough to mean this project."""
        if said == self._folded[number]:
            return True
        head = self._heads[number]
        if said in self._places or said in _GENERIC or len(said) < _SHORTEST:
            return False
        if first in (0, head):
            return not (first == 0 and head and len(said) < head + 2)
        return len(said) >= _SHORTEST_INSIDE and _without_generic(said) >= _SHORTEST

    def _head(self, name: str) -> int:
        """Where a name begins that starts with its county: 2 in 正阳花生深加工, else 0."""
        places = [p for p in self._places if name.startswith(p)]
        return max(map(len, places), default=0)


def _without_generic(said: str) -> int:
    for word in sorted(_GENERIC, key=len, reverse=True):
        said = said.replace(word, "")
    return len(said)


def _places_of(pair: str, name: str) -> list[int]:
    return [i for i in range(len(name) - 1) if name[i : i + 2] == pair]


def _follow(text: str, at: int, name: str, first: int) -> tuple[int, int] | None:
    """Lays `name` from `first` along `text` from `at`: pieces of two or more, in order.

    None where the two differ in a number: 某某十号园 is not 某某十四号园.
    """
    back = 0
    while back < min(at, first) and text[at - back - 1] == name[first - back - 1]:
        back += 1
    if _differ(text, at - back, name, first - back):
        return None
    place, end = first, at
    while True:
        while end < len(text) and place < len(name) and text[end] == name[place]:
            end, place = end + 1, place + 1
        following = name.find(text[end : end + 2], place) if end + 2 <= len(text) else -1
        if _differ(text, end, name, place) or _differ(text, end, name, max(following, 0)):
            return None
        if following < 0:
            return first, end
        place = following


def _differ(text: str, at: int, name: str, place: int) -> bool:
    """Whether unlike numbers of the same thing (号, 期) meet where a text and a name part."""
    said, known = _number_around(text, at), _number_around(name, place)
    if said is None or known is None:
        return False
    (one, of_one), (other, of_other) = said, known
    return read_count(one) != read_count(other) and of_one == of_other


def _number_around(text: str, at: int) -> tuple[str, str] | None:
    """The number that stands at, ends at or spans a place of a text, and the character behind."""
    start, end = at, at
    while start and text[start - 1] in _NUMERALS:
        start -= 1
    while end < len(text) and text[end] in _NUMERALS:
        end += 1
    return (text[start:end], text[end : end + 1]) if start < end else None
