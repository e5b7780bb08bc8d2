"""Periods and pauses: what a rule allows, and the days on which the clock stands still."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import ClassVar

_DAY = timedelta(days=1)


class DeadlineError(ValueError):
    """A deadline that cannot be counted: an impossible period or pause, or too far a date."""


class Unit(StrEnum):
    """What a period is counted in."""

    WORKING_DAYS = "working_days"
    CALENDAR_DAYS = "calendar_days"


@dataclass(frozen=True, slots=True)
class Period:
    """A limit as a rule gives it: so many days of a unit, and which article says so.

    Raises:
        DeadlineError: `days` is below 1.

    """

    # A misspelt key in a pack is a mistake, not something to pass over.
    __pydantic_config__: ClassVar[dict[str, str]] = {"extra": "forbid"}

    days: int
    unit: Unit = Unit.WORKING_DAYS
    basis: str = ""

    def __post_init__(self) -> None:
        if self.days < 1:
            raise DeadlineError(f"a period has at least 1 day, not {self.days}")


@dataclass(frozen=True, slots=True)
class Pause:
    """Days that do not count, both ends included; `last` is None while the pause is open.

    Raises:
        DeadlineError: `last` is earlier than `first`.

    """

    first: date
    last: date | None

    def __post_init__(self) -> None:
        if self.last is not None and self.last < self.first:
            raise DeadlineError(f"a pause from {self.first} cannot end on {self.last}")


def pause_days(began: datetime, ended: datetime | None, closing: time) -> Pause | None:
    """Turn the moments of a pause into the days that do not count (law 4).

    The day of the pause does not count if the pause came before the close of business, and the
    day of the resumption never does. None when no day is lost: paused after the close, and
    resumed the same evening.

    Args:
        began: when the clock was stopped; aware, in the local time zone.
        ended: when it was started again, likewise; None while it is stopped.
        closing: the close of business.

    Raises:
        DeadlineError: a naive moment, or `ended` before `began`.

    """
    for moment in (began, ended):
        if moment is not None and moment.tzinfo is None:
            raise DeadlineError(f"the moment {moment} of a pause lacks its time zone")
    if ended is not None and ended < began:
        raise DeadlineError(f"a pause from {began} cannot end at {ended}")
    first = began.date() if began.time() < closing else began.date() + _DAY
    last = None if ended is None else ended.date()
    return None if last is not None and last < first else Pause(first, last)


def merge_pauses(pauses: Iterable[Pause]) -> list[Pause]:
    """Put pauses in order and join what overlaps or touches."""
    merged: list[Pause] = []
    for pause in sorted(pauses, key=lambda pause: pause.first):
        previous = merged[-1] if merged else None
        if previous is None or (previous.last is not None and pause.first > previous.last + _DAY):
            merged.append(pause)
        elif previous.last is not None:
            last = None if pause.last is None else max(previous.last, pause.last)
            merged[-1] = Pause(previous.first, last)
    return merged
