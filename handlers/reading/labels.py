"""The labels of a registration form, with the synonyms that officials use for them.

A label may carry numbering before it, a unit or a remark in brackets, and one
slip of the hand, which is corrected against the known labels only.
"""

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from handlers.reading.amounts import Unit, read_unit
from handlers.reading.values import Field

_WORDS = tomllib.loads((Path(__file__).parent / "labels.toml").read_text(encoding="utf-8"))
_ONLY_WITH_COLON = frozenset(_WORDS["known"]["only_with_colon"])
_KNOWN: dict[str, Field | None] = {
    **dict.fromkeys(_WORDS["known"]["others"]),
    **{label: Field(key) for key, labels in _WORDS["fields"].items() for label in labels},
}
LONGEST = 14
_NUMBERING = re.compile(
    r"^(?:[(\[]?(?:\d{1,2}|[一二三四五六七八九十]{1,2})[)\].、]\s*|\d{1,2}(?=[一-鿿])|[-*•·🔴○■□◆◇★☆▪#>]+\s*)+"
)
_REMARK = re.compile(r"[(\[]([^()\[\]]{0,12})[)\]]$")
_MARKS = " \t*★\"'_`"


@dataclass(frozen=True, slots=True)
class Label:
    """A recognised label; `field` is None for one that the ledger has no use for.

    `corrected` is the known label that a misspelt one was taken for; `unit` what
    it says about figures.
    """

    field: Field | None
    corrected: str | None = None
    unit: Unit | None = None


def strip_numbering(text: str) -> str:
    """Without "1." "(二)" "•" and the like in front."""
    return _NUMBERING.sub("", text.strip(_MARKS)).strip(_MARKS)


def read_label(text: str, loose: bool = True) -> Label | None:
    """The label that the whole plain text is, or None. `loose` allows one slip of the hand."""
    if len(text) > 40:
        return None
    text = re.sub(r"\s", "", strip_numbering(text)).strip(_MARKS).upper()
    if text in _KNOWN:
        return Label(_KNOWN[text])
    unit = None
    remark = _REMARK.search(text)
    if remark:
        unit, text = read_unit(remark[1]), text[: remark.start()]
    if text in _KNOWN:
        return Label(_KNOWN[text], unit=unit)
    corrected = _correct(text) if loose else None
    return Label(_KNOWN[corrected], corrected, unit) if corrected else None


def is_plain_label(text: str) -> bool:
    """Whether a word is a known label that needs no colon to be taken for one."""
    known = re.sub(r"\s", "", strip_numbering(text)).upper()
    return known in _KNOWN and (known not in _ONLY_WITH_COLON or known == "县区")


def find_suffix_label(text: str) -> int | None:
    """Where a known label begins that ends the text (…公司签约日期), or None."""
    for start in range(max(0, len(text) - LONGEST), len(text) - 1):
        known = text[start:]
        if known in _KNOWN and known not in _ONLY_WITH_COLON:
            return start
    return None


def find_prefix_label(text: str) -> int | None:
    """Where a known label ends that begins the text (总投资5.2亿元), or None."""
    for end in range(min(LONGEST, len(text)), 2, -1):
        if text[:end] in _KNOWN and text[:end] not in _ONLY_WITH_COLON:
            return end
    return None


@lru_cache(maxsize=4096)
def _correct(text: str) -> str | None:
    """The one known label of a field at most one slip away from a text of four or more."""
    if len(text) < 4 or len(text) > LONGEST:
        return None
    near = [label for label in _KNOWN if len(label) > 3 and _is_one_slip(text, label)]
    if not near or len({_KNOWN[label] for label in near}) > 1 or _KNOWN[near[0]] is None:
        return None
    return near[0]


def _is_one_slip(said: str, known: str) -> bool:
    """Whether one character is wrong, missing or too many, or two neighbours are swapped."""
    if abs(len(said) - len(known)) > 1:
        return False
    start = next((i for i, (a, b) in enumerate(zip(said, known, strict=False)) if a != b), None)
    if start is None:
        return True
    rest, wanted = said[start:], known[start:]
    return (
        rest[1:] == wanted[1:]
        or rest == wanted[1:]
        or rest[1:] == wanted
        or (rest[:2] == wanted[1::-1] and rest[2:] == wanted[2:])
    )
