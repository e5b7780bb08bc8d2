"""Registrations that are not in the ledger yet, and changes that nobody has confirmed."""

from collections.abc import Sequence

from handlers.presses import Verb, press
from handlers.texts.answers.tasks import LONGEST_NAME
from handlers.texts.drafts import name_of
from handlers.texts.fields import label
from handlers.texts.post import Button, Line, Style
from handlers.texts.speech import Speech
from handlers.texts.words import clip, in_rows
from policy.packs import Pack
from store.queries.drafts import Draft

_MOST_LABELS = 4


def nothing_waits(speech: Speech) -> Line:
    """Every registration is decided on."""
    return Line(speech.say("No registration waits to be completed or confirmed."))


def drafts_header(speech: Speech, count: int) -> Line:
    """没建账的登记 3 条 · 11月20日 周五"""
    said = speech.say(
        "Registrations that wait: {count} · {day}", count=count, day=speech.day(speech.today)
    )
    return Line(said, Style.TITLE)


def draft_line(speech: Speech, pack: Pack, draft: Draft, number: int | None) -> Line:
    """Whose, what it waits for, and until when. `number`: of the project that would change."""
    said = speech.say(
        "{name} ({author}): {state}",
        name=_what(speech, draft, number),
        author=draft.author_name,
        state=_missing(speech, draft) if draft.problems else _to_confirm(speech, pack, draft),
    )
    return Line(said)


def draft_buttons(
    speech: Speech, drafts: Sequence[tuple[Draft, int | None]]
) -> list[tuple[Button, ...]]:
    """Each brings its post anew, to be replied to or pressed."""
    buttons = [
        Button(_name(speech, draft, number), press(Verb.SHOW_DRAFT, draft.id))
        for draft, number in drafts
    ]
    return in_rows(buttons)


def _what(speech: Speech, draft: Draft, number: int | None) -> str:
    if number is None:
        return _name(speech, draft, number)
    labels = _labels(speech, [each["field"] for each in draft.amended])
    return speech.say("#{number}: change {labels}", number=number, labels=labels)


def _name(speech: Speech, draft: Draft, number: int | None) -> str:
    if number is not None:
        return speech.say("change of #{number}", number=number)
    return clip(name_of(speech, draft), LONGEST_NAME)


def _missing(speech: Speech, draft: Draft) -> str:
    named = _labels(speech, draft.missing)
    if draft.expires_on is None:
        return speech.say("lacks {labels}", labels=named)
    limit = speech.limit(draft.expires_on)
    return speech.say("lacks {labels}, is waited for until {limit}", labels=named, limit=limit)


def _to_confirm(speech: Speech, pack: Pack, draft: Draft) -> str:
    office = pack.office.short
    if draft.late:
        return speech.say(
            "{office} confirms it, {late}", office=office, late=speech.late(draft.late)
        )
    limit = speech.limit(draft.due)
    return speech.say("{office} confirms it by {limit}", office=office, limit=limit)


def _labels(speech: Speech, fields: Sequence[str]) -> str:
    named = speech.join(label(speech, each) for each in fields[:_MOST_LABELS])
    if len(fields) <= _MOST_LABELS:
        return named
    return speech.say("{names} and others, {n} in all", names=named, n=len(fields))
