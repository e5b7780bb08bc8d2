"""The colour of a deadline."""

import pytest

from policy.colours import Colour, find_colour
from policy.packs import load_pack

COLOURS = load_pack("zhumadian").colours


@pytest.mark.parametrize(
    ("left", "is_late", "colour"),
    [
        (2, False, Colour.GREEN),
        (1, False, Colour.AMBER),
        (0, False, Colour.AMBER),
        (0, True, Colour.RED),
    ],
)
def test_a_deadline_turns_from_green_to_red(left: int, is_late: bool, colour: Colour) -> None:
    assert find_colour(COLOURS, left, is_late=is_late) is colour
