"""What holds for every deadline."""

from datetime import UTC, date, datetime, time, timedelta

from hypothesis import assume, given
from hypothesis import strategies as st

from policy.calendar import Calendar
from policy.deadlines import (
    Cause,
    Deadline,
    Pause,
    Period,
    Unit,
    count_deadline,
    days_left,
    days_overdue,
    find_day_of_delay,
    pause_days,
)
from tests.property.strategies import calendars, corrections, days, near, pauses_near, periods

DAY = timedelta(days=1)


def list_counted(deadline: Deadline) -> list[date]:
    """List the days that were counted, by the explanation alone."""
    assert deadline.due is not None
    left_out = {
        date.fromordinal(n)
        for one in deadline.left_out
        for n in range(one.first.toordinal(), one.last.toordinal() + 1)
    }
    through = range(deadline.start.toordinal() + 1, deadline.due.toordinal() + 1)
    return [day for day in map(date.fromordinal, through) if day not in left_out]


@given(calendars, days, periods, st.data())
def test_a_deadline_is_never_a_rest_day(
    calendar: Calendar, start: date, period: Period, data: st.DataObject
) -> None:
    found = count_deadline(calendar, start, period, data.draw(pauses_near(start)))
    assert found.due is None or (found.due > start and calendar.is_working(found.due))


@given(calendars, days, periods)
def test_without_pauses_the_count_is_the_calendars(
    calendar: Calendar, start: date, period: Period
) -> None:
    found = count_deadline(calendar, start, period)
    if period.unit is Unit.WORKING_DAYS:
        assert found.due == calendar.add(start, period.days)
    else:
        assert found.due == calendar.on_or_after(start + timedelta(days=period.days))


@given(calendars, days, st.integers(1, 120), st.data())
def test_the_explanation_accounts_for_every_day(
    calendar: Calendar, start: date, n: int, data: st.DataObject
) -> None:
    pauses = data.draw(pauses_near(start, may_be_open=False))
    found = count_deadline(calendar, start, Period(n), pauses)
    counted = list_counted(found)
    assert len(counted) == n == found.counted
    assert all(calendar.is_working(day) for day in counted)
    assert set(found.worked_weekends) == {day for day in counted if day.weekday() >= 5}


@given(calendars, days, periods, st.data())
def test_paused_days_are_explained_as_such(
    calendar: Calendar, start: date, period: Period, data: st.DataObject
) -> None:
    pauses = data.draw(pauses_near(start, may_be_open=False))
    found = count_deadline(calendar, start, period, pauses)
    assert found.due is not None
    for day in list_counted(found):
        assert not any(one.last and one.first <= day <= one.last for one in pauses)
    for one in found.left_out:
        assert (one.cause is Cause.PAUSE) == any(
            pause.last and pause.first <= one.first <= pause.last for pause in pauses
        )


@given(calendars, days, periods, st.data())
def test_pausing_never_brings_a_deadline_forward(
    calendar: Calendar, start: date, period: Period, data: st.DataObject
) -> None:
    pauses = data.draw(pauses_near(start, may_be_open=False))
    another = data.draw(pauses_near(start))
    before = count_deadline(calendar, start, period, pauses).due
    after = count_deadline(calendar, start, period, [*pauses, *another]).due
    assert before is not None
    assert after is None or after >= before


@given(calendars, days, periods, st.data())
def test_the_order_of_pauses_and_saying_one_twice_change_nothing(
    calendar: Calendar, start: date, period: Period, data: st.DataObject
) -> None:
    pauses = data.draw(pauses_near(start))
    shuffled = data.draw(st.permutations([*pauses, *pauses[:2]]))
    assert count_deadline(calendar, start, period, pauses) == count_deadline(
        calendar, start, period, shuffled
    )


@given(calendars, days, periods, st.data())
def test_a_pause_after_the_deadline_changes_nothing(
    calendar: Calendar, start: date, period: Period, data: st.DataObject
) -> None:
    plain = count_deadline(calendar, start, period)
    assert plain.due is not None
    first = plain.due + timedelta(days=data.draw(st.integers(1, 50)))
    last = data.draw(st.none() | st.integers(0, 50).map(lambda n: first + n * DAY))
    assert count_deadline(calendar, start, period, [Pause(first, last)]) == plain


