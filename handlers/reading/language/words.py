"""Where words end in a Chinese sentence: jieba, with the ledger's own names as its dictionary.

能评 is an approval item, but not in 怎样才能评上先进: jieba cuts that 怎样/才能/评上, and a
name of two characters that begins or ends within a word is none.
"""

import logging
import warnings
from collections.abc import Iterable
from functools import cache, lru_cache
from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jieba import Tokenizer

# A name that is longer does not come about by chance across the words of a sentence.
LONGEST_CHECKED = 2


def load() -> "Tokenizer":
    """The segmenter, its dictionary loaded (a second, once). One for all: names are names."""
    with _loading:
        return _loaded()


def read_dictionary() -> "Tokenizer":
    """A segmenter with jieba's dictionary.

    Its own way of loading keeps a copy in the machine's folder for temporary files, where
    anybody could put another; so the dictionary is read anew each time, which takes as long.
    """
    with warnings.catch_warnings():
        # Its last release is older than what Python says of "\\." in plain strings, which is
        # said whenever the module is compiled: a DeprecationWarning at first, a SyntaxWarning
        # from 3.12 on. What its own code does later is not covered.
        warnings.simplefilter("ignore")
        import jieba

    jieba.setLogLevel(logging.ERROR)
    tokenizer = jieba.Tokenizer()
    tokenizer.FREQ, tokenizer.total = tokenizer.gen_pfdict(tokenizer.get_dict_file())
    tokenizer.initialized = True
    return tokenizer


_loading = Lock()
_loaded = cache(read_dictionary)


def teach(words: Iterable[str]) -> None:
    """Adds names to the dictionary: they are kept in one piece where they may stand."""
    tokenizer = load()
    for word in words:
        tokenizer.add_word(word)
    cut.cache_clear()
    find_ends.cache_clear()


def is_word(text: str) -> bool:
    """Whether the dictionary has it as a word."""
    return bool(load().FREQ.get(text))


@lru_cache(maxsize=64)
def cut(text: str) -> tuple[str, ...]:
    """The words of a text, in order; nothing is left out."""
    return tuple(load().cut(text, HMM=False))


@lru_cache(maxsize=64)
def find_ends(text: str) -> frozenset[int]:
    """The places of a text between two words, its beginning and its end included."""
    ends, at = {0}, 0
    for word in cut(text):
        at += len(word)
        ends.add(at)
    return frozenset(ends)


def stands_alone(text: str, start: int, end: int) -> bool:
    """Whether `text[start:end]` may be a name there: short ones do not cut words apart."""
    if end - start > LONGEST_CHECKED:
        return True
    ends = find_ends(text)
    return start in ends and end in ends
