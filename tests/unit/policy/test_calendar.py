"""Which days are worked on, and adding and counting them."""

from datetime import date, timedelta

import chinese_calendar
import pytest

from policy.calendar import Calendar, ContradictoryDay, Day, DayKind, OutOfCalendar
from policy.published import statutory_holidays

# What the State Council's notice for 2027 might say, for lack of the real one.
INVENTED_2027_OFF = [
    date(2027, 1, 1),
    *(date(2027, 2, day) for day in range(5, 12)),
    date(2027, 4, 5),
    *(date(2027, 5, day) for day in range(1, 6)),
    date(2027, 6, 9),
    date(2027, 9, 15),
    *(date(2027, 10, day) for day in range(1, 8)),
]
INVENTED_2027_WORKED = [date(2027, 1, 31), date(2027, 10, 9)]


@pytest.fixture(scope="module")
def calendar() -> Calendar:
    return Calendar()


def days(first: date, last: date) -> list[date]:
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def test_spring_festival_2026_is_off_from_the_15th_to_the_23rd(calendar: Calendar) -> None:
    seen = [calendar.day(day) for day in days(date(2026, 2, 15), date(2026, 2, 23))]
    assert {(day.kind, day.name, day.known) for day in seen} == {(DayKind.HOLIDAY, "春节", True)}
    assert calendar.next_working(date(2026, 2, 14)) == date(2026, 2, 24)


def test_a_make_up_saturday_is_worked_and_names_its_holiday(calendar: Calendar) -> None:
    assert calendar.day(date(2026, 2, 14)) == Day(
        date(2026, 2, 14), DayKind.MAKE_UP, "春节", known=True
    )
    assert calendar.day(date(2026, 10, 10)) == Day(
        date(2026, 10, 10), DayKind.MAKE_UP, "国庆节", known=True
    )
    assert calendar.is_working(date(2026, 2, 14))


@pytest.mark.parametrize(
    ("day", "kind", "name"),
    [
        (date(2026, 11, 20), DayKind.WORKING, ""),
        (date(2026, 11, 21), DayKind.WEEKEND, ""),
        (date(2026, 4, 6), DayKind.HOLIDAY, "清明节"),
        (date(2026, 6, 19), DayKind.HOLIDAY, "端午节"),
        (date(2026, 9, 25), DayKind.HOLIDAY, "中秋节"),
        (date(2015, 9, 3), DayKind.HOLIDAY, "抗战胜利70周年纪念日"),
        (date(2004, 1, 1), DayKind.HOLIDAY, "元旦"),
    ],
)
def test_days_have_a_kind_and_the_holiday_its_usual_name(
    calendar: Calendar, day: date, kind: DayKind, name: str
) -> None:
    assert (calendar.day(day).kind, calendar.day(day).name) == (kind, name)


def test_every_published_day_is_as_the_package_says(calendar: Calendar) -> None:
    for day in days(date(2004, 1, 1), date(2026, 12, 31)):
        assert calendar.is_working(day) == chinese_calendar.is_workday(day), day


def test_2027_is_foreseen_from_weekends_and_the_statutory_days(calendar: Calendar) -> None:
    assert calendar.covered_through == date(2026, 12, 31)
    assert not calendar.is_known(date(2027, 1, 1))
    assert calendar.day(date(2027, 2, 5)) == Day(
        date(2027, 2, 5), DayKind.HOLIDAY, "春节", known=False
    )
    # 2027-02-09 will surely be off, but only the notice can say so.
    assert calendar.day(date(2027, 2, 9)).kind is DayKind.WORKING
    assert calendar.day(date(2027, 10, 9)).kind is DayKind.WEEKEND


@pytest.mark.parametrize(("year", "number"), [(2027, 13), (2028, 12), (2029, 13), (2100, 13)])
def test_there_are_13_statutory_days_fewer_where_two_fall_together(year: int, number: int) -> None:
    assert len(statutory_holidays(year)) == number


def test_two_holidays_on_one_day_are_both_named(calendar: Calendar) -> None:
    assert calendar.day(date(2028, 10, 3)).name == "中秋节、国庆节"


def test_the_configuration_wins_over_the_package() -> None:
    calendar = Calendar(
        holidays=[date(2026, 11, 20), date(2026, 2, 14)], workdays=[date(2026, 11, 21)]
    )
    assert calendar.day(date(2026, 11, 20)).kind is DayKind.HOLIDAY
    assert calendar.day(date(2026, 2, 14)).kind is DayKind.HOLIDAY
    assert calendar.day(date(2026, 11, 21)).kind is DayKind.MAKE_UP
    assert calendar.add(date(2026, 11, 19), 1) == date(2026, 11, 21)