@given(calendars, days, periods, st.data())
def test_what_an_open_pause_leaves_is_counted_from_its_end(
    calendar: Calendar, start: date, period: Period, data: st.DataObject
) -> None:
    first = data.draw(near(start))
    found = count_deadline(calendar, start, period, [Pause(first, None)])
    assume(found.paused and found.remaining > 0)
    last = data.draw(st.dates(max(first, start), max(first, start) + timedelta(days=60)))
    resumed = count_deadline(calendar, start, period, [Pause(first, last)])
    rest = count_deadline(calendar, last, Period(found.remaining, period.unit))
    assert found.paused_since == first
    assert found.counted + found.remaining == period.days
    assert resumed.due == rest.due


@given(corrections, days, days, periods, st.data())
def test_adding_a_holiday_never_brings_a_deadline_forward(
    both: tuple[set[date], set[date]],
    start: date,
    holiday: date,
    period: Period,
    data: st.DataObject,
) -> None:
    holidays, workdays = both
    nearby = data.draw(near(start))
    pauses = data.draw(pauses_near(start, may_be_open=False))
    more = Calendar(holidays | {holiday, nearby}, workdays - {holiday, nearby})
    before = count_deadline(Calendar(holidays, workdays), start, period, pauses).due
    after = count_deadline(more, start, period, pauses).due
    assert before is not None
    assert after is not None
    assert after >= before


@given(calendars, days, periods)
def test_more_days_never_end_earlier(calendar: Calendar, start: date, period: Period) -> None:
    longer = Period(period.days + 1, period.unit)
    before = count_deadline(calendar, start, period).due
    after = count_deadline(calendar, start, longer).due
    assert before is not None
    assert after is not None
    assert after >= before


@given(calendars, days, periods)
def test_provisional_means_that_an_unpublished_year_is_touched(
    calendar: Calendar, start: date, period: Period
) -> None:
    found = count_deadline(calendar, start, period)
    assert found.due is not None
    assert found.provisional == (not calendar.is_known(start) or not calendar.is_known(found.due))


@given(calendars, days, days)
def test_left_and_overdue_never_both_and_sum_to_the_distance(
    calendar: Calendar, today: date, due: date
) -> None:
    left, overdue = days_left(calendar, today, due), days_overdue(calendar, today, due)
    assert left == 0 or overdue == 0
    assert left + overdue == calendar.count(min(today, due), max(today, due))
    tomorrow = today + DAY
    passed = calendar.is_working(tomorrow)
    if tomorrow <= due:
        assert days_left(calendar, tomorrow, due) == left - passed
    else:
        assert days_overdue(calendar, tomorrow, due) == overdue + passed


@given(calendars, days, days, st.data())
def test_each_working_day_that_is_not_paused_adds_one_of_delay(
    calendar: Calendar, today: date, due: date, data: st.DataObject
) -> None:
    pauses = data.draw(pauses_near(due))
    late = days_overdue(calendar, today, due, pauses)
    assert 0 <= late <= days_overdue(calendar, today, due)
    tomorrow = today + DAY
    paused = any(p.first <= tomorrow and (p.last is None or tomorrow <= p.last) for p in pauses)
    passed = tomorrow > due and calendar.is_working(tomorrow) and not paused
    assert days_overdue(calendar, tomorrow, due, pauses) == late + passed


@given(calendars, days, st.integers(1, 10), st.data())
def test_the_day_of_a_delay_is_the_first_on_which_it_is_counted(
    calendar: Calendar, due: date, n: int, data: st.DataObject
) -> None:
    pauses = data.draw(pauses_near(due, may_be_open=False))
    found = find_day_of_delay(calendar, due, n, pauses)
    assert days_overdue(calendar, found, due, pauses) == n
    assert days_overdue(calendar, found - DAY, due, pauses) == n - 1


moments = st.builds(
    datetime.combine, st.dates(date(2026, 1, 1), date(2026, 12, 31)), st.times(), st.just(UTC)
)


@given(moments, st.timedeltas(timedelta(0), timedelta(days=30)), st.times())
def test_the_days_of_a_pause_lie_within_it_and_end_with_its_end(
    began: datetime, length: timedelta, closing: time
) -> None:
    ended = began + length
    found = pause_days(began, ended, closing)
    if found is None:
        assert began.date() == ended.date()
    else:
        assert began.date() <= found.first <= began.date() + DAY
        assert found.last == ended.date()
