"""Finds projects in a sentence: whole, in part, abbreviated (豫坡技改 for 豫坡酒业技改), mistyped.

What stands in a text as it stands in names is a chunk (`chunks.py`); chunks in the order of
one name are its abbreviation; where that does not say a name from its beginning, names with
a slip of the hand are looked at as well (`slips.py`). The cost does not grow with the number
of projects, and a new one is added to the indexes; nothing is ever built again.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from itertools import takewhile
from operator import eq

from handlers.reading.language.sounds import fold, list_folds
from handlers.reading.naming.chunks import Chunk, ChunkIndex
from handlers.reading.naming.likeness import Found, Likeness
from handlers.reading.naming.slips import Slip, SlipIndex, lay
from handlers.reading.naming.wording import (
    count_own,
    differ_in_number,
    find_trade,
    is_generic,
    may_be_of_name,
    skip_site,
)

# What stands in the names of more projects than that means none of them.
_MANY = 200
# What only common words say (冷链物流港) names a project if so few have it, to the end of the name.
_FEW = 5
_SHORTEST_TAIL = 5
_SHORTEST_INSIDE = 4
_SHORTEST = 2
_KEPT = 64
# A company's own name has two characters as a rule; one of them may be wrong.
_OWN = 2
# How far beside the pairs that are known a slip may have broken the others.
_AROUND = 3


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
        self._heads: dict[tuple[str, ...], list[int]] = {}
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
        head = self._head(name)
        for sounds in list_folds(name[head : head + _SHORTEST]):
            self._heads.setdefault(sounds, []).append(number)
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
        found = [self._doubt(text, one) for one in found]
        return found or list(self._find_by_sound(text))

    def _doubt(self, text: str, one: Found) -> Found:
        """Where another company's name stands in place of the project's own, it is not that."""
        start = one.start - _OWN
        before = text[max(0, start) : one.start]
        if one.likeness is Likeness.WHOLE or start < 0 or before in self._places:
            return one
        piece = text[one.start : one.start + _OWN]
        behind = all(name.upper().find(piece) == _OWN for name in one.names)
        if not behind or not may_be_of_name(before):
            return one
        return replace(one, start=start, likeness=Likeness.UNLIKE)

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
        if not may_be_of_name(text[max(0, chunk.start - 1) : chunk.start]):
            return False
        piece = chunk.pieces[0]
        return not any(self._begins_with(piece, number) for number in chunk.numbers or ())

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
            and not differ_in_number(text, chunk.start, chunk.end, self._folded[n])
        ]
        if not numbers:
            return None
        heads = [n for n in numbers if self._begins_with(chunk.pieces[0], n)]
        likeness = Likeness.PART if len(chunk.pieces) == 1 else Likeness.ABBREVIATED
        wrong = len(said) - sum(map(len, chunk.pieces))
        if wrong:
            likeness = Likeness.MISTYPED
        likely = 2 * len(said) - 3 * wrong
        trade = find_trade(text, chunk.end)
        if trade and all(self._is_unlike(chunk.pieces[-1], trade, n) for n in numbers):
            end = chunk.end + len(trade)
            return self._make(chunk.start, end, numbers, Likeness.UNLIKE, likely)
        start = chunk.start if heads else self._reach_back(text, chunk, numbers)
        end = self._reach_on(text, chunk, heads or numbers)
        if (start, end) != (chunk.start, chunk.end):
            likeness = Likeness.MISTYPED
        return self._make(start, skip_site(text, end), heads or numbers, likeness, likely)

    def _reach_back(self, text: str, chunk: Chunk, numbers: list[int]) -> int:
        """Where a name begins whose first character or two are wrong: 清禾饲料."""
        firsts = {self._folded[number].find(chunk.pieces[0]) for number in numbers}
        first = max(firsts)
        before = text[max(0, chunk.start - first) : chunk.start]
        wrong = len(before) == first < _OWN and may_be_of_name(before)
        return chunk.start - first if wrong else chunk.start

    def _reach_on(self, text: str, chunk: Chunk, numbers: list[int]) -> int:
        """Where a name ends that goes on behind a wrong character: 锂电池膈膜."""
        end = chunk.end
        for number in numbers:
            name = self._folded[number]
            rest = name[name.find(chunk.pieces[-1]) + len(chunk.pieces[-1]) + 1 :]
            behind = text[chunk.end + 1 :]
            same = sum(1 for _ in takewhile(bool, map(eq, rest, behind)))
            end = max(end, chunk.end + 1 + same) if same else end
        return end

    def _is_unlike(self, piece: str, trade: str, number: int) -> bool:
        """Whether a name goes on with another trade where the text says this one."""
        name = self._folded[number]
        known = find_trade(name, name.find(piece) + len(piece))
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
        if len(said) < _SHORTEST or is_generic(said) or said in self._places:
            return False
        head, first = self._head(name), name.find(pieces[0])
        own = count_own(said[head:] if first == 0 and len(said) >= head + 2 else said)
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
            if count_own(slip.said)
            and slip.said not in self._places
            and not differ_in_number(
                text, low + slip.start, low + slip.end, self._folded[slip.number]
            )
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

    def _find_by_sound(self, text: str) -> Iterator[Found]:
        """Companies' own names of which one character only sounds right: 晨和 for 晨禾."""
        for start, end in zip(range(len(text)), range(_SHORTEST, len(text) + 1), strict=False):
            said = text[start:end]
            numbers = [
                n
                for n in self._heads.get(fold(said), [])
                if sum(map(eq, said, self._folded[n][self._head(self._folded[n]) :])) == 1
            ]
            if 0 < len(numbers) <= _FEW:
                yield self._make(start, skip_site(text, end), numbers, Likeness.MISTYPED, 3)

    def _judge_tail(self, text: str, chunk: Chunk) -> Found | None:
        """Common words alone (冷链物流港) mean the project whose name ends so, if few do."""
        said = text[chunk.start : chunk.end]
        if len(said) < _SHORTEST_TAIL or is_generic(said) or len(chunk.numbers or ()) > _MANY:
            return None
        numbers = [
            n
            for n in chunk.numbers or ()
            if self._folded[n].endswith(said)
            and not differ_in_number(text, chunk.start, chunk.end, self._folded[n])
        ]
        if not numbers or len(numbers) > _FEW:
            return None
        return self._make(chunk.start, chunk.end, numbers, Likeness.PART, 2 * len(said))


def _choose(slip: Found, rivals: list[Found]) -> Found:
    """What the same place of a text names: with a slip, or as it stands, if that says as much."""
    best = max(rivals, key=lambda one: one.likely, default=None)
    if best is None or slip.likely > best.likely:
        return slip
    if slip.likely < best.likely - 1:
        return best
    return replace(best, names=tuple(dict.fromkeys((*best.names, *slip.names))))
