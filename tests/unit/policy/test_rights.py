"""Who may do what."""

import pytest

from policy.life import Step
from policy.rights import RIGHTS, Deed, Role, may

OF_DEPARTMENTS = [
    Step.ACKNOWLEDGE,
    Step.CONTACT,
    Step.ACCEPT,
    Step.PAUSE,
    Step.RESUME,
    Step.DELIVER,
    Step.RETURN,
]
OF_THE_OFFICE = [
    Step.CLOSE,
    Step.MAKE_GOOD,
    Step.REDISPATCH,
    Step.TRANSFER,
    Step.CANCEL,
]


def test_the_table_answers_for_every_step_and_deed() -> None:
    assert set(RIGHTS) == {*Step, *Deed}


@pytest.mark.parametrize("what", OF_DEPARTMENTS)
def test_a_department_acts_on_its_own_tasks_only(what: Step | Deed) -> None:
    assert may(Role.DEPARTMENT, what, own=True)
    assert not may(Role.DEPARTMENT, what, own=False)


@pytest.mark.parametrize("what", OF_DEPARTMENTS)
@pytest.mark.parametrize("role", sorted(set(Role) - {Role.DEPARTMENT}))
def test_nobody_acts_in_a_departments_name(role: Role, what: Step | Deed) -> None:
    assert not may(role, what, own=True)


@pytest.mark.parametrize("what", OF_THE_OFFICE)
def test_the_office_runs_the_ledger_and_administrators_may_too(what: Step | Deed) -> None:
    assert {role for role in Role if may(role, what)} == {Role.OFFICE, Role.ADMIN}
    assert not may(Role.DEPARTMENT, what, own=True)


def test_a_county_reports_the_landing_teams_of_its_own_projects() -> None:
    assert may(Role.COUNTY, Deed.FORM_TEAM, own=True)
    assert not may(Role.COUNTY, Deed.FORM_TEAM)
    assert may(Role.OFFICE, Deed.FORM_TEAM)
    assert not may(Role.DEPARTMENT, Deed.FORM_TEAM, own=True)


@pytest.mark.parametrize("role", [Role.LEADER, Role.OWNER])
def test_the_others_take_no_step(role: Role) -> None:
    assert [what for what in RIGHTS if may(role, what, own=True)] == []
