"""The writing of a form, whatever it was pasted from, made one: markdown, emoji, boxes, Excel.

Every step keeps the length, so that what is found in the plain writing can be
cut from the other. Decoration becomes a gap, and what serves as a colon or as
an end of a value becomes one.
"""

import re

from handlers.reading.labels import is_weak, read_label
from handlers.reading.normalise import Text, is_circled

ARROW = "→"

# A cell that Excel put into quotation marks because there is a line's end in it.
_EXCEL_CELL = re.compile(r'(?<![^\t\n])"[^"\t]{0,60}\n[^"\t]{0,60}"(?![^\t\n])')
# A figure that a comma-separated file put into quotation marks: "12,000".
_QUOTED_FIGURE = re.compile(r'"\d{1,3}(?:,\d{3}){1,5}(?:\.\d{1,6})?"')
_MARKDOWN = re.compile(r"\*\*|`+|(?<![^\n])[ \t>#]{0,12}[>#]")
_BRACKETED = re.compile(r"[【\[]([^【】\[\]\n:]{2,12})[】\]]")
_IN_BRACKETS = re.compile(r"\(([^():\n]{3,12}):[^():\n]{1,60}\)")
_KEYCAP = "\u20e3"
_ARROWS = "➔➜➝➞➡⇒⟶▶►"
# Symbols, dingbats and pictures; ㎡ and ™ lie outside.
_PICTURES = re.compile("[\u2190\u2191\u2193-\u21ff\u25a0-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff]")
_BOX_UPRIGHT = "│┃║"
_BOX = re.compile("[\u2500-\u257f]")


def read_layout(text: Text) -> Text:
    """The text without decoration, in the same two writings and of the same length."""
    written = _Writing(text)
    for at, character in enumerate(text.shown):
        written.put(at, character if is_circled(character) else _read_sign(text.plain[at]))
    for found in _EXCEL_CELL.finditer(text.plain):
        written.put(found.start(), re.sub('["\n]', " ", found[0]), keep=True)
    for found in _QUOTED_FIGURE.finditer(text.plain):
        written.put(found.start(), re.sub('[",]', " ", found[0]), keep=True)
    for found in _MARKDOWN.finditer(text.plain):
        written.put(found.start(), " " * len(found[0]))
    for pattern, behind in ((_BRACKETED, ":"), (_IN_BRACKETS, ";")):
        for found in pattern.finditer(text.plain):
            if _is_label(found[1]):
                written.put(found.start(), ";")
                written.put(found.end() - 1, behind)
    return Text("".join(written.plain), "".join(written.shown))


class _Writing:
    """Both writings of a text, to be overwritten in step."""

    def __init__(self, text: Text) -> None:
        self.plain, self.shown = list(text.plain), list(text.shown)

    def put(self, start: int, signs: str, keep: bool = False) -> None:
        """Writes `signs` from `start` on; with `keep` only the gaps among them."""
        for at, sign in enumerate(signs, start):
            if not keep or sign == " ":
                self.plain[at] = self.shown[at] = sign


def _read_sign(character: str) -> str:
    if character.isalnum() or character < "\u20e3":
        return ""
    if character == _KEYCAP:
        return "."
    if character in _ARROWS:
        return ARROW
    if character in _BOX_UPRIGHT:
        return "|"
    if _BOX.match(character):
        return "-"
    return " " if _PICTURES.match(character) else ""


def _is_label(text: str) -> bool:
    label = read_label(text)
    return label is not None and label.field is not None and not is_weak(text)
