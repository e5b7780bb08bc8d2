"""Days: literal ones, those that need today, and those that are none."""

from datetime import date

import pytest

from handlers.reading.language.dates import find_days, read_day
from tests.unit.reading.conftest import TODAY


@pytest.mark.parametrize(
    "said",
    [
        "2026-11-18", "2026/11/18", "2026.11.18", "20261118", "2026年11月18日", "2026年11月18号",
        "2026 年 11 月 18 日", "2026-11-18 10:30", "2026-11-18T10:30:00", "2026年11月18日上午9时",
        "2026年11月18日(星期三)", "2026-11-18 周三", "于2026年11月18日签约", "2026年11月18日。",
    ],
)  # fmt: skip
def test_a_whole_date_is_taken_literally(said: str) -> None:
    found = read_day(said, TODAY)
    assert found is not None
    assert (found.day, found.interpreted) == (date(2026, 11, 18), False)


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("10月14日", date(2026, 10, 14)),
        ("11.18", date(2026, 11, 18)),
        ("26年11月18日", date(2026, 11, 18)),
        ("二〇二六年十一月十八日", date(2026, 11, 18)),
        ("昨天", date(2026, 11, 22)),
        ("前天上午", date(2026, 11, 21)),
        ("上周四", date(2026, 11, 19)),
        ("上周日", date(2026, 11, 22)),
        ("上上周五", date(2026, 11, 13)),
        ("本周一", date(2026, 11, 23)),
        ("上个月28号", date(2026, 10, 28)),
        ("去年12月3日", date(2025, 12, 3)),
        ("18号", date(2026, 11, 18)),
        ("3天前", date(2026, 11, 20)),
    ],
)
def test_what_had_to_be_supplied_is_shown(said: str, day: date) -> None:
    found = read_day(said, TODAY)
    assert found is not None
    assert (found.day, found.interpreted) == (day, True)


def test_a_weekday_that_contradicts_the_date_is_shown() -> None:
    found = read_day("2026-11-18(周五)", TODAY)
    assert found is not None
    assert found.interpreted


@pytest.mark.parametrize(
    "said",
    ["", "2026年2月30日", "2026-13-01", "2026年11月", "11月中旬", "近日", "待定", "11月18日至20日",
     "00000000", "2026", "周八", "一" * 100],
)  # fmt: skip
def test_what_is_no_day_is_refused(said: str) -> None:
    assert read_day(said, TODAY) is None


def test_days_within_a_sentence_are_not_task_numbers_or_money() -> None:
    assert find_days("5号任务投资1.35亿元,电话0396-2800001", TODAY) == []
    found = find_days("延期到12月5日", TODAY)
    assert [(start, end) for start, end, _ in found] == [(3, 8)]
