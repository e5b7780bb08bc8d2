"""Finds names with a slip of the hand in them: a character wrong, missing, too many, swapped.

A slip breaks the pairs of neighbouring characters around it, but leaves the characters on
both sides of it one apart; so each name is indexed by those as well.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from rapidfuzz.distance import LCSseq

# How many entries of the index are counted, the shortest lists first.
_COUNTED = 1500
_VOTED = 60
_LOOKED_AT = 10
_FEWEST = 3
_ONE_SLIP_IN = 3  # one character of the text may be wrong in so many that are right


@dataclass(frozen=True, slots=True)
class Slip:
    """A name laid along a text from `start` to `end`: what of it was said, without the slip.

    `first` is where in the name that begins, `slips` how many characters of the text are wrong.
    """

    start: int
    end: int
    first: int
    said: str
    number: int
    slips: int

    @property
    def likeness(self) -> int:
        """How much of the name was said, less what is wrong in between."""
        return 2 * len(self.said) - self.slips


@dataclass(frozen=True, slots=True)
class _Block:
    """`text[at : at + size] == name[place : place + size]`."""

    at: int
    place: int
    size: int


class SlipIndex:
    """Which names have two characters with one between them."""

    def __init__(self) -> None:
        self._apart: dict[str, list[int]] = {}

    def add(self, number: int, name: str) -> None:
        """Indexes one more name."""
        for first in range(len(name) - 2):
            self._apart.setdefault(name[first] + name[first + 2], []).append(number)

    def list_similar(
        self, text: str, pairs: Mapping[str, list[int]], names: Sequence[str]
    ) -> list[int]:
        """Numbers of the names that share most with a text, one slip in it taken into account.

        `pairs` is the index of neighbouring characters, `names` are the names by number.
        """
        votes: Counter[int] = Counter()
        counted = 0
        for numbers in sorted(self._list_lists(text, pairs), key=len):
            counted += len(numbers)
            if counted > _COUNTED:
                break
            votes.update(numbers)
        voted = (number for number, _ in votes.most_common(_VOTED))
        alike = [(LCSseq.similarity(text, names[number]), number) for number in voted]
        return [number for _, number in sorted(alike, reverse=True)[:_LOOKED_AT]]

    def _list_lists(self, text: str, pairs: Mapping[str, list[int]]) -> Iterator[list[int]]:
        for one, other in pairwise(text):
            yield pairs.get(one + other, [])
            yield self._apart.get(one + other, [])  # one is missing in the text
            yield pairs.get(other + one, [])  # two are swapped
        for one, other in zip(text, text[2:], strict=False):
            yield self._apart.get(one + other, [])  # one is wrong
            yield pairs.get(one + other, [])  # one is too many


def lay(text: str, name: str, number: int) -> Slip | None:
    """Lays a name along a text; None if there is more than a slip between them."""
    blocks = _find_blocks(text, name)
    if not blocks:
        return None
    start, end = blocks[0].at, blocks[-1].at + blocks[-1].size
    said = "".join(text[block.at : block.at + block.size] for block in blocks)
    slips = end - start - len(said)
    if len(said) < _FEWEST or slips * _ONE_SLIP_IN > len(said):
        return None
    return Slip(start, end, blocks[0].place, said, number, slips)


def _find_blocks(text: str, name: str) -> list[_Block]:
    """What text and name share in the same order, without what stands far off alone."""
    codes = LCSseq.opcodes(text, name)
    found = [
        _Block(code.src_start, code.dest_start, code.src_end - code.src_start)
        for code in codes
        if code.tag == "equal"
    ]
    runs: list[list[_Block]] = []
    for block in found:
        if runs and _is_near(runs[-1][-1], block):
            runs[-1].append(block)
        else:
            runs.append([block])
    return max(runs, key=lambda run: sum(block.size for block in run), default=[])


def _is_near(one: _Block, other: _Block) -> bool:
    """Whether no more than one character stands between two blocks, in the text and the name.

    In the name more may be left out between blocks of two or more: that is an abbreviation.
    """
    in_text = other.at - one.at - one.size
    in_name = other.place - one.place - one.size
    return in_text <= 1 and (in_name <= 1 or min(one.size, other.size) > 1)
