"""Replies to drafts and cards: bare values, and changes in plain words."""

import pytest

from handlers.reading.forms.registration import read_completion
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
