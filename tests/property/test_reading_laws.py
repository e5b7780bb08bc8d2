"""Laws of reading, over texts that people wrote and that were then damaged at random."""

import time
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.reading import LONGEST, read_message
from handlers.reading.values import ReadingContext
from tests.property.hostile import CONTEXT, contexts, hostile_texts, list_bombs
from tests.property.reading_laws import list_faults


@settings(max_examples=400)
@given(text=hostile_texts, context=contexts)
def test_nothing_is_made_up_and_nothing_bad_let_in(text: str, context: ReadingContext) -> None:
    assert list_faults(text, read_message(text, context), context) == []


@settings(max_examples=100)
@given(text=hostile_texts)
def test_the_same_text_reads_the_same(text: str) -> None:
    assert read_message(text, CONTEXT) == read_message(text, CONTEXT)


@settings(max_examples=100)
@given(text=hostile_texts, at=st.integers(0, 200))
def test_invisible_characters_change_nothing(text: str, at: int) -> None:
    marked = text[:at] + "\u200b" + text[at:]
    assert read_message(marked, CONTEXT) == read_message(text, CONTEXT)


def read_for(text: str) -> float:
    """The least of three times that it takes of the processor, in seconds."""
    times = []
    for _ in range(3):
        began = time.process_time()
        read_message(text, replace(CONTEXT, addressed=True))
        times.append(time.process_time() - began)
    return min(times)


@pytest.mark.parametrize("piece", list_bombs(), ids=lambda piece: repr(piece[:12]))
def test_time_grows_with_the_length_and_no_faster(piece: str) -> None:
    short, long = LONGEST // 16, LONGEST
    brief = read_for((piece * short)[:short])
    # A square of the length would take 256 times as long; what is fixed may weigh in the short.
    assert read_for((piece * long)[:long]) < 64 * brief + 0.05
