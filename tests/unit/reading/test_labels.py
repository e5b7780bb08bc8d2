"""Which misspelt labels are known, and which words are no misspelling of any."""

import pytest

from handlers.reading.forms.labels import list_similar, read_label
from handlers.reading.values import Field


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ("主业单位", Field.OWNER),
        ("连系方试", Field.PHONE),
        ("投资放", Field.OWNER),
        ("联人", Field.CONTACT),
        ("zongtouzi", Field.INVESTMENT),
        ("签约rq", Field.SIGNED_ON),
    ],
)
def test_nearest_label_comes_first(said: str, field: Field) -> None:
    assert list_similar(said)[0].field is field


@pytest.mark.parametrize("said", ["产品名称", "担保公司", "监督电话", "注册资本", "年产值"])
def test_a_word_of_its_own_is_no_misspelling(said: str) -> None:
    label = read_label(said)
    assert label is None or label.field is None
    assert not [each for each in list_similar(said) if each.field is not None]
