"""The colour of a deadline (红黄绿), by the pack's thresholds."""

from enum import StrEnum

from policy.packs import Colours


class Colour(StrEnum):
    """红黄绿"""

    GREEN = "green"
    AMBER = "amber"
    RED = "red"


def find_colour(colours: Colours, days_left: int, *, is_late: bool) -> Colour:
    """Tell the colour of a deadline: red when late, amber when few working days are left.

    It is late from the close of business on its last day (law 1), when `days_left` is still 0.
    """
    if is_late:
        return Colour.RED
    return Colour.AMBER if days_left <= colours.amber_days_left else Colour.GREEN
