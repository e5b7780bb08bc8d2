"""What a reply to a draft or card states in plain words, or by values that need no label.

A bare value counts where nothing else can be meant: a county, an amount with its
unit, a day that says it is one. 1.5 is no day and no amount: it is asked back.
"""

import re
from collections.abc import Iterator

from handlers.reading.forms.amounts import read_amount
from handlers.reading.forms.entries import Entry
from handlers.reading.forms.forms import bare_entry
from handlers.reading.forms.labels import Label, read_label
from handlers.reading.forms.loose import Looks
from handlers.reading.forms.prose import WORDS
from handlers.reading.language.dates import read_day
from handlers.reading.language.normalise import Text
from handlers.reading.naming.places import read_county
from handlers.reading.values import Field, Problem, ProblemCode, ReadingContext

_FIGURE = re.compile(r"\d{1,12}(?:\.\d{1,6})?")
_FIGURES_OF_DAY = re.compile(r"\d{1,2}(?:[-/]\d{1,2}|([-/.])\d{1,2}\1\d{1,2})")
_COMPACT_DAY = re.compile(r"20\d{6}")
_EDGES = " \t,;。"
_BETWEEN = re.compile(r"[;。、\t]|,(?!\d{3}(?!\d))|\s+(?![万亿千百元年月日号])")
# 总投资写错了,应该是9亿元; 县区改为西平县
_CHANGED = re.compile(
    r"(?:^|(?<=[,;。!\n]))\s{0,4}(?:请?[把将])?(?P<label>[一-鿿]{2,6}?)"
    r"(?:(?:写|填|报|弄)?[错]了?|不对|有误)?[, ]{0,2}"
    r"(?P<to>应该?改?[为是成]|改[为成到]|更正为|变更为|换成)(?P<value>[^,;。!\n]{2,40})"
)
_CONTACT = re.compile(r"联系人\s{1,4}(?P<name>[一-鿿·]{2,4})")
_DOUBT = re.compile(r"[?吗么呢]|多少|哪|谁|什么|啥|是不是|可以|能不能|再")


def read_bare(text: Text, context: ReadingContext) -> Iterator[Entry]:
    """The values in a reply without labels: a line each, or several in a line."""
    for line in text.lines():
        several = read_several(line.strip(_EDGES), context)
        if several:
            yield from several
            continue
        said = line.strip(_EDGES)
        field = None if _find_unclear(said.plain) else _find_field(said.plain, context)
        if field:
            yield bare_entry(field, said)


def read_several(line: Text, context: ReadingContext) -> list[Entry]:
    """The values of a line that holds nothing else, each of another field."""
    ends = [found.span() for found in _BETWEEN.finditer(line.plain)]
    starts = [0, *(end for _, end in ends)]
    parts = zip(starts, [*(start for start, _ in ends), len(line.plain)], strict=True)
    values = [line.cut(*part).strip(_EDGES) for part in parts]
    values = [value for value in values if value.plain]
    fields = [
        None if _find_unclear(each.plain) else _find_field(each.plain, context) for each in values
    ]
    if len(values) < 2 or None in fields or len(set(fields)) < len(fields):
        return []
    return [bare_entry(field, each) for field, each in zip(fields, values, strict=True) if field]


def read_changes(text: Text, context: ReadingContext) -> list[Entry]:
    """What a reply changes in plain words: 总投资改成1.5亿元, 县区应该是西平县, 联系人 李四."""
    looks = Looks(context.today, context.names)
    named = _CONTACT.fullmatch(text.plain.strip(_EDGES))
    if named and named["name"][0] in WORDS["surnames"]:
        value = text.strip(_EDGES)
        value = value.cut(*named.span("name"))
        return [Entry(Label(Field.CONTACT), "联系人", value)]
    found: list[Entry] = []
    for change in _CHANGED.finditer(text.plain):
        label = read_label(change["label"], loose=False)
        value = text.cut(*change.span("value")).strip(_EDGES)
        if label is None or label.field is None or _DOUBT.search(value.plain):
            continue
        figure = label.field is Field.INVESTMENT and _FIGURE.fullmatch(value.plain)
        if figure or looks.fits(label.field, value.plain):
            found.append(Entry(label, change["label"], value))
    return found


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
