"""Money: what is read from a value, and what is refused."""

import pytest

from handlers.reading.forms.amounts import Unit, read_amount, read_unit


@pytest.mark.parametrize(
    ("said", "yuan"),
    [
        ("5.2亿元", 520_000_000),
        ("52000万元", 520_000_000),
        ("5亿2000万元", 520_000_000),
        ("3,680万元", 36_800_000),
        ("6千万元", 60_000_000),
        ("1亿零500万元", 105_000_000),
        ("52,000,000.00元", 52_000_000),
        ("5个亿", 500_000_000),
        ("5.2亿元(52000万元)", 520_000_000),
        ("5.2亿元,其中一期2亿元", 520_000_000),
        ("一期2亿元,总投资5亿元", 500_000_000),
        ("100000亿元", 10**13),
    ],
)
def test_plain_amounts_are_taken_literally(said: str, yuan: int) -> None:
    amount = read_amount(said)
    assert amount is not None
    assert (amount.units, amount.currency, amount.interpreted) == (yuan, "CNY", False)


@pytest.mark.parametrize(
    ("said", "yuan"),
    [
        ("人民币壹亿叁仟万元整", 130_000_000),
        ("伍亿贰仟万元整", 520_000_000),
        ("两亿三千万", 230_000_000),
        ("三点五亿元", 350_000_000),
        ("约5亿元", 500_000_000),
        ("5200W元", 52_000_000),
    ],
)
def test_amounts_in_words_or_rough_are_shown_before_they_count(said: str, yuan: int) -> None:
    amount = read_amount(said)
    assert amount is not None
    assert (amount.units, amount.interpreted) == (yuan, True)


@pytest.mark.parametrize(
    ("said", "currency", "units"),
    [
        ("800万美元", "USD", 8_000_000),
        ("US$ 800万", "USD", 8_000_000),
        ("800万(美元)", "USD", 8_000_000),
        ("800万美元(约5700万元人民币)", "USD", 8_000_000),
        ("3000万欧元", "EUR", 30_000_000),
        ("2亿日元", "JPY", 200_000_000),
    ],
)
def test_foreign_currency_is_kept(said: str, currency: str, units: int) -> None:
    amount = read_amount(said)
    assert amount is not None
    assert (amount.currency, amount.units) == (currency, units)


@pytest.mark.parametrize(
    "said",
    [
        "", "5.2", "0元", "-5亿元", "负5亿元", "5-6亿元", "5至6亿元", "几千万", "十几亿", "2亿5",
        "1.2.3亿",
        "5.2亿元(5200万元)", "100001亿元", "5亿元以上", "面议", "1.000005万元", "9" * 500, "亿",
    ],
)  # fmt: skip
def test_what_is_no_single_amount_above_zero_is_refused(said: str) -> None:
    assert read_amount(said) is None


def test_the_label_gives_the_unit_to_a_bare_figure_only() -> None:
    unit = read_unit("万元")
    assert unit == Unit(10**4, "CNY")
    bare, own = read_amount("7300", unit), read_amount("0.73亿元", unit)
    assert bare == own
    assert bare is not None
    assert bare.units == 73_000_000


@pytest.mark.parametrize("said", ["必填", "", "万吨", "元/亩"])
def test_a_remark_is_no_unit(said: str) -> None:
    assert read_unit(said) is None
