"""Finds projects in a sentence: whole, in part, abbreviated (豫坡技改 for 豫坡酒业技改), mistyped.

What stands in a text as it stands in names is a chunk (`chunks.py`); chunks in the order of
one name are its abbreviation; where that does not say a name from its beginning, names with
a slip of the hand are looked at as well (`slips.py`). The cost does not grow with the number
of projects, and a new one is added to the indexes; nothing is ever built again.
"""

import re
import tomllib
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from handlers.reading.chunks import Chunk, ChunkIndex
from handlers.reading.numbers import CHINESE_DIGITS, read_count
from handlers.reading.slips import Slip, SlipIndex, lay

_WORDS = tomllib.loads((Path(__file__).parent / "projects.toml").read_text(encoding="utf-8"))
_GENERIC = frozenset(_WORDS["generic"])
_GENERIC_WORD = re.compile("|".join(sorted(_GENERIC, key=len, reverse=True)))
_TRADE = re.compile("|".join(sorted(_WORDS["trades"], key=len, reverse=True)))
_SITE = re.compile(f"(?:{'|'.join(sorted(_WORDS['sites'], key=len, reverse=True))})+")
# What stands in the names of more projects than that means none of them.
_MANY = 200
# What only common words say (冷链物流港) names a project if so few have it, to the end of the name.
_FEW = 5
_SHORTEST_TAIL = 5
_SHORTEST_INSIDE = 4
_SHORTEST = 2
_KEPT = 64
# How far beside the pairs that are known a slip may have broken the others.
_AROUND = 3
# A name does not begin behind these with a slip of the hand: they are no part of it.
_NO_NAMES = frozenset("的了和与及跟同或在是把将对给从到由就也还有没请问查下看报说让帮我你他号个些")
_NUMBER_BEHIND = 3
_NUMBER = re.compile(rf"([{CHINESE_DIGITS}十百\d]+)(号|期|标段)")


class Likeness(StrEnum):
    """How what was said is like the name that it was taken for."""

    WHOLE = "whole"
    PART = "part"
    ABBREVIATED = "abbreviated"
    MISTYPED = "mistyped"
    UNLIKE = "unlike"  # the same company's, but said to be in another trade


@dataclass(frozen=True, slots=True)
class Found:
    """Where a text names a project; several `names` fit equally well.

    `likely` weighs how much of a name stands there: two for a character, less one for
    each that is wrong.
    """

    start: int
    end: int
    names: tuple[str, ...]
    likeness: Likeness
    likely: int = 0


