"""python -m bot due: the agreed cases, and how they are explained."""

import json
from collections.abc import Callable

import pytest

from tests.unit.commands.conftest import Call

# start, days and options; the last day, whether it is provisional, and what is due.
AGREED = [
    ("2026-11-16 5", "2026-11-23", False),
    ("2026-09-30 1", "2026-10-08", False),
    ("2026-02-12 2", "2026-02-14", False),
    ("2025-09-26 1", "2025-09-28", False),
    ("2024-10-11 2", "2024-10-14", False),
    ("2026-11-18 3 --calendar-days", "2026-11-23", False),
    ("2026-10-03 7 --calendar-days", "2026-10-10", False),
    ("2026-10-19 6 --pause 2026-10-21..2026-10-22", "2026-10-29", False),
    ("2026-11-17 8 --pause 2026-11-20..", None, False),
    ("2026-12-31 2", "2027-01-05", True),
]


@pytest.mark.parametrize(("words", "due", "provisional"), AGREED)
def test_the_agreed_cases(call: Call, words: str, due: str | None, provisional: bool) -> None:
    called = call("due", *words.split(), "--json")
    answer = json.loads(called.out)
    assert called.code == 0
    assert (answer["due"], answer["provisional"]) == (due, provisional)
    assert answer.get("state") == ("paused" if due is None else None)
    assert answer["why"]
    assert all(isinstance(line, str) and line for line in answer["why"])


def test_several_pauses_are_all_left_out(call: Call) -> None:
    words = "2026-10-19 6 --pause 2026-10-21..2026-10-22 --pause 2026-10-22..2026-10-23 --json"
    assert json.loads(call("due", *words.split()).out)["due"] == "2026-10-30"


def test_the_days_of_the_settings_count(call: Call, write: Callable[[str], None]) -> None:
    write("[calendar]\nholidays = [2026-11-18]\nworkdays = [2026-11-21]\n")
    answer = json.loads(call("due", "2026-11-16", "4", "--json").out)
    assert answer["due"] == "2026-11-21"


def test_the_close_of_business_is_that_of_the_settings(
    call: Call, write: Callable[[str], None]
) -> None:
    write('[calendar]\nbusiness_hours = "09:00-18:00"\n')
    assert "周一 18:00" in call("due", "2026-11-16", "5").out.splitlines()[0]


def test_without_json_the_answer_comes_first_and_its_grounds_follow(call: Call) -> None:
    first, *why = call("due", "2026-12-31", "2").out.splitlines()
    assert "1月5日" in first
    assert first.endswith("（暂定）")
    assert why


def test_a_stopped_clock_has_no_date(call: Call) -> None:
    called = call("due", "2026-11-17", "8", "--pause", "2026-11-20..")
    assert called.out.splitlines()[0] == "停表中，恢复后才有期限"
