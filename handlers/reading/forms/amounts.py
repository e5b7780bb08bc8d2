"""Money as officials write it: 5.2亿元, 3,680万元, 5亿2000万元, 壹亿叁仟万元整, 800万美元.

Works on the plain writing. The currency is kept and never converted.
"""

import re
from dataclasses import dataclass
from decimal import Decimal

from handlers.reading.language.numbers import CHINESE, read_number
from handlers.reading.project_values import Reason

LARGEST = Decimal(10) ** 13

_CURRENCIES = {
    "CNY": ("人民币元", "人民币", "RMB", "CNY", "¥", "元", "圆", "块钱", "块"),
    "USD": ("美元", "美金", "US$", "USD", "$"),
    "EUR": ("欧元", "EUR", "€"),
    "HKD": ("港元", "港币", "港圆", "HK$", "HKD"),
    "JPY": ("日元", "日币", "日圆", "円", "JPY"),
    "GBP": ("英镑", "GBP", "£"),
    "KRW": ("韩元", "韩币", "韩圆", "KRW", "₩"),
    "SGD": ("新加坡元", "新加坡币", "新元", "新币", "坡币", "S$", "SGD"),
    "AUD": ("澳大利亚元", "澳元", "澳币", "AUD"),
    "CAD": ("加拿大元", "加元", "加币", "CAD"),
    "NZD": ("新西兰元", "NZD"),
    "CHF": ("瑞士法郎", "CHF"),
    "SEK": ("瑞典克朗", "SEK"),
    "TWD": ("新台币", "台币", "NT$", "TWD"),
    "MOP": ("澳门元", "澳门币", "MOP"),
    "MYR": ("林吉特", "马币", "MYR"),
    "THB": ("泰铢", "THB"),
    "RUB": ("卢布", "RUB"),
    "AED": ("迪拉姆", "AED"),
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
_SECTION = re.compile(r"零?([\d.十百千拾佰仟]{1,40})个?(万亿|[万亿W]|)")
_PIECE = re.compile(r"(\d{1,20}(?:\.\d{1,20})?)([十百千拾佰仟]?)")
_BRACKETED = re.compile(r"\(([^()]*)\)|\[([^\[\]]*)\]")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_TOTAL = re.compile(
    r"(?:总投资额?|投资总额|总额|总计|合计|共计)(?:约?为|:)?(?=[^,;。、]{0,40}[\d亿万])"
)
_PART = re.compile(r"[,;。、]|其中|包括|含|折合|约合|分[一二两三四]期|[一二三首]期")
# The same amount once more: 8000万元,即0.8亿元.
_AGAIN = re.compile(r"^[,;]?(?:即|也就是|合|大写|小写|相当于)(?:为|是|:)?")
_OTHER = re.compile(r"^[,;、]?(?:或者?|还是|到|至)")
_LEADING = re.compile(
    r"^(?:即为?|也就是|折合|合计|计划|预计|总投资|投资|金额|大写|小写|合计|为|是|:)+"
)
_ROUGH = re.compile(
    r"^(?:大约|约|大概|超过|超|逾|将近|接近|近|突破)|(?:左右|上下)$|(?<=[万亿])[余多](?=元?$)"
)
_QUOTES = re.compile("[\"'“”‘’「」『』]")


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
    text = _THOUSANDS.sub("", _QUOTES.sub("", re.sub(r"\s", "", text)))
    total = _TOTAL.search(text)
    if total:
        text = text[total.end() :]
    text, same, unit = _open_brackets(text, unit)
    part = _PART.search(text)
    if part:
        same += _list_again(text[part.start() :])
    text = _LEADING.sub("", text[: part.start()] if part else text)
    plain = _ROUGH.sub("", text)
    return plain, plain != text, same, unit


def _list_again(behind: str) -> list[tuple[int, str]]:
    """What stands behind the amount as the same once more, or as another instead of it."""
    again = _AGAIN.match(behind) or _OTHER.match(behind)
    end = _PART.search(behind, again.end()) if again else None
    stated = (
        _read_single(behind[again.end() : end.start() if end else None], None) if again else None
    )
    return [(stated.units, stated.currency)] if stated else []


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
    codes = [found[place] for place in ("after", "before", "again") if found[place]]
    if value is None:
        return None
    code = next(iter(codes), None)
    # 港币1.5亿元: the 元 behind it is of the currency named before it.
    named = (_CURRENCY[each.upper()] for each in codes)
    currency = next((each for each in named if each != "CNY"), "CNY")
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
        figure = figure.replace("个", "")
        return _read_shortened(figure) or read_number(figure) or _read_with_point(figure)
    total, below, at = Decimal(0), Decimal("Infinity"), 0
    while at < len(figure):
        section = _SECTION.match(figure, at)
        value = _read_section(section[1]) if section else None
        if section is None or value is None:
            return None
        factor = Decimal(_LARGE[section[2]])
        if factor >= below:
            return None
        total, below, at = total + value * factor, factor, section.end()
    return total if _is_said_whole(figure) else None


def _read_section(text: str) -> Decimal | None:
    """Figures with their small multiples: 6千8百 → 6800."""
    total, below, at = Decimal(0), Decimal("Infinity"), 0
    while at < len(text):
        piece = _PIECE.match(text, at)
        factor = Decimal(_MULTIPLES[piece[2]]) if piece else below
        if piece is None or factor >= below:
            return None
        total, below, at = total + Decimal(piece[1]) * factor, factor, piece.end()
    return total


def _is_said_whole(figure: str) -> bool:
    # 2亿5 may mean 2.5亿 or 2亿零5: nobody but its author knows.
    return not re.search("[万亿W]", figure) or not figure[-1].isdigit()


def _read_shortened(figure: str) -> Decimal | None:
    # 两亿三: a last digit without a unit counts the next smaller one (两亿三千万).
    found = re.fullmatch(rf"([{CHINESE}]+)([万亿])([一二三四五六七八九])", figure)
    number = read_number(found[1]) if found else None
    tenth = read_number(found[3]) if found else None
    if found is None or number is None or tenth is None or found[1][-1] in "万亿":
        return None
    return (number + tenth / 10) * _LARGE[found[2]]


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
