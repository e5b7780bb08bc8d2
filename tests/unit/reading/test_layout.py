"""One writing for forms from everywhere, and none that takes long to read."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.reading import LONGEST, read_message
from handlers.reading.forms.layout import read_layout
from handlers.reading.language.normalise import normalise
from handlers.reading.values import ReadingContext

SIGNS = (
    "①",
    "🏭",
    "│",
    "─",
    "→",
    "**",
    "> ",
    '"签约\n日期"',
    '"12,000"',
    "【总投资】",
    "(县区:",
    ")",
)


@given(st.lists(st.one_of(st.sampled_from(SIGNS), st.text(max_size=3))).map("".join))
def test_decoration_goes_and_the_two_writings_stay_in_step(said: str) -> None:
    text = normalise(said)
    laid_out = read_layout(text)
    assert len(laid_out.plain) == len(laid_out.shown) == len(text.plain)


@pytest.mark.parametrize(
    "unit",
    ["登记", "在", "县区 ", "(项目名称)", "\n甲项目 5亿元", "总投资是", "①", "→",
     "项目名称\ta\tb\n", "“", "\n> ", "项目1:", "签了一个", '"1,000"'],
)  # fmt: skip
def test_a_long_form_is_read_in_a_moment(unit: str, context: ReadingContext) -> None:
    began = time.monotonic()
    read_message(f"【签约项目登记】\n{unit * LONGEST}"[:LONGEST], context)
    assert time.monotonic() - began < 5
