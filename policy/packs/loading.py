"""Reading packs from files, and saying what is wrong with one."""

import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from policy.packs.errors import Flaw, PackError
from policy.packs.pack import Pack

_FOLDER = Path(__file__).parent

_PHRASES = {
    "missing": "is missing",
    "extra_forbidden": "is not a key that is known here",
    "unexpected_keyword_argument": "is not a key that is known here",
    "greater_than_equal": "must be at least {ge}",
    "less_than_equal": "must be at most {le}",
    "int_type": "must be a whole number",
    "int_parsing": "must be a whole number",
    "string_type": "must be a text",
    "string_too_short": "must not be empty",
    "too_short": "needs at least {min_length} entries",
    "string_pattern_mismatch": "must look like {pattern}",
    "enum": "must be {expected}",
}


def list_packs() -> tuple[str, ...]:
    """List the names of the packs that come with the assistant."""
    return tuple(sorted(file.stem for file in _FOLDER.glob("*.toml")))


def load_pack(name_or_path: str | Path) -> Pack:
    """Load a pack: by the name of one that comes with the assistant, or from a `.toml` file.

    Raises:
        PackError: there is no such pack, it cannot be read, or something in it is wrong.

    """
    path = _find_file(name_or_path)
    try:
        data = tomllib.loads(path.read_bytes().decode("utf-8-sig"))
    except OSError as error:
        raise PackError(str(path), "", f"cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise PackError(str(path), "", "is not UTF-8") from error
    except tomllib.TOMLDecodeError as error:
        raise PackError(str(path), "", f"is not valid TOML: {error}") from error
    return make_pack(str(path), data)


def make_pack(file: str, data: Mapping[str, Any]) -> Pack:
    """Make a pack of what was read from a file, or name the first thing that is wrong with it.

    Raises:
        PackError: with `file`, and the key and the reason.

    """
    try:
        return Pack.model_validate(data)
    except ValidationError as error:
        found = error.errors(include_url=False)[0]
        context = found.get("ctx", {})
        cause = context.get("error")
        if isinstance(cause, Flaw):
            raise PackError(file, cause.key, cause.reason) from error
        phrase = _PHRASES.get(found["type"])
        reason = phrase.format(**context) if phrase else str(cause or found["msg"])
        raise PackError(file, _place(found["loc"], data), reason) from error


def add_departments(pack: Pack, additions: Mapping[str, Iterable[str]]) -> Pack:
    """Return a pack with further spellings of its departments, or further departments.

    Args:
        pack: the pack, which stays as it is.
        additions: full names of departments, and the aliases to add to each.

    Raises:
        PackError: an alias already means another department.

    """
    data = pack.model_dump()
    departments = {one["name"]: one for one in data["departments"]}
    for name, aliases in additions.items():
        one = departments.setdefault(name, {"name": name, "short": name, "aliases": ()})
        one["aliases"] = (*one["aliases"], *aliases)
    return make_pack(pack.key, {**data, "departments": tuple(departments.values())})


def _find_file(name_or_path: str | Path) -> Path:
    text = str(name_or_path)
    if isinstance(name_or_path, Path) or text.endswith(".toml") or "/" in text:
        return Path(name_or_path)
    if text not in list_packs():
        raise PackError(text, "", f"there is no such pack; there are: {', '.join(list_packs())}")
    return _FOLDER / f"{text}.toml"


def _place(loc: tuple[int | str, ...], data: Any) -> str:
    """Write where something is: items[energy].days, with keys or names in place of numbers."""
    place = ""
    for step in loc:
        data = _step_into(data, step)
        if isinstance(step, int):
            label = data.get("key") or data.get("name") if isinstance(data, dict) else None
            place += f"[{label or step}]"
        else:
            place += f".{step}" if place else step
    return place


def _step_into(data: Any, step: int | str) -> Any:
    try:
        return data[step]
    except (KeyError, IndexError, TypeError):
        return None
