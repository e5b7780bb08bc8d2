"""One writing for what people type in many: widths, traditional characters, invisible ones.

A text is kept twice, character by character in step: `plain` for recognising
(half width throughout) and `shown` for values that are stored as written
(their punctuation untouched). A span found in one is cut from the other.
"""

import unicodedata
from dataclasses import dataclass
from functools import cache

import opencc

# Left behind by copying: they carry no meaning and are dropped everywhere.
_ZERO_WIDTH = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad\u180e\ufe0e\ufe0f"))
# Address books and browsers wrap numbers in these; harmless at the edges of a value.
WRAPPING = "\u200e\u200f\u202a\u202c\u202d\u2066\u2068\u2069"
# These turn the order of what follows around, and can make a name look like another.
_OVERRIDING = "\u202b\u202e\u2067"
_LINE_ENDS = dict.fromkeys(map(ord, "\v\f\x1c\x1d\x1e\x85\u2028\u2029"), "\n")
# Look-alikes that NFKC does not bring together.
_LOOK_ALIKES = str.maketrans("∶꞉−–—―‐‑〜〔〕〖〗", "::------~[][]")
# Quotation marks that may begin and end what they enclose.
_OPENING = frozenset("\"'“‘„‟〝「『《〈”’")
_CLOSING = frozenset("\"'”’〞」』》〉“‘")
# Quotation marks of every kind; those of width fold into these in the plain writing.
QUOTES = "\"'“”‘’„‟〝〞「」『』《》〈〉"
_GAPS = str.maketrans({"\xa0": " ", "\u3000": " ", "\u2002": " ", "\u2003": " "})


@dataclass(frozen=True, slots=True)
class Text:
    """The two writings of a text; `len(plain) == len(shown)`."""

    plain: str
    shown: str

    def cut(self, start: int, end: int) -> "Text":
        """The part from `start` to `end` of both writings."""
        return Text(self.plain[start:end], self.shown[start:end])

    def strip(self, characters: str) -> "Text":
        """Without any of `characters` (of the plain writing) at both ends."""
        start = len(self.plain) - len(self.plain.lstrip(characters))
        end = len(self.plain.rstrip(characters))
        return self.cut(start, max(start, end))

    def unquoted(self) -> "Text":
        """Without quotation marks around it, or one whose partner was cut off."""
        text = self.strip(" \t" + WRAPPING)
        first, last = text.plain[:1] in _OPENING, text.plain[-1:] in _CLOSING
        inner = text.cut(first, len(text.plain) - last)
        if text.plain[:1] and (first or last) and not set(inner.plain) & set(QUOTES):
            return inner.strip(" \t" + WRAPPING)
        return text

    def lines(self) -> list["Text"]:
        """Its lines, without their ends."""
        found, start = [], 0
        for line in self.plain.split("\n"):
            found.append(self.cut(start, start + len(line)))
            start += len(line) + 1
        return found


@cache
def _fold(character: str) -> str:
    folded = unicodedata.normalize("NFKC", character)
    return folded if len(folded) == 1 else character


def is_circled(character: str) -> bool:
    """Whether it is a circled number: a figure when read, and a list's mark where it is shown."""
    return "①" <= character <= "⑳"


@cache
def _fold_letter(character: str) -> str:
    if is_circled(character):
        return character
    folded = _fold(character)
    return folded if folded.isalnum() or folded == " " else character


@cache
def _converter() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")


def _is_simplified(character: str) -> bool:
    # The simplified standard set; 乾 and 著 are in it, though a converter would change them.
    try:
        character.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def simplify(text: str) -> str:
    """Traditional characters to simplified ones, length kept; a simplified text stays untouched."""
    if not any("\u4e00" <= c <= "\u9fff" and not _is_simplified(c) for c in text):
        return text
    converted = str(_converter().convert(text))
    if len(converted) == len(text):
        return converted
    single = (str(_converter().convert(character)) for character in text)
    return "".join(new if len(new) == 1 else old for old, new in zip(text, single, strict=True))


def normalise(text: str) -> Text:
    """The text in the two writings; control and overriding characters are kept, to be reported."""
    text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    text = text.replace("\r\n", "\n").replace("\r", "\n").translate(_LINE_ENDS)
    text = simplify(text.translate(_ZERO_WIDTH).translate(_GAPS))
    plain = "".join(map(_fold, text)).translate(_LOOK_ALIKES)
    return Text(plain, "".join(map(_fold_letter, text)))


def is_forbidden(character: str) -> bool:
    """Whether it is a control or overriding character that no value may contain."""
    if character in "\t\n":
        return False
    return unicodedata.category(character) in ("Cc", "Co", "Cs") or character in _OVERRIDING


def has_forbidden(text: str) -> bool:
    """Whether any character of the text is a control or overriding one."""
    return any(map(is_forbidden, text))
