"""Rows pasted from a spreadsheet: a line of labels, and under it a line a project."""

import re
from collections.abc import Callable, Iterator

from handlers.reading.forms import Entry
from handlers.reading.labels import Label, read_label
from handlers.reading.normalise import Text
from handlers.reading.values import Field

_SUM = re.compile(r"(?:合计|总计|小计|共计|汇总)[\d个:]*")
_RULE = re.compile(r"[|\s:+-]*")
_FEWEST = 3

Splitter = Callable[[Text], list[Text]]


def _split_at(pattern: str) -> Splitter:
    separator = re.compile(pattern)

    def split(line: Text) -> list[Text]:
        cells, start = [], 0
        for found in separator.finditer(line.plain):
            cells.append(line.cut(start, found.start()).strip(" "))
            start = found.end()
        return [*cells, line.cut(start, len(line.plain)).strip(" ")]

    return split


def _split_pipes(line: Text) -> list[Text]:
    return _split_at(r"\|")(line.strip(" |"))


_SPLITTERS: dict[str, Splitter] = {
    "\t": _split_at("\t"),
    "|": _split_pipes,
    ",": _split_at(","),
    "  ": _split_at(" {2,}"),
    " ": _split_at(" +"),
}


def find_table(lines: list[Text]) -> tuple[int, int, list[list[Entry]]] | None:
    """The first table among the lines: index of its heading, index after its last row, its rows.

    A heading has at least three known labels, the project's name among them, and
    no values. Rows that add up are left out.
    """
    for index, line in enumerate(lines):
        heading = _read_heading(line)
        if heading:
            split, labels = heading
            end, rows = _read_rows(lines, index + 1, split, labels)
            if rows:
                return index, end, rows
    return None


def _read_heading(line: Text) -> tuple[Splitter, list[tuple[str, Label | None]]] | None:
    if ":" in line.plain or len(line.plain) > 400:
        return None
    for mark, split in _SPLITTERS.items():
        if mark not in line.plain:
            continue
        labels = [(cell.plain, read_label(cell.plain)) for cell in split(line)]
        known = [label.field for _, label in labels if label and label.field]
        if len(known) >= _FEWEST and Field.NAME in known and 2 * len(known) > len(labels):
            return split, labels
    return None


def _read_rows(
    lines: list[Text], start: int, split: Splitter, labels: list[tuple[str, Label | None]]
) -> tuple[int, list[list[Entry]]]:
    rows: list[list[Entry]] = []
    for index in range(start, len(lines)):
        line = lines[index]
        if _RULE.fullmatch(line.plain):
            continue
        cells = split(line)
        if len(cells) < 2:
            return index, rows
        if not any(_SUM.fullmatch(cell.plain) for cell in cells[:3]):
            rows.append(list(_read_row(cells, labels)))
    return len(lines), rows


def _read_row(cells: list[Text], labels: list[tuple[str, Label | None]]) -> Iterator[Entry]:
    for (said, label), cell in zip(labels, cells, strict=False):
        if label and label.field:
            yield Entry(label, said, cell)
