"""The writing of a form, whatever it was pasted from, made one: markdown, emoji, boxes, Excel.

Every step keeps the length, so that what is found in the plain writing can be
cut from the other. Decoration becomes a gap, and what serves as a colon or as
an end of a value becomes one.
"""

import re
from collections.abc import Iterator

from handlers.reading.forms.labels import find_prefix_label, is_weak, read_label
from handlers.reading.language.normalise import Text, is_circled
from handlers.reading.values import Field

ARROW = "→"

# Fields whose short labels in brackets are labels all the same: (电话:137…).
_NEVER_IN_VALUES = frozenset({Field.PHONE, Field.CONTACT, Field.SIGNED_ON, Field.OWNER})

# A cell that Excel put into quotation marks because there is a line's end in it.
_EXCEL_CELL = re.compile(r'(?<![^\t\n])"[^"\t]{0,60}\n[^"\t]{0,60}"(?![^\t\n])')
# A figure that a comma-separated file put into quotation marks: "12,000".
_QUOTED_FIGURE = re.compile(r'"\d{1,3}(?:,\d{3}){1,5}(?:\.\d{1,6})?"')
_MARKDOWN = re.compile(r"\*\*|`+|(?<![^\n])[ \t>#]{0,12}[>#]")
_BRACKETED = re.compile(r"[【\[]([^【】\[\]\n:]{2,12})[】\]]")
# (签约日期:2026-10-13;县区:正阳县): the first label in brackets.
_LABEL_IN_BRACKETS = re.compile(r"\(\s{0,2}([^():,;。\n]{2,16})(:)?")
# (项目名称)某某厂, at the head of its line.
_LABEL_AT_HEAD = re.compile(
    r"(?<![^\n])[ \t]{0,8}(?:\d{1,2}[.、)]?)?\(([^():\n]{2,12})\)(?=[^\n:\t|])"
)
_BRACKET = re.compile(r"\(([^():\n]{2,12})\)(?=[^\n:])")
# 都是遂平县的,第一个叫某某厂,1亿元;第二个叫…: an item each.
_ITEM = re.compile(
    r"[,;。:](?=\s?(?:第[一二三四五六七八九十]|头一|另外?一|再一)个(?:项目|工程|名|叫|是))"
)
# 项目名称......某某厂
_LEADER = re.compile(r"(?<![^\n])([^\n:.…·]{2,16}?)\s{0,4}(…{1,12}|[.·]{3,24})(?=[^\n])")
# {"项目名称": "某某厂"}
_JSON_KEY = re.compile(r'[{,]\s{0,40}"[^"\n:]{2,16}"\s{0,4}:')
_JSON_ENDS = re.compile(r"\[(?=\s{0,40}\{)|(?<=\})\s{0,40}\]|[{}]")
_LONGEST_BRACKET = 400
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
    _read_pasted(written, text.plain)
    _read_marked_labels(written, text.plain)
    for start, end in _list_brackets_of_fields(text.plain):
        written.put(start, ";")
        written.put(end, ";")
    return Text("".join(written.plain), "".join(written.shown))


def _read_pasted(written: "_Writing", plain: str) -> None:
    """What spreadsheets, programs and markdown leave in a copied text, and items in a sentence."""
    for found in _EXCEL_CELL.finditer(plain):
        written.put(found.start(), re.sub('["\n]', " ", found[0]), keep=True)
    for found in _QUOTED_FIGURE.finditer(plain):
        written.put(found.start(), re.sub('[",]', " ", found[0]), keep=True)
    for found in _MARKDOWN.finditer(plain):
        written.put(found.start(), " " * len(found[0]))
    items = list(_ITEM.finditer(plain))
    for found in items if len(items) > 1 else ():
        written.put(found.start(), "\n")
    if _JSON_KEY.search(plain):
        for found in _JSON_ENDS.finditer(plain):
            written.put(found.start(), ";".ljust(len(found[0])))


def _read_marked_labels(written: "_Writing", plain: str) -> None:
    """Labels that brackets or a line of dots set apart from their values."""
    for found in _BRACKETED.finditer(plain):
        if _is_label(found[1]):
            written.put(found.start(), ";")
            written.put(found.end() - 1, ":")
    for found in _LABEL_AT_HEAD.finditer(plain):
        label = read_label(found[1])
        if label and label.field:
            written.put(found.start(1) - 1, " ")
            written.put(found.end(1), ":")
            _read_labels_behind(written, plain, found.end())
    for found in _LEADER.finditer(plain):
        if read_label(found[1]):
            written.put(found.start(2), ":".ljust(len(found[2])))


class _Writing:
    """Both writings of a text, to be overwritten in step."""

    def __init__(self, text: Text) -> None:
        self.plain, self.shown = list(text.plain), list(text.shown)

    def put(self, start: int, signs: str, keep: bool = False) -> None:
        """Writes `signs` from `start` on; with `keep` only the gaps among them."""
        for at, sign in enumerate(signs, start):
            if not keep or sign == " ":
                self.plain[at] = self.shown[at] = sign


def _read_labels_behind(written: "_Writing", plain: str, start: int) -> None:
    """Where the first label of a line is in brackets, the others are: (县区)西平县(总投资)…"""
    end = plain.find("\n", start)
    for found in _BRACKET.finditer(plain, start, end if end > 0 else len(plain)):
        label = read_label(found[1], loose=False)
        if label and label.field:
            written.put(found.start(), ";")
            written.put(found.end() - 1, ":")


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


def _list_brackets_of_fields(plain: str) -> Iterator[tuple[int, int]]:
    """Where brackets hold fields of the form: the places of the opening and the closing one."""
    for found in _LABEL_IN_BRACKETS.finditer(plain):
        if not _begins_with_label(found[1], found[2] is not None):
            continue
        end = _find_closing(plain, found.end())
        if end and plain[end + 1 : end + 2] != ":":
            yield found.start(), end


def _begins_with_label(text: str, colon: bool) -> bool:
    if colon:
        label = read_label(text)
        return _is_label(text) or (label is not None and label.field in _NEVER_IN_VALUES)
    length = find_prefix_label(text)
    if not length or text[length : length + 1] in ("", *"/、|及和与"):
        return False  # (项目名称/县区/总投资) heads a table
    return _is_label(text[:length])


def _find_closing(plain: str, start: int) -> int | None:
    """The bracket that closes the one before `start`; None if there is none near."""
    depth = 1
    for at in range(start, min(len(plain), start + _LONGEST_BRACKET)):
        depth += (plain[at] == "(") - (plain[at] == ")")
        if depth == 0:
            return at
    return None
