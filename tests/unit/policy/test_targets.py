"""The limits of a project, and whose time was used."""

from datetime import date

import pytest

from policy import targets
from policy.calendar import Calendar
from policy.deadlines import Deadline, Pause
from policy.packs import load_pack
from policy.targets import TimeSpent, Work, count_time_spent

PACK = load_pack("zhumadian")
CALENDAR = Calendar()
SIGNED = date(2026, 11, 20)


def summary(deadline: Deadline) -> tuple[date | None, bool, str]:
    return deadline.due, deadline.provisional, deadline.period.basis


def test_start_of_construction_has_a_target_and_a_red_line() -> None:
    assert summary(targets.start_target(PACK, CALENDAR, SIGNED)) == (
        date(2027, 2, 18),
        True,
        "驻政办〔2021〕37号第十条",
    )
    assert summary(targets.start_red_line(PACK, CALENDAR, SIGNED)) == (
        date(2027, 3, 31),
        True,
        "驻政办〔2021〕37号第三条",
    )


def test_the_landing_team_has_calendar_days() -> None:
    # November 28 is a Saturday.
    team = targets.landing_team(PACK, CALENDAR, date(2026, 11, 21))
    assert (team.due, team.moved_from) == (date(2026, 11, 30), date(2026, 11, 28))


def test_dispatch_contact_check_and_redispatch_take_one_working_day() -> None:
    monday = date(2026, 11, 23)
    assert targets.dispatch_due(PACK, CALENDAR, SIGNED).due == monday
    assert targets.take_due(PACK, CALENDAR, SIGNED).due == monday
    assert targets.check_due(PACK, CALENDAR, SIGNED).due == monday
    assert targets.redispatch_due(PACK, CALENDAR, SIGNED).due == monday


@pytest.mark.parametrize("signed_on", [date(1999, 11, 19), date(2003, 12, 31), date(2101, 1, 1)])
def test_a_day_of_signing_that_no_calendar_reaches_has_no_limits(signed_on: date) -> None:
    for count in (targets.start_target, targets.start_red_line, targets.landing_team):
        found = count(PACK, CALENDAR, signed_on)
        assert (found.due, found.paused, found.remaining) == (None, False, 0)


def test_a_day_on_which_several_departments_work_counts_once() -> None:
    works = [
        Work(date(2026, 11, 16), date(2026, 11, 20)),
        Work(date(2026, 11, 17), date(2026, 11, 23)),
    ]
    assert count_time_spent(CALENDAR, works, date(2026, 11, 27)) == TimeSpent(5, 0)


def test_days_on_which_all_stood_still_are_not_the_departments() -> None:
    paused = (Pause(date(2026, 11, 18), date(2026, 11, 19)),)
    works = [Work(date(2026, 11, 16), None, paused)]
    assert count_time_spent(CALENDAR, works, date(2026, 11, 20)) == TimeSpent(2, 2)
    another = Work(date(2026, 11, 18), date(2026, 11, 19))
    assert count_time_spent(CALENDAR, [*works, another], date(2026, 11, 20)) == TimeSpent(3, 1)


def test_nothing_was_used_before_anything_was_accepted() -> None:
    assert count_time_spent(CALENDAR, [], SIGNED) == TimeSpent(0, 0)
