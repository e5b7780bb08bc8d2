"""A registration (建账): which messages are one, and what they state of each project.

A message registers when it carries the header 签约项目登记 with fields, when it
asks for it (登记, 报备) and names fields, or when it shows at least three known
labels. What is wrong is named field by field; nothing is guessed.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from handlers.reading.amounts import read_amount
from handlers.reading.dates import read_day
from handlers.reading.fields import BadField, Value, is_unstated, read_county, read_field
from handlers.reading.forms import Entry, read_entries
from handlers.reading.labels import Label
from handlers.reading.normalise import Text, normalise
from handlers.reading.tables import find_table
from handlers.reading.values import (
    REQUIRED,
    Completion,
    Field,
    Interpreted,
    Problem,
    ProblemCode,
    ProjectFields,
    ProjectReading,
    ReadingContext,
    Registration,
)

_OPEN, _CLOSE = r"[【\[({<《「『〈«#*\"]", r"[】\])}>》」』〉»#*\"]"
_TITLE = r"签\s?约\s?项\s?目\s?(?:信息)?登\s?记(?:表|单|信息)?"
# Runs of brackets and gaps are counted, which keeps the search linear.
_HEADER = re.compile(
    rf"{_OPEN}{{1,4}}\s{{0,4}}{_TITLE}\s{{0,4}}{_CLOSE}{{0,4}}[ :]{{0,4}}"
    rf"|(?:^|(?<=\n))[ \t]{{0,8}}(?:@\S{{1,32}}[ \t]{{1,4}})?{_TITLE}\s{{0,4}}"
    rf"(?:{_CLOSE}{{1,4}}[ :]{{0,4}}|[ :]{{1,4}}|(?=\n|$))"
)
_REQUEST = re.compile(r"登记|报备|建账|入库|录入|新增项目|申报")
_EXAMPLE = re.compile(
    r"模板|样表|样例|示例|范例|例如|格式如下|(?:按|参照|使用|照).{0,8}(?:格式|填)|怎么填"
)
_CORE = (Field.NAME, Field.INVESTMENT, Field.SIGNED_ON, Field.COUNTY)
_FEWEST_LABELS = 3


def read_registration(text: Text, context: ReadingContext) -> Registration | None:
    """The projects that a message registers, in order, or None if it does not register."""
    headers = list(_HEADER.finditer(text.plain))
    if headers and _EXAMPLE.search(text.plain[: headers[0].start()][-200:]):
        return None
    records = [record for block in _blocks(text, headers) for record in _read_records(block)]
    records = [record for record in records if _stands(record)]
    if not records or not (headers or _registers_bare(text.plain, records)):
        return None
    return Registration(tuple(_read_projects(records, context)))


def _blocks(text: Text, headers: Sequence[re.Match[str]]) -> list[Text]:
    if not headers:
        return [text]
    ends = [found.start() for found in headers[1:]] + [len(text.plain)]
    return [text.cut(found.end(), end) for found, end in zip(headers, ends, strict=True)]


def _stands(record: Sequence[Entry]) -> bool:
    """Whether a record states enough to be meant: its name or amount, or two other fields."""
    stated = {entry.field for entry in record if entry.field}
    core = stated.intersection(_CORE)
    return bool(core) and (len(stated) > 1 or bool(core & {Field.NAME, Field.INVESTMENT}))


def _registers_bare(plain: str, records: Sequence[Sequence[Entry]]) -> bool:
    """Whether a message without the header registers all the same."""
    stated = {entry.field for entry in records[0] if entry.field}
    if _EXAMPLE.search(plain):
        return False
    if _REQUEST.search(plain) and Field.NAME in stated and len(stated) > 1:
        return True
    labels = {entry.field for entry in records[0] if entry.field and entry.colon}
    return len(labels) >= _FEWEST_LABELS and len(labels.intersection(_CORE)) > 1


def _read_records(block: Text) -> list[list[Entry]]:
    """The entries of each project of a block; a shared heading is copied to each."""
    lines = block.lines()
    table = find_table(lines)
    if table is None:
        return _group(_stated(read_entries(block)))
    start, _, rows = table
    above = sum(len(line.plain) + 1 for line in lines[:start])
    shared = _stated(read_entries(block.cut(0, above)))
    return [_with_shared(shared, _stated(row)) for row in rows]


def _stated(entries: Sequence[Entry]) -> list[Entry]:
    return [entry for entry in entries if entry.field and not is_unstated(entry.value)]


def _group(entries: list[Entry]) -> list[list[Entry]]:
    names = [entry for entry in entries if entry.field is Field.NAME]
    if len(names) < 2:
        return [entries] if entries else []
    if len({entry.paragraph for entry in names}) == len(names):
        starts = _starts_of_paragraphs(entries, {entry.paragraph for entry in names})
    else:
        starts = _starts_by_repetition(entries, len(names))
    shared = entries[: starts[0]]
    ends = [*starts[1:], len(entries)]
    return [_with_shared(shared, entries[a:b]) for a, b in zip(starts, ends, strict=True)]


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


def _with_shared(shared: Sequence[Entry], record: list[Entry]) -> list[Entry]:
    own = {entry.field for entry in record}
    return [entry for entry in shared if entry.field not in own] + record


def _read_projects(
    records: Sequence[Sequence[Entry]], context: ReadingContext
) -> Iterator[ProjectReading]:
    known = set(context.registered or ())
    for record in records:
        project = _with_missing(_read_project(record, context))
        name, county = project.fields.name, project.fields.county
        if name and county:
            key = (fold_name(name), county)
            if key in {(fold_name(n), c) for n, c in known}:
                duplicate = Problem(ProblemCode.DUPLICATE, Field.NAME, name)
                project = replace(project, problems=(*project.problems, duplicate))
            known.add((name, county))
        yield project


def fold_name(name: str) -> str:
    """A project's name for comparing: width of its characters, gaps and quotes do not count."""
    return re.sub(r"[\s\"'“”‘’《》]", "", normalise(name).plain).upper()


