"""The labels of a registration form, with the synonyms that officials use for them.

The lexicon is written as a grammar (labels.toml) and unfolded once. A label may
carry numbering before it, a unit or a remark in brackets, and one slip of the
hand, which is corrected against the known labels only.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import product
from pathlib import Path

from handlers.reading.forms.amounts import Unit, read_unit
from handlers.reading.language.normalise import QUOTES
from handlers.reading.language.similar import Spellings, list_near
from handlers.reading.values import Field

_WORDS = tomllib.loads((Path(__file__).parent / "labels.toml").read_text(encoding="utf-8"))


def _unfold(patterns: Iterable[str]) -> Iterator[str]:
    """The labels that the patterns of the grammar stand for: 签约(日期|时间|) gives three."""
    for pattern in patterns:
        slots = re.findall(r"\(([^()]*)\)|([^()]+)", pattern)
        choices = [[literal] if literal else options.split("|") for options, literal in slots]
        yield from filter(None, map("".join, product(*choices)))


_UNITS = frozenset(_WORDS["known"]["units"])
_KNOWN: dict[str, Field | None] = {
    **dict.fromkeys(_unfold(_WORDS["known"]["others"])),
    **dict.fromkeys(_UNITS),
    **{label: Field(key) for key, all_ in _WORDS["fields"].items() for label in _unfold(all_)},
}
# Questions in the place of labels; 谁负责 may ask for two things, and is left out.
_ASKED: dict[str, Field] = {
    label: Field(key) for key, all_ in _WORDS["questions"].items() for label in _unfold(all_)
}
_WEAK = (
    frozenset(_WORDS["known"]["weak"])
    | {label for label in _KNOWN if len(label) < 3}
    | _ASKED.keys() - _KNOWN.keys()
)
_KNOWN = {**_ASKED, **_KNOWN}
LONGEST = max(map(len, _KNOWN))
_BY_LENGTH = {length: [k for k in _KNOWN if len(k) == length] for length in range(1, LONGEST + 1)}
# What may be wrong in a label that is plain, and in one that its value confirms.
_ONE_SLIP, _TWO_SLIPS = 1.0, 1.5
# Shorter ones are too near to each other: a slip in them needs a value that fits.
_SAFE_LENGTH = 4
_SHORT = 7
_NUMBERING = re.compile(
    r"^(?:(?:第[一二三四五六七八九十\d]{1,2}|头一|另一|另外一|再一|还有一|末一|最后一)个?[、.:,]?(?:(?=项目名|[工名])|(?:项目|工程)?(?:名?叫做?|是|为)|(?=项))"
    r"|[(\[]?(?:\d{1,2}|[一二三四五六七八九十壹贰叁肆伍]{1,2}|[①-⑳])[)\].、](?!\d)\s*"
    r"|[①-⑳]|\d{1,2}(?![年月日号时点天周个万亿千百余多吨条台家])(?=[一-鿿])|[A-Ha-h][.、)]\s*|[-*•·●○■□◆◇★☆▪▫►▶➢#>_]+\s*)+"
)
_REMARK = re.compile(r"[(\[]([^()\[\]]{0,12})[)\]]$")
_WITHIN = re.compile(r"([^()]{1,10})\(([^()]{1,10})\)([^()]{1,10})")
_UNIT_BEHIND = re.compile(r"^(.{2,12}?)(?:/|单位:?)?((?:万|亿|万亿)(?:元|[美欧港日]元|人民币))$")
# 项目1:某某生产线
_COUNTED = re.compile(r"(?:项目|专案)(?:[\d①-⑳]{1,2}|[一二三四五六七八九十]{1,2})")
_BESIDE = re.compile("[/、及和与]|以及")
_REPEATED = re.compile(r"(.{2,4})\1")
_MARKS = " \t★*☆\"'_`~【】[]<>《》「」“”"


@dataclass(frozen=True, slots=True)
class Label:
    """A recognised label; `field` is None for one that the ledger has no use for.

    `corrected` is the known label that a misspelt one was taken for, `doubtful`
    that only a fitting value makes it one; `unit` what it says about figures.
    """

    field: Field | None
    corrected: str | None = None
    unit: Unit | None = None
    doubtful: bool = False


def strip_numbering(text: str) -> str:
    """Without "1." "(二)" "•" and the like in front."""
    return _NUMBERING.sub("", text.strip(_MARKS)).strip(_MARKS)


def find_begin(text: str) -> int:
    """Where a text begins behind its numbering; a quotation mark belongs to what it encloses."""
    bare = strip_numbering(text)
    start = text.find(bare) if bare else 0
    while start > 0 and text[start - 1] in QUOTES:
        start -= 1
    return start


def read_label(text: str, loose: bool = True) -> Label | None:
    """The label that the whole plain text is, or None. `loose` allows one slip of the hand."""
    if len(text) > 40:
        return None
    text = _compact(text)
    if text in _KNOWN:
        return Label(_KNOWN[text])
    if _COUNTED.fullmatch(text):
        return Label(Field.NAME)
    unit = None
    remark = _REMARK.search(text)
    if remark and remark.start():
        unit, text = read_unit(remark[1]), text[: remark.start()]
    behind = _UNIT_BEHIND.match(text)
    if behind and behind[1] in _KNOWN:
        unit, text = read_unit(behind[2]), behind[1]
    text = _REPEATED.sub(r"\1", text) if text not in _KNOWN else text
    if text in _KNOWN:
        return Label(_KNOWN[text], unit=unit)
    corrected = _correct(text) if loose else None
    if corrected is None:
        return _read_several(text)
    doubtful = len(corrected) < _SAFE_LENGTH
    return Label(_KNOWN[corrected], corrected, unit, doubtful)


def _read_bracket_within(text: str) -> Label | None:
    """A label with a bracket in it that says it in other words: 承办(责任)单位."""
    found = _WITHIN.fullmatch(text)
    if found is None:
        return None
    before, inside, behind = found.groups()
    fields = (
        _KNOWN.get(said) for said in (before + inside + behind, before + behind, inside + behind)
    )
    field = next(filter(None, fields), None)
    return Label(field) if field else None


def _read_several(text: str) -> Label | None:
    """The first of several labels in one: 业主单位/联系人/电话, 承办(责任)单位."""
    within = _read_bracket_within(text)
    if within:
        return within
    parts = [part for part in _BESIDE.split(text) if part]
    fields = [_KNOWN.get(part) for part in parts]
    return Label(fields[0]) if len(parts) > 1 and all(fields) else None


def read_remark_label(text: str) -> Label | None:
    """The label that stands in brackets behind a word that is none: 签约地(落地县区)."""
    remark = _REMARK.search(_compact(text))
    field = _KNOWN.get(remark[1]) if remark and 0 < remark.start() < _SHORT else None
    return Label(field) if field else None


def is_unit_label(text: str) -> bool:
    """Whether a text is the heading of a column that gives the unit of each row's amount."""
    return _compact(text) in _UNITS


