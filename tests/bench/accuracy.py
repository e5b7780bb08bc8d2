"""How many of people's messages are understood, and how many wrongly without a word.

The floors are asserted in tests/accuracy; here the numbers are printed, with the time that a
message takes, against jieba cutting it.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from handlers.reading.language import words
from handlers.reading.naming.names import Names
from handlers.reading.output import read_line
from tests.accuracy.score import FOLDERS, KINDS, TODAY, judge_all, load_names, load_rows, score
from tests.bench.measure import compare, measure


def run() -> Iterator[str]:
    """A line a set and kind, and one about time."""
    for folder, meaning in FOLDERS.items():
        for kind in KINDS:
            found = score(judge_all(kind, folder))
            yield (
                f"{found.accuracy:>10.1%}  of {found.rows} {kind} read as people meant them "
                f"({meaning}), {found.silent} wrong without a word"
            )
    rows = [row for kind in KINDS for row in load_rows(kind, "first")]
    names, cutter = load_names(), words.load()
    medians = measure(
        {
            "ours": partial(_read, rows, names),
            "theirs": partial(_cut, [str(row["text"]) for row in rows], cutter.lcut),
        },
        rounds=3,
    )
    ours, theirs = medians["ours"] / len(rows), medians["theirs"] / len(rows)
    yield compare("reading one of these messages", ours, "jieba cutting it", theirs)


def _read(rows: Sequence[Mapping[str, Any]], names: Names) -> None:
    for row in rows:
        read_line(row, names, TODAY)


def _cut(texts: Sequence[str], cut: Callable[[str], object]) -> None:
    for text in texts:
        cut(text)
