"""What concerns the chat itself: arrival, unknown chats, messages that may not be kept."""

import re

from handlers.reading.values import Classified, TooLong
from store.actions import groups, updates
from store.ledger import Ledger
from store.queries.people import Group

from .incoming import Arrived, Heard

_POLITE = re.compile(
    r"(?:谢谢?|多谢|感谢|辛苦|好的?|嗯|行|收到|明白|知道|再见|您|你|了|啦|哈|呀|哦|ok|[👌👍\s~。.!！,，])+",
    re.IGNORECASE,
)


async def on_arrival(ledger: Ledger, arrived: Arrived) -> None:
    """Greets with a checklist of what is still to be set up."""
    await ledger.do(groups.greet, arrived.request, arrived.chat_id, arrived.rights)


async def on_unknown(ledger: Ledger, heard: Heard) -> None:
    """A chat without a ledger: only who speaks to the assistant is told, and what to do."""
    if heard.private:
        account = {"user_id": heard.person.user_id}
        await ledger.do(updates.warn, heard.request, None, "no_home_group", account)
    elif heard.addressed:
        values = {"chat_id": heard.request.chat_id}
        await ledger.do(updates.warn, heard.request, None, "unknown_group", values)


async def on_nothing(ledger: Ledger, heard: Heard, group: Group) -> None:
    """Who speaks to the assistant and is not understood is told what it understands.

    Politeness needs no answer, and an edited message had its answer.
    """
    spoken_to = heard.private or heard.mentions
    if spoken_to and not heard.edited and not _POLITE.fullmatch(heard.text):
        await ledger.do(updates.warn, heard.request, group, "not_understood")


async def on_classified(ledger: Ledger, heard: Heard, group: Group, reading: Classified) -> None:
    """A message with a classification mark is not stored; it is answered with a warning."""
    await ledger.do(updates.warn, heard.request, group, "classified", {"mark": reading.mark})


async def on_too_long(ledger: Ledger, heard: Heard, group: Group, reading: TooLong) -> None:
    """Longer than what is read."""
    await ledger.do(updates.warn, heard.request, group, "too_long", {"length": reading.length})