class ProjectIndex:
    """An index of project names; `places` are county names, which alone name no project."""

    def __init__(self, projects: Iterable[str], places: Collection[str]) -> None:
        self._known: set[str] = set()
        self._names: list[str] = []
        self._places = frozenset(places)
        self._longest_place = max(map(len, places), default=0)
        self._chunks = ChunkIndex()
        self._folded = self._chunks.names
        self._slips = SlipIndex()
        self._found: dict[str, tuple[Found, ...]] = {}
        for name in projects:
            self.add(name)

    def add(self, name: str) -> None:
        """From now on the name is found as well."""
        if name in self._known:
            return
        self._known.add(name)
        self._names.append(name)
        number = self._chunks.add(name.upper())
        self._slips.add(number, name.upper())
        self._found.clear()

    def __len__(self) -> int:
        return len(self._names)

    def find(self, text: str) -> tuple[Found, ...]:
        """The projects that a text names, in its order.

        The readers of one message ask for the same text in turn, so the last few are kept.
        """
        text = text.upper()
        found = self._found.get(text)
        if found is None:
            if len(self._found) >= _KEPT:
                self._found.clear()
            found = self._found[text] = tuple(self._find(text))
        return found

    def find_similar(self, text: str, limit: int) -> tuple[str, ...]:
        """Names that share most with the text, most alike first: for asking, never for acting."""
        numbers = self._slips.list_similar(text.upper(), self._chunks.pairs, self._folded)
        return tuple(self._names[number] for number in numbers[:limit])

    def _find(self, text: str) -> list[Found]:
        found: list[Found] = []
        for region in self._chunks.list_regions(text):
            found += self._read_region(text, region)
        return found

    def _read_region(self, text: str, region: list[Chunk]) -> list[Found]:
        """What is named where known pairs stand close together.

        Where they do not simply say a name from its beginning, names with a slip of the
        hand are looked at as well, and the likeliest counts.
        """
        chunks = self._chunks.join(region)
        judged = [self._judge(text, chunk) for chunk in chunks]
        plain = [one for one in judged if one]
        if len(plain) == len(chunks) and not any(
            chunk.torn or self._may_begin_before(text, chunk) for chunk in chunks
        ):
            return plain
        slip = self._find_slip(text, region[0].start, region[-1].end)
        if slip is None:
            return plain or [one for c in chunks if (one := self._judge_tail(text, c))]
        aside = [one for one in plain if one.end <= slip.start or one.start >= slip.end]
        rivals = [one for one in plain if one not in aside]
        return sorted([*aside, _choose(slip, rivals)], key=lambda one: one.start)

    def _may_begin_before(self, text: str, chunk: Chunk) -> bool:
        """Whether a name may have begun before the chunk, with a slip of the hand in it."""
        before = text[chunk.start - 1] if chunk.start else ""
        if not before.isalnum() or before in _NO_NAMES:
            return False
        piece = chunk.pieces[0]
        names = (self._folded[number] for number in chunk.numbers or ())
        return not any(name.find(piece) in (0, self._head(name)) for name in names)

    def _judge(self, text: str, chunk: Chunk) -> Found | None:
        """The names that a chunk points at, the likeliest only; None if it is too little."""
        said = text[chunk.start : chunk.end]
        numbers = chunk.numbers or []
        whole = [n for n in numbers if self._folded[n] == said]
        if whole:
            return self._make(chunk.start, chunk.end, whole, Likeness.WHOLE, 2 * len(said))
        if len(numbers) > _MANY:
            return None
        numbers = [
            n
            for n in numbers
            if self._points_at(chunk.pieces, n)
            and not self._differs(text, chunk.start, chunk.end, n)
        ]
        if not numbers:
            return None
        heads = [n for n in numbers if self._begins_with(chunk.pieces[0], n)]
        likeness = Likeness.PART if len(chunk.pieces) == 1 else Likeness.ABBREVIATED
        wrong = len(said) - sum(map(len, chunk.pieces))
        if wrong:
            likeness = Likeness.MISTYPED
        likely = 2 * len(said) - 3 * wrong
        trade = _TRADE.match(text, chunk.end)
        if trade and all(self._is_unlike(chunk.pieces[-1], trade[0], n) for n in numbers):
            return self._make(chunk.start, trade.end(), numbers, Likeness.UNLIKE, likely)
        site = _SITE.match(text, chunk.end)
        end = site.end() if site else chunk.end
        return self._make(chunk.start, end, heads or numbers, likeness, likely)

    def _is_unlike(self, piece: str, trade: str, number: int) -> bool:
        """Whether a name goes on with another trade where the text says this one."""
        name = self._folded[number]
        known = _TRADE.match(name, name.find(piece) + len(piece))
        return known is not None and trade not in name

    def _begins_with(self, piece: str, number: int) -> bool:
        """Whether a name begins with a piece, its county left aside."""
        name = self._folded[number]
        return name.find(piece) in (0, self._head(name))

    def _make(
        self, start: int, end: int, numbers: list[int], likeness: Likeness, likely: int
    ) -> Found:
        names = dict.fromkeys(self._names[number] for number in numbers)
        return Found(start, end, tuple(names), likeness, likely)

    def _points_at(self, pieces: tuple[str, ...], number: int) -> bool:
        """Whether what was said is enough to mean this project."""
        name, said = self._folded[number], "".join(pieces)
        if len(said) < _SHORTEST or said in _GENERIC or said in self._places:
            return False
        head, first = self._head(name), name.find(pieces[0])
        own = _count_own(said[head:] if first == 0 and len(said) >= head + 2 else said)
        if first == 0 and head:
            return len(said) >= head + 2
        if first in (0, head):
            return own > 0
        if len(pieces) > 1:
            return own >= _SHORTEST and len(said) >= _SHORTEST_INSIDE
        return own > _SHORTEST or (own == _SHORTEST and len(said) >= _SHORTEST_INSIDE)

    def _head(self, name: str) -> int:
        """Where a name begins that starts with its county: 2 in 正阳花生深加工, else 0."""
        longest = range(min(self._longest_place, len(name)), 1, -1)
        return next((size for size in longest if name[:size] in self._places), 0)

    def _find_slip(self, text: str, start: int, end: int) -> Found | None:
        """The names that stand around `text[start:end]` with a slip of the hand in them."""
        low, high = max(0, start - _AROUND), min(len(text), end + _AROUND)
        window = text[low:high]
        numbers = self._slips.list_similar(window, self._chunks.pairs, self._folded)
        laid = [slip for n in numbers if (slip := lay(window, self._folded[n], n))]
        laid = [
            slip
            for slip in laid
            if _count_own(slip.said)
            and slip.said not in self._places
            and not self._differs(text, low + slip.start, low + slip.end, slip.number)
        ]
        if not laid:
            return None
        likely = {slip: slip.likeness + self._is_head(slip) for slip in laid}
        best = max(likely.values())
        laid = [slip for slip in laid if likely[slip] >= best - 1]
        start, end = low + min(s.start for s in laid), low + max(s.end for s in laid)
        return self._make(start, end, [s.number for s in laid], Likeness.MISTYPED, best)

    def _is_head(self, slip: Slip) -> bool:
        return slip.first in (0, self._head(self._folded[slip.number]))

    def _judge_tail(self, text: str, chunk: Chunk) -> Found | None:
        """Common words alone (冷链物流港) mean the project whose name ends so, if few do."""
        said = text[chunk.start : chunk.end]
        if len(said) < _SHORTEST_TAIL or said in _GENERIC or len(chunk.numbers or ()) > _MANY:
            return None
        numbers = [
            n
            for n in chunk.numbers or ()
            if self._folded[n].endswith(said) and not self._differs(text, chunk.start, chunk.end, n)
        ]
        if not numbers or len(numbers) > _FEW:
            return None
        return self._make(chunk.start, chunk.end, numbers, Likeness.PART, 2 * len(said))

    def _differs(self, text: str, start: int, end: int, number: int) -> bool:
        """Whether text and name have unlike numbers of the same thing: 一号园 is not 二号园."""
        said = _numbers_in(text[start : end + _NUMBER_BEHIND], end - start)
        if not said:
            return False
        known = _numbers_in(self._folded[number])
        return any(
            unit in known and count not in known[unit]
            for unit, counts in said.items()
            for count in counts
        )


def _choose(slip: Found, rivals: list[Found]) -> Found:
    """What the same place of a text names: with a slip, or as it stands, if that says as much."""
    best = max(rivals, key=lambda one: one.likely, default=None)
    if best is None or slip.likely > best.likely:
        return slip
    if slip.likely < best.likely - 1:
        return best
    return replace(best, names=tuple(dict.fromkeys((*best.names, *slip.names))))


def _count_own(said: str) -> int:
    """How many characters of what was said are a name's own, not words that many share."""
    return len(_GENERIC_WORD.sub("", said))


def _numbers_in(text: str, last: int | None = None) -> dict[str, set[int | None]]:
    """What is counted in a text, by numbers that begin at `last` or before: {"期": {2}}."""
    found: dict[str, set[int | None]] = {}
    for match in _NUMBER.finditer(text):
        if last is None or match.start() <= last:
            found.setdefault(match[2], set()).add(read_count(match[1]))
    return found
