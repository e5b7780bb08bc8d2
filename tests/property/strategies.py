"""What the property tests draw: days, calendars with corrections, periods, pauses, tasks."""

from datetime import date

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from policy.calendar import Calendar
from policy.deadlines import Pause, Period, Unit
from policy.life import OPEN, Moment, PauseKind, TaskClock

# Wide enough for make-up days of many notices, for years not published, and for the seam.
FIRST, LAST = date(2019, 1, 1), date(2031, 12, 31)

days: SearchStrategy[date] = st.dates(FIRST, LAST)


@st.composite
def _corrections(draw: st.DrawFn) -> tuple[set[date], set[date]]:
    holidays = draw(st.sets(days, max_size=8))
    return holidays, draw(st.sets(days, max_size=8)) - holidays


corrections: SearchStrategy[tuple[set[date], set[date]]] = _corrections()
"""Days that a configuration adds as holidays, and others that it adds as working days."""

_PLAIN = Calendar()  # its years are built once

calendars: SearchStrategy[Calendar] = st.one_of(
    st.just(_PLAIN), corrections.map(lambda both: Calendar(*both))
)

periods: SearchStrategy[Period] = st.builds(
    Period, days=st.integers(1, 120), unit=st.sampled_from(Unit)
)


def near(start: date) -> SearchStrategy[date]:
    """Days from which a pause may begin or end so that it matters to a period from `start`."""
    latest = min(LAST.toordinal(), start.toordinal() + 150)
    return st.integers(start.toordinal() - 20, latest).map(date.fromordinal)


@st.composite
def _pause_near(draw: st.DrawFn, start: date, may_be_open: bool) -> Pause:
    first, last = sorted((draw(near(start)), draw(near(start))))
    return Pause(first, None if may_be_open and draw(st.integers(0, 5)) == 0 else last)


def pauses_near(start: date, *, may_be_open: bool = True) -> SearchStrategy[list[Pause]]:
    """Pauses that may overlap, in any order."""
    return st.lists(_pause_near(start, may_be_open), max_size=4)


@st.composite
def _open_tasks(draw: st.DrawFn) -> TaskClock:
    return TaskClock(
        state=draw(st.sampled_from(sorted(OPEN))),
        take_due=draw(days),
        finish_due=draw(days),
        office_due=draw(days),
        pause_kind=draw(st.sampled_from(PauseKind)),
        pauses=tuple(draw(pauses_near(draw(days), may_be_open=False))),
        waits_for_predecessor=draw(st.booleans()),
        handled=draw(st.none() | st.sampled_from(Moment)),
    )


open_tasks: SearchStrategy[TaskClock] = _open_tasks()
