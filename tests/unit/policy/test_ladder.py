"""How urgent a task is at a moment."""

from datetime import date, datetime

import pytest

from policy.calendar import Calendar
from policy.hours import SHANGHAI, Hours
from policy.ladder import Colour, Rung, assess, find_colour
from policy.packs import load_pack

PACK = load_pack("zhumadian")
CALENDAR = Calendar()
FRIDAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("now", "rung", "left", "overdue", "colour"),
    [
        ("2026-11-18 08:30", Rung.ON_TIME, 2, 0, Colour.GREEN),
        ("2026-11-19 08:30", Rung.DUE_SOON, 1, 0, Colour.AMBER),
        ("2026-11-20 08:30", Rung.DUE_TODAY, 0, 0, Colour.AMBER),
        ("2026-11-20 17:29", Rung.DUE_TODAY, 0, 0, Colour.AMBER),
        ("2026-11-20 17:30", Rung.OVERDUE, 0, 0, Colour.RED),
        ("2026-11-22 12:00", Rung.OVERDUE, 0, 0, Colour.RED),
        ("2026-11-23 08:30", Rung.OVERDUE, 0, 1, Colour.RED),
        ("2026-11-23 17:30", Rung.BOARD, 0, 1, Colour.RED),
        ("2026-11-24 08:30", Rung.BOARD, 0, 2, Colour.RED),
    ],
)
def test_a_deadline_climbs(now: str, rung: Rung, left: int, overdue: int, colour: Colour) -> None:
    moment = datetime.fromisoformat(now).replace(tzinfo=SHANGHAI)
    standing = assess(PACK.ladder, CALENDAR, Hours(), moment, FRIDAY)
    assert (standing.rung, standing.days_left, standing.days_overdue) == (rung, left, overdue)
    assert find_colour(PACK.colours, standing) is colour


def test_the_moment_is_taken_in_local_time() -> None:
    utc = datetime.fromisoformat("2026-11-20T16:30+00:00")
    standing = assess(PACK.ladder, CALENDAR, Hours(), utc, FRIDAY)
    assert standing.is_late
