"""Rows pasted from a spreadsheet: a line of labels and a line a project, or that turned round."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import zip_longest

from handlers.reading.forms.amounts import read_unit
from handlers.reading.forms.entries import Entry
from handlers.reading.forms.labels import Label, is_unit_label, read_label
from handlers.reading.language.normalise import Text
from handlers.reading.values import REQUIRED, Field

_SUM = re.compile(r"(?:总?合计|总计|小计|共计|汇总|总和|平均)(?:\(?[\d个项,:()共]*\)?)")
_RULE = re.compile(r"[|\s:+-]*")
_SAME = re.compile(r"同上|〃|″|同|同左|\"")
_NOTE = re.compile(r"(?:注|备注|说明|填表人?|制表人?)\s?:")
_THOUSANDS = re.compile(r"\d{3}(?:\.\d{1,6})?")
_HEAD_OF_FIGURE = re.compile(r"\d{1,9}")
_FEWEST = 3
_SPLIT_MARK = re.compile(r"[\t|]")
# What rows are grouped by.
_GROUPING = frozenset({Field.COUNTY, Field.SIGNED_ON, Field.BATCH, Field.LEAD})

Splitter = Callable[[Text], list[Text]]


@dataclass(frozen=True, slots=True)
class Table:
    """A table among lines: the first of them, the one after its last, and its projects."""

    start: int
    end: int
    rows: list[list[Entry]]


@dataclass(frozen=True, slots=True)
class _Column:
    """A column of a table: what stands at its head, and the label that this is."""

    said: str
    label: Label | None


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
    ";": _split_at(";"),
    "/": _split_at("/"),
    "、": _split_at("、"),
    "  ": _split_at(" {2,}"),
    " ": _split_at(" +"),
}


def find_table(lines: list[Text]) -> Table | None:
    """The first table among the lines. Rows that add up are left out."""
    for index in range(len(lines)):
        heading = _read_headings(lines, index)
        if heading:
            first, split, columns = heading
            end, rows = _read_rows(lines, first, split, columns)
            if rows:
                return Table(index, end, rows)
        turned = _read_turned(lines, index)
        if turned:
            return turned
    return None


Heading = tuple[Splitter, list[_Column]]


def _read_headings(lines: list[Text], index: int) -> tuple[int, Splitter, list[_Column]] | None:
    """The heading that begins on a line, and the line after it: it may be broken in two."""
    line, below = lines[index], lines[index + 1] if index + 1 < len(lines) else None
    alone = _read_heading(line)
    if below is None or not _SPLIT_MARK.search(line.plain):
        return (index + 1, *alone) if alone else None
    joined = _read_heading(Text(line.plain + below.plain, line.shown + below.shown))
    goes_on = below.plain.strip() and _is_blank_or_unit(below.strip(" "))
    if joined and (goes_on or alone is None or _count_fields(joined) > _count_fields(alone)):
        return index + 2, *joined
    if alone is None:
        return None
    split, columns = alone
    units = split(below) if _SPLIT_MARK.search(below.plain) else []
    if any(cell.plain for cell in units) and all(_is_blank_or_unit(cell) for cell in units):
        return index + 2, split, list(_with_units(columns, units))
    return index + 1, split, columns


def _count_fields(heading: Heading) -> int:
    return len({column.label.field for column in heading[1] if column.label} - {None})


def _is_blank_or_unit(cell: Text) -> bool:
    return not cell.plain or read_unit(cell.plain.strip("()[]")) is not None


def _with_units(columns: list[_Column], units: list[Text]) -> Iterator[_Column]:
    for column, unit in zip_longest(columns, units[: len(columns)]):
        said = column.said + (f"({unit.plain.strip('()[]')})" if unit and unit.plain else "")
        yield _Column(said, read_label(said))


def _read_heading(line: Text) -> Heading | None:
    """At least three known labels and hardly anything else, and no values."""
    line = line.strip(" ")
    if line.plain[:1] == "(" and line.plain[-1:] == ")":
        line = line.cut(1, len(line.plain) - 1)
    if len(line.plain) > 400:
        return None
    for mark, split in _SPLITTERS.items():
        if mark not in line.plain:
            continue
        cells = [cell.plain.rstrip(":") for cell in split(line)]
        if any(map(_states_value, cells)):
            continue
        columns = [_Column(cell, read_label(cell)) for cell in cells]
        known = [column for column in columns if column.label]
        fields = {column.label.field for column in columns if column.label}
        required = fields.intersection(REQUIRED)
        if len(fields - {None}) >= _FEWEST and len(required) > 1 and 2 * len(known) > len(columns):
            return split, columns
    return None


def _states_value(cell: str) -> bool:
    """Whether a cell has a label and a value; 其中:一期(万元) is the head of a column."""
    head, colon, behind = re.sub(r"\([^()]*\)", "", cell).partition(":")
    label = read_label(head) if colon and behind else None
    return bool(colon and behind) and (label is None or label.field is not None) and head != "其中"


def _read_rows(
    lines: list[Text], start: int, split: Splitter, columns: list[_Column]
) -> tuple[int, list[list[Entry]]]:
    rows: list[list[Entry]] = []
    above: list[Text] = []
    for index in range(start, len(lines)):
        line = lines[index]
        if _RULE.fullmatch(line.plain):
            continue
        cells = split(line)
        if len(cells) < 2 or _NOTE.match(line.plain.strip()):
            return index, rows
        if not any(_SUM.fullmatch(cell.plain) for cell in cells[:3]):
            cells = _repeat(_join_figures(cells, len(columns)), above)
            merged = _list_merged(cells, above, columns)
            cells = [above[at] if at in merged else cell for at, cell in enumerate(cells)]
            rows.append(list(_read_row(cells, columns, index, merged)))
            above = cells
    return len(lines), rows


def _join_figures(cells: list[Text], width: int) -> list[Text]:
    """The cells of a row that was cut within its figures: 12,000 in a comma-separated line.

    A row that still has more cells than the heading keeps those in front of the doubt.
    """
    joined: list[Text] = []
    for cell in cells if len(cells) > width else ():
        before = joined[-1] if joined else Text("", "")
        if _THOUSANDS.fullmatch(cell.plain) and _HEAD_OF_FIGURE.fullmatch(before.plain):
            joined[-1] = Text(before.plain + cell.plain, before.shown + cell.shown)
        else:
            joined.append(cell)
    if len(joined) == width or not joined:
        return joined or cells
    extra = any(cell.plain for cell in cells[width:])
    return cells[:2] if extra else cells[:width]


def _repeat(cells: list[Text], above: list[Text]) -> list[Text]:
    """The cells, with those above for what says 同上."""
    pairs = enumerate(cells)
    return [above[i] if _SAME.fullmatch(c.plain) and i < len(above) else c for i, c in pairs]


def _list_merged(cells: list[Text], above: list[Text], columns: list[_Column]) -> frozenset[int]:
    """The blank cells that were one with those above: what groups the rows stands before the name.

    A blank cell behind the name is one that nobody filled in.
    """
    pairs = list(zip(columns, cells, above, strict=False))
    fields = [column.label.field if column.label else None for column, _, _ in pairs]
    before = fields.index(Field.NAME) if Field.NAME in fields else 0
    return frozenset(
        at
        for at, (_, cell, over) in enumerate(pairs[:before])
        if fields[at] in _GROUPING and not cell.plain and over.plain
    )


def _read_row(
    cells: list[Text], columns: list[_Column], line: int, merged: frozenset[int] = frozenset()
) -> Iterator[Entry]:
    pairs = list(zip(columns, cells, strict=False))
    units = (read_unit(cell.plain) for column, cell in pairs if is_unit_label(column.said))
    unit = next(filter(None, units), None)
    for at, (column, cell) in enumerate(pairs):
        label = column.label
        if label and label.field:
            if label.field is Field.INVESTMENT and unit and not label.unit:
                label = replace(label, unit=unit)
            yield Entry(label, column.said, cell, line=line, supplied=at in merged)


def _read_turned(lines: list[Text], start: int) -> Table | None:
    """A table with a line a field and a column a project."""
    for mark in ("\t", "|"):
        rows: list[tuple[_Column, list[Text]]] = []
        end = start
        while end < len(lines):
            line = lines[end]
            if not _RULE.fullmatch(line.plain) or not rows:
                cells = _SPLITTERS[mark](line)
                label = read_label(cells[0].plain)
                if label is None or len(cells) < 3 or any(read_label(c.plain) for c in cells[1:]):
                    break
                rows.append((_Column(cells[0].plain, label), cells[1:]))
            end += 1
        if len(rows) >= _FEWEST:
            return Table(start, end, list(_turn(rows, start)))
    return None


def _turn(rows: list[tuple[_Column, list[Text]]], line: int) -> Iterator[list[Entry]]:
    width = max(len(cells) for _, cells in rows)
    columns = [column for column, _ in rows]
    for index in range(width):
        cells = [cells[index] if index < len(cells) else Text("", "") for _, cells in rows]
        stated = any(cell.plain for cell in cells)
        if stated and not any(_SUM.fullmatch(cell.plain) for cell in cells):
            yield list(_read_row(cells, columns, line))
