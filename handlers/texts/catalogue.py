"""The sentences in each language, read from handlers/locales/<locale>/LC_MESSAGES/*.po.

A sentence is named by its English wording; `en` therefore needs no catalogue. Traditional
Chinese is derived from the simplified one as long as nobody has written a catalogue for it.
"""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import opencc
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

FOLDER = Path(__file__).parents[1] / "locales"
SIMPLIFIED, TRADITIONAL = "zh_Hans", "zh_Hant"

Forms = tuple[str, ...]
"""A sentence's wordings: one, or one for the singular and one for the plural."""


@cache
def load_sentences(locale: str) -> Mapping[str, Forms]:
    """The sentences of a language by their English wording (the singular, where there are two).

    Empty for English, and for a language that nobody has written yet.
    """
    found = {}
    for path in sorted((FOLDER / locale / "LC_MESSAGES").glob("*.po")):
        found.update(_sentences_of(_read(path, locale)))
    if not found and locale == TRADITIONAL:
        return _derive_traditional()
    return found


def list_locales() -> list[str]:
    """The languages that a group may be set to."""
    written = {path.name for path in FOLDER.iterdir() if (path / "LC_MESSAGES").is_dir()}
    return sorted(written | {"en", TRADITIONAL})


def _read(path: Path, locale: str) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale=locale, abort_invalid=True)


def _sentences_of(catalogue: Catalog) -> dict[str, Forms]:
    return {_key(message): _forms(message) for message in catalogue if _said(message)}


def _key(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def _forms(message: Message) -> Forms:
    said = message.string or ""
    return (said,) if isinstance(said, str) else tuple(said)


def _said(message: Message) -> bool:
    return bool(message.id) and all(_forms(message))


def _derive_traditional() -> Mapping[str, Forms]:
    convert = opencc.OpenCC("s2t").convert
    simplified = load_sentences(SIMPLIFIED)
    return {key: tuple(convert(form) for form in forms) for key, forms in simplified.items()}
