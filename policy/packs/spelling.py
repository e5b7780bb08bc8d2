"""Finding what is meant by a name, however it was typed."""

import unicodedata
from collections.abc import Iterable, Sequence
from typing import Generic, TypeVar

T = TypeVar("T")


def fold(text: str) -> str:
    """Put a name into the form in which names are compared: width, case and spaces do not count."""
    return "".join(unicodedata.normalize("NFKC", text).split()).casefold()


class Spellings(Generic[T]):
    """Things, and all that people may write for each.

    Args:
        spelt: each thing with its spellings.
        city: the city's name, which may stand before any of them (驻马店市生态环境局).

    """

    def __init__(self, spelt: Iterable[tuple[T, Sequence[str]]], city: str) -> None:
        self._things = {fold(name): thing for thing, names in spelt for name in names}
        self._longest_first = sorted(self._things, key=len, reverse=True)
        self._prefixes = tuple({fold(city), fold(city).removesuffix("市")})

    def find(self, text: str) -> T | None:
        """Find what is written exactly so, with or without the city before it."""
        name = fold(text)
        rests = [name.removeprefix(prefix) for prefix in self._prefixes]
        return next((self._things[one] for one in (name, *rests) if one in self._things), None)

    def find_within(self, text: str) -> T | None:
        """Find what is meant by the longest of the known names that is part of the text."""
        name = fold(text)
        return next((self._things[one] for one in self._longest_first if one in name), None)
