"""What a reply to a draft states without labels: bare values that only one field can take.

A bare value counts where nothing else can be meant: a county, an amount with its
unit, a day that says it is one. 1.5 is no day and no amount: it is asked back.
"""

import re
from collections.abc import Iterator

from handlers.reading.forms.amounts import read_amount
from handlers.reading.forms.entries import Entry
from handlers.reading.forms.forms import bare_entry
from handlers.reading.language.dates import read_day
from handlers.reading.language.normalise import Text
from handlers.reading.naming.places import read_county
from handlers.reading.values import Field, Problem, ProblemCode, ReadingContext

_FIGURE = re.compile(r"\d{1,12}(?:\.\d{1,6})?")
_FIGURES_OF_DAY = re.compile(r"\d{1,2}(?:[-/]\d{1,2}|([-/.])\d{1,2}\1\d{1,2})")
_COMPACT_DAY = re.compile(r"20\d{6}")
_EDGES = " \t,;。"


def read_bare(text: Text, context: ReadingContext) -> Iterator[Entry]:
    """The values in a reply without labels, a line each."""
    for line in text.lines():
        said = line.strip(_EDGES)
        field = None if _find_unclear(said.plain) else _find_field(said.plain, context)
        if field:
            yield bare_entry(field, said)


def list_unclear(text: Text) -> list[Problem]:
    """The lines of figures alone, of which only their author knows what they mean."""
    lines = [line.strip(_EDGES) for line in text.lines()]
    found = ((line, _find_unclear(line.plain)) for line in lines)
    return [Problem(*unclear, line.shown) for line, unclear in found if unclear]


def _find_unclear(said: str) -> tuple[ProblemCode, Field] | None:
    """What is wrong with figures that have no unit: 1.5 万 or 亿, 11-18 or 26/3/4 of which year."""
    if _FIGURES_OF_DAY.fullmatch(said):
        return ProblemCode.BAD_DATE, Field.SIGNED_ON
    if _FIGURE.fullmatch(said) and not _COMPACT_DAY.fullmatch(said):
        return ProblemCode.BAD_AMOUNT, Field.INVESTMENT
    return None


def _find_field(said: str, context: ReadingContext) -> Field | None:
    if read_county(said, context.names):
        return Field.COUNTY
    if read_amount(said):
        return Field.INVESTMENT
    return Field.SIGNED_ON if read_day(said, context.today) else None
