"""Reads one labelled value of a registration into the type its field has."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from handlers.reading.forms.amounts import Amount, Unit, find_excess, read_amount
from handlers.reading.forms.labels import read_label
from handlers.reading.forms.prose import any_of
from handlers.reading.language.dates import read_past_day
from handlers.reading.language.normalise import QUOTES, WRAPPING, Text, has_forbidden
from handlers.reading.naming.names import Names
from handlers.reading.naming.places import read_county
from handlers.reading.project_values import Reason
from handlers.reading.values import Field, ProblemCode

LONGEST_NAME = 100
LONGEST_VALUE = 300

_NOTHING = re.compile(r"[\s_\-./*×xX…]*|无|暂无|没有|待填|待补|略|同上|\(?(?:必填|选填|请填写)\)?")
_UNSTATED = re.compile(
    r"[\s_…]*|-{1,}|\(?(?:必填|选填|请填写)\)?|[xX×]{2,}(?:项目|公司|县|亿元|万元)?"
)
# ____年__月__日, ______万元: only what is printed on the form.
_BLANK = re.compile(r"(?:[\s_…]{0,40}(?:年|月|日|号|时|万元|亿元|万|亿|元|县|区|市)){1,4}[\s_…]*")
_LEFT_OPEN = re.compile(rf"(?:{any_of('left_open')})", re.IGNORECASE)
# Where 待定 stands for these, they are refused as what they are not: no day, no amount.
_REFUSED = frozenset({Field.SIGNED_ON, Field.INVESTMENT, Field.COUNTY})
_NEVER_LABELS = frozenset({Field.NAME, Field.OWNER})
# A tag, closed or not; A<B is none.
_MARKUP = re.compile(
    r"(?<![a-z0-9])<[a-z!]|</[a-z]|<[a-z][^<>]{0,200}>|\{\{|\$\{|&#\d|\]\(http|javascript:",
    re.IGNORECASE,
)
_SQL = re.compile(
    r"(?:drop|truncate|alter)\s+table|insert\s+into|delete\s+from|union\s+(?:all\s+)?select|"
    r"select\s.{0,40}\sfrom\s|update\s+\w+\s+set\b|['\"]\s*(?:or|and)\s+['\"\d]|['\"]\s*;|;\s*--|--\s*$|/\*",
    re.IGNORECASE,
)
_FORMULA = re.compile(r"[=@+\-]")
_PHONE = re.compile(r"(?:\+?86[ -]?)?(\+?\(?\d[\d(). -]{5,18}\d)(?:转\d{1,6})?")
# Of eleven digits from a 1, of a landline with or without its area code, 400 or 800.
_NUMBER = re.compile(
    r"(?:\+?86[ -]?)?(?:1(?:[ .-]?\d){10}|[48]00(?:[ .-]?\d){7}"
    r"|(?:\(?0?[1-9]\d{1,2}\)[ -]*|0\d{2,3}[ -]*|[1-9]\d{1,2}[ -]+)?"
    r"[2-9](?:[ .-]?\d){6,7}(?:-\d{1,6})?)"
    r"(?!\d)(?:转\d{1,6})?"
)
_TITLES = re.compile(
    r"(?:董事长|副?总经理|副?总裁|副?总监|项目经理|经理|副总|总工|主任|科长|局长|法人|法人代表|"
    r"先生|女士|办公室主任|负责人|老板|厂长|助理|秘书|部长|专员|同志)"
)
_NOT_PERSONS = re.compile(
    r"(?:是|还是)?(?:他自己|她自己|本人|我本人|我|他|她|手机|电话|微信)(?:号|同号)?"
)
# 由市工信局负责牵头: the office is what stands between.
_LEADING_ROLE = re.compile(r"^由(?=[市县区驻])|(?:负责)?(?:牵头|包联|主责)(?:负责)?$")
_LEADS_TO_PLACE = re.compile(r"^(?:(?:位|落户|落地|坐落|建)?[在于]|落户|落地|就?是)(?=..)")
_NAME_GAP = re.compile(r"(?<=[一-鿿])\s+(?=[一-鿿])")


class BadField(Exception):
    """A value that its field cannot take; `code` says why, and `why` more exactly."""

    def __init__(self, code: ProblemCode, why: Reason | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.why = why


@dataclass(frozen=True, slots=True)
class Value:
    """What a labelled value means: ledger columns, and whether it had to be interpreted.

    `bad_phone`: what stood beside a person where a number belongs, and is none.
    """

    columns: dict[str, str | int | date]
    interpreted: str | None = None
    bad_phone: str | None = None


def is_unstated(value: Text, field: Field | None) -> bool:
    """Whether the place was left open: blank, a line to write on, (必填), 待定, 回头再补."""
    said = value.plain.strip(" \t,;。.")
    if _UNSTATED.fullmatch(said) or _BLANK.fullmatch(said):
        return True
    if field in _REFUSED:
        return False
    return bool(_LEFT_OPEN.fullmatch(said)) or (
        field in _NEVER_LABELS and read_label(said, loose=False) is not None
    )


def read_field(
    field: Field, value: Text, unit: Unit | None, today: date, names: Names
) -> Value | None:
    """The value of a field; None where an optional one says 无. Raises BadField."""
    if field is Field.SIGNED_ON:
        return _read_signed_on(value, today)
    if field is Field.INVESTMENT:
        return _read_investment(value, unit)
    if field is Field.COUNTY:
        return _read_county(value, names)
    if field is not Field.NAME and _NOTHING.fullmatch(value.plain):
        return None
    if field is Field.LEAD:
        return _as_text(field, read_lead(read_text(value), names))
    reader = _READERS.get(field)
    return reader(value) if reader else _as_text(field, read_text(value))


def _as_text(field: Field, text: str) -> Value | None:
    return Value({field.value: text}) if text else None


def read_text(value: Text) -> str:
    """A value as written, without quotation marks around it. Raises BadField(BAD_VALUE)."""
    value = value.strip(" \t\n").unquoted()
    plain, shown = value.plain, value.shown
    bad = (
        has_forbidden(shown) or _FORMULA.match(plain) or _MARKUP.search(plain) or _SQL.search(plain)
    )
    if bad:
        raise BadField(ProblemCode.BAD_VALUE)
    if len(shown) > LONGEST_VALUE:
        raise BadField(ProblemCode.BAD_VALUE, Reason.TOO_LONG)
    return shown


def _read_name(value: Text) -> Value | None:
    name = read_text(value)
    if len(name) > LONGEST_NAME:
        raise BadField(ProblemCode.BAD_VALUE, Reason.TOO_LONG)
    return Value({"name": name}) if name else None


def _read_signed_on(value: Text, today: date) -> Value:
    found = read_past_day(value.plain.strip(WRAPPING), today)
    if found is None:
        raise BadField(ProblemCode.BAD_DATE)
    if found.day > today:
        raise BadField(ProblemCode.FUTURE_DATE)
    day = found.day
    return Value({"signed_on": day}, day.isoformat() if found.interpreted else None)


def _read_investment(value: Text, unit: Unit | None) -> Value:
    amount = read_amount(value.plain.strip(WRAPPING), unit)
    if amount is None:
        why = find_excess(value.plain.strip(WRAPPING), unit)
        raise BadField(ProblemCode.BAD_AMOUNT, why)
    return Value(_columns_of(amount), str(amount.units) if amount.interpreted else None)


def _columns_of(amount: Amount) -> dict[str, str | int | date]:
    if amount.currency == "CNY":
        return {"investment_yuan": amount.units}
    return {"currency": amount.currency, "amount": amount.units}


def _read_county(value: Text, names: Names) -> Value:
    said = re.sub(r"\s", "", value.plain.strip(WRAPPING)).strip(QUOTES)
    said = _LEADS_TO_PLACE.sub("", said)
    found = read_county(said, names)
    if found is None:
        raise BadField(ProblemCode.UNKNOWN_COUNTY)
    county, literal = found
    beside = re.fullmatch(r"[^()]{2,20}\(([^()]{2,20})\)", said)
    other = names.get_county(beside[1]) if beside else None
    # A zone in brackets is the county's own; another county is a contradiction.
    if other and other != county and {other, county} <= set(names.places.values()):
        raise BadField(ProblemCode.UNKNOWN_COUNTY)
    return Value({"county": county}, None if literal else county)


def read_lead(said: str, names: Names) -> str:
    """Municipal departments by their full names; anything else as written."""
    said = _LEADING_ROLE.sub("", said)
    parts = re.split("([、,，;；/ ]|和(?=市))", said)
    return "".join(names.get_department(part) or part for part in parts)


def _read_contact(value: Text) -> Value | None:
    said = read_text(value)
    phone = _PHONE.search(value.plain)
    name = said if not phone else re.split(r"[\d+(（]", said, maxsplit=1)[0]
    name = _read_person(name)
    columns: dict[str, str | int | date] = {"contact": name} if name else {}
    number = _find_number(value.plain, phone.start()) if phone else None
    if number:
        columns["phone"] = read_phone(number[0])
    bad_phone = phone[0] if phone and not number else None
    return Value(columns, bad_phone=bad_phone) if columns or bad_phone else None


def _find_number(plain: str, start: int = 0) -> re.Match[str] | None:
    """The first telephone number, if what begins there is one as a whole."""
    first = re.compile(r"([+(]*)\d").search(plain, start)
    if first is None:
        return None
    return _NUMBER.match(plain, first.start()) or _NUMBER.match(plain, first.end(1))


def _read_person(said: str) -> str:
    """A person's name, without the office beside it: 王磊(副总) 项目经理 王磊."""
    bare = re.sub(r"[(（][^()（）]{0,20}[)）]?", " ", said).strip(" ,，:：;；、/／|｜-")
    words = [word for word in re.split(r"[\s,，:：;；、/／|｜]+", bare) if word]
    kept = [w for w in words if not (_TITLES.fullmatch(w) or _NOT_PERSONS.fullmatch(w))]
    if not kept or len(kept) == len(words):
        return _NAME_GAP.sub("", bare)
    return _NAME_GAP.sub("", " ".join(kept))


