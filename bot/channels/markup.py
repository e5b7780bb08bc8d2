"""A post as Telegram's HTML and keyboard, within its limits."""

from collections.abc import Iterator
from html import escape
from itertools import groupby

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from handlers.texts.post import Line, Post, Style

LONGEST = 4096  # UTF-16 units of a text, after entities
ROOM = LONGEST - 2  # for the ellipsis
FOLD = 3  # details beyond so many lines are folded away
MORE = "…"

_BOLD = frozenset({Style.TITLE, Style.HEADING})


def to_html(post: Post) -> str:
    """The post's lines as HTML; what does not fit is left out at a line's end, marked by …"""
    parts = []
    for block, lines in groupby(_fitting(post.lines), key=_block):
        texts = [_line(line) for line in lines]
        parts.append(_BLOCKS[block](texts) if block else "\n".join(texts))
    return "\n".join(parts)


def to_keyboard(post: Post) -> InlineKeyboardMarkup | None:
    """The post's buttons; None without any."""
    if not post.buttons:
        return None
    rows = [
        [InlineKeyboardButton(text=b.label, callback_data=b.press) for b in row]
        for row in post.buttons
    ]
    return InlineKeyboardMarkup(inline_keyboard=rows)


def _fitting(lines: tuple[Line, ...]) -> Iterator[Line]:
    left = ROOM
    for line in lines:
        size = len(line.text.encode("utf-16-le")) // 2 + 1
        if size > left:
            yield Line(line.text[: max(0, left // 2 - 1)] + MORE, line.style)
            return
        left -= size
        yield line


def _block(line: Line) -> Style | None:
    return line.style if line.style in _BLOCKS else None


def _line(line: Line) -> str:
    text = escape(line.text, quote=False)
    return f"<b>{text}</b>" if line.style in _BOLD and text else text


def _quote(texts: list[str]) -> str:
    fold = " expandable" if len(texts) > FOLD else ""
    return f"<blockquote{fold}>" + "\n".join(texts) + "</blockquote>"


def _copy(texts: list[str]) -> str:
    """One tap copies the whole of it."""
    return "<pre>" + "\n".join(texts) + "</pre>"


_BLOCKS = {Style.DETAIL: _quote, Style.QUOTE: _quote, Style.COPY: _copy}
