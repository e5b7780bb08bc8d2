"""Where the labels of a line stand: before a colon, at the head of a part, or run into a value."""

import re
import tomllib
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from handlers.reading.forms.labels import (
    Label,
    find_prefix_label,
    find_suffix_label,
    is_weak,
    list_similar,
    read_label,
    read_remark_label,
    strip_numbering,
)
from handlers.reading.forms.layout import ARROW
from handlers.reading.forms.loose import Looks, is_value
from handlers.reading.forms.run_together import Cut, find_run_together, find_weak_suffix, give_back
from handlers.reading.values import Field

DELIMITERS = rf",;。、|/\t{ARROW}①-⑳"
# How far back from a colon a label may begin.
_REACH = 40
_UNKNOWN_LABEL = re.compile(r"[一-鿿][一-鿿()/]{1,11}")
_NUMBER = re.compile(r"\s*\(?[\d一二三四五六七八九十]{1,2}\)?")
_COPULA = re.compile(
    r"\s?(?:名叫|叫做?|也是|[均都也]为|都是|统一[为是]|暂定为|就是|就写|就叫|还是|即为|为(?![民农])|是|叫|[:=])+\s?"
)
# 牵头单位写市环保局
_WRITTEN = re.compile(r"(?:就|先|暂|可以)?(?:写|填|记|算|报|定|选|放)(?:的是|成|为|在|到|的)?\s?")
_TYPED = frozenset({Field.LEAD, Field.COUNTY, Field.OWNER, Field.INVESTMENT, Field.SIGNED_ON})
_QUOTES = '"“「『《'
_SHARED = re.compile("[均都]|统一")
_FILLER = re.compile(r"(?:其|该项目的?|本项目的?|此项目的?|项目(?=总投资))")
_REMARKS = frozenset(
    tomllib.loads((Path(__file__).parent / "labels.toml").read_text(encoding="utf-8"))["known"][
        "remarks"
    ]
)


def find_cuts(line: str, below: str, looks: Looks) -> list[Cut]:
    """The labels of a line, in order; `below` is the line after it, where a value may stand."""
    cuts = _find_colon_cuts(line, looks)
    starts = [cut.start for cut in cuts]
    bare: list[Cut] = []
    for start, until in _parts(line):
        index = bisect_right(starts, start)
        before = cuts[index - 1] if index else None
        end = min(until, cuts[index].start) if index < len(cuts) else until
        if before is None or start > before.end:
            if before is None or before.said not in _REMARKS:
                bare.extend(_read_bare(line, start, end, below, looks))
        elif start == before.end and (before.label.field or before.label.doubtful):
            # The first word behind a colon is the value's, unless that is a heading's (遂平县:).
            skip = 0 if before.label.field is None or _heads_form(before, line[start:end]) else 1
            bare.extend(_read_bare(line, start, end, below, looks, skip))
    return sorted(cuts + bare, key=lambda cut: cut.start)


def _heads_form(cut: Cut, behind: str) -> bool:
    """Whether a label is only what leads to the form: 签约项目:项目名称某某厂."""
    said = strip_numbering(behind)
    length = find_prefix_label(said) if is_weak(cut.said) else None
    return bool(length and not is_weak(said[:length]))


def _find_colon_cuts(line: str, looks: Looks) -> list[Cut]:
    cuts: list[Cut] = []
    previous = 0
    for at in re.finditer("[:=]", line):
        cut = _read_before_colon(line, previous, at.start(), looks)
        if cut:
            cuts.append(cut)
            previous = at.end()
    return cuts


def _read_before_colon(line: str, previous: int, colon: int, looks: Looks) -> Cut | None:
    low = max(previous, colon - _REACH)
    before = re.split(f"[{DELIMITERS}]", line[low:colon])
    begin = colon - len(before[-1])
    starts = [
        begin,
        *(begin + m.end() for m in re.finditer(r"\s+", line[begin:colon]) if m.start()),
    ]
    # The marks that delimit may belong to the label: 1、项目名称 联系人/电话 县、区
    start = begin
    for part in before[-2:-4:-1]:
        start -= len(part) + 1
        starts.insert(0, start)
    for loose in (False, True):
        for start in starts:
            label = read_label(line[start:colon], loose)
            if label and (not label.doubtful or looks.fits(label.field, line[colon + 1 :][:60])):
                said = strip_numbering(line[start:colon])
                return Cut(start, colon + 1, label, said, colon=True)
    similar = _read_similar(line, starts, colon, looks)
    if similar:
        return similar
    remark = read_remark_label(line[begin:colon])
    if remark:
        return Cut(begin, colon + 1, remark, strip_numbering(line[begin:colon]), colon=True)
    return _read_suffix(line, begin, colon, looks) or _read_unknown(line, begin, previous, colon)


