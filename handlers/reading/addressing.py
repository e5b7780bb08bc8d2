"""Whom a message speaks to: the bot (@台账助手), a person (@小刘), or nobody in particular."""

import re
from collections.abc import Collection
from dataclasses import dataclass

from handlers.reading.normalise import Text

_AT = re.compile(r"(?<![\w.])@([\w一-鿿]{1,32})(?![\w.]*@)")
_BOT = re.compile(r"\w*bot", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Address:
    """A text without its mentions of the bot; whether it has such, and mentions of others."""

    text: Text
    to_bot: bool
    to_others: bool


def read_address(text: Text, bot_names: Collection[str]) -> Address:
    """Takes the bot's mentions out of a text and says who else is mentioned."""
    known = {name.lower() for name in bot_names}
    to_bot = to_others = False
    plain, shown, at = "", "", 0
    for found in _AT.finditer(text.plain):
        name = found[1].lower()
        if name in known or _BOT.fullmatch(name):
            to_bot = True
            plain += text.plain[at : found.start()] + " "
            shown += text.shown[at : found.start()] + " "
            at = found.end()
        else:
            to_others = True
    rest = Text(plain + text.plain[at:], shown + text.shown[at:])
    return Address(rest.strip(" \t"), to_bot, to_others)
