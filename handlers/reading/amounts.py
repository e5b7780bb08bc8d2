"""Money as officials write it: 5.2亿元, 3,680万元, 5亿2000万元, 壹亿叁仟万元整, 800万美元.

Works on the plain writing. The currency is kept and never converted.
"""

import re
from dataclasses import dataclass
from decimal import Decimal

from handlers.reading.numbers import CHINESE, read_number
from handlers.reading.project_values import Reason

LARGEST = Decimal(10) ** 13

_CURRENCIES = {
    "CNY": ("人民币元", "人民币", "RMB", "CNY", "¥", "元", "圆", "块钱", "块"),
    "USD": ("美元", "美金", "US$", "USD", "$"),
    "EUR": ("欧元", "EUR", "€"),
    "HKD": ("港元", "港币", "HK$", "HKD"),
    "JPY": ("日元", "日币", "円", "JPY"),
    "GBP": ("英镑", "GBP", "£"),
    "KRW": ("韩元", "韩币", "KRW"),
    "SGD": ("新加坡元", "新币", "SGD"),
    "AUD": ("澳元", "AUD"),
    "CAD": ("加元", "CAD"),
    "CHF": ("瑞士法郎", "CHF"),
    "TWD": ("新台币", "台币", "TWD"),
    "MOP": ("澳门元", "MOP"),
}
_CURRENCY = {word.upper(): code for code, words in _CURRENCIES.items() for word in words}
_WORDS = "|".join(re.escape(word) for word in sorted(_CURRENCY, key=len, reverse=True))
_MULTIPLES = {"": 1, "十": 10, "百": 100, "千": 1000, "仟": 1000, "佰": 100, "拾": 10}
_LARGE = {"": 1, "万": 10**4, "W": 10**4, "亿": 10**8, "万亿": 10**12}

_UNIT = re.compile(rf"(?P<large>万亿|[万亿])?(?P<currency>{_WORDS})?", re.IGNORECASE)
_WHOLE = re.compile(
    rf"(?P<before>{_WORDS})?(?P<figure>[0-9.{CHINESE}点半w个]+?)"
    rf"(?P<after>{_WORDS})?(?P<again>人民币|RMB)?[整正]?",
    re.IGNORECASE,
)
_PIECE = re.compile(r"零?(\d{1,20}(?:\.\d{1,20})?)([十百千拾佰仟]?)个?(万亿|[万亿W]|)")
_BRACKETED = re.compile(r"\(([^()]*)\)|\[([^\[\]]*)\]")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_TOTAL = re.compile(r"(?:总投资额?|投资总额|总额|总计|合计|共计)(?:约?为|:)?(?=[^,;。、]*[\d亿万])")
_PART = re.compile(r"[,;。、]|其中|包括|含|折合|约合|分[一二两三四]期|[一二三首]期")
_LEADING = re.compile(r"^(?:计划|预计|总投资|投资|金额|大写|小写|合计|为|:)+")
_ROUGH = re.compile(r"^(?:大约|约|大概)|(?:左右|上下)$")


@dataclass(frozen=True, slots=True)
class Unit:
    """What a label or a table's heading says about the figures below: 万元, 亿美元."""

    factor: int
    currency: str


@dataclass(frozen=True, slots=True)
class Amount:
    """Whole units of a currency (ISO code); `interpreted` where it was not plainly written."""

    units: int
    currency: str
    interpreted: bool = False


def read_unit(text: str) -> Unit | None:
    """The unit that a label carries in brackets (万元), or None."""
    found = _UNIT.fullmatch(text.replace("单位", "").strip(" :"))
    if not found or not found[0]:
        return None
    currency = (found["currency"] or "元").upper()
    return Unit(_LARGE[found["large"] or ""], _CURRENCY[currency])


def read_amount(text: str, unit: Unit | None = None) -> Amount | None:
    """The total that a value states, in whole units of its currency.

    `unit` is what the label says, for a figure that has none of its own. None
    for what is no single amount above zero: no unit, a range, a sign, figures
    that contradict each other, more than 10^13.
    """
    plain, rough, same, unit = _bare(text, unit)
    amount = _read_single(plain, unit)
    if amount is None or any(other != (amount.units, amount.currency) for other in same):
        return None
    return Amount(amount.units, amount.currency, amount.interpreted or rough)


