"""How a date was counted, in sentences."""

from datetime import date

from handlers.texts.deadlines import explain_deadline
from policy.deadlines import Pause, Period, Unit, count_deadline
from tests.unit.texts.build import CALENDAR, EN, ZH


def explain(start: date, period: Period, *pauses: Pause, began: str = "") -> list[str]:
    return explain_deadline(ZH, count_deadline(CALENDAR, start, period, pauses), began)


def test_holidays_and_make_up_days_are_named() -> None:
    lines = explain(date(2026, 9, 14), Period(20), Pause(date(2026, 9, 17), date(2026, 9, 18)))
    assert lines == [
        "9月14日 周一的次日起算，共 20 个工作日",
        "不计：9月17日至18日（停表）；9月25日至27日（中秋节）；10月1日至7日（国庆节）；周末 4 天",
        "调休上班，计入：9月20日 周日、10月10日 周六",
    ]


def test_calendar_days_that_end_on_a_rest_day_move() -> None:
    lines = explain(date(2026, 11, 21), Period(7, Unit.CALENDAR_DAYS, "第十条"), began="signed")
    assert lines == [
        "11月21日 周六签约，次日起算 7 个自然日（第十条）",
        "不计：周末 2 天",
        "11月28日 周六是休息日，顺延到 11月30日 周一",
    ]


def test_a_year_that_is_not_published_makes_a_date_provisional() -> None:
    assert explain(date(2026, 12, 25), Period(10))[-1] == "暂定：2027年放假安排未公布，公布后重算"


def test_an_open_pause_says_what_is_left() -> None:
    lines = explain(date(2026, 11, 16), Period(5), Pause(date(2026, 11, 18), None))
    assert lines[-1] == "11月18日起停表：已计 1 天，余 4 天，恢复计时后再定到期日"


def test_nothing_is_said_of_what_did_not_happen() -> None:
    assert explain(date(2026, 11, 16), Period(3)) == ["11月16日 周一的次日起算，共 3 个工作日"]


def test_in_english() -> None:
    deadline = count_deadline(CALENDAR, date(2026, 11, 16), Period(5, basis="Art. 24"))
    assert explain_deadline(EN, deadline, "accepted") == [
        "Accepted on Mon 16 Nov; 5 working days from the next day (Art. 24)",
        "Left out: 2 days of weekends",
    ]
