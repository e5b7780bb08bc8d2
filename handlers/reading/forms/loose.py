"""What stands without a label: a value that only one field can take, or a clause of a sentence.

确山县 10月27日签约 1.9亿元 某某有限公司 137…: each is known by its looks. Whatever
is understood here had to be interpreted, and is shown before it counts.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from handlers.reading.forms.amounts import find_excess, read_amount
from handlers.reading.forms.labels import Label, find_begin
from handlers.reading.forms.prose import WORDS, any_of, read_sentence
from handlers.reading.language.dates import read_day
from handlers.reading.language.normalise import QUOTES, Text
from handlers.reading.naming.names import Names
from handlers.reading.naming.places import read_county
from handlers.reading.values import Field

_TALK = re.compile(
    rf"^(?:{any_of('talk_begins')})|(?:{any_of('talk_within')})|(?:{any_of('talk_ends')})$"
)
_NO_VALUE = re.compile(rf"^(?:{any_of('no_value_begins')})")
_ORGANISATION = re.compile(rf"[\w()·\-&. ]{{2,50}}(?:{any_of('organisations')})")
# 皮鞋厂 0.8 某某有限公司 is a row of values.
_GAP_IN_NAME = re.compile(r"[一-鿿]\s+\S")
_OFFICE = re.compile(rf"[\w()、/]{{2,40}}(?:{any_of('offices')})")
_PERSON = re.compile(r"[一-鿿·]{2,4}(?:[\s,(:]|\d|$)")
_PHONE = re.compile(r"\+?[\d() .-]{7,20}(?:转\d{1,6})?")
# 张三,137…: who is to be asked.
PERSON_AND_PHONE = re.compile(
    rf"(?<![一-鿿])(?:找|联系|问)?[{WORDS['surnames']}][一-鿿]{{1,3}}[\s,、:()/-]{{0,3}}1\d{{10}}\)?"
)
_ANY_PLACE = re.compile(r"[一-鿿]{2,14}[省市县区镇乡州旗]")
# What a place within a county ends with.
_WITHIN = re.compile(r"(?:[镇乡村路园区县市号]|街道|办事处)$")
_LONGEST_CLAUSE = 200
_LABEL_BEHIND = re.compile(r"(.{1,80}?)\s*[(\[]([^()\[\]]{2,10})[)\]]")


@dataclass(frozen=True, slots=True)
class Found:
    """A value found without a label; `sure` where the wording says what it is."""

    field: Field
    value: Text
    sure: bool = True


@dataclass(frozen=True, slots=True)
class Looks:
    """Tells what values look like, on a day and with the names that are known."""

    today: date
    names: Names

    def find_field(self, plain: str) -> Field | None:
        """The one field that the whole text can be a value of, by its looks alone."""
        if not 2 <= len(plain) <= 60:
            return None
        if self._is_place(re.sub(r"\s", "", plain)):
            return Field.COUNTY
        if self._is_amount(plain):
            return Field.INVESTMENT
        if read_day(plain, self.today):
            return Field.SIGNED_ON
        if _PHONE.fullmatch(plain) and sum(map(str.isdigit, plain)) >= 7:
            return Field.PHONE
        named = _ORGANISATION.fullmatch(plain) and not _GAP_IN_NAME.search(plain)
        return Field.OWNER if named else None

    def fits(self, field: Field | None, plain: str) -> bool:
        """Whether a text looks like a value of the field: what a doubtful label needs."""
        plain = plain.strip(" \t,;。、|/")
        first = re.split(r"[\s,;。|、/]", plain, maxsplit=1)[0]
        if field is Field.COUNTY and _ANY_PLACE.fullmatch(first):
            return True
        if field in (Field.COUNTY, Field.INVESTMENT, Field.SIGNED_ON):
            return field in (self.find_field(first), self.find_field(plain))
        if field is Field.PHONE:
            return bool(_PHONE.match(plain)) and sum(map(str.isdigit, plain)) >= 7
        if field is Field.OWNER:
            return _ORGANISATION.match(first) is not None
        if field is Field.LEAD:
            return _OFFICE.match(first) is not None
        if field is Field.CONTACT:
            return _PERSON.match(plain) is not None
        if field is Field.NAME:
            return may_name(first) or plain[:1] in QUOTES
        return field is not None and 2 <= len(first) <= 20 and is_value(first)

    def _is_place(self, plain: str) -> bool:
        if self.names.get_county(plain):
            return True
        return _WITHIN.search(plain) is not None and read_county(plain, self.names) is not None

    def _is_amount(self, plain: str) -> bool:
        return read_amount(plain) is not None or find_excess(plain) is not None

    def read_part(self, part: Text) -> list[Found]:
        """What a part between delimiters states without a label."""
        part = _without_number(part)
        field = self.find_field(part.plain)
        if field:
            return [Found(field, part)]
        if PERSON_AND_PHONE.fullmatch(part.plain) and not self.names.find_counties(part.plain):
            return [Found(Field.CONTACT, part)]
        words = list(_words(part))
        if len(words) > 1 and any(self.find_field(word.plain) for word in words):
            return self._read_words(words)
        return list(self._read_clause(part))

    def _read_words(self, words: list[Text]) -> list[Found]:
        found: list[Found] = []
        for word in words:
            field = self.find_field(word.plain)
            found.extend([Found(field, word)] if field else self._read_clause(word))
        return found

    def _read_clause(self, part: Text) -> Iterator[Found]:
        if len(part.plain) > _LONGEST_CLAUSE:
            return
        said = list(read_sentence(part, self.today, self.names))
        yield from (Found(field, value) for field, value in said)
        if not said and may_name(part.plain):
            yield Found(Field.NAME, part, sure=False)


def split_label_behind(part: Text) -> tuple[Text, str] | None:
    """A value and the label in brackets behind it: 某某产业园(项目名称)."""
    found = _LABEL_BEHIND.fullmatch(part.plain.strip())
    return (part.cut(*found.span(1)), found[2]) if found else None


def may_name(plain: str) -> bool:
    """Whether a text could be a project's name: of some length, and nobody talks in it."""
    if not 3 <= len(plain) <= 100 or not re.search("[一-鿿]{2}", plain):
        return False
    return is_value(plain) and not is_talk(plain)


def is_talk(plain: str) -> bool:
    """Whether a part speaks to somebody rather than stating something."""
    return _TALK.search(plain.strip()) is not None


def is_value(plain: str) -> bool:
    """Whether what stands behind a label can be its value, and no talk about it (要写全称)."""
    return _NO_VALUE.match(plain.strip()) is None


def label_of(found: Found) -> Label:
    """The label that the value would have had."""
    return Label(found.field, doubtful=not found.sure)


def _without_number(part: Text) -> Text:
    part = part.strip(" \t,;。、|/()-:" + "→")
    figure = re.match(r"\d{1,2}\s+(?=[一-鿿])", part.plain)
    start = figure.end() if figure else 0
    start += find_begin(part.plain[start:])
    if part.plain[start : start + 1].isdigit():
        start = 0
    return part.cut(start, len(part.plain))


def _words(part: Text) -> Iterator[Text]:
    for found in re.finditer(r"\S+", part.plain):
        yield part.cut(*found.span())
