"""A registration (建账): which messages are one, and what they state of each project.

A message registers when it carries the header 签约项目登记 with fields, when it
asks for it (登记, 报备) and names fields, or when it is the whole form without a
title. What is wrong is named field by field; nothing is guessed.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from handlers.reading.forms.entries import Entry
from handlers.reading.forms.fields import BadField, Value, is_unstated, read_field
from handlers.reading.forms.forms import read_entries
from handlers.reading.forms.layout import read_layout
from handlers.reading.forms.loose import Looks
from handlers.reading.forms.records import Record, names_project, read_records
from handlers.reading.forms.replies import list_unclear, read_bare, read_changes, read_several
from handlers.reading.forms.requests import (
    find_headers,
    find_lead_in,
    has_other_title,
    is_example,
    is_request,
    mentions_request,
)
from handlers.reading.language.normalise import Text, normalise
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

_CORE = frozenset(REQUIRED)
# 2026年11月确山县签约项目登记表: the place is that of all projects below.
_PLACE_IN_TITLE = re.compile(r"(?:^|[月年\s:]|关于)([一-鿿]{2,12}?[县区])(?=签约)")
_FEWEST_BARE = 3


def read_registration(text: Text, context: ReadingContext) -> Registration | None:
    """The projects that a message registers, in order, or None if it does not register."""
    text = read_layout(text)
    headers = find_headers(text.plain)
    if headers:
        if is_example(text.plain[: headers[0][1] + 8][-200:]):
            return None
        blocks = list(_blocks(text, headers))
    elif (
        mentions_request(text.plain) or text.plain.count(":") > 2 or re.search(r"[\t|]", text.plain)
    ):
        blocks = [_break_after(text, find_lead_in(text.plain))]
    else:
        return None
    looks = Looks(context.today, context.names)
    records = [record for block in blocks for record in read_records(block, looks)]
    records = [record for record in records if _stands(record)]
    if not records or not (headers or _registers_bare(text.plain, records)):
        return None
    return Registration(tuple(_read_projects(records, context)))


def _break_after(text: Text, lead_in: int) -> Text:
    """The text with the words that lead to the form on a line of their own."""
    if not lead_in:
        return text
    head, rest = text.cut(0, lead_in - 1), text.cut(lead_in, len(text.plain))
    return Text(f"{head.plain}\n{rest.plain}", f"{head.shown}\n{rest.shown}")


def _blocks(text: Text, headers: Sequence[tuple[int, int]]) -> Iterator[Text]:
    ends = [start for start, _ in headers[1:]] + [len(text.plain)]
    for (start, end), until in zip(headers, ends, strict=True):
        block = text.cut(end, until)
        place = _PLACE_IN_TITLE.search(text.plain, start, end)
        if place and ":" not in block.plain[:1]:
            title = text.cut(*place.span(1))
            block = Text(f"{title.plain}\n{block.plain}", f"{title.shown}\n{block.shown}")
        yield block


def _stands(record: Record) -> bool:
    """Whether a record states enough to be meant: its name or amount, or two other fields."""
    labelled = {entry.field for entry in record if not entry.bare}
    stated = {entry.field for entry in record}
    if not labelled:
        return len(stated) >= _FEWEST_BARE
    return bool(stated & {Field.NAME, Field.INVESTMENT}) or len(stated) > 1


def _registers_bare(plain: str, records: Sequence[Record]) -> bool:
    """Whether a message without the header registers all the same."""
    first = records[0]
    stated = {entry.field for entry in first}
    if is_example(_without_names(plain, records)) or len(stated) < 2:
        return False
    if mentions_request(plain) and _has_labelled_name(first):
        return True
    if is_request(plain) and len(stated & _CORE) > 1:
        return True
    labels = {entry.field for entry in first if entry.colon}
    return {Field.NAME, Field.SIGNED_ON} < labels & _CORE and not has_other_title(plain)


def _without_names(plain: str, records: Sequence[Record]) -> str:
    """The text without its projects' names: 铝模板翻新厂 is no 模板 of a form."""
    for entry in (entry for record in records for entry in record):
        if entry.field is Field.NAME and names_project(entry.value.plain):
            plain = plain.replace(entry.value.plain, "")
    return plain


