"""The limits of a project: hand-over, dispatch, landing team, start of construction, approvals.

Each function takes a pack's limit and counts it from the day on which it begins.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from policy.calendar import Calendar
from policy.deadlines import Deadline, Pause, count_deadline
from policy.packs import Ceremony, Pack

_DAY = timedelta(days=1)


def start_target(pack: Pack, calendar: Calendar, signed_on: date) -> Deadline:
    """Count until when construction should have started, from the day of signing."""
    return count_deadline(calendar, signed_on, pack.limits.start_target)


def start_red_line(pack: Pack, calendar: Calendar, signed_on: date) -> Deadline:
    """Count until when construction must have started, from the day of signing."""
    return count_deadline(calendar, signed_on, pack.limits.start_red_line)


def landing_team(pack: Pack, calendar: Calendar, signed_on: date) -> Deadline:
    """Count until when the landing team must be set up, from the day of signing."""
    return count_deadline(calendar, signed_on, pack.limits.landing_team)


def handover_due(pack: Pack, calendar: Calendar, signed_on: date) -> Deadline:
    """Count until when a project must be handed over to the office, from its signing ceremony."""
    return count_deadline(calendar, signed_on, pack.limits.handover)


def dispatch_due(pack: Pack, calendar: Calendar, handed_over_on: date) -> Deadline:
    """Count until when a project must be registered, published and dispatched by the office."""
    return count_deadline(calendar, handed_over_on, pack.limits.dispatch)


def take_due(pack: Pack, calendar: Calendar, dispatched_on: date) -> Deadline:
    """Count until when a task must be taken and the owner contacted: the take clock."""
    return count_deadline(calendar, dispatched_on, pack.limits.contact)


def finish_due(
    pack: Pack, calendar: Calendar, item: str, accepted_on: date, pauses: Iterable[Pause] = ()
) -> Deadline:
    """Count until when an item must be approved, from its acceptance: the finish clock.

    Raises:
        PackError: `item` is no key of the catalogue.

    """
    return count_deadline(calendar, accepted_on, pack.item(item).period, pauses)


def check_due(pack: Pack, calendar: Calendar, delivered_on: date) -> Deadline:
    """Count until when the office must have checked what was handed in."""
    return count_deadline(calendar, delivered_on, pack.limits.check)


def redispatch_due(pack: Pack, calendar: Calendar, returned_on: date) -> Deadline:
    """Count until when the office must dispatch anew what was returned."""
    return count_deadline(calendar, returned_on, pack.limits.redispatch)


@dataclass(frozen=True, slots=True)
class Occasion:
    """One signing ceremony to come: on one day, or within days of which one is to be announced."""

    ceremony: Ceremony
    first: date
    last: date
    handover: Deadline | None
    """Until when its projects must be handed over; None while the day is not announced."""


def list_ceremonies(
    pack: Pack, calendar: Calendar, today: date, until: date
) -> tuple[Occasion, ...]:
    """List the signing ceremonies from `today` to `until`, both included, in order of time.

    One whose day is announced each time is listed with the days that it may fall on, from the
    first of its month to the last before its next month; it counts while they are not over.
    """
    windows = [
        (first, last, ceremony)
        for ceremony in pack.ceremonies
        for first, last in _list_windows(ceremony, today.year - 1, until.year)
        if last >= today and first <= until
    ]
    return tuple(
        Occasion(ceremony, first, last, _handover_after(pack, calendar, ceremony, last))
        for first, last, ceremony in sorted(windows, key=lambda window: window[:2])
    )


@dataclass(frozen=True, slots=True)
class Work:
    """The days on which a department had one task: from acceptance to the hand-in."""

    accepted_on: date
    delivered_on: date | None
    """None while it is not handed in."""
    pauses: tuple[Pause, ...] = ()


@dataclass(frozen=True, slots=True)
class TimeSpent:
    """Whose time a project's approvals have taken so far, in working days."""

    departments: int
    """Days on which at least one department was at work. These count against the limit."""
    others: int
    """Days on which every open task stood still, for the owner or a special procedure."""


def count_time_spent(calendar: Calendar, works: Sequence[Work], today: date) -> TimeSpent:
    """Count whose time a project's approvals have taken until `today`, that day included.

    Tasks run side by side, so a day counts once, however many tasks it was used for; and the day
    of an acceptance does not count (law 1). Before anything was accepted, and between the
    hand-in of one task and the acceptance of the next, nobody's time runs.
    """
    departments, others = set[date](), set[date]()
    for work in works:
        for day in _list_working_days(calendar, work.accepted_on, work.delivered_on or today):
            (others if _is_paused(work, day) else departments).add(day)
    return TimeSpent(len(departments), len(others - departments))


def _list_working_days(calendar: Calendar, after: date, upto: date) -> Iterator[date]:
    day = calendar.next_working(after)
    while day <= upto:
        yield day
        day = calendar.next_working(day)


def _is_paused(work: Work, day: date) -> bool:
    return any(p.first <= day and (p.last is None or day <= p.last) for p in work.pauses)


def _handover_after(
    pack: Pack, calendar: Calendar, ceremony: Ceremony, held_on: date
) -> Deadline | None:
    return None if ceremony.day is None else handover_due(pack, calendar, held_on)


def _list_windows(
    ceremony: Ceremony, first_year: int, last_year: int
) -> Iterator[tuple[date, date]]:
    """List the first and the last day on which a ceremony may fall, each time it comes round."""
    years = range(first_year, last_year + 2)
    months = [date(year, month, 1) for year in years for month in sorted(set(ceremony.months))]
    for month, following in pairwise(months):
        if ceremony.day is None:
            yield month, following - _DAY
        else:
            yield month.replace(day=ceremony.day), month.replace(day=ceremony.day)
