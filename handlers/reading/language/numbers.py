"""Numbers in figures and in Chinese: 3,680  5.2  二十  壹亿叁仟万  一点五  一半."""

import re
from decimal import Decimal, InvalidOperation

CHINESE_DIGITS = "零〇○一二两三四五六七八九壹贰叁肆伍陆柒捌玖"
CHINESE_UNITS = "十百千拾佰仟廿"
LARGE_UNITS = "万亿"
CHINESE = CHINESE_DIGITS + CHINESE_UNITS + LARGE_UNITS
# The longest figure that anything here can mean; more is noise.
_LONGEST = 40

_FIGURES = re.compile(r"\d{1,20}(?:\.\d{1,20})?")
_ONES = "零〇一二两三四五六七八九"
# 两三亿 is from two to three, and 二十三亿 is not.
_SPAN = re.compile(rf"(?<![{_ONES}])[{_ONES[2:]}]{{2}}(?![{_ONES}])")
_DIGITS = str.maketrans("零〇○一二两三四五六七八九壹贰叁肆伍陆柒捌玖", "0001223456789123456789")
_DIGITS_ONLY = re.compile("[零〇○一二三四五六七八九]{1,20}")


def read_number(text: str) -> Decimal | None:
    """The number that the whole text writes, or None; no units of money, no separators."""
    if not text or len(text) > _LONGEST:
        return None
    if _FIGURES.fullmatch(text):
        return Decimal(text)
    whole, point, part = text.partition("点")
    if point and not _DIGITS_ONLY.fullmatch(part):
        return None
    number = _read_chinese(whole)
    if number is None or not point:
        return number
    return number + Decimal("0." + part.translate(_DIGITS))


def _read_chinese(text: str) -> Decimal | None:
    if not text or any(character not in CHINESE for character in text) or _SPAN.search(text):
        return None
    import cn2an

    try:
        return Decimal(cn2an.cn2an(text.replace("○", "〇"), "normal"))
    except (ValueError, KeyError, IndexError, InvalidOperation):
        return None


def read_count(text: str) -> int | None:
    """A whole number, or None."""
    number = read_number(text)
    return int(number) if number is not None and number == number.to_integral_value() else None


def read_digits(text: str) -> str:
    """Chinese digits written one by one as figures (二〇二六 → 2026); the rest unchanged."""
    return text.translate(_DIGITS)
