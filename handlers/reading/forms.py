"""Cuts a form into its labelled values: one line or many, with or without colons.

Works on the two writings of a text in step: labels are recognised in the plain
one, values are cut from both.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from handlers.reading.labels import (
    Label,
    find_prefix_label,
    find_suffix_label,
    is_plain_label,
    read_label,
    strip_numbering,
)
from handlers.reading.normalise import Text
from handlers.reading.values import Field

_DELIMITERS = ",;。、|\t"
_EDGES = " \t,;。、|"
# How far back from a colon a label may begin.
_REACH = 40
_UNKNOWN_LABEL = re.compile(r"[一-鿿][一-鿿()/]{1,9}")


@dataclass(frozen=True, slots=True)
class Entry:
    """A labelled value. `said` is the label as written, `colon` whether one stood behind it."""

    label: Label
    said: str
    value: Text
    paragraph: int = 0
    colon: bool = True

    @property
    def field(self) -> Field | None:
        """The field that the label stands for; None for one that the ledger has no use for."""
        return self.label.field


@dataclass(frozen=True, slots=True)
class _Cut:
    """A label within a line: where it begins, where its value begins."""

    start: int
    end: int
    label: Label
    said: str
    colon: bool


def read_entries(text: Text) -> list[Entry]:
    """The labelled values of a form, in order; a value may stand on the line after its label."""
    entries: list[Entry] = []
    paragraph, open_value = 0, False
    for line in text.lines():
        if not line.plain.strip():
            paragraph, open_value = paragraph + 1, False
            continue
        found = list(_read_line(line, paragraph))
        if found:
            entries.extend(found)
        elif open_value:
            entries[-1] = replace(entries[-1], value=line.strip(_EDGES))
        open_value = bool(found) and not found[-1].value.plain
    return entries


def _read_line(line: Text, paragraph: int) -> Iterator[Entry]:
    cuts = _find_cuts(line.plain)
    ends = [cut.start for cut in cuts[1:]] + [len(line.plain)]
    for cut, end in zip(cuts, ends, strict=False):  # without labels there is one end and no cut
        value = line.cut(cut.end, max(cut.end, end)).strip(_EDGES)
        yield Entry(cut.label, cut.said, value, paragraph, cut.colon)


def _find_cuts(line: str) -> list[_Cut]:
    """The labels of a line: those before a colon, and those that begin a part without one."""
    cuts = _find_colon_cuts(line)
    known = [(cut.start, cut.end) for cut in cuts if cut.label.field]
    for start, end in _parts(line):
        # Neither the label itself nor the value right behind its colon.
        if not any(low <= start <= high for low, high in known):
            cuts.extend(_read_bare(line, start, end))
    return sorted(cuts, key=lambda cut: cut.start)


def _find_colon_cuts(line: str) -> list[_Cut]:
    cuts: list[_Cut] = []
    previous = 0
    for at in re.finditer("[:=]", line):
        cut = _read_before_colon(line, previous, at.start())
        if cut:
            cuts.append(cut)
            previous = at.end()
    return cuts


def _read_before_colon(line: str, previous: int, colon: int) -> _Cut | None:
    low = max(previous, colon - _REACH)
    begin = max([low, *(line.rfind(mark, low, colon) + 1 for mark in _DELIMITERS)])
    starts = [begin, *(m.end() for m in re.finditer(r"\s+", line[begin:colon]))]
    starts = [begin, *(begin + start for start in starts[1:])]
    # A numbered list may use the very marks that delimit: 1、项目名称
    if re.fullmatch(
        r"\s*\(?[\d一二三四五六七八九十]{1,2}\)?", line[previous : max(previous, begin - 1)]
    ):
        starts.insert(0, previous)
    for loose in (False, True):
        for start in starts:
            label = read_label(line[start:colon], loose)
            if label:
                said = strip_numbering(line[start:colon])
                return _Cut(start, colon + 1, label, said, colon=True)
    return _read_suffix(line, begin, colon) or _read_unknown(line, begin, previous, colon)


def _read_suffix(line: str, begin: int, colon: int) -> _Cut | None:
    suffix = find_suffix_label(line[begin:colon].rstrip())
    if suffix is None:
        return None
    said = line[begin + suffix : colon].rstrip()
    label = read_label(said, loose=False)
    return _Cut(begin + suffix, colon + 1, label, said, colon=True) if label else None


def _read_unknown(line: str, begin: int, previous: int, colon: int) -> _Cut | None:
    # A label nobody knows still ends the value before it; right after another colon it is a value.
    said = strip_numbering(line[begin:colon])
    if (begin > previous or previous == 0) and _UNKNOWN_LABEL.fullmatch(said):
        return _Cut(begin, colon + 1, Label(None), said, colon=True)
    return None


def _parts(line: str) -> Iterator[tuple[int, int]]:
    """The parts of a line between delimiters and colons, each with its start and end."""
    for part in re.finditer(rf"[^{_DELIMITERS}:=]+", line):
        yield part.start(), part.end()


def _read_bare(line: str, start: int, end: int) -> Iterator[_Cut]:
    """Labels without a colon: alone on a line, before a space, or run into their value."""
    words = [(m.start() + start, m[0]) for m in re.finditer(r"\S+", line[start:end])]
    if len(words) == 1 and words[0][1] == line.strip():
        yield from _read_word(*words[0])
    elif len(words) > 1:
        labels = [cut for at, word in words[:-1] for cut in _read_word(at, word)]
        yield from labels
        if labels:
            return
    yield from _read_run_in(line, start, end)


def _read_word(at: int, word: str) -> Iterator[_Cut]:
    label = read_label(word, loose=False) if is_plain_label(word) else None
    if label:
        yield _Cut(at, at + len(word), label, strip_numbering(word), colon=False)


def _read_run_in(line: str, start: int, end: int) -> Iterator[_Cut]:
    bare = strip_numbering(line[start:end])
    length = find_prefix_label(bare)
    if length and length < len(bare):
        begin = line.find(bare[:length], start)
        label = read_label(bare[:length], loose=False)
        if label and begin >= 0:
            yield _Cut(begin, begin + length, label, bare[:length], colon=False)
