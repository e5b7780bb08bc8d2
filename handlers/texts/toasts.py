"""What flashes up after a press: what was done, and the next step; at most 200 characters."""

from collections.abc import Sequence

from handlers.texts.speech import Speech, sentence
from handlers.texts.words import clip
from policy.life import Step

LONGEST = 200
REPORT = "report"
_NAMED = 12  # task numbers that are listed

_DONE: dict[str, str] = {
    Step.ACKNOWLEDGE: sentence("No. {numbers} taken. Next: contact the owner"),
    Step.CONTACT: sentence(
        "No. {numbers}: owner contacted. Next: press accept when the application is complete"
    ),
    Step.ACCEPT: sentence("No. {numbers} accepted; the clock runs from tomorrow. Next: hand in"),
    Step.PAUSE: sentence("No. {numbers}: clock stopped. Next: press resume when it goes on"),
    Step.RESUME: sentence("No. {numbers}: the clock runs again. Next: hand in"),
    Step.DELIVER: sentence("No. {numbers} handed in. Next: the office checks it"),
    Step.CLOSE: sentence("No. {numbers} closed"),
    Step.MAKE_GOOD: sentence("No. {numbers} goes back to its department to be made good"),
    Step.RETURN: sentence("No. {numbers} returned. Next: the office dispatches it anew"),
    Step.REDISPATCH: sentence("No. {numbers} dispatched anew. Next: its department takes it"),
    Step.TRANSFER: sentence("No. {numbers} transferred; the new department has a new number"),
    Step.CANCEL: sentence("No. {numbers} cancelled"),
    REPORT: sentence("No. {numbers}: report written down"),
}


def done_text(speech: Speech, step: str, numbers: Sequence[int]) -> str:
    """What a step on these tasks did."""
    listed = speech.join(numbers[:_NAMED])
    if len(numbers) > _NAMED:
        listed = speech.say("{numbers} …", numbers=listed)
    return clip(speech.say(_DONE[step], numbers=listed), LONGEST)


def confirmed_text(speech: Speech, number: int) -> str:
    """确认建账"""
    return speech.say("Registered as #{number}; its card is in the group", number=number)


def declined_text(speech: Speech) -> str:
    """不建账"""
    return speech.say("Not registered")


def changed_text(speech: Speech, number: int) -> str:
    """确认修改"""
    return speech.say("#{number} is changed; its card is up to date", number=number)


def unchanged_text(speech: Speech) -> str:
    """不改"""
    return speech.say("Not changed")


def choice_text(speech: Speech, number: int) -> str:
    """The office has decided what was open."""
    return speech.say("Chosen; the card of #{number} is up to date", number=number)


def team_text(speech: Speech, number: int) -> str:
    """The landing team was reported."""
    return speech.say("#{number}: landing team written down as set up today", number=number)


def asked_text(speech: Speech) -> str:
    """Somebody asked to join."""
    return speech.say("The office has been asked; you will be told here")


def joined_text(speech: Speech, name: str, *, admitted: bool) -> str:
    """The office has decided on who asked to join."""
    if admitted:
        return clip(speech.say("{name} may use the ledger now", name=name), LONGEST)
    return clip(speech.say("{name} was not admitted", name=name), LONGEST)
