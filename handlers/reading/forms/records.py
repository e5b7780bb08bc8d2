"""Which of a form's values belong together: one project after the other, and what they share."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from handlers.reading.forms.amounts import Unit, read_unit
from handlers.reading.forms.entries import Entry
from handlers.reading.forms.fields import is_unstated
from handlers.reading.forms.forms import read_entries
from handlers.reading.forms.loose import Looks
from handlers.reading.forms.prose import any_of
from handlers.reading.forms.stacked import find_stacked
from handlers.reading.forms.tables import find_table
from handlers.reading.language.normalise import Text
from handlers.reading.values import Field

Record = list[Entry]

# What a heading may state for all the projects under it.
_SHAREABLE = frozenset(
    {Field.COUNTY, Field.SIGNED_ON, Field.BATCH, Field.LEAD, Field.KIND, Field.INDUSTRY}
)
_UNIT = re.compile(r"单位\s?[:为是]?\s?((?:人民币)?(?:万|亿|万亿)?(?:元|[美欧港日]元|英镑))")
_PROJECT_NOUN = re.compile(rf"(?:{any_of('project_nouns')}|改造|二期|三期|加工|制造|工坊)$")


def read_records(block: Text, looks: Looks) -> list[Record]:
    """The values of each project of a block; what is said for all of them is with each."""
    lines = block.lines()
    table = find_table(lines) or find_stacked(lines, looks)
    if table is None:
        records = _group(_stated(read_entries(block, looks)))
    else:
        above = sum(len(line.plain) + 1 for line in lines[: table.start])
        shared = _stated(read_entries(block.cut(0, above), looks))
        shared = [entry for entry in shared if entry.field is not Field.NAME]
        records = [_with_shared(shared, _stated(row)) for row in table.rows]
        records = [record for record in records if record]
    unit = _find_unit(block.plain)
    return [_with_unit(record, unit) for record in records] if unit else records


def _stated(entries: Sequence[Entry]) -> Record:
    return [each for each in entries if each.field and not is_unstated(each.value, each.field)]


def _find_unit(plain: str) -> Unit | None:
    """The unit that a heading gives for all bare figures: (金额单位:万元)."""
    found = _UNIT.search(plain)
    return read_unit(found[1]) if found else None


def _with_unit(record: Record, unit: Unit) -> Record:
    def supply(entry: Entry) -> Entry:
        if entry.field is not Field.INVESTMENT or entry.label.unit:
            return entry
        return replace(entry, label=replace(entry.label, unit=unit))

    return [supply(entry) for entry in record]


def _group(entries: Record) -> list[Record]:
    common = [entry for entry in entries if entry.shared]
    entries = _with_names([entry for entry in entries if not entry.shared])
    groups = list(_divide(entries)) if entries else []
    return [_with_shared(common, group) for group in groups] or ([common] if common else [])


def _divide(entries: Record) -> Iterator[Record]:
    names = [entry for entry in entries if entry.field is Field.NAME]
    if len(names) < 2 and not (names and names[0].bare):
        yield entries
        return
    if _are_rows(entries, names):
        yield from _divide_rows(entries)
        return
    if len({entry.paragraph for entry in names}) == len(names):
        starts = _starts_of_paragraphs(entries, {entry.paragraph for entry in names})
    else:
        starts = _starts_by_repetition(entries, len(names))
    shared = entries[: starts[0]]
    ends = [*starts[1:], len(entries)]
    for start, end in zip(starts, ends, strict=True):
        yield _with_shared(shared, entries[start:end])


def names_project(plain: str) -> bool:
    """Whether a text ends with a word for what projects are: 生产线, 基地, 二期."""
    return _PROJECT_NOUN.search(plain) is not None


# --- Names without a label ---------------------------------------------------------------


def _with_names(entries: Record) -> Record:
    """The values with those that can only be the names of projects, where none is labelled."""
    if any(entry.field is Field.NAME and not entry.bare for entry in entries):
        return [entry for entry in entries if not (entry.bare and entry.field is Field.NAME)]
    chosen = list(_choose_names(entries))
    return [entry for entry in entries if entry.field is not Field.NAME or entry in chosen]


def _choose_names(entries: Record) -> Iterator[Entry]:
    """The first of each line that states something else as well, or else of an item's head."""
    candidates = [entry for entry in entries if entry.field is Field.NAME]
    sure = [entry for entry in candidates if not entry.label.doubtful]
    lines = _lines_with_values(entries)
    rows = [entry for entry in candidates if entry.line in lines]
    numbered = [entry for entry in candidates if entry.numbered]
    alone = [entry for entry in candidates if names_project(entry.value.plain)]
    best = sure or numbered or rows or alone[:1]
    if sure and all(entry.numbered for entry in sure):
        best = numbered
    seen: set[str] = set()
    for _, line in groupby(best, key=lambda entry: entry.line):
        name = next(line)
        if name.value.plain not in seen:
            yield name
        seen.add(name.value.plain)


def _lines_with_values(entries: Record) -> set[int]:
    """The lines that state something besides a name."""
    return {entry.line for entry in entries if entry.field is not Field.NAME}


# --- One project after the other ---------------------------------------------------------


def _are_rows(entries: Record, names: Record) -> bool:
    """Whether each name has a line to itself, with other values on it."""
    lines = {entry.line for entry in names}
    full = lines & _lines_with_values(entries)
    return len(lines) == len(names) and 2 * len(full) > len(names)


def _divide_rows(entries: Record) -> Iterator[Record]:
    """Rows of values; a line without a name heads those below it, or goes on with the one above."""
    heading: Record = []
    current: Record | None = None
    for _, values in groupby(entries, key=lambda entry: entry.line):
        line = list(values)
        if any(entry.field is Field.NAME for entry in line):
            if current:
                yield current
            current = _with_shared(heading, line)
        elif current is None or _is_heading(line, current):
            heading = _with_shared(heading, line)
        else:
            current.extend(line)
    if current:
        yield current


def _is_heading(line: Record, current: Record) -> bool:
    if not {entry.field for entry in line} <= _SHAREABLE:
        return False
    return all(entry.bare for entry in line) or line[0].paragraph > current[-1].paragraph


def _starts_of_paragraphs(entries: Sequence[Entry], named: set[int]) -> list[int]:
    first: dict[int, int] = {}
    for index, entry in enumerate(entries):
        first.setdefault(entry.paragraph, index)
    return [index for paragraph, index in first.items() if paragraph in named]


def _starts_by_repetition(entries: Sequence[Entry], projects: int) -> list[int]:
    """Where each project begins: at the first label that comes once for each of them."""
    counts = Counter(entry.field for entry in entries)
    opening = next(entry.field for entry in entries if counts[entry.field] == projects)
    return [index for index, entry in enumerate(entries) if entry.field is opening]


def _with_shared(shared: Sequence[Entry], record: Record) -> Record:
    own = {entry.field for entry in record}
    return [entry for entry in shared if entry.field not in own] + record
