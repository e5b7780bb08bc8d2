"""From what pydantic found to one sentence: where it was written, and what is wrong with it."""

import difflib
import os
from collections.abc import Callable, Iterable
from typing import Any, get_args

from pydantic import BaseModel, ValidationError

from bot.settings.errors import SettingsError
from bot.settings.model import PREFIX, Settings

Fault = dict[str, Any]
"""One thing that is wrong, in pydantic's terms."""

_SECRET = frozenset({"token", "webhook_secret", "url"})
_LONGEST_SHOWN = 60

_PHRASES = {
    "missing": "没有写",
    "string_type": "应是加引号的文字",
    "string_too_short": "不能是空的",
    "int_type": "应是整数",
    "int_parsing": "应是整数",
    "int_from_float": "应是整数",
    "float_type": "应是数字",
    "float_parsing": "应是数字",
    "finite_number": "应是有限的数字",
    "greater_than": "应大于 {gt:g}",
    "greater_than_equal": "至少是 {ge:g}",
    "less_than_equal": "最大是 {le:g}",
    "enum": "只能是 {expected} 之一",
    "literal_error": "只能是 {expected} 之一",
    "tuple_type": "应是方括号里的列表",
    "model_type": "应是一节，例如 [telegram]",
    "model_attributes_type": "应是一节，例如 [telegram]",
    "dict_type": "应是一节，例如 [telegram]",
    "secret_string": "应是加引号的文字",
}
_FAMILIES = (
    ("datetime_", "应是 2026-11-20T08:30 这样的时刻"),
    ("date_", "应是 2026-10-01 这样的日期"),
    ("time_", "应是 08:30 这样的时间"),
    ("string_", "应是加引号的文字"),
)


def explain(error: ValidationError, file: str) -> SettingsError:
    """The first thing that is wrong, as an error of ours; how many more there are is added."""
    found: list[Fault] = [{**fault} for fault in error.errors(include_url=False)]
    one = found[0]
    reason = _explain_unknown(one) if one["type"] == "extra_forbidden" else _explain_value(one)
    if len(found) > 1:
        reason += f"（此外还有 {len(found) - 1} 处要改）"
    return SettingsError(find_origin(one["loc"], file), write_place(one["loc"]), reason)


def find_origin(loc: tuple[int | str, ...], file: str) -> str:
    """Tell where a value came from: the environment variable that set it, else the file."""
    names = [str(part).upper() for part in loc]
    for length in range(len(names), 0, -1):
        variable = PREFIX + "__".join(names[:length])
        if os.environ.get(variable):
            return f"环境变量 {variable}"
    return file


def write_place(loc: tuple[int | str, ...]) -> str:
    """Write a place as an administrator counts: telegram.api_base, members 第 2 项 role."""
    place = ""
    for part in loc:
        if isinstance(part, int):
            place += f" 第 {part + 1} 项"
        elif place.endswith("项"):
            place += f" {part}"
        else:
            place += f".{part}" if place else part
    return place


def suggest(
    said: str, known: Iterable[str], write: Callable[[str], str] = lambda name: name
) -> str:
    """The nearest of the known words as a question to append, or what there is."""
    words = sorted(known)
    lower = {word.lower(): word for word in words}
    near = difflib.get_close_matches(said.lower(), lower, n=1, cutoff=0.5)
    if near:
        return f"，是不是 {write(lower[near[0]])}？"
    return f"，现有：{'、'.join(words)}"


def _explain_unknown(one: Fault) -> str:
    said = str(one["loc"][-1])
    what = "没有这一节" if len(one["loc"]) == 1 else "没有这个键"
    return what + suggest(said, _list_keys(one["loc"][:-1]))


def _explain_value(one: Fault) -> str:
    context = one.get("ctx", {})
    if one["type"] == "value_error":
        return f"{context['error']}{_quote(one)}"
    if one["type"] == "tuple_type" and len(one["loc"]) == 1 and isinstance(one["input"], dict):
        return f"要用两层方括号：[[{one['loc'][0]}]]"
    context = {**context, "expected": _list_expected(str(context.get("expected", "")))}
    phrase = _PHRASES.get(one["type"]) or next(
        (text for start, text in _FAMILIES if one["type"].startswith(start)), one["msg"]
    )
    return f"{phrase.format(**context)}{_quote(one)}"


def _list_expected(expected: str) -> str:
    return expected.replace("'", "").replace(" or ", "、").replace(", ", "、")


def _quote(one: Fault) -> str:
    """What was written, where it may be shown."""
    value = one["input"]
    secret = any(part in _SECRET for part in one["loc"])
    if secret or one["type"] == "missing" or not isinstance(value, str | int | float):
        return ""
    shown = str(value)
    return f"，写的是 {shown}" if shown.strip() and len(shown) <= _LONGEST_SHOWN else ""


def _list_keys(loc: tuple[int | str, ...]) -> list[str]:
    """The keys that are known at a place."""
    model: Any = Settings
    for part in loc:
        if isinstance(part, int):
            continue
        field = model.model_fields.get(part)
        model = _find_model(field.annotation) if field else None
        if model is None:
            return []
    return list(model.model_fields)


def _find_model(annotation: Any) -> type[BaseModel] | None:
    for candidate in (annotation, *get_args(annotation)):
        if isinstance(candidate, type) and issubclass(candidate, BaseModel):
            return candidate
    return None
