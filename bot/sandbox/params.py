"""From what came over HTTP to the typed parameters of a method.

In forms every value is text and structured values are JSON inside it; in a JSON
body the value is there as it is, or serialised once more. Files come as parts
of a multipart body, named directly or through `attach://part`.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.sandbox.errors import bad_request
from bot.sandbox.spec import ARRAY, Field, Mismatch, Spec

ATTACH = "attach://"
_YES = {"true", "1", "yes"}
_NO = {"false", "0", "no"}
_PLAIN_TYPES = {"Integer", "Float", "String", "Boolean", "True", "InputFile"}


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that came with a call."""

    name: str
    content: bytes

    def __str__(self) -> str:
        return f"<{self.name}, {len(self.content)} bytes>"


def read_params(spec: Spec, method: str, raw: Mapping[str, Any]) -> dict[str, Any]:
    """The parameters of `method` as typed values; raises a 400 that names what is wrong."""
    fields = spec.methods[method].fields
    parts = {name: value for name, value in raw.items() if isinstance(value, Upload)}
    params: dict[str, Any] = {}
    used: set[str] = set()
    for name, value in raw.items():
        if name in fields:
            params[name] = _read_value(spec, fields[name], value, parts, used)
    for name in raw:
        if name not in fields and name not in used:
            raise bad_request(f'parameter "{name}" is not known to {method}')
    for field in fields.values():
        if field.required and field.name not in params:
            raise bad_request(f'parameter "{field.name}" is required')
    return params


def _read_value(
    spec: Spec, field: Field, value: Any, parts: Mapping[str, Upload], used: set[str]
) -> Any:
    if "InputFile" in field.types:
        return _read_file(field, value, parts, used)
    if isinstance(value, Upload):
        raise bad_request(f'parameter "{field.name}" can\'t be a file')
    if isinstance(value, str):
        value = _read_text(field, value)
    try:
        spec.check(value, field.types, field.name)
    except Mismatch as error:
        raise bad_request(f'can\'t parse parameter "{field.name}": {error}') from None
    return value


def _read_file(field: Field, value: Any, parts: Mapping[str, Upload], used: set[str]) -> Any:
    if isinstance(value, str) and value.startswith(ATTACH):
        part = value.removeprefix(ATTACH)
        if part not in parts:
            raise bad_request(f'file "{part}" of parameter "{field.name}" was not sent')
        used.add(part)
        return parts[part]
    if not isinstance(value, str | Upload):
        raise bad_request(f'parameter "{field.name}" must be a file or a file identifier')
    return value


def _read_text(field: Field, text: str) -> Any:
    """What a form's text means for this field; nonsense is left for the check to refuse."""
    if "Integer" in field.types and re.fullmatch(r"-?\d{1,19}", text):
        return int(text)
    if {"Boolean", "True"} & set(field.types) and text.lower() in _YES | _NO:
        return text.lower() in _YES
    if "Float" in field.types and re.fullmatch(r"-?\d+(\.\d+)?", text):
        return float(text)
    if any(kind.startswith(ARRAY) or kind not in _PLAIN_TYPES for kind in field.types):
        return _read_json(field, text)
    return text


def _read_json(field: Field, text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        raise bad_request(f'can\'t parse parameter "{field.name}": it is no valid JSON') from None
