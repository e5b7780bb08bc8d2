"""What must hold of every reading, whatever the text: nothing is made up, nothing bad is let in.

Used by the property tests and by the fuzz run (`python -m tests.fuzz`).
"""

import re
from collections.abc import Iterator

from rapidfuzz.distance import LCSseq

from handlers.reading.language.normalise import has_forbidden, normalise
from handlers.reading.values import (
    Act,
    Acts,
    Completion,
    Intent,
    ProjectReading,
    Query,
    Reading,
    ReadingContext,
    Registration,
)

_MOST_YUAN = 10**13
_LONGEST_NAME = 100
_LONGEST_EXTENSION = 10
_MARKUP = re.compile(r"</[a-z]|<[a-z][^<>]*>|^[=+@]", re.IGNORECASE)
_STATED = ("name", "industry", "kind", "owner", "contact", "lead", "batch")


def list_faults(text: str, reading: Reading, context: ReadingContext) -> list[str]:
    """What is wrong with a reading, a sentence each; empty where all laws hold."""
    match reading:
        case Registration(projects):
            faults = [f for project in projects for f in _of_project(text, project, context)]
            partly = any(each.complete and not _is_whole(each) for each in projects)
            return [*faults, "complete without the required fields"] if partly else faults
        case Completion(project):
            return list(_of_project(text, project, context))
        case Acts(acts):
            return [f for act in acts if isinstance(act, Act) for f in _of_act(text, act, context)]
        case Query():
            return [f for query in (reading, *reading.also) for f in _of_query(query, context)]
    return []


def _letters(text: str) -> str:
    """What is left to compare: neither gaps nor punctuation nor width count."""
    return re.sub(r"\W", "", normalise(text).plain).upper()


def _of_project(text: str, project: ProjectReading, context: ReadingContext) -> Iterator[str]:
    fields = project.fields
    yield from _of_texts(text, project)
    if fields.name is not None and not 0 < len(fields.name) <= _LONGEST_NAME:
        yield f"a name of {len(fields.name)} characters"
    if fields.signed_on is not None and fields.signed_on > context.today:
        yield f"signed in the future: {fields.signed_on}"
    if fields.county is not None and context.names.get_county(fields.county) != fields.county:
        yield f"no county: {fields.county!r}"
    for amount in (fields.investment_yuan, fields.amount):
        if amount is not None and not 0 < amount <= _MOST_YUAN:
            yield f"an amount of {amount}"


def _of_texts(text: str, project: ProjectReading) -> Iterator[str]:
    said = _letters(text)
    for name in _STATED:
        value = getattr(project.fields, name)
        if value is None:
            continue
        if has_forbidden(value) or _MARKUP.search(value):
            yield f"{name} has markup or control characters: {value!r}"
        if name != "lead" and _letters(value) not in said:
            yield f"{name} was never said: {value!r}"
    phone = project.fields.phone
    if phone is not None and not _has_phone(phone, text):
        yield f"a phone that was never said: {phone!r}"


def _is_whole(project: ProjectReading) -> bool:
    fields = project.fields
    money = fields.investment_yuan or fields.amount
    return bool(fields.name and fields.signed_on and fields.county and money)


def _has_phone(phone: str, text: str) -> bool:
    digits = re.sub(r"\D", "", phone)
    return digits in re.sub(r"\D", "", normalise(text).plain)


def _of_act(text: str, act: Act, context: ReadingContext) -> Iterator[str]:
    if context.names.tasks is not None and not context.names.tasks.issuperset(act.tasks):
        yield f"no such tasks: {act.tasks}"
    if act.days is not None and not 1 <= act.days <= _LONGEST_EXTENSION:
        yield f"an extension of {act.days} days"
    if act.until is not None and act.until <= context.today:
        yield f"an extension until {act.until}"
    if act.percent is not None and not 0 <= act.percent <= 100:
        yield f"{act.percent} percent"
    if act.reason is not None and not _is_within(_letters(act.reason), _letters(text)):
        yield f"a reason that was never said: {act.reason!r}"
    if act.department is not None and context.names.get_department(act.department) is None:
        yield f"no department: {act.department!r}"


def _is_within(said: str, text: str) -> bool:
    """Whether it stands in the text, perhaps with something taken out, as a task's number is."""
    return LCSseq.similarity(said, text) == len(said)


def _of_query(query: Query, context: ReadingContext) -> Iterator[str]:
    slots = query.slots
    if not set(slots.projects) <= set(context.names.projects):
        yield f"no such projects: {slots.projects}"
    if slots.first and slots.last and slots.first > slots.last:
        yield f"from {slots.first} to {slots.last}"
    if query.intent is Intent.DUE_WITHIN and (slots.first is None) != (slots.last is None):
        yield "a span with one end"
