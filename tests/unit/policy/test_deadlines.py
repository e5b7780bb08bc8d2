"""Deadlines by the law of time."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time

import pytest

from policy.calendar import Calendar
from policy.deadlines import (
    Cause,
    DeadlineError,
    LeftOut,
    Pause,
    Period,
    Unit,
    count_deadline,
    days_left,
    days_overdue,
    find_day_of_delay,
    pause_days,
)
from policy.hours import SHANGHAI

CALENDAR = Calendar()
CLOSING = time(17, 30)


def on(text: str) -> date:
    return date.fromisoformat(text)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


def working(days: int) -> Period:
    return Period(days, Unit.WORKING_DAYS)


def calendar_days(days: int) -> Period:
    return Period(days, Unit.CALENDAR_DAYS)


def pause(first: str, last: str | None) -> Pause:
    return Pause(on(first), None if last is None else on(last))


@dataclass(frozen=True)
class Case:
    """One case of the agreed examples: what is counted, and what must come out."""

    why: str
    start: str
    period: Period
    due: str | None
    pauses: tuple[Pause, ...] = ()
    provisional: bool = False


AGREED = [
    Case("an ordinary week", "2026-11-16", working(5), "2026-11-23"),
    Case("October 8 is the first working day after 国庆", "2026-09-30", working(1), "2026-10-08"),
    Case("Saturday, February 14 is a make-up day", "2026-02-12", working(2), "2026-02-14"),
    Case("Sunday, September 28 is a make-up day", "2025-09-26", working(1), "2025-09-28"),
    Case("a make-up Saturday, then a free Sunday", "2024-10-11", working(2), "2024-10-14"),
    Case("the last day is a Saturday", "2026-11-18", calendar_days(3), "2026-11-23"),
    Case("a make-up Saturday is no rest day", "2026-10-03", calendar_days(7), "2026-10-10"),
    Case(
        "two days of correction",
        "2026-10-19",
        working(6),
        "2026-10-29",
        (pause("2026-10-21", "2026-10-22"),),
    ),
    Case("still paused", "2026-11-17", working(8), None, (pause("2026-11-20", None),)),
    Case("2027 is not published", "2026-12-31", working(2), "2027-01-05", provisional=True),
]


@pytest.mark.parametrize("case", AGREED, ids=lambda case: case.why)
def test_agreed_cases(case: Case) -> None:
    found = count_deadline(CALENDAR, on(case.start), case.period, case.pauses)
    assert found.due == (None if case.due is None else on(case.due))
    assert found.provisional is case.provisional
    assert found.paused is (case.due is None)


def test_the_explanation_names_the_days_left_out_and_the_weekends_worked() -> None:
    found = count_deadline(CALENDAR, on("2026-09-30"), working(3))
    assert found.due == on("2026-10-10")
    assert found.left_out == (LeftOut(on("2026-10-01"), on("2026-10-07"), Cause.HOLIDAY, "国庆节"),)
    assert found.worked_weekends == (on("2026-10-10"),)
    assert (found.start, found.period, found.counted) == (on("2026-09-30"), working(3), 3)
    assert (found.moved_from, found.paused_since, found.remaining) == (None, None, 0)


def test_days_are_joined_by_their_cause() -> None:
    found = count_deadline(
        CALENDAR, on("2026-04-02"), working(3), [pause("2026-04-08", "2026-04-09")]
    )
    assert found.due == on("2026-04-10")
    assert found.left_out == (
        LeftOut(on("2026-04-04"), on("2026-04-06"), Cause.HOLIDAY, "清明节"),
        LeftOut(on("2026-04-08"), on("2026-04-09"), Cause.PAUSE, ""),
    )


def test_a_weekend_within_a_pause_counts_as_paused() -> None:
    found = count_deadline(
        CALENDAR, on("2026-11-18"), working(2), [pause("2026-11-20", "2026-11-23")]
    )
    assert found.due == on("2026-11-24")
    assert found.left_out == (LeftOut(on("2026-11-20"), on("2026-11-23"), Cause.PAUSE, ""),)


def test_calendar_days_that_end_on_a_rest_day_say_where_from_and_why() -> None:
    found = count_deadline(CALENDAR, on("2026-09-24"), calendar_days(7))
    assert found.due == on("2026-10-08")
    assert found.moved_from == on("2026-10-01")
    # The weekend of September 26 counts like any other days.
    assert found.left_out == (LeftOut(on("2026-10-01"), on("2026-10-07"), Cause.HOLIDAY, "国庆节"),)


def test_calendar_days_that_end_on_a_working_day_leave_nothing_out() -> None:
    found = count_deadline(CALENDAR, on("2026-10-03"), calendar_days(7))
    assert (found.moved_from, found.left_out, found.worked_weekends) == (None, (), ())


def test_paused_calendar_days_are_not_counted_either() -> None:
    found = count_deadline(
        CALENDAR, on("2026-11-16"), calendar_days(5), [pause("2026-11-18", "2026-11-19")]
    )
    assert found.due == on("2026-11-23")
    assert found.left_out == (LeftOut(on("2026-11-18"), on("2026-11-19"), Cause.PAUSE, ""),)


@pytest.mark.parametrize(
    ("pauses", "due"),
    [
        ([pause("2026-11-23", "2026-11-24")], "2026-11-25"),
        ([pause("2026-11-23", None)], None),
        ([pause("2026-11-24", None)], "2026-11-23"),
        ([pause("2026-11-21", "2026-11-21")], "2026-11-23"),
        ([pause("2026-11-23", "2026-11-23"), pause("2026-11-24", "2026-11-27")], "2026-11-30"),
    ],
)
def test_calendar_days_moved_to_a_paused_monday_move_on(
    pauses: list[Pause], due: str | None
) -> None:
    found = count_deadline(CALENDAR, on("2026-11-18"), calendar_days(3), pauses)
    assert found.due == (None if due is None else on(due))


@pytest.mark.parametrize(
    "pauses",
    [
        [pause("2026-10-21", "2026-10-22"), pause("2026-10-22", "2026-10-23")],
        [pause("2026-10-21", "2026-10-23"), pause("2026-10-22", "2026-10-22")],
        [pause("2026-10-23", "2026-10-23"), pause("2026-10-21", "2026-10-22")],
        [pause("2026-10-21", "2026-10-23"), pause("2026-10-21", "2026-10-23")],
    ],
    ids=["overlapping", "nested", "adjacent, out of order", "twice the same"],
)
def test_a_day_in_several_pauses_is_left_out_once(pauses: list[Pause]) -> None:
    assert count_deadline(CALENDAR, on("2026-10-19"), working(6), pauses).due == on("2026-10-30")


@pytest.mark.parametrize(
    "harmless",
    [
        pause("2026-11-21", "2026-11-22"),
        pause("2026-11-24", "2026-11-30"),
        pause("2026-11-24", None),
        pause("2026-11-01", "2026-11-16"),
        pause("2003-01-01", "2003-02-01"),
        pause("2150-01-01", None),
    ],
    ids=[
        "on rest days",
        "after the deadline",
        "open, after it",
        "before it",
        "ages ago",
        "far off",
    ],
)
def test_pauses_without_effect(harmless: Pause) -> None:
    found = count_deadline(CALENDAR, on("2026-11-16"), working(5), [harmless])
    assert found.due == on("2026-11-23")


def test_a_pause_on_the_last_day_moves_it() -> None:
    found = count_deadline(
        CALENDAR, on("2026-11-16"), working(5), [pause("2026-11-23", "2026-11-23")]
    )
    assert found.due == on("2026-11-24")


def test_an_open_pause_tells_since_when_and_what_is_left() -> None:
    found = count_deadline(CALENDAR, on("2026-11-17"), working(8), [pause("2026-11-24", None)])
    assert found.paused
    assert found.paused_since == on("2026-11-24")
    assert (found.counted, found.remaining) == (4, 4)
    assert found.left_out == (LeftOut(on("2026-11-21"), on("2026-11-22"), Cause.WEEKEND, ""),)


def test_an_open_pause_swallows_what_comes_after_it() -> None:
    pauses = [pause("2026-11-20", None), pause("2026-11-24", "2026-11-25")]
    assert count_deadline(CALENDAR, on("2026-11-17"), working(8), pauses).due is None


def test_a_start_within_an_open_pause() -> None:
    found = count_deadline(CALENDAR, on("2026-11-17"), working(8), [pause("2026-11-10", None)])
    assert (found.due, found.counted, found.left_out) == (None, 0, ())


@pytest.mark.parametrize(
    ("start", "days", "provisional"),
    [("2026-12-30", 1, False), ("2026-12-31", 1, True), ("2027-03-01", 1, True)],
)
def test_provisional_as_soon_as_an_unpublished_year_is_touched(
    start: str, days: int, provisional: bool
) -> None:
    assert count_deadline(CALENDAR, on(start), working(days)).provisional is provisional


def test_ten_thousand_days() -> None:
    found = count_deadline(CALENDAR, on("2026-01-05"), working(10_000))
    assert found.due is not None
    assert CALENDAR.count(on("2026-01-05"), found.due) == 10_000


@pytest.mark.parametrize("days", [0, -3])
def test_a_period_without_days_is_refused(days: int) -> None:
    with pytest.raises(ValueError, match=f"a period has at least 1 day, not {days}"):
        working(days)


def test_a_pause_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(ValueError, match="a pause from 2026-11-20 cannot end on 2026-11-19"):
        pause("2026-11-20", "2026-11-19")


@pytest.mark.parametrize(
    ("start", "period"),
    [
        ("2003-12-31", working(1)),
        ("2003-12-31", calendar_days(1)),
        ("2100-12-31", working(1)),
        ("2026-11-20", working(100_000)),
        ("2026-11-20", calendar_days(100_000)),
        ("2026-11-20", calendar_days(10**12)),
    ],
)
def test_counting_beyond_the_calendar_is_refused_in_a_sentence(start: str, period: Period) -> None:
    with pytest.raises(DeadlineError, match=rf"{period.days} {period.unit} from {start} cannot be"):
        count_deadline(CALENDAR, on(start), period)


def test_left_and_overdue_count_working_days_on_either_side_of_the_deadline() -> None:
    due = on("2026-11-20")
    assert days_left(CALENDAR, on("2026-11-18"), due) == 2
    assert days_left(CALENDAR, due, due) == days_overdue(CALENDAR, due, due) == 0
    # A weekend is no delay.
    assert days_overdue(CALENDAR, on("2026-11-22"), due) == 0
    assert days_overdue(CALENDAR, on("2026-11-24"), due) == 2


def test_days_on_which_the_clock_stands_still_are_no_delay() -> None:
    due = on("2026-11-30")
    pauses = [pause("2026-12-03", "2026-12-15"), pause("2026-11-26", "2026-12-01")]
    late = [
        days_overdue(CALENDAR, on(day), due, pauses)
        for day in ("2026-12-01", "2026-12-02", "2026-12-15", "2026-12-16")
    ]
    assert late == [0, 1, 1, 2]
    assert find_day_of_delay(CALENDAR, due, 1, pauses) == on("2026-12-02")
    assert find_day_of_delay(CALENDAR, due, 2, pauses) == on("2026-12-16")
    still = [pause("2026-12-02", None)]
    assert days_overdue(CALENDAR, on("2026-12-30"), due, still) == 1
    with pytest.raises(DeadlineError, match="not in sight"):
        find_day_of_delay(CALENDAR, due, 2, still)


@pytest.mark.parametrize(
    ("began", "ended", "expected"),
    [
        ("2026-11-18 10:00", "2026-11-20 09:00", pause("2026-11-18", "2026-11-20")),
        ("2026-11-18 17:29", "2026-11-20 09:00", pause("2026-11-18", "2026-11-20")),
        ("2026-11-18 17:30", "2026-11-20 09:00", pause("2026-11-19", "2026-11-20")),
        ("2026-11-18 10:00", "2026-11-18 11:00", pause("2026-11-18", "2026-11-18")),
        ("2026-11-18 18:00", "2026-11-18 19:00", None),
        ("2026-11-18 18:00", "2026-11-19 08:00", pause("2026-11-19", "2026-11-19")),
        ("2026-11-18 10:00", None, pause("2026-11-18", None)),
        ("2026-11-18 20:00", None, pause("2026-11-19", None)),
    ],
)
def test_the_days_of_a_pause(began: str, ended: str | None, expected: Pause | None) -> None:
    assert pause_days(at(began), None if ended is None else at(ended), CLOSING) == expected


def test_a_pause_that_is_resumed_before_it_began_is_refused() -> None:
    with pytest.raises(DeadlineError, match="cannot end at"):
        pause_days(at("2026-11-18 10:00"), at("2026-11-18 09:00"), CLOSING)


def test_a_moment_without_its_zone_is_refused() -> None:
    naive = datetime(2026, 11, 18, 10, tzinfo=UTC).replace(tzinfo=None)
    with pytest.raises(DeadlineError, match="lacks its time zone"):
        pause_days(naive, None, CLOSING)
