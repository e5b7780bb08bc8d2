"""The limits of a project, the ceremonies, and whose time was used."""

from datetime import date

from policy import targets
from policy.calendar import Calendar
from policy.deadlines import Deadline, Pause
from policy.packs import load_pack
from policy.targets import Occasion, TimeSpent, Work, count_time_spent, list_ceremonies

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


def test_landing_team_and_hand_over_are_calendar_days() -> None:
    # November 28 is a Saturday.
    team = targets.landing_team(PACK, CALENDAR, date(2026, 11, 21))
    assert (team.due, team.moved_from) == (date(2026, 11, 30), date(2026, 11, 28))
    assert targets.handover_due(PACK, CALENDAR, SIGNED).due == date(2026, 11, 23)


def test_dispatch_contact_check_and_redispatch_take_one_working_day() -> None:
    monday = date(2026, 11, 23)
    assert targets.dispatch_due(PACK, CALENDAR, SIGNED).due == monday
    assert targets.take_due(PACK, CALENDAR, SIGNED).due == monday
    assert targets.check_due(PACK, CALENDAR, SIGNED).due == monday
    assert targets.redispatch_due(PACK, CALENDAR, SIGNED).due == monday


def test_an_item_is_counted_from_its_acceptance_without_its_pauses() -> None:
    pauses = [Pause(date(2026, 11, 25), date(2026, 11, 25))]
    found = targets.finish_due(PACK, CALENDAR, "eia_report", SIGNED, pauses)
    assert summary(found) == (date(2026, 12, 21), False, "驻政办〔2021〕37号第二十四条")


def test_the_next_ceremonies_and_their_hand_over() -> None:
    city, province = {one.key: one for one in PACK.ceremonies}.values()
    found = list_ceremonies(PACK, CALENDAR, date(2026, 11, 20), date(2027, 1, 31))
    assert [(one.ceremony, one.first, one.last) for one in found] == [
        (province, date(2026, 10, 1), date(2026, 12, 31)),
        (city, date(2026, 12, 28), date(2026, 12, 28)),
        (province, date(2027, 1, 1), date(2027, 3, 31)),
    ]
    assert [one.handover.due if one.handover else None for one in found] == [
        None,
        date(2026, 12, 31),
        None,
    ]


def test_a_ceremony_of_today_is_still_to_come_and_yesterdays_is_not() -> None:
    def city_days(today: date) -> list[date]:
        found: tuple[Occasion, ...] = list_ceremonies(PACK, CALENDAR, today, date(2027, 2, 27))
        return [one.first for one in found if one.handover]

    assert city_days(date(2026, 12, 28)) == [date(2026, 12, 28)]
    assert city_days(date(2026, 12, 29)) == []


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
