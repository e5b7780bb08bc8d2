"""How urgent a task is: on time, due soon, late, on the board (第二十二条), and in which colour."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from policy.calendar import Calendar
from policy.deadlines import days_left, days_overdue
from policy.hours import Hours
from policy.packs import Colours, Ladder


class Rung(StrEnum):
    """How far a deadline has come, from ease to alarm."""

    ON_TIME = "on_time"
    DUE_SOON = "due_soon"
    """临期"""
    DUE_TODAY = "due_today"
    OVERDUE = "overdue"
    """逾期: the close of business on the last day is over."""
    BOARD = "board"
    """挂牌"""


class Colour(StrEnum):
    """红黄绿"""

    GREEN = "green"
    AMBER = "amber"
    RED = "red"


LATE = frozenset({Rung.OVERDUE, Rung.BOARD})
"""The rungs of what is late."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a deadline stands at a moment."""

    rung: Rung
    days_left: int
    """Working days after today, the last day included; 0 on the last day and when late."""
    days_overdue: int
    """Working days of delay, today included; 0 on the evening of the last day."""

    @property
    def is_late(self) -> bool:
        """Whether the deadline has passed."""
        return self.rung in LATE


def assess(ladder: Ladder, calendar: Calendar, hours: Hours, now: datetime, due: date) -> Standing:
    """Tell where a deadline stands.

    It passes at the close of business on its last day; from the next working day on, the delay
    has a number (law 6). The board comes when the close of business on the ladder's last day of
    grace is over: with `board_after = 1` a task that is one working day late is named in the
    morning, and is on the board from that evening.

    Args:
        ladder: the pack's thresholds.
        calendar: the working days.
        hours: the close of business.
        now: the moment, aware.
        due: the deadline's last day.

    """
    today = hours.day_of(now)
    left, overdue = days_left(calendar, today, due), days_overdue(calendar, today, due)
    return Standing(_find_rung(ladder, calendar, hours, now, due), left, overdue)


def find_colour(colours: Colours, standing: Standing) -> Colour:
    """Tell the colour of a deadline: red when late, amber when few days are left."""
    if standing.is_late:
        return Colour.RED
    return Colour.AMBER if standing.days_left <= colours.amber_days_left else Colour.GREEN


def _find_rung(ladder: Ladder, calendar: Calendar, hours: Hours, now: datetime, due: date) -> Rung:
    if now >= hours.close_of(calendar.add(due, ladder.board_after)):
        return Rung.BOARD
    if now >= hours.close_of(due):
        return Rung.OVERDUE
    left = days_left(calendar, hours.day_of(now), due)
    if left == 0:
        return Rung.DUE_TODAY
    return Rung.DUE_SOON if left <= ladder.due_soon else Rung.ON_TIME
