"""Cuts a form into its values: one line or many, with labels, without, or with them behind.

Works on the two writings of a text in step: labels are recognised in the plain
one, values are cut from both.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from handlers.reading.forms.cuts import find_cuts
from handlers.reading.forms.entries import Entry
from handlers.reading.forms.labels import Label, find_begin, read_label, strip_numbering
from handlers.reading.forms.layout import ARROW
from handlers.reading.forms.loose import PERSON_AND_PHONE, Looks, label_of, split_label_behind
from handlers.reading.forms.run_together import Cut
from handlers.reading.forms.value_ends import split_value
from handlers.reading.language.normalise import QUOTES, Text
from handlers.reading.values import Field

_EDGES = f" \t,;。、|/:{ARROW}"
_LOOSE = re.compile(rf"[,;。、|\t{ARROW}①-⑳!?()]|(?<!\d)[:/]|[:/](?!\d)|-{{2,}}| {{2,}}")
_PROJECT = re.compile(r"(?:项目|专案)$")
_OF_ALL = re.compile(r"[均都][为是]|统一[为是]")
_SIGN_OFF = re.compile(r"(?:局|委|办|中心|政府|专班|委员会|公司|敬上|组)$")


def read_entries(text: Text, looks: Looks) -> list[Entry]:
    """The values of a form, in order; a value may stand on the line after its label."""
    entries: list[Entry] = []
    paragraph, open_value = 0, False
    lines = text.lines()
    for number, line in enumerate(lines):
        if not line.plain.strip(" \t|-"):
            paragraph, open_value = paragraph + 1, False
            continue
        found = list(_read_line(line, _find_below(lines, number), looks))
        if open_value and not _has_label(line.plain, looks):
            entries[-1] = replace(entries[-1], value=line.strip(_EDGES))
            open_value = False
            continue
        entries.extend(replace(entry, paragraph=paragraph, line=number) for entry in found)
        open_value = bool(found) and not found[-1].bare and not found[-1].value.plain
    return _without_sign_off(text, entries)


def _has_label(line: str, looks: Looks) -> bool:
    """Whether a line has labels of its own, though they be of no use (注册资本:500万元)."""
    return any(cut.label.field or not cut.label.doubtful for cut in find_cuts(line, "", looks))


def _find_below(lines: list[Text], number: int) -> str:
    """The line after this one, past a blank one."""
    near = (line.plain for line in lines[number + 1 : number + 3])
    return next((plain for plain in near if plain.strip()), "")


def _read_line(line: Text, below: str, looks: Looks) -> Iterator[Entry]:
    cuts = find_cuts(line.plain, below, looks)
    head = line.cut(0, cuts[0].start if cuts else len(line.plain))
    if len(cuts) == 1 and _stands_behind(line, cuts[0]):
        yield Entry(cuts[0].label, cuts[0].said, head.strip(_EDGES + "-"), colon=False)
        return
    yield from _read_loose(head, looks)
    ends = [cut.start for cut in cuts[1:]] + [len(line.plain)]
    for cut, end in zip(cuts, ends, strict=False):  # without labels there is one end and no cut
        yield from _read_value(line, cut, end, looks)


def _stands_behind(line: Text, cut: Cut) -> bool:
    """Whether a label ends the line and its value stands before it: 某某项目——项目名称."""
    before, behind = line.plain[: cut.start], line.plain[cut.end :]
    return (
        not cut.colon
        and not behind.strip(_EDGES)
        and bool(strip_numbering(before).strip(_EDGES + "-"))
        and re.search(rf"(?:--|[{ARROW},:/|])\s*$", before) is not None
    )


def _read_value(line: Text, cut: Cut, end: int, looks: Looks) -> Iterator[Entry]:
    region = line.cut(cut.end, max(cut.end, end)).strip(_EDGES if cut.colon else _EDGES + "-")
    if cut.colon and region.plain.startswith("--"):
        region = region.strip(_EDGES + "-")
    if cut.label.field is None:
        if cut.label.doubtful:  # no label at all, but the heading of a list: 遂平县:
            region = line.cut(cut.end, max(cut.end, end))
            yield from _read_heading(line.cut(cut.start, cut.end - 1), region, looks)
        return
    of_all = _OF_ALL.match(region.plain)
    if of_all:
        region = region.cut(of_all.end(), len(region.plain))
    shared = cut.shared or of_all is not None
    value, rest = split_value(region, cut.label.field, looks)
    yield Entry(cut.label, cut.said, value.strip(_EDGES), colon=cut.colon, shared=shared)
    names = rest.plain.startswith("的")  # 总投资1.4亿元的“某某园”
    found = _read_loose(rest, looks)
    yield from (entry for entry in found if names or entry.field is not Field.NAME)


def _read_heading(said: Text, behind: Text, looks: Looks) -> Iterator[Entry]:
    """What stands before a colon that is no label: a place, a day, or a project itself."""
    heads = list(_read_loose(said, looks))
    placed = looks.find_field(said.plain.strip(_EDGES)) in (Field.COUNTY, Field.SIGNED_ON)
    if placed or any(e.field is Field.NAME and _PROJECT.search(e.value.plain) for e in heads):
        yield from heads  # 某某项目:遂平县,1亿元 or 遂平县:某某项目,1亿元
        yield from _read_loose(behind, looks)
        return
    yield from (entry for entry in heads if entry.field in (Field.COUNTY, Field.SIGNED_ON))
    if _PROJECT.search(said.plain):  # 签下一个项目:某某产业园
        first = next(_split(behind), None)
        if first and looks.fits(Field.NAME, first.plain):
            yield bare_entry(Field.NAME, first.strip(_EDGES))


def _read_loose(region: Text, looks: Looks) -> Iterator[Entry]:
    """What a stretch without labels states."""
    region = region.strip(" \t")
    begin = find_begin(region.plain)
    numbered = begin > 0 and region.plain[0] not in QUOTES
    region = region.cut(begin, len(region.plain))
    for part in _split(region):
        behind = split_label_behind(part)
        label = read_label(behind[1], loose=False) if behind else None
        if behind and label and label.field:
            yield Entry(label, behind[1], behind[0].strip(_EDGES), colon=False)
            continue
        for found in looks.read_part(part):
            yield Entry(label_of(found), "", found.value, colon=False, numbered=numbered)
        numbered = False


def _split(region: Text) -> Iterator[Text]:
    if split_label_behind(region):
        yield region
        return
    start = 0
    persons = [found.span() for found in PERSON_AND_PHONE.finditer(region.plain)]
    for at in _LOOSE.finditer(region.plain):
        if any(first <= at.start() < last for first, last in persons):
            continue
        yield from _unless_blank(region.cut(start, at.start()))
        start = at.end()
    yield from _unless_blank(region.cut(start, len(region.plain)))


def _unless_blank(part: Text) -> Iterator[Text]:
    if part.plain.strip(_EDGES):
        yield part


def _without_sign_off(text: Text, entries: list[Entry]) -> list[Entry]:
    """Without the day under a letter: 遂平县重点办 / 2026年11月23日 is when it was written."""
    lines = [line.plain.strip() for line in text.lines()]
    last = max((number for number, line in enumerate(lines) if line), default=0)

    def signs_off(entry: Entry) -> bool:
        above = next((line for line in reversed(lines[: entry.line]) if line), "")
        alone = entry.bare and entry.field is Field.SIGNED_ON and entry.line == last
        return alone and "签" not in lines[last] and _SIGN_OFF.search(above) is not None

    return [entry for entry in entries if not signs_off(entry)]


def bare_entry(field: Field, value: Text) -> Entry:
    """A value without a label."""
    return Entry(Label(field), "", value, colon=False)
