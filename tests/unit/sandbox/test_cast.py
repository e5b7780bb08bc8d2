"""The invented task force is complete, and plainly invented."""

from bot.sandbox import Sandbox, load_cast
from tests.unit.sandbox.conftest import FRIDAY


def test_it_says_that_it_is_invented() -> None:
    cast = load_cast()
    assert "演练" in cast.group.title
    assert "虚构" in cast.notice
    assert all("·" in person.name for person in cast.persons)


def test_everybody_needed_is_there() -> None:
    cast = load_cast()
    roles = [person.role for person in cast.persons]
    assert {"office", "department", "county", None} == set(roles)
    ecology = [person for person in cast.members if person.department == "市生态环境局"]
    assert len(ecology) == 2
    assert {person.department for person in cast.members if person.role == "county"} == {
        "遂平县",
        "西平县",
    }


def test_ids_names_and_keys_are_unique() -> None:
    cast = load_cast()
    for attribute in ("id", "key", "name", "username"):
        values = [getattr(person, attribute) for person in cast.persons]
        assert len(set(values)) == len(values)


def test_members_departments_are_departments_of_the_cast() -> None:
    cast = load_cast()
    names = {department.name for department in cast.departments}
    assert {p.department for p in cast.members if p.role == "department"} <= names


def test_registrations_name_kind_and_assessment() -> None:
    for sample in load_cast().samples:
        text = sample.text_on(FRIDAY)
        if text.startswith("【签约项目登记】"):
            assert "项目类型：" in text
            assert "环评类别：报告表" in text


def test_two_runs_do_not_share_numbers(sandbox: Sandbox) -> None:
    fresh = [Sandbox(sandbox.cast, sandbox.world.clock, port=0) for _ in range(2)]
    assert fresh[0].world.group.next_id != fresh[1].world.group.next_id