def find_excess(text: str, unit: Unit | None = None) -> Reason | None:
    """Whether what `read_amount` does not take is an amount, but zero or more than 10^13."""
    plain, _, _, unit = _bare(text, unit)
    measured = _measure(plain, unit)
    if measured is None:
        return None
    value, _, _ = measured
    if value > LARGEST:
        return Reason.TOO_LARGE
    return None if value > 0 else Reason.NOT_POSITIVE


def _bare(text: str, unit: Unit | None) -> tuple[str, bool, list[tuple[int, str]], Unit | None]:
    """The figure alone, whether it is a rough one, the same amount in brackets, and the unit."""
    text = _THOUSANDS.sub("", re.sub(r"\s", "", text))
    total = _TOTAL.search(text)
    if total:
        text = text[total.end() :]
    text, same, unit = _open_brackets(text, unit)
    part = _PART.search(text)
    text = _LEADING.sub("", text[: part.start()] if part else text)
    plain = _ROUGH.sub("", text)
    return plain, plain != text, same, unit


def _open_brackets(text: str, unit: Unit | None) -> tuple[str, list[tuple[int, str]], Unit | None]:
    # Brackets hold a unit, (大写), a part (其中…), a conversion, or the same amount once more.
    same: list[tuple[int, str]] = []
    for found in _BRACKETED.finditer(text):
        inside = found[1] or found[2] or ""
        stated = read_unit(inside)
        repeated = _read_single(_LEADING.sub("", inside), None)
        if stated:
            unit = stated
        elif repeated and not _PART.match(inside) and not inside.startswith("约"):
            same.append((repeated.units, repeated.currency))
    return _BRACKETED.sub("", text), same, unit


def _read_single(text: str, unit: Unit | None) -> Amount | None:
    measured = _measure(text, unit)
    if measured is None:
        return None
    value, currency, spoken = measured
    if not 0 < value <= LARGEST or value != value.to_integral_value():
        return None
    return Amount(int(value), currency, spoken)


def _measure(text: str, unit: Unit | None) -> tuple[Decimal, str, bool] | None:
    """A figure of whatever size: units of its currency, the currency, and whether it is spoken."""
    found = _WHOLE.fullmatch(text) if len(text) <= 60 else None
    if not found:
        return None
    figure = found["figure"].upper()
    value = _read_figure(figure)
    code = found["after"] or found["before"] or found["again"]
    if value is None:
        return None
    currency = _CURRENCY[code.upper()] if code else "CNY"
    bare = code is None and not re.search("[万亿W]", figure)
    if bare and unit is None:
        return None
    if bare and unit is not None:
        value, currency = value * unit.factor, unit.currency
    elif code is None and unit is not None:
        currency = unit.currency
    return value, currency, not figure[0].isdigit() or "W" in figure


def _read_figure(figure: str) -> Decimal | None:
    if not any(character.isdigit() and character.isascii() for character in figure):
        return read_number(figure.replace("个", "")) or _read_with_point(figure.replace("个", ""))
    total, below, at = Decimal(0), Decimal("Infinity"), 0
    while at < len(figure):
        piece = _PIECE.match(figure, at)
        if not piece:
            return None
        factor = _MULTIPLES[piece[2]] * _LARGE[piece[3]]
        if factor >= below:
            return None
        total, below, at = total + Decimal(piece[1]) * factor, Decimal(factor), piece.end()
    return total if _is_said_whole(figure) else None


def _is_said_whole(figure: str) -> bool:
    # 2亿5 may mean 2.5亿 or 2亿零5: nobody but its author knows.
    return not re.search("[万亿W]", figure) or not figure[-1].isdigit()


def _read_with_point(figure: str) -> Decimal | None:
    # 三点五亿: the point belongs before the large unit.
    found = re.fullmatch(
        rf"([{CHINESE}]+点[{CHINESE}]+?|[{CHINESE}]+?半?)(万亿|[万亿])(半)?", figure
    )
    number = read_number(found[1]) if found else None
    if number is None or not found:
        return None
    half = Decimal("0.5") if found[3] else Decimal(0)
    return (number + half) * _LARGE[found[2]]
