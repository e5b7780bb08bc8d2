"""Importing aiogram in a quarter of its time.

While it is imported, aiogram 3 has pydantic build the validators of all its 300 types, one
after the other: 2.3 of its 3.1 seconds, measured on two cores. A running assistant meets a
few dozen of them. So the building waits until a type is used for the first time, which
pydantic does by itself; only the names that the annotations refer to have to be handed in.
"""

import sys
from functools import cache
from typing import Any, Literal, Optional, Union

from pydantic import BaseModel

_NAME = "model_rebuild"


def import_aiogram() -> None:
    """Import aiogram without building its types; does nothing where it is imported already."""
    if "aiogram" in sys.modules:
        return
    original = BaseModel.__dict__[_NAME]
    setattr(BaseModel, _NAME, classmethod(_postpone))
    try:
        import aiogram.methods
        import aiogram.types
    finally:
        setattr(BaseModel, _NAME, original)
    # A Response[list[Update]] is made at the moment of a call, and is built out of its parts.
    methods = aiogram.methods.base
    for base in (aiogram.types.TelegramObject, methods.TelegramMethod, methods.Response):
        setattr(base, _NAME, classmethod(_build))


def _postpone(_cls: Any, /, **_how: Any) -> None:
    """What aiogram calls for each of its types when it is imported."""


def _build(cls: Any, /, *, force: bool = False, **_how: Any) -> bool | None:
    """What pydantic calls when a type is used for the first time."""
    rebuild = BaseModel.model_rebuild.__func__  # type: ignore[attr-defined]  # it is a classmethod
    built: bool | None = rebuild(cls, force=force, _types_namespace=_list_names())
    return built


@cache
def _list_names() -> dict[str, Any]:
    """What the annotations of aiogram's types refer to, as it lists them itself."""
    from aiogram import types
    from aiogram.client.default import Default

    words = {"List": list, "Optional": Optional, "Union": Union, "Literal": Literal}
    return {**words, "Default": Default, **{name: getattr(types, name) for name in types.__all__}}
