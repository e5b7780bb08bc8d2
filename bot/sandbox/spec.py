"""Holds values against the Bot API's own description of its methods and types.

Both ways: the parameters that a bot sends, and the results and updates that the
sandbox itself makes up, so that it cannot drift from what Telegram would say.
The real server ignores parameters it does not know; this one refuses them,
because here they are always a mistake.
"""

import gzip
import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

SPEC_FILE = Path(__file__).parent / "spec" / "bot-api.json.gz"
ARRAY = "Array of "


class Mismatch(Exception):
    """A value that is not what the spec asks for; `path` says where it stands."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(f"{path}: {reason}")
        self.path = path
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Field:
    """One parameter of a method or one field of a type."""

    name: str
    types: tuple[str, ...]
    required: bool
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Shape:
    """A method or a type: its fields, or the types it may be one of."""

    name: str
    fields: dict[str, Field]
    subtypes: tuple[str, ...]
    returns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Spec:
    """The Bot API as data."""

    version: str
    methods: dict[str, Shape]
    types: dict[str, Shape]

    def check_result(self, method: str, result: Any) -> None:
        """Raises Mismatch when `result` is not what `method` returns."""
        self.check(result, self.methods[method].returns, method)

    def check_update(self, update: Any) -> None:
        """Raises Mismatch when `update` is no valid Update."""
        self.check(update, ("Update",), "update")

    def check(self, value: Any, types: Sequence[str], path: str) -> None:
        """Raises the Mismatch of the type that came closest when none of `types` fits."""
        closest: Mismatch | None = None
        for kind in types:
            try:
                self._check_one(value, kind, path)
                return
            except Mismatch as error:
                if closest is None or len(error.path) > len(closest.path):
                    closest = error
        if closest is not None:
            raise closest

    def _check_one(self, value: Any, kind: str, path: str) -> None:
        if kind in _PLAIN:
            if not _PLAIN[kind](value):
                raise Mismatch(path, f"expected {kind}")
        elif kind.startswith(ARRAY):
            self._check_array(value, kind.removeprefix(ARRAY), path)
        elif kind == "RichText" and isinstance(value, str | list):
            # The spec lists the object forms only; a string and a list of parts are rich text too.
            self.check(value, ("String", "Array of RichText"), path)
        else:
            self._check_shape(value, self.types[kind], path)

    def _check_array(self, value: Any, kind: str, path: str) -> None:
        if not isinstance(value, list):
            raise Mismatch(path, f"expected an array of {kind}")
        for index, item in enumerate(value):
            self._check_one(item, kind, f"{path}[{index}]")

    def _check_shape(self, value: Any, shape: Shape, path: str) -> None:
        if shape.subtypes:
            self.check(value, shape.subtypes, path)
            return
        if not isinstance(value, dict):
            raise Mismatch(path, f"expected {shape.name}")
        _check_names(value, shape, path)
        for name, item in value.items():
            field = shape.fields[name]
            self.check(item, field.types, f"{path}.{name}")
            if field.values and item not in field.values:
                raise Mismatch(f"{path}.{name}", f'"{item}" is none of {", ".join(field.values)}')


def _check_names(value: dict[str, Any], shape: Shape, path: str) -> None:
    for name in value:
        if name not in shape.fields:
            raise Mismatch(path, f'{shape.name} has no field "{name}"')
    for field in shape.fields.values():
        if field.required and field.name not in value:
            raise Mismatch(path, f'field "{field.name}" of {shape.name} is missing')


def _is_integer(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _is_number(value: Any) -> bool:
    return _is_integer(value) or isinstance(value, float)


def _is_string(value: Any) -> bool:
    return isinstance(value, str)


def _is_boolean(value: Any) -> bool:
    return isinstance(value, bool)


def _is_true(value: Any) -> bool:
    return value is True


_PLAIN = {
    "Integer": _is_integer,
    "Float": _is_number,
    "String": _is_string,
    "Boolean": _is_boolean,
    "True": _is_true,
}


@cache
def load_spec() -> Spec:
    """The spec from the package's own file; read once a process."""
    raw = json.loads(gzip.decompress(SPEC_FILE.read_bytes()))
    return Spec(
        version=raw["version"],
        methods={name: _read_shape(item) for name, item in raw["methods"].items()},
        types={name: _read_shape(item) for name, item in raw["types"].items()},
    )


def _read_shape(raw: dict[str, Any]) -> Shape:
    fields = (_read_field(item) for item in raw.get("fields", ()))
    return Shape(
        name=raw["name"],
        fields={field.name: field for field in fields},
        subtypes=tuple(raw.get("subtypes", ())),
        returns=tuple(raw.get("returns", ())),
    )


def _read_field(raw: dict[str, Any]) -> Field:
    return Field(raw["name"], tuple(raw["types"]), raw["required"], tuple(raw.get("values", ())))