@dataclass(frozen=True, slots=True)
class _Read:
    """One entry with what came of it."""

    entry: Entry
    value: Value | None = None
    problem: Problem | None = None


def _read_project(record: Sequence[Entry], context: ReadingContext) -> ProjectReading:
    columns: dict[str, object] = {}
    interpreted: list[Interpreted] = []
    problems: list[Problem] = []
    for field in Field:
        read = [_read_entry(entry, context) for entry in record if entry.field is field]
        chosen = _choose(field, read)
        if chosen is None:
            continue
        if chosen.problem:
            problems.append(chosen.problem)
        if chosen.value:
            columns.update({k: v for k, v in chosen.value.columns.items() if k not in columns})
            interpreted.extend(_list_interpreted(chosen))
    return ProjectReading(_fields(columns), tuple(interpreted), tuple(problems))


def _fields(columns: Mapping[str, object]) -> ProjectFields:
    return ProjectFields(**columns)  # type: ignore[arg-type]  # the keys are its own columns


def _read_entry(entry: Entry, context: ReadingContext) -> _Read:
    field = entry.field or Field.NAME
    try:
        value = read_field(field, entry.value, entry.label.unit, context.today, context.names)
    except BadField as bad:
        return _Read(entry, problem=Problem(bad.code, field, entry.value.shown, bad.why))
    return _Read(entry, value)


def _choose(field: Field, read: Sequence[_Read]) -> _Read | None:
    """One of several values for the same field; days and figures must not contradict each other."""
    good = [each for each in read if each.value]
    if not good:
        return next((each for each in read if each.problem), None)
    if field is Field.INVESTMENT:
        return _agreed(_totals(good), Field.INVESTMENT, ProblemCode.BAD_AMOUNT)
    if field is Field.SIGNED_ON:
        return _agreed(good, Field.SIGNED_ON, ProblemCode.BAD_DATE)
    return good[0]


def _totals(read: list[_Read]) -> list[_Read]:
    """Those called total, and any other that is larger than they are."""
    totals = [each for each in read if "总" in each.entry.said]
    largest = max((_units(each) for each in totals), default=0)
    return totals + [each for each in read if each not in totals and _units(each) > largest]


def _units(read: _Read) -> int:
    columns = read.value.columns if read.value else {}
    units = columns.get("investment_yuan", columns.get("amount", 0))
    return units if isinstance(units, int) else 0


def _agreed(read: list[_Read], field: Field, code: ProblemCode) -> _Read:
    columns = [each.value.columns for each in read if each.value]
    if all(each == columns[0] for each in columns):
        return read[0]
    said = " / ".join(each.entry.value.shown for each in read)
    return _Read(read[0].entry, problem=Problem(code, field, said))


def _list_interpreted(read: _Read) -> Iterator[Interpreted]:
    entry, value = read.entry, read.value
    if value is None or entry.field is None:
        return
    if value.interpreted is not None:
        yield Interpreted(entry.field, entry.value.shown, value.interpreted)
    elif entry.label.corrected:
        yield Interpreted(entry.field, f"{entry.said}:{entry.value.shown}", entry.label.corrected)


def _with_missing(project: ProjectReading) -> ProjectReading:
    stated = project.fields
    has = {
        Field.NAME: stated.name is not None,
        Field.SIGNED_ON: stated.signed_on is not None,
        Field.COUNTY: stated.county is not None,
        Field.INVESTMENT: stated.investment_yuan is not None or stated.amount is not None,
    }
    wrong = {problem.field for problem in project.problems}
    missing = tuple(
        Problem(ProblemCode.MISSING, field)
        for field in REQUIRED
        if not has[field] and field not in wrong
    )
    return replace(project, problems=missing + project.problems)


def read_completion(text: Text, context: ReadingContext) -> Completion | None:
    """A reply to a draft: the labelled lines in it, or bare values that only one field can take."""
    entries = _stated(read_entries(text)) or list(_read_unlabelled(text, context))
    if not entries:
        return None
    return Completion(_read_project(entries, context))


def read_amendment(text: str, context: ReadingContext) -> Completion | None:
    """A reply to a project's card: the labelled lines in it; a bare value there is just talk."""
    entries = [entry for entry in _stated(read_entries(normalise(text))) if entry.colon]
    return Completion(_read_project(entries, context)) if entries else None


def _read_unlabelled(text: Text, context: ReadingContext) -> Iterator[Entry]:
    for line in text.lines():
        said = line.strip(" \t,;。")
        field = None
        if read_county(said.plain, context.names):
            field = Field.COUNTY
        elif read_amount(said.plain):
            field = Field.INVESTMENT
        elif read_day(said.plain, context.today):
            field = Field.SIGNED_ON
        if field:
            yield Entry(Label(field), "", said, colon=False)


_MONEY = ("investment_yuan", "currency", "amount")
