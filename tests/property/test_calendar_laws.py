"""Adding and counting working days agree, whatever the calendar."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from policy.calendar import Calendar
from tests.property.strategies import calendars, days


@given(calendars, days, st.integers(1, 600))
def test_what_was_added_is_counted(calendar: Calendar, start: date, n: int) -> None:
    end = calendar.add(start, n)
    assert calendar.is_working(end)
    assert calendar.count(start, end) == n
    assert calendar.count(start, end - timedelta(days=1)) == n - 1


@given(calendars, days, st.integers(1, 200), st.integers(1, 200))
def test_adding_twice_is_adding_the_sum(calendar: Calendar, start: date, a: int, b: int) -> None:
    assert calendar.add(calendar.add(start, a), b) == calendar.add(start, a + b)


@given(calendars, days, st.integers(0, 500))
def test_counting_is_looking_at_each_day(calendar: Calendar, after: date, length: int) -> None:
    following = [after + timedelta(days=n) for n in range(1, length + 1)]
    counted = calendar.count(after, after + timedelta(days=length))
    assert counted == sum(calendar.is_working(day) for day in following)


@given(calendars, days, days, days)
def test_counts_add_up(calendar: Calendar, a: date, b: date, c: date) -> None:
    first, middle, last = sorted((a, b, c))
    assert calendar.count(first, last) == calendar.count(first, middle) + calendar.count(
        middle, last
    )


@given(calendars, days)
def test_the_next_working_day_is_the_first_that_is(calendar: Calendar, day: date) -> None:
    found = calendar.next_working(day)
    between = range(day.toordinal() + 1, found.toordinal())
    assert found > day
    assert calendar.is_working(found)
    assert not any(calendar.is_working(date.fromordinal(n)) for n in between)
    assert calendar.on_or_after(day) == (day if calendar.is_working(day) else found)
