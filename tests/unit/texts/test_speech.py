"""Dates, money and time left as people write them."""

from datetime import UTC, date, datetime, time
from decimal import Decimal

import pytest

from handlers.texts.catalogue import list_locales
from handlers.texts.speech import Speech

TODAY = date(2026, 11, 26)
ZH, HANT, EN = (Speech(locale, TODAY) for locale in ("zh_Hans", "zh_Hant", "en"))


@pytest.mark.parametrize(
    ("amount", "currency", "said"),
    [
        (520_000_000, None, "5.2亿元"),
        (93_000_000, None, "9300万元"),
        (135_000_000, "CNY", "1.35亿元"),
        (100_000_000, None, "1亿元"),
        (8_000_000, "USD", "800万美元"),
        (123_456_789, None, "1.23456789亿元"),
        (12_345, None, "12,345元"),
        (9_800, None, "9,800元"),
        (10**13, None, "100000亿元"),
        (Decimal("1500000.50"), None, "150.00005万元"),
    ],
)
def test_money_is_exact_and_short(amount: int | Decimal, currency: str | None, said: str) -> None:
    assert ZH.money(amount, currency) == said


def test_money_in_english_has_no_ten_thousands() -> None:
    assert EN.money(520_000_000) == "CN¥520,000,000"
    assert EN.money(8_000_000, "USD") == "$8,000,000"


def test_a_day_has_its_weekday_and_its_year_only_where_that_is_another() -> None:
    assert ZH.day(TODAY) == "11月26日 周四"
    assert ZH.day(date(2027, 2, 18)) == "2027年2月18日 周四"
    assert HANT.day(TODAY) == "11月26日 週四"
    assert EN.day(TODAY) == "Thu 26 Nov"


def test_a_span_does_not_repeat_what_is_the_same() -> None:
    assert ZH.span(date(2026, 10, 1), date(2026, 10, 7)) == "10月1日至7日"
    assert ZH.span(date(2026, 9, 30), date(2026, 10, 2)) == "9月30日至10月2日"
    assert ZH.span(TODAY, TODAY) == "11月26日"


def test_a_moment_is_local() -> None:
    assert ZH.moment(datetime(2026, 11, 26, 1, 5, tzinfo=UTC)) == "今天 09:05"
    assert ZH.moment(datetime(2026, 11, 24, 16, 30, tzinfo=UTC)) == "11月25日 周三 00:30"
    assert ZH.clock(time(8, 30)) == "08:30"


def test_a_limit_has_its_hour() -> None:
    assert ZH.limit(date(2026, 12, 21)) == "12月21日 周一 17:30"


def test_time_left_and_late() -> None:
    assert [ZH.left(0), ZH.left(3), ZH.late(2)] == [
        "今天到期",
        "还剩 3 个工作日",
        "逾期 2 个工作日",
    ]
    assert [EN.left(1), EN.late(2)] == ["1 working day left", "2 working days overdue"]
    assert HANT.left(3) == "還剩 3 個工作日"


def test_what_is_filled_in_stays_as_it_is() -> None:
    assert ZH.say("{first} to {last}", first="<b>{x}</b>", last="&") == "<b>{x}</b>至&"


def test_a_sentence_without_translation_is_said_in_english() -> None:
    assert ZH.say("No such sentence, {name}.", name="张") == "No such sentence, 张."
    assert ZH.say_many("{n} thing", "{n} things", 2) == "2 things"


def test_the_languages_that_a_group_may_have() -> None:
    assert {"en", "zh_Hans", "zh_Hant"} <= set(list_locales())
