"""Words as they were meant: 愈期 is 逾期, 生太环境局 is 生态环境局, 必阳县 is 泌阳县.

Keyboards by sound give characters that sound alike, and hurried hands leave one out or
change two round. Only what is then certain is put right: words of the field in questions,
long enough or written in a way that is no word itself. Projects are found with such slips
by their own index, and are left alone.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path

from handlers.reading.language.sounds import fold, list_folds
from handlers.reading.naming.names import Named, Names

_WORDS = tomllib.loads((Path(__file__).parent / "misspellings.toml").read_text(encoding="utf-8"))
_SHORT = {wrong: right for right, wrongs in _WORDS["short"].items() for wrong in wrongs}
# So long a word has to be to be known by its sound, and so long to miss a character.
_BY_SOUND, _BY_REST = 3, 5
_OWN_WORDS = frozenset("谁哪几啥何什多吗呢是有无没不的了和与在到个件")
# Keyboards offer 预期 for 逾期 first; this is where nobody speaks of what is expected.
_FORESEEN = re.compile(
    r"(?<![按达到符合超过比如与])预期(?=(?:的|了|未|没)?(?:的?任务|的?事项|的?件|[几多]少?|有|是哪|办|完|交|结|没|吗|\W*$))"
)

_Known = tuple[tuple[Named, ...], ...]


def correct(text: str, names: Names) -> str:
    """The plain text with the misspelt names and words of questions put right."""
    text = _FORESEEN.sub("逾期", text)
    known = _list_writings((names.departments, names.counties, names.items))
    kept = [(found.start, found.end) for found in names.find_projects(text)]
    folded = fold(text)
    parts: list[str] = []
    at = done = 0
    while at < len(text):
        end = next((end for start, end in kept if start <= at < end), None)
        found = None if end else known.find(text, folded, at)
        if found:
            length, right = found
            parts += [text[done:at], right]
            done = at = at + length
        else:
            at = end or at + 1
    return "".join([*parts, text[done:]])


class _Writings:
    """Which word each of its writings means, whole and by its sound."""

    def __init__(self, words: Iterable[str]) -> None:
        self._whole = frozenset(words)
        self._right = {word for word in self._whole if len(word) >= _BY_SOUND}
        self._by_sound: dict[tuple[str, ...], str] = {}
        doubtful: set[tuple[str, ...]] = set()
        for word in sorted(self._right):
            for writing in _list_slips(word):
                self._add(fold(writing), word, doubtful)
        whole = {sounds: word for word in self._right for sounds in list_folds(word)}
        self._by_sound |= whole
        for sounds in doubtful - whole.keys():
            del self._by_sound[sounds]
        self._lengths = sorted({len(writing) for writing in self._by_sound}, reverse=True)

    def _add(self, writing: tuple[str, ...], word: str, doubtful: set[tuple[str, ...]]) -> None:
        # What may be two words, or is another with something before it, is neither.
        other = self._by_sound.setdefault(writing, word)
        if other != word:
            doubtful.add(writing)

    def find(self, text: str, folded: tuple[str, ...], at: int) -> tuple[int, str] | None:
        """How long the word at a place is as written there, and how it is rightly written."""
        for length in self._lengths:
            right = self._by_sound.get(folded[at : at + length])
            if right is None or at + length > len(text):
                continue
            said = text[at : at + length]
            if said in self._right:
                return length, said
            # 是自规局 says 自规局 rightly; it is no 市自规局 with a slip.
            if self._whole.isdisjoint((said[1:], said[:-1])) and not _asks(said, right):
                return length, right
        short = _SHORT.get(text[at : at + 2])
        return (2, short) if short else None


def _asks(said: str, right: str) -> bool:
    """Whether what would be put right says something itself: 排水谁审核 is not 排水水审核."""
    return not _OWN_WORDS.isdisjoint(set(said) - set(right))


@lru_cache(maxsize=8)
def _list_writings(known: _Known) -> _Writings:
    names = (word for kind in known for each in kind for word in (each.name, *each.aliases))
    return _Writings([*names, *_WORDS["long"]["words"]])


def _list_slips(word: str) -> Iterator[str]:
    """A long word with one character left out, or two changed round; both ends stay."""
    if len(word) < _BY_REST:
        return
    for at in range(1, len(word) - 1):
        yield word[:at] + word[at + 1 :]
    for at in range(len(word) - 1):
        yield word[:at] + word[at + 1] + word[at] + word[at + 2 :]
