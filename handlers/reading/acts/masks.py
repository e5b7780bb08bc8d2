"""Texts with signs in the place of what must not be read as an act: names, reasons, terms.

Places are kept (but for `without`), so that what is found in one can be cut from the other.
"""

from collections.abc import Iterable

from handlers.reading.acts.parts import ITEM, PROJECT, Term
from handlers.reading.acts.reasons import Reason
from handlers.reading.language.normalise import Text
from handlers.reading.naming.names import Mention
from handlers.reading.values import ReadingContext


def close_joint(plain: str, joint: int | None) -> str:
    """Where a number was taken out, no clause ends: 转(8号)到住建局."""
    return plain if joint is None else plain[:joint] + "\0" + plain[joint + 1 :]


def mask_names(text: Text, context: ReadingContext) -> Text:
    """The text with signs for items and projects."""
    # 能评 is no "can", and 排污口审核 no act of checking.
    plain = mask(text.plain, context.names.find_items(text.plain), ITEM)
    return Text(mask(plain, context.names.find_projects(plain), PROJECT), text.shown)


def mask(plain: str, mentions: Iterable[Mention], by: str) -> str:
    """The text with the sign `by` in the place of each character of the names."""
    for mention in mentions:
        length = mention.end - mention.start
        plain = plain[: mention.start] + by * length + plain[mention.end :]
    return plain


def without(plain: str, reason: Reason | None) -> str:
    """The text but for its reason."""
    return plain[: reason.start] + plain[reason.end :] if reason else plain


def blank(plain: str, reason: Reason | None) -> str:
    """The text with its reason made unreadable, places kept."""
    if reason is None:
        return plain
    nothing = "\n" * (reason.end - reason.start)
    return plain[: reason.start] + nothing + plain[reason.end :]


def blank_term(text: Text, term: Term | None) -> Text:
    """The text with the term of an extension made unreadable."""
    if term is None or term.end == 0:
        return text
    nothing = "\0" * (term.end - term.start)
    return Text(text.plain[: term.start] + nothing + text.plain[term.end :], text.shown)
