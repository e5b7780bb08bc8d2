"""The parts of a text that stand in names as they stand there, found by pairs of characters.

Each pair of neighbouring characters leads to the names that have it. The rarest pair of a
run of known ones leads to few names, and from it the chunk is grown as far as one of them
goes; so what many names share costs nothing.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

# A pair that more names have leads nowhere: a text that has only such pairs names none.
_COMMON = 1000
# What is longer than any name is read in parts, which keeps the search linear.
_LONGEST = 64


@dataclass(frozen=True, slots=True)
class Chunk:
    """A part of a text that stands in the names of `numbers`; None: in too many to count.

    `pieces` stand in those names in this order. `torn`: the known pairs of the text go on
    beyond it, so it may be cut in the wrong place.
    """

    start: int
    end: int
    numbers: list[int] | None
    pieces: tuple[str, ...]
    torn: bool = False


class ChunkIndex:
    """Names by number, and which of them have which neighbouring characters (`pairs`)."""

    def __init__(self) -> None:
        self.names: list[str] = []
        self.pairs: dict[str, list[int]] = {}

    def add(self, name: str) -> int:
        """Indexes one more name and gives its number."""
        number = len(self.names)
        self.names.append(name)
        for pair in {name[first : first + 2] for first in range(len(name) - 1)}:
            self.pairs.setdefault(pair, []).append(number)
        return number

    def list_regions(self, text: str) -> list[list[Chunk]]:
        """The chunks of a text; those with no more than a character between stand together."""
        regions: list[list[Chunk]] = []
        for chunk in self._cut(text):
            last = regions[-1] if regions else None
            if last and chunk.start - last[-1].end <= 1 and chunk.end - last[0].start <= _LONGEST:
                last.append(chunk)
            else:
                regions.append([chunk])
        return regions

    def join(self, chunks: Iterable[Chunk]) -> list[Chunk]:
        """Chunks that stand in one name in this order become one: it is abbreviated."""
        joined: list[Chunk] = []
        for chunk in chunks:
            both = self._join_two(joined[-1], chunk) if joined else None
            if both:
                joined[-1] = both
            else:
                joined.append(chunk)
        return joined

    def _join_two(self, one: Chunk, other: Chunk) -> Chunk | None:
        known = [each.numbers for each in (one, other) if each.numbers is not None]
        if not known:
            return None
        pieces = one.pieces + other.pieces
        numbers = [n for n in min(known, key=len) if _in_order(pieces, self.names[n])]
        torn = one.torn or other.torn
        return Chunk(one.start, other.end, numbers, pieces, torn) if numbers else None

    def _cut(self, text: str) -> Iterator[Chunk]:
        lists = [self.pairs.get(text[first : first + 2]) for first in range(len(text) - 1)]
        first = 0
        while first < len(lists):
            if lists[first] is None:
                first += 1
                continue
            end = first + 1
            while end < min(len(lists), first + _LONGEST) and lists[end] is not None:
                end += 1
            yield from self._cut_run(text, first, end, lists)
            first = end

    def _cut_run(
        self, text: str, first: int, end: int, lists: list[list[int] | None]
    ) -> Iterator[Chunk]:
        """The chunks of a run of known pairs: around the rarest one, and what is left of it."""
        if first >= end:
            return
        seed = min(range(first, end), key=lambda at: len(lists[at] or ()))
        numbers = lists[seed] or []
        if len(numbers) > _COMMON:
            yield Chunk(first, end + 1, None, (text[first : end + 1],))
            return
        low, high, numbers = self._grow(text, seed, first, end + 1, numbers)
        yield from self._cut_run(text, first, low - 1, lists)
        yield Chunk(low, high, numbers, (text[low:high],), torn=low > first or high <= end)
        yield from self._cut_run(text, high, end, lists)

    def _grow(
        self, text: str, seed: int, first: int, end: int, numbers: list[int]
    ) -> tuple[int, int, list[int]]:
        """From a pair to as much of `text[first:end]` around it as stands in some name."""
        all_of_it = self._having(text[first:end], numbers)
        if all_of_it:
            return first, end, all_of_it
        low, high = seed, seed + 2
        while high < end and (more := self._having(text[low : high + 1], numbers)):
            high, numbers = high + 1, more
        while low > first and (more := self._having(text[low - 1 : high], numbers)):
            low, numbers = low - 1, more
        return low, high, numbers

    def _having(self, piece: str, numbers: list[int]) -> list[int]:
        names = self.names
        return [number for number in numbers if piece in names[number]]


def _in_order(pieces: tuple[str, ...], name: str) -> bool:
    at = 0
    for piece in pieces:
        at = name.find(piece, at)
        if at < 0:
            return False
        at += len(piece)
    return True