def _read_phone(value: Text) -> Value | None:
    plain = "".join(c for c in value.plain if c not in WRAPPING)
    found = _find_number(plain)
    if has_forbidden(plain) or not found:
        raise BadField(ProblemCode.BAD_VALUE)
    phone = read_phone(found[0])
    columns: dict[str, str | int | date] = {"phone": phone}
    name = _read_person(plain[: found.start()].strip(" ,:;、/"))
    if re.fullmatch(r"[一-鿿·]{2,8}", name):
        columns["contact"] = name
    another = _NUMBER.search(plain, found.end())
    return Value(columns, phone if another else None)


def read_phone(said: str) -> str:
    """Digits only; a landline keeps one hyphen after its area code."""
    if not re.fullmatch(r"1(?:[ .-]?\d){10}", said):
        said = re.sub(r"(?<=\d{7})-(?=\d{1,6}$)", "转", said)
    said, extension, inner = said.partition("转")
    if re.fullmatch(r"[48]00(?:[ .-]?\d){7}", said):
        return re.sub(r"\D", "", said)
    digits = re.sub(r"\D", "", said)
    if len(digits) == 13 and digits.startswith("861"):
        digits = digits[2:]
    area = re.match(r"\+?(?:86[ -]?)?\(?(0?[1-9]\d{1,2})\)?[ -]+\d", said) or re.match(
        r"\((0\d{2,3})\)", said
    )
    if not (len(digits) == 11 and digits.startswith("1")) and area and digits.startswith(area[1]):
        digits = f"{area[1]}-{digits[len(area[1]) :]}"
    return digits + extension + inner


def _read_eia(value: Text) -> Value | None:
    report, form = "报告书" in value.plain, "报告表" in value.plain
    if report == form:
        return None
    return Value({"eia": "report" if report else "form"})


_READERS: dict[Field, Callable[[Text], Value | None]] = {
    Field.NAME: _read_name,
    Field.CONTACT: _read_contact,
    Field.PHONE: _read_phone,
    Field.EIA: _read_eia,
}
