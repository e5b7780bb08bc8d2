"""The language in which a group is answered."""

from handlers.texts.speech import Speech
from store.context import Request
from store.ledger import Ledger
from store.queries.people import Group

DEFAULT = "zh_Hans"


def speech_of(ledger: Ledger, group: Group | None, request: Request) -> Speech:
    """The group's language, on the day of the request; the group decides, not the user."""
    return Speech(group.locale if group else DEFAULT, ledger.rules.today(request.at))
