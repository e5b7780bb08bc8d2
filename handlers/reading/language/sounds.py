"""Words by their sound: who types by sound mistypes by sound, 愈期 for 逾期, 恢付 for 恢复.

Only what is then certain is put right: characters that jieba takes for no word of their own
and that sound like a word of this field. 手里 sounds like 受理 and is a word itself.
"""

import tomllib
from collections.abc import Iterator
from functools import cache
from itertools import product
from pathlib import Path

from handlers.reading.language import words

_TERMS: list[str] = tomllib.loads(
    (Path(__file__).parent / "sounds.toml").read_text(encoding="utf-8")
)["terms"]
# A longer term is known by its sound though part of it is a word: 开功率.
_LONG = 2
# Short words that stand beside others as they are meant.
_MEANT = frozenset("已以一不没未也都还再又就要齐完全好了过着的他她它")
# What many speakers do not tell apart, and keyboards offer for each other.
_ALIKE = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("ing", "in"), ("eng", "en"), ("lv", "lu"))


@cache
def sounds_of(character: str) -> tuple[str, ...]:
    """How a character may sound, tones and what is often confused left aside; itself if none."""
    from pypinyin import Style, pinyin

    found = pinyin(character, style=Style.NORMAL, heteronym=True)[0]
    return tuple(dict.fromkeys(map(simplify, found)))


def simplify(sound: str) -> str:
    """A sound without what many do not tell apart."""
    for one, other in _ALIKE:
        sound = sound.replace(one, other)
    return sound


def fold(text: str) -> tuple[str, ...]:
    """How a text sounds, character by character."""
    return tuple(sounds_of(character)[0] for character in text)


def list_folds(word: str) -> Iterator[tuple[str, ...]]:
    """All the ways in which a word may sound: 泌阳 is biyang, though 泌 is mi elsewhere."""
    return product(*map(sounds_of, word))


@cache
def _terms() -> dict[tuple[str, ...], str]:
    """The terms by their sound; where two sound alike, neither."""
    found: dict[tuple[str, ...], str] = {}
    for term in _TERMS:
        for key in list_folds(term):
            found[key] = term if found.get(key, term) == term else ""
    return {key: term for key, term in found.items() if term}


@cache
def _lengths() -> tuple[int, ...]:
    return tuple(sorted({len(term) for term in _TERMS}, reverse=True))


def load() -> None:
    """Reads the terms and the dictionary, which takes a second; else the first text waits."""
    words.load()
    _terms()


def mend(plain: str) -> str:
    """The plain text with its mistyped terms put right; its length stays."""
    alone = _list_alone(plain)
    at = 0
    while at < len(plain):
        term = _find_term(plain, at, alone)
        if term:
            plain = plain[:at] + term + plain[at + len(term) :]
        at += len(term) or 1
    return plain


def _list_alone(plain: str) -> list[bool]:
    """For each character whether it is a word by itself, so that it may be a wrong one."""
    alone: list[bool] = []
    for word in words.cut(plain):
        alone += [len(word) == 1 and "\u4e00" <= word <= "\u9fff"] * len(word)
    return alone


def _find_term(plain: str, at: int, alone: list[bool]) -> str:
    for length in _lengths():
        said = plain[at : at + length]
        term = _terms().get(fold(said), "")
        if term and _is_slip(said, term) and (length > _LONG or all(alone[at : at + length])):
            return term
    return ""


def _is_slip(said: str, term: str) -> bool:
    """Whether some characters are right, and the wrong ones say nothing themselves (已交)."""
    wrong = [one for one, other in zip(said, term, strict=True) if one != other]
    if not 0 < len(wrong) < len(term) or not _MEANT.isdisjoint(wrong):
        return False
    return not words.is_word(said)
