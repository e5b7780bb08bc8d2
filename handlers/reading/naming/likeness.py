"""Where a text names a project, and how like its name that is."""

from dataclasses import dataclass
from enum import StrEnum


class Likeness(StrEnum):
    """How what was said is like the name that it was taken for."""

    WHOLE = "whole"
    PART = "part"
    ABBREVIATED = "abbreviated"
    MISTYPED = "mistyped"
    UNLIKE = "unlike"  # of another trade of the company, or of another company of the trade


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
