"""Replies to drafts and cards: bare values, and changes in plain words."""

import pytest

from handlers.reading.forms.registration import read_amendment, read_completion
from handlers.reading.language.normalise import normalise
from handlers.reading.values import Field, ProblemCode, ReadingContext


@pytest.mark.parametrize(
    ("said", "code", "field"),
    [
        ("1.5", ProblemCode.BAD_AMOUNT, Field.INVESTMENT),
        ("11.18", ProblemCode.BAD_AMOUNT, Field.INVESTMENT),
        ("20000", ProblemCode.BAD_AMOUNT, Field.INVESTMENT),
        ("11-18", ProblemCode.BAD_DATE, Field.SIGNED_ON),
        ("26.3.4", ProblemCode.BAD_DATE, Field.SIGNED_ON),
    ],
)
def test_a_figure_alone_is_no_value(
    said: str, code: ProblemCode, field: Field, context: ReadingContext
) -> None:
    found = read_completion(normalise(said), context)
    assert found is not None
    assert found.project.fields.stated() == {}
    assert [(each.code, each.field, each.said) for each in found.project.problems] == [
        (code, field, said)
    ]


@pytest.mark.parametrize(
    ("said", "stated"),
    [
        ("总投资改成1.5亿元", {"investment_yuan": 150_000_000}),
        ("县区改为西平县", {"county": "西平县"}),
        ("总投资写错了,应该是9亿元", {"investment_yuan": 900_000_000}),
        ("联系人 李四", {"contact": "李四"}),
        ("1.5亿 西平县", {"county": "西平县", "investment_yuan": 150_000_000}),
        ("联系人:李四\n总投资改成1亿元", {"contact": "李四", "investment_yuan": 100_000_000}),
        ("县区改为西平县,总投资应该是9亿元", {"county": "西平县", "investment_yuan": 900_000_000}),
    ],
)
def test_plain_words_change_a_draft_and_a_card(
    said: str, stated: dict[str, object], context: ReadingContext
) -> None:
    for found in (read_completion(normalise(said), context), read_amendment(said, context)):
        assert found is not None
        assert found.project.fields.stated() == stated
        assert found.project.complete


@pytest.mark.parametrize("said", ["总投资改成9亿元可以吗", "县区改成哪个", "西平县", "1.5亿"])
def test_a_question_and_a_bare_value_amend_nothing(said: str, context: ReadingContext) -> None:
    assert read_amendment(said, context) is None


@pytest.mark.parametrize("said", ["遂平县,1.5亿元,11月18日", "1.5亿 遂平县 2026-11-18"])
def test_several_bare_values_in_a_line_are_all_read(said: str, context: ReadingContext) -> None:
    found = read_completion(normalise(said), context)
    assert found is not None
    assert set(found.project.fields.stated()) == {"signed_on", "county", "investment_yuan"}
    assert found.project.complete
