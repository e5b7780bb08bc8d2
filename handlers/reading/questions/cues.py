"""What a question's words say, and how many of them say nothing to the ledger.

Cues are regular expressions on a question's skeleton, in which names stand as letters
(`mentions.py`); `questions.toml` holds them.
"""

import re
import tomllib
from dataclasses import replace
from pathlib import Path

from handlers.reading.questions.mentions import Named

_WORDS = tomllib.loads((Path(__file__).parent / "questions.toml").read_text(encoding="utf-8"))
_CUES = {name: re.compile("|".join(cues)) for name, cues in _WORDS["cues"].items()}
_KNOWN = re.compile(
    "|".join(
        sorted(
            {re.escape(word) for words in _WORDS["known"].values() for word in words},
            key=len,
            reverse=True,
        )
    )
)
# What asks and wants comes last: 查 is part of other words.
_OF_THE_LEDGER = [cue for cue in _CUES if cue not in ("ask", "want")]
_LETTERS = re.compile("[PDICMTN]")
_NOISE = re.compile(r"[\W\d_]+")
_HAN = re.compile(r"[^\W\d_]+")
_TRADE = re.compile(r"(?<![^\W\d_])[^\W\d_]{2}(?![^\W\d_])")
_IN_MANY_NAMES = frozenset("产工业园区基地项目生线建设化中心新能材料加期")
_NAMED_BEHIND = re.compile(
    r"(?:的|那个|这个|那|这)?(?:项目|手续|审批|审核|[IM县区局委])|的(?!时候)|(?:[那这]个|那边)(?=[,:])"
)
_NAMED_BEFORE = re.compile(r"[PI](?:的|那个|这个)?$")


def has(named: Named, *cues: str) -> bool:
    """Whether a question has all of these cues."""
    return all(_CUES[cue].search(named.skeleton) for cue in cues)


def is_asked(text: str) -> bool:
    """Whether a plain text has a word that asks."""
    return _CUES["ask"].search(text) is not None


def blank_cue(cue: str, text: str, but: str) -> str:
    """The text with blanks for a cue's words, save for one of them."""
    return _CUES[cue].sub(lambda found: found[0] if found[0] == but else " " * len(found[0]), text)


def is_wanted(text: str) -> bool:
    """Whether a plain text has a word that wants something to be said or listed."""
    return _CUES["want"].search(text) is not None


def join_trades(named: Named) -> Named:
    """The question where 启阳汽配 is 启阳新能源汽车零部件: its trade, said in another word.

    Such a word of two characters shares one with the project's name.
    """
    own = set("".join(named.slots.projects)) - _IN_MANY_NAMES
    left = _leave_foreign(named.skeleton)
    for found in _TRADE.finditer(left):
        if named.skeleton[: found.start()].endswith("P") and own & set(found[0]):
            skeleton = named.skeleton[: found.start()] + named.skeleton[found.end() :]
            return replace(named, skeleton=skeleton)
    return named


def count_foreign(skeleton: str) -> int:
    """How many characters of a question are neither names nor cues nor ordinary words."""
    return len(_NOISE.sub("", _leave_foreign(skeleton)))


def _leave_foreign(skeleton: str) -> str:
    """The skeleton with a blank for each letter and all that is understood."""
    rest = _LETTERS.sub(" ", skeleton)
    ordinary = _blank(_KNOWN, rest)
    for cue in (*_OF_THE_LEDGER, "want", "ask"):
        rest = _blank(_CUES[cue], rest)
    rest = _blank(_KNOWN, rest)
    # A word may begin within a cue, as 帮忙 does: it is understood as well.
    pairs = zip(ordinary, rest, strict=True)
    return "".join(one if one == other else " " for one, other in pairs)


def _blank(pattern: re.Pattern[str], text: str) -> str:
    return pattern.sub(lambda found: " " * len(found[0]), text)


def find_unknown_name(skeleton: str) -> str | None:
    """What stands in a question as names do and is none: 银河 in 银河的I还有几天, 酒 in P的酒.

    To answer without it would be to answer another question.
    """
    left = _leave_foreign(skeleton)
    for found in _HAN.finditer(left):
        named_behind = len(found[0]) > 1 and _NAMED_BEHIND.match(skeleton, found.end())
        if named_behind or _NAMED_BEFORE.search(skeleton[: found.start()]):
            return skeleton[found.start() : found.end()]
    return None