def test_a_holiday_on_a_weekday_can_be_made_a_working_day() -> None:
    calendar = Calendar(workdays=[date(2026, 10, 7)])
    assert calendar.day(date(2026, 10, 7)).kind is DayKind.WORKING
    assert calendar.next_working(date(2026, 9, 30)) == date(2026, 10, 7)


def test_a_working_day_given_as_one_stays_as_it_was(calendar: Calendar) -> None:
    corrected = Calendar(workdays=[date(2026, 2, 14), date(2026, 11, 20)])
    assert corrected.day(date(2026, 2, 14)) == calendar.day(date(2026, 2, 14))
    assert corrected.day(date(2026, 11, 20)) == calendar.day(date(2026, 11, 20))


def test_a_day_that_is_both_is_refused() -> None:
    with pytest.raises(ContradictoryDay, match="2026-11-20: given both as a holiday and as a"):
        Calendar(holidays=[date(2026, 11, 20)], workdays=[date(2026, 11, 20)])


def test_a_year_is_known_once_its_notice_is_typed_in() -> None:
    calendar = Calendar(INVENTED_2027_OFF, INVENTED_2027_WORKED)
    assert calendar.is_known(date(2027, 6, 1))
    assert calendar.covered_through == date(2027, 12, 31)
    assert calendar.day(date(2027, 2, 11)).known
    assert calendar.add(date(2027, 9, 30), 2) == date(2027, 10, 9)
    assert not calendar.is_known(date(2028, 1, 1))


def test_a_single_correction_does_not_make_a_year_known() -> None:
    calendar = Calendar(holidays=[date(2027, 2, 9)], workdays=[date(2027, 1, 31)])
    assert not calendar.is_known(date(2027, 2, 9))
    assert calendar.day(date(2027, 2, 9)) == Day(date(2027, 2, 9), DayKind.HOLIDAY, "", known=False)


def test_a_notice_without_make_up_days_is_not_the_whole_notice() -> None:
    assert not Calendar(holidays=INVENTED_2027_OFF).is_known(date(2027, 1, 1))


def test_what_is_lacking_of_a_notice_is_named() -> None:
    some = [day for day in INVENTED_2027_OFF if day.month < 10]
    calendar = Calendar(some, INVENTED_2027_WORKED)
    assert not calendar.is_known(date(2027, 1, 1))
    # October 2 and 3 fall on a weekend, which is off in any case.
    assert calendar.list_unnamed_holidays(2027) == (date(2027, 10, 1),)
    assert calendar.list_unnamed_holidays(2026) == ()


def test_a_known_year_behind_a_gap_does_not_extend_the_coverage() -> None:
    off_2028 = list(statutory_holidays(2028))
    calendar = Calendar(off_2028, [date(2028, 9, 30)])
    assert calendar.is_known(date(2028, 5, 5))
    assert calendar.covered_through == date(2026, 12, 31)


@pytest.mark.parametrize("day", [date(2003, 12, 31), date(2101, 1, 1)])
def test_days_outside_the_years_are_refused(calendar: Calendar, day: date) -> None:
    with pytest.raises(OutOfCalendar, match="the calendar covers 2004 to 2100") as caught:
        calendar.day(day)
    assert caught.value.day == day
    assert not calendar.is_known(day)
    with pytest.raises(OutOfCalendar):
        Calendar(holidays=[day])


def test_adding_leaves_the_years_with_an_error(calendar: Calendar) -> None:
    with pytest.raises(OutOfCalendar):
        calendar.add(date(2100, 12, 31), 1)


@pytest.mark.parametrize("n", [0, -1])
def test_adding_no_day_is_refused(calendar: Calendar, n: int) -> None:
    with pytest.raises(ValueError, match="must be at least 1"):
        calendar.add(date(2026, 11, 20), n)


def test_adding_crosses_years(calendar: Calendar) -> None:
    assert calendar.add(date(2024, 12, 31), 1) == date(2025, 1, 2)
    assert calendar.add(date(2024, 12, 31), 248 + 1) == date(2026, 1, 4)
    assert calendar.add(date(2026, 1, 1), 10_000).year == 2065


def test_counting(calendar: Calendar) -> None:
    assert calendar.count(date(2026, 9, 30), date(2026, 10, 10)) == 3
    assert calendar.count(date(2024, 12, 31), date(2025, 12, 31)) == 248
    assert calendar.count(date(2026, 11, 20), date(2026, 11, 20)) == 0
    assert calendar.count(date(2026, 11, 20), date(2026, 11, 1)) == 0


def test_on_or_after(calendar: Calendar) -> None:
    assert calendar.on_or_after(date(2026, 11, 20)) == date(2026, 11, 20)
    assert calendar.on_or_after(date(2026, 11, 21)) == date(2026, 11, 23)
