"""What stands without a label: a value that only one field can take, or a clause of a sentence.

确山县 10月27日签约 1.9亿元 某某有限公司 137…: each is known by its looks. Whatever
is understood here had to be interpreted, and is shown before it counts.
"""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from handlers.reading.amounts import find_excess, read_amount
from handlers.reading.dates import find_days, read_day
from handlers.reading.labels import Label, strip_numbering
from handlers.reading.names import Names
from handlers.reading.normalise import Text
from handlers.reading.places import read_county
from handlers.reading.values import Field

_WORDS = tomllib.loads((Path(__file__).parent / "loose.toml").read_text(encoding="utf-8"))


def _any_of(key: str) -> str:
    return "|".join(_WORDS[key])


_TALK = re.compile(
    rf"^(?:{_any_of('talk_begins')})|(?:{_any_of('talk_within')})|(?:{_any_of('talk_ends')})$"
)
_NO_VALUE = re.compile(rf"^(?:{_any_of('no_value_begins')})")
_ORGANISATION = re.compile(rf"[\w()·\-&. ]{{2,50}}(?:{_any_of('organisations')})")
_OFFICE = re.compile(rf"[\w()、/]{{2,40}}(?:{_any_of('offices')})")
_PERSON = re.compile(r"[一-鿿·]{2,4}(?:[\s,(:]|\d|$)")
_PHONE = re.compile(r"\+?[\d() .-]{7,20}(?:转\d{1,6})?")
_BEFORE_PLACE = re.compile(rf"(?:.*(?:{_any_of('before_place')}|[,(\s]))?")
_BEHIND_PLACE = re.compile(rf"{_any_of('behind_place')}|[\d(,)“「『《\"\s]|$")
_OTHER_PLACE = re.compile(
    r"(?:在|由)?(?![我本全各该俺咱两几外这那])([一-鿿]{2,3}(?:市|县|区))(?=的|这边|于|新签|$)"
)
_ANY_PLACE = re.compile(r"[一-鿿]{2,14}[省市县区镇乡州旗]")
# What a place within a county ends with.
_WITHIN = re.compile(r"(?:[镇乡村路园区县市号]|街道|办事处)$")
_PARTNER = re.compile(rf"[与和跟同](.{{2,40}}?(?:{_any_of('organisations')}))[^,。]{{0,6}}签")
_CALLED = re.compile(r"(?:名叫|名为|名字[叫是]|取名|叫做?)[“「『《\"]?([^“”「」『』《》\"]{2,60})")
_QUOTED = re.compile(r"[“「『《\"]([^“”「」『』《》\"]{2,60})[”」』》\"]")
_PROJECT = re.compile(
    rf"(?:^|的|{_any_of('before_place')})((?!{_any_of('no_project')})[^的,。]{{2,50}}项目)$"
)
# 签了一个某某生产线项目
_SIGNED = re.compile(
    rf"签(?:[了下约订署]){{0,2}}(?:一个|个|的){{0,2}}((?!{_any_of('no_project')})[^,。签一]{{2,40}}?项目)(?:一个)?$"
)
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
        return Field.OWNER if _ORGANISATION.fullmatch(plain) else None

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
            return may_name(first) or _QUOTED.match(plain) is not None
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
        said = list(self._read_sentence(part))
        yield from said
        name = next(_find_names(part), None)
        if name:
            yield Found(Field.NAME, name)
        elif not said and may_name(part.plain):
            yield Found(Field.NAME, part, sure=False)

    def _read_sentence(self, part: Text) -> Iterator[Found]:
        place = self._find_place(part)
        if place:
            yield Found(Field.COUNTY, place)
        days = find_days(part.plain, self.today)
        if len(days) == 1 and "签" in part.plain:
            yield Found(Field.SIGNED_ON, part.cut(*days[0][:2]))
        partner = _PARTNER.search(part.plain)
        if partner:
            yield Found(Field.OWNER, part.cut(*partner.span(1)))

    def _find_place(self, part: Text) -> Text | None:
        for mention in self.names.find_counties(part.plain):
            before, behind = part.plain[: mention.start], part.plain[mention.end :]
            if _BEFORE_PLACE.fullmatch(before[-20:]) and _BEHIND_PLACE.match(behind):
                return part.cut(mention.start, mention.end)
        other = _OTHER_PLACE.match(part.plain)
        return part.cut(*other.span(1)) if other else None


def split_label_behind(part: Text) -> tuple[Text, str] | None:
    """A value and the label in brackets behind it: 某某产业园(项目名称)."""
    found = _LABEL_BEHIND.fullmatch(part.plain.strip())
    return (part.cut(*found.span(1)), found[2]) if found else None


def _find_names(part: Text) -> Iterator[Text]:
    called = _CALLED.search(part.plain)
    quoted = _QUOTED.search(part.plain)
    signed = _SIGNED.search(part.plain)
    project = _PROJECT.search(part.plain)
    if called:
        yield part.cut(*called.span(1))
    if quoted and re.search("签|项目|登记|报备", part.plain):
        yield part.cut(*quoted.span(1))
    if signed:
        yield part.cut(*signed.span(1))
    if project and not _TALK.search(project[1]):
        yield part.cut(*project.span(1))


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
    bare = strip_numbering(re.sub(r"^\d{1,2}\s+(?=[一-鿿])", "", part.plain))
    start = part.plain.find(bare) if bare and not bare[0].isdigit() else 0
    return part.cut(max(start, 0), len(part.plain))


def _words(part: Text) -> Iterator[Text]:
    for found in re.finditer(r"\S+", part.plain):
        yield part.cut(*found.span())
