"""A post: what is said, before a channel gives it its own markup."""

from dataclasses import dataclass
from enum import StrEnum


class Style(StrEnum):
    """How a line is set; a channel that knows no styles shows it plain."""

    TITLE = "title"
    HEADING = "heading"
    TEXT = "text"
    DETAIL = "detail"  # how something was counted: smaller or set back
    QUOTE = "quote"  # somebody's own words
    COPY = "copy"  # to be copied with one tap


@dataclass(frozen=True, slots=True)
class Line:
    """One line or paragraph; an empty text is a blank line."""

    text: str
    style: Style = Style.TEXT


@dataclass(frozen=True, slots=True)
class Button:
    """One tap: `press` is what handlers.presses made."""

    label: str
    press: str


@dataclass(frozen=True, slots=True)
class Post:
    """Lines and rows of buttons."""

    lines: tuple[Line, ...]
    buttons: tuple[tuple[Button, ...], ...] = ()
    silent: bool = False
