"""Reading: from a message's text to a value that says what it means.

Pure functions: no chat types, no database, no clock. `read_message` is the way
in; a message is read once, before it is routed, and the value decides where it
goes.
"""

from collections.abc import Collection
from dataclasses import replace

from handlers.reading.acts.acts import LONGEST as LONGEST_ACT
from handlers.reading.acts.acts import read_acts
from handlers.reading.addressing import Address, read_address
from handlers.reading.classified import find_mark
from handlers.reading.forms.registration import read_completion, read_registration
from handlers.reading.language.normalise import WRAPPING, Text, is_forbidden, normalise
from handlers.reading.language.sounds import mend
from handlers.reading.questions import follow_ups
from handlers.reading.questions.commands import read_slash, read_word
from handlers.reading.questions.follow_ups import read_follow_up, read_questions
from handlers.reading.questions.mentions import ITEM, find_named
from handlers.reading.questions.questions import is_put_as_question
from handlers.reading.values import (
    Act,
    ActKind,
    Acts,
    AskBack,
    Classified,
    Completion,
    Nothing,
    Query,
    Reading,
    ReadingContext,
    Registration,
    TooLong,
)

__all__ = ["LONGEST", "may_follow", "read_message"]

LONGEST = 20_000
_LONGEST_LEANING = 100
_LONGEST_SENTENCE = 1000


def read_message(text: str, context: ReadingContext) -> Reading:
    """What a message means to the ledger. Never raises, whatever the text.

    Marks come first, then commands with a slash, registrations, commands in
    Chinese words (项目 begins a form as well), acts and questions; the first that
    fits decides, and what fits none is Nothing.
    """
    if len(text) > LONGEST:
        return TooLong(len(text))
    whole = normalise(text)
    mark = find_mark(whole.plain)
    if mark:
        return Classified(mark)
    address = read_address(_visible(whole), context.bot_names)
    context = replace(context, addressed=context.addressed or address.to_bot)
    return (
        read_slash(address.text.plain, context)
        or _read_form(whole, context)
        or _read_sentence(address, context)
        or Nothing()
    )


def may_follow(text: str, bot_names: Collection[str]) -> bool:
    """Whether a message may lean on the question before it, so that one is worth looking up."""
    if len(text) > _LONGEST_LEANING:
        return False
    return follow_ups.may_follow(read_address(normalise(text), bot_names).text.plain)


def _read_form(text: Text, context: ReadingContext) -> Registration | Completion | None:
    registration = read_registration(text, context)
    if context.completes_draft and not (registration and len(registration.projects) > 1):
        return read_completion(text, context) or registration
    return registration


def _read_sentence(address: Address, context: ReadingContext) -> Reading | None:
    """What is no form: its words as they were meant, its reasons as they were written."""
    length = len(address.text.plain)
    if length > LONGEST_ACT:
        return None
    meant = Text(mend(address.text.plain), address.text.shown)
    if length > _LONGEST_SENTENCE:
        return read_acts(meant, context)
    address = replace(address, text=meant)
    return read_word(meant.plain, context) or _read_act_or_question(address, context)


def _read_act_or_question(address: Address, context: ReadingContext) -> Acts | Query | None:
    """Acts come first; what is no certain act gives way to what is plainly a question."""
    acts = read_acts(address.text, context)
    if acts and not (all(map(_is_doubtful, acts.acts)) and is_put_as_question(address.text.plain)):
        return acts
    return _read_question(address, context) or acts


def _is_doubtful(act: Act | AskBack) -> bool:
    return isinstance(act, AskBack) or (act.kind is ActKind.PROGRESS and not act.tasks)


def _read_question(address: Address, context: ReadingContext) -> Query | None:
    if address.to_others and not context.addressed:
        return None
    said = address.text.plain
    follow_up = read_follow_up(said, context.previous, context) if context.previous else None
    return follow_up or _read_beside_card(said, context) or read_questions(said, context)


def _read_beside_card(said: str, context: ReadingContext) -> Query | None:
    """A question in reply to a project's card is about that project, unless it names another."""
    if context.project is None or find_named(said, context).names_besides(ITEM):
        return None
    return read_questions(f"#{context.project} {said}", context)


def _visible(text: Text) -> Text:
    kept = [i for i, c in enumerate(text.plain) if c not in WRAPPING and not is_forbidden(c)]
    return Text("".join(text.plain[i] for i in kept), "".join(text.shown[i] for i in kept))
