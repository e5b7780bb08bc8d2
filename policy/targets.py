"""The limits of a project: dispatch, landing team, start of construction, approvals.

Each function takes a pack's limit and counts it from the day on which it begins. The day of
signing is what somebody wrote: where the calendar does not reach it, the limits that begin
with it have no last day. The other days are the assistant's own.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from policy.calendar import Calendar
from policy.deadlines import Deadline, DeadlineError, Pause, Period, count_deadline, without_end
from policy.packs import Pack


def start_target(pack: Pack, calendar: Calendar, signed_on: date) -> Deadline:
    """Count until when construction should have started, from the day of signing."""
    return _from_signing(calendar, signed_on, pack.limits.start_target)


def start_red_line(pack: Pack, calendar: Calendar, signed_on: date) -> Deadline:
    """Count until when construction must have started, from the day of signing."""
    return _from_signing(calendar, signed_on, pack.limits.start_red_line)


def landing_team(pack: Pack, calendar: Calendar, signed_on: date) -> Deadline:
    """Count until when the landing team must be set up, from the day of signing."""
    return _from_signing(calendar, signed_on, pack.limits.landing_team)


def dispatch_due(pack: Pack, calendar: Calendar, handed_over_on: date) -> Deadline:
    """Count until when a project must be registered, published and dispatched by the office."""
    return count_deadline(calendar, handed_over_on, pack.limits.dispatch)


def take_due(pack: Pack, calendar: Calendar, dispatched_on: date) -> Deadline:
    """Count until when a task must be taken and the owner contacted: the take clock."""
    return count_deadline(calendar, dispatched_on, pack.limits.contact)


def check_due(pack: Pack, calendar: Calendar, delivered_on: date) -> Deadline:
    """Count until when the office must have checked what was handed in."""
    return count_deadline(calendar, delivered_on, pack.limits.check)


def redispatch_due(pack: Pack, calendar: Calendar, returned_on: date) -> Deadline:
    """Count until when the office must dispatch anew what was returned."""
    return count_deadline(calendar, returned_on, pack.limits.redispatch)


def draft_due(pack: Pack, calendar: Calendar, said_on: date) -> Deadline:
    """Count until when the rest of a registration is waited for, from the last word on it."""
    return count_deadline(calendar, said_on, pack.limits.draft)


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


def _from_signing(calendar: Calendar, signed_on: date, period: Period) -> Deadline:
    try:
        return count_deadline(calendar, signed_on, period)
    except DeadlineError:
        return without_end(signed_on, period)