def _has_labelled_name(record: Record) -> bool:
    return any(entry.field is Field.NAME and not entry.bare for entry in record)


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
    columns: dict[str, Any] = {}
    interpreted: list[Interpreted] = []
    problems: list[Problem] = []
    for field in Field:
        read = [_read_entry(entry, context) for entry in record if entry.field is field]
        chosen = _choose(field, read, context)
        if chosen is None:
            continue
        if chosen.problem:
            problems.append(chosen.problem)
        if chosen.value:
            columns.update({k: v for k, v in chosen.value.columns.items() if k not in columns})
            interpreted.extend(_list_interpreted(chosen))
    return ProjectReading(ProjectFields(**columns), tuple(interpreted), tuple(problems))


def _read_entry(entry: Entry, context: ReadingContext) -> _Read:
    field = entry.field or Field.NAME
    try:
        value = read_field(field, entry.value, entry.label.unit, context.today, context.names)
    except BadField as bad:
        return _Read(entry, problem=Problem(bad.code, field, entry.value.shown, bad.why))
    phone = value.bad_phone if value else None
    problem = Problem(ProblemCode.BAD_VALUE, Field.PHONE, phone) if phone else None
    return _Read(entry, value, problem)


def _choose(field: Field, read: Sequence[_Read], context: ReadingContext) -> _Read | None:
    """One of several values for the same field; days, figures, counties must not contradict."""
    labelled = [each for each in read if not each.entry.bare]
    read = labelled or read
    good = [each for each in read if each.value]
    if not good:
        return next((each for each in read if each.problem), None)
    if field is Field.INVESTMENT:
        return _agreed(_totals(good), Field.INVESTMENT, ProblemCode.BAD_AMOUNT)
    if field is Field.SIGNED_ON:
        return _agreed(good, Field.SIGNED_ON, ProblemCode.BAD_DATE)
    if field is Field.COUNTY and _lie_apart(good, context):
        return _agreed(good, Field.COUNTY, ProblemCode.UNKNOWN_COUNTY)
    return good[0]


def _lie_apart(read: list[_Read], context: ReadingContext) -> bool:
    """Whether two counties are stated; a county and a zone are not, which may be its own."""
    stated = {each.value.columns["county"] for each in read if each.value}
    return len(stated.intersection(context.names.places.values())) > 1


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
    elif entry.bare or entry.supplied:
        yield Interpreted(entry.field, entry.value.shown, entry.value.shown)
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
    entries = _with_changes(_labelled(text, context), text, context)
    entries = entries or list(read_bare(text, context))
    stated = {entry.field for entry in entries}
    unclear = tuple(each for each in list_unclear(text) if each.field not in stated)
    if not entries and not unclear:
        return None
    project = _read_project(entries, context)
    return Completion(replace(project, problems=project.problems + unclear))


def read_amendment(text: str, context: ReadingContext) -> Completion | None:
    """A reply to a project's card: lines and plain changes in it; one bare value is just talk."""
    whole = normalise(text)
    labelled = [entry for entry in _labelled(whole, context) if entry.colon]
    entries = _with_changes(labelled, whole, context) or read_several(whole, context)
    return Completion(_read_project(entries, context)) if entries else None


def _with_changes(labelled: Record, text: Text, context: ReadingContext) -> Record:
    changes = read_changes(text, context)
    changed = {entry.field for entry in changes}
    return [entry for entry in labelled if entry.field not in changed] + changes


def _labelled(text: Text, context: ReadingContext) -> Record:
    looks = Looks(context.today, context.names)
    entries = read_entries(read_layout(text), looks)
    return [
        each
        for each in entries
        if each.field and not each.bare and not is_unstated(each.value, each.field)
    ]
