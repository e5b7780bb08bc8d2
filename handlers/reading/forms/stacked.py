"""A table whose cells were copied one by one: the labels under each other, then the values."""

import re
from itertools import takewhile

from handlers.reading.forms.entries import Entry
from handlers.reading.forms.labels import Label, read_label
from handlers.reading.forms.loose import Looks
from handlers.reading.forms.tables import Table
from handlers.reading.language.normalise import Text
from handlers.reading.values import REQUIRED, Field

_FEWEST = 3
_REMARK = re.compile(r"\([^()]{0,60}\)")
# Cells that can be told by their looks, and so show whether the columns are in step.
_TYPED = frozenset({Field.COUNTY, Field.SIGNED_ON, Field.PHONE})

Row = list[tuple[int, Text]]


def find_stacked(lines: list[Text], looks: Looks) -> Table | None:
    """The table among lines with a cell each, if its values come in step with its labels."""
    cells = [(number, line.strip(" \t")) for number, line in enumerate(lines)]
    cells = [cell for cell in cells if cell[1].plain and not _REMARK.fullmatch(cell[1].plain)]
    for at in range(len(cells)):
        labels = list(takewhile(bool, (read_label(x.plain, loose=False) for _, x in cells[at:])))
        if labels:
            return _read_rows(cells, at, [label for label in labels if label], looks)
    return None


def _read_rows(cells: Row, at: int, labels: list[Label], looks: Looks) -> Table | None:
    fields = {label.field for label in labels}
    if len(labels) < _FEWEST or len(fields.intersection(REQUIRED)) < _FEWEST:
        return None
    width = len(labels)
    values = cells[at + width :]
    starts = range(0, len(values) - width + 1, width)
    rows = [values[start : start + width] for start in starts]
    if not rows or not all(_is_in_step(row, labels, looks) for row in rows):
        return None
    end = rows[-1][-1][0] + 1
    return Table(cells[at][0], end, [_entries(row, cells[at:], labels) for row in rows])


def _is_in_step(row: Row, labels: list[Label], looks: Looks) -> bool:
    pairs = zip(labels, row, strict=True)
    return all(looks.fits(x.field, cell.plain) for x, (_, cell) in pairs if x.field in _TYPED)


def _entries(row: Row, heads: Row, labels: list[Label]) -> list[Entry]:
    columns = zip(labels, heads, row, strict=False)
    return [
        Entry(label, head.plain, cell, line=row[0][0])
        for label, (_, head), (_, cell) in columns
        if label.field
    ]