def _read_similar(line: str, starts: list[int], colon: int, looks: Looks) -> Cut | None:
    """A label that is only like a known one, where the value is just what that one takes."""
    value = line[colon + 1 :][:60]
    for start in starts:
        label = next(
            (x for x in list_similar(line[start:colon]) if looks.fits(x.field, value)), None
        )
        if label:
            said = strip_numbering(line[start:colon])
            return Cut(start, colon + 1, label, said, colon=True)
    return None


def _read_suffix(line: str, begin: int, colon: int, looks: Looks) -> Cut | None:
    suffix = find_suffix_label(line[begin:colon].rstrip())
    if suffix is None:
        suffix = find_weak_suffix(line, begin, colon, looks)
    if suffix is None or not line[begin:colon].strip():
        return None
    said = line[begin + suffix : colon].rstrip()
    label = read_label(said, loose=False)
    return (
        give_back(line, Cut(begin + suffix, colon + 1, label, said, colon=True)) if label else None
    )


def _read_unknown(line: str, begin: int, previous: int, colon: int) -> Cut | None:
    # A label nobody knows still ends the value before it; right after another colon it is a value.
    said = strip_numbering(line[begin:colon])
    if (begin > previous or previous == 0) and _UNKNOWN_LABEL.fullmatch(said):
        return Cut(begin, colon + 1, Label(None, doubtful=True), said, colon=True)
    return None


def _parts(line: str) -> Iterator[tuple[int, int]]:
    """The parts of a line between delimiters and colons, each with its start and end."""
    for part in re.finditer(rf"(?:(?!--)[^{DELIMITERS}:=])+", line):
        yield part.start(), part.end()


def _read_bare(
    line: str, start: int, end: int, below: str, looks: Looks, skip: int = 0
) -> Iterator[Cut]:
    """Labels without a colon: words by themselves, or run into their values."""
    words = [(m.start() + start, m.end() + start) for m in re.finditer(r"\S+", line[start:end])]
    for index, (at, to) in enumerate(words):
        first = index == 0
        cut = _read_word(line, at, to, first, below, looks) if index >= skip else None
        if cut:
            yield cut
        yield from find_run_together(line, cut.end if cut else at, to, looks)


def _read_word(line: str, at: int, to: int, first: bool, below: str, looks: Looks) -> Cut | None:
    word = line[at:to]
    bare = strip_numbering(word)
    begin = at + max(word.find(bare), 0)
    filler = _FILLER.match(bare)
    if filler and find_prefix_label(bare) is None:
        begin, bare = begin + filler.end(), bare[filler.end() :]
    label = read_label(bare, loose=False)
    rest = line[to : to + 60] if line[to:].strip() else below[:60]
    if label:
        believed = is_value(rest) and (not is_weak(bare) or looks.fits(label.field, rest))
        return Cut(at, to, label, bare, colon=False) if believed else None
    run_in = _read_run_in(line, begin, bare, first, looks)
    if run_in:
        return replace(run_in, start=at)
    return _read_slip(at, to, bare, rest, looks)


def _read_slip(begin: int, to: int, bare: str, rest: str, looks: Looks) -> Cut | None:
    # 业主单味,某某公司: misspelt and without a colon, it must stand alone before what fits.
    if not re.match(rf"[{DELIMITERS}]", rest):
        return None
    label = read_label(bare)
    fits = label is not None and label.field is not None and looks.fits(label.field, rest)
    return Cut(begin, to, label, bare, colon=False) if label and fits else None


def _read_written(
    bare: str, length: int, label: Label | None, looks: Looks
) -> re.Match[str] | None:
    """What leads from a label to a value that can be told by its looks."""
    found = _WRITTEN.match(bare, length)
    if found is None or label is None or label.field not in _TYPED:
        return None
    return found if looks.fits(label.field, bare[found.end() :][:60]) else None


def _read_run_in(line: str, begin: int, bare: str, first: bool, looks: Looks) -> Cut | None:
    length = find_prefix_label(bare)
    if not length or length >= len(bare):
        return None
    said = bare[:length]
    label = read_label(said, loose=False)
    copula = _COPULA.match(bare, length) or _read_written(bare, length, label, looks)
    end = copula.end() if copula else length
    rest = line[begin + end :][:60]
    if label is None or not is_value(rest):
        return None
    if is_weak(said):  # 项目备案 is no project called 备案
        believed = bool(label.field is not Field.NAME or copula or rest[0] in _QUOTES)
        believed = believed and looks.fits(label.field, rest)
    else:
        believed = bool(first or copula) or looks.fits(label.field, rest)
    if not believed:
        return None
    shared = bool(copula and _SHARED.search(copula[0]))
    return Cut(begin, begin + end, label, said, colon=False, shared=shared)
