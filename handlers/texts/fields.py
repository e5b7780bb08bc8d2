"""The fields of a registration: their labels, and their values as people write them."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from handlers.reading.values import Field
from handlers.texts.speech import Speech, sentence
from handlers.texts.words import clip, mask_phone

LONGEST_SAID = 40
LONGEST_FACT = 100

_LABELS = {
    Field.NAME: sentence("Name of the project"),
    Field.SIGNED_ON: sentence("Signed on"),
    Field.COUNTY: sentence("County"),
    Field.INVESTMENT: sentence("Total investment"),
    Field.INDUSTRY: sentence("Industry"),
    Field.KIND: sentence("Kind of project"),
    Field.EIA: sentence("Environmental assessment"),
    Field.OWNER: sentence("Owner"),
    Field.CONTACT: sentence("Contact person"),
    Field.PHONE: sentence("Phone"),
    Field.LEAD: sentence("Responsible unit"),
    Field.BATCH: sentence("Batch of signing"),
}
_EIA = {"report": sentence("full report"), "form": sentence("report form")}


_PERSONAL = (Field.CONTACT, Field.PHONE)
_DIGITS = re.compile(r"\d[\d -]{5,}\d")


def label(speech: Speech, name: str) -> str:
    """What the form calls a field."""
    return speech.say(_LABELS[Field(name)]) if name in _LABELS else name


def value(speech: Speech, name: str, understood: str, currency: str | None = None) -> str:
    """An understood value, from the ledger's writing into people's."""
    match name:
        case Field.SIGNED_ON:
            return day(speech, understood, full=True)
        case Field.INVESTMENT if understood.isdecimal():
            return speech.money(int(understood), currency)
        case Field.EIA if understood in _EIA:
            return speech.say(_EIA[understood])
        case _:
            return understood


def fact(speech: Speech, name: str, columns: Mapping[str, Any]) -> str:
    """A field's columns in words; a phone with its middle hidden."""
    if name == Field.INVESTMENT:
        return investment(speech, columns)
    if name == Field.PHONE:
        return mask_phone(columns[name])
    return clip(value(speech, name, str(columns[name])), LONGEST_FACT)


def interpreted_text(speech: Speech, one: Mapping[str, str], columns: Mapping[str, Any]) -> str:
    """What was said and how it was understood; `columns` tell the currency."""
    return speech.say(
        "{label}: {said} → {value}",
        label=label(speech, one["field"]),
        said=hide(one["field"], clip(one["said"], LONGEST_SAID)),
        value=value(speech, one["field"], one["value"], columns.get("currency")),
    )


def hide(name: str, said: str) -> str:
    """What somebody wrote, in a group: a phone in it is masked."""
    return _DIGITS.sub(lambda found: mask_phone(found[0]), said) if name in _PERSONAL else said


def investment(speech: Speech, fields: Mapping[str, Any]) -> str:
    """The investment among a draft's fields; "" where there is none."""
    if fields.get("investment_yuan") is not None:
        return speech.money(fields["investment_yuan"])
    if fields.get("amount") is not None:
        return speech.money(fields["amount"], fields.get("currency"))
    return ""


def day(speech: Speech, understood: str, *, full: bool = False) -> str:
    """A day of the ledger's writing; `full`: with its year, to be checked."""
    try:
        found = date.fromisoformat(understood)
    except ValueError:
        return understood
    return speech.full_day(found) if full else speech.day(found)