def _compact(text: str) -> str:
    return re.sub(r"\s", "", strip_numbering(text)).strip(_MARKS).upper()


def is_weak(text: str) -> bool:
    """Whether a known label is too common to be one by itself."""
    return _compact(text) in _WEAK


def find_suffix_label(text: str, weak: bool = False) -> int | None:
    """Where a known label begins that ends the text (…公司签约日期), or None.

    `weak`: those that are common words count as well.
    """
    for start in range(max(0, len(text) - LONGEST), len(text) - 1):
        known = text[start:]
        if known in _KNOWN and (weak or known not in _WEAK):
            return start
    return None


def find_prefix_label(text: str) -> int | None:
    """Where a known label ends that begins the text (总投资5.2亿元), or None."""
    for end in range(min(LONGEST, len(text)), 1, -1):
        if text[:end] in _KNOWN:
            return end
    return None


@lru_cache(maxsize=4096)
def _correct(text: str) -> str | None:
    """The one known label of a field that is nearest, at most one slip away."""
    near = _list_near(text, _ONE_SLIP)
    safe = [each for each in near if len(each[1]) >= _SAFE_LENGTH]
    same = [each for each in near if len(each[1]) == len(text)]
    for group in (safe, same):  # 县 is not 县区 with a character missing
        nearest = [known for cost, known in group if cost == group[0][0]]
        fields = {_KNOWN[known] for known in nearest}
        if fields:
            return nearest[0] if len(fields) == 1 and None not in fields else None
    return None


@lru_cache(maxsize=4096)
def list_similar(text: str) -> tuple[Label, ...]:
    """The labels that a misspelt one may stand for, the likeliest first: the value must fit."""
    text = _REMARK.sub("", _compact(text)) if len(text) <= LONGEST + 8 else ""
    found: dict[Field, Label] = {}
    for known in _spellings().list(text):
        field = _KNOWN[known]
        if field:
            found.setdefault(field, Label(field, known, doubtful=True))
    for cost, known in _list_near(text, _TWO_SLIPS):
        field = _KNOWN[known]
        if field is None and cost <= _ONE_SLIP:
            break
        if field:
            found.setdefault(field, Label(field, known, doubtful=True))
    return tuple(found.values())


def _list_near(text: str, most: float) -> list[tuple[float, str]]:
    if not 2 <= len(text) <= LONGEST:
        return []
    lengths = range(len(text) - 2, len(text) + 3)
    known = [word for length in lengths for word in _BY_LENGTH.get(length, ())]
    # Of those that are as near, one that the ledger has no use for comes first.
    return sorted(list_near(text, known, most), key=lambda each: (each[0], bool(_KNOWN[each[1]])))


@cache
def _spellings() -> Spellings:
    return Spellings(word for word, field in _KNOWN.items() if field)
