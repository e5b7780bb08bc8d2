"""Task numbers among the other numbers that people write."""

import pytest

from handlers.reading.language.normalise import normalise
from handlers.reading.naming.names import Names
from handlers.reading.naming.references import find_tasks


@pytest.mark.parametrize(
    ("said", "numbers"),
    [
        ("5号已办结", (5,)),
        ("1、3号收到", (1, 3)),
        ("【4号】收到", (4,)),
        ("已办结，批复文号 演环审〔2026〕1号", ()),
        ("4号已办结，演环审（2026）12号", (4,)),
        ("已办结，演发改字第12号", ()),
        ("批复文号：演发改投资〔2026〕8号、9号", ()),
        ("已核准 演环审﹝2026﹞3号，6号一并办结", (6,)),
    ],
)
def test_the_number_of_a_document_is_no_task(said: str, numbers: tuple[int, ...]) -> None:
    assert list_numbers(said) == numbers


@pytest.mark.parametrize(
    ("said", "numbers"),
    [
        ("演练一号食品加工产业园 环评报告表 已受理", ()),
        ("演练一号食品加工产业园的4号已受理", (4,)),
        ("2号冷链物流中心用地预审办结", ()),
        ("一号已受理", (1,)),
    ],
)
def test_a_number_within_a_projects_name_is_no_task(said: str, numbers: tuple[int, ...]) -> None:
    assert list_numbers(said) == numbers


def list_numbers(said: str) -> tuple[int, ...]:
    """The task numbers in a text, where two projects have numbers in their names."""
    names = Names(projects=("演练一号食品加工产业园", "2号冷链物流中心"))
    found = find_tasks(normalise(said).plain, names)
    return tuple(number for each in found for number in each.numbers)
