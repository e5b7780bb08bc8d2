"""Every sentence of the code is in the catalogue, whole, and nothing else is."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from handlers.texts.catalogue import FOLDER

ROOT = Path(__file__).parents[3]
SPOKEN = ("handlers", "bot")
KEYWORDS = {"say": None, "sentence": None, "say_many": (1, 2)}
CHINESE = re.compile(r"[\u3400-\u9fff]")
FIELD = re.compile(r"{(\w+)}")
PUT_TOGETHER = (ast.JoinedStr, ast.BinOp)


@cache
def sentences_of_code() -> dict[str, str]:
    """Each sentence that is said somewhere, and a file in which it is."""
    found = {}
    for folder in SPOKEN:
        extracted = extract_from_dir(ROOT / folder, keywords=KEYWORDS)
        for file, _, said, _, _ in extracted:
            found[said if isinstance(said, str) else said[0]] = f"{folder}/{file}"
    return found


@cache
def catalogue() -> tuple[Message, ...]:
    """Everything that is translated into simplified Chinese."""
    return tuple(
        message
        for path in sorted((FOLDER / "zh_Hans" / "LC_MESSAGES").glob("*.po"))
        for message in _read(path)
        if message.id
    )


def _read(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale="zh_Hans", abort_invalid=True)


def _key(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def _wordings(message: Message) -> tuple[str, ...]:
    said = message.string or ""
    return (said,) if isinstance(said, str) else tuple(said)


def test_the_extractor_finds_something() -> None:
    assert len(sentences_of_code()) > 100


def test_every_sentence_is_translated() -> None:
    translated = {_key(message) for message in catalogue() if all(_wordings(message))}
    assert {s: f for s, f in sentences_of_code().items() if s not in translated} == {}


def test_nothing_is_translated_that_nobody_says() -> None:
    assert {_key(message) for message in catalogue()} - set(sentences_of_code()) == set()


def test_no_translation_is_a_guess() -> None:
    assert [_key(message) for message in catalogue() if message.fuzzy] == []


def test_translations_have_the_same_fields() -> None:
    wrong = []
    for message in catalogue():
        ids = [message.id] if isinstance(message.id, str) else list(message.id)
        fields = {field for each in ids for field in FIELD.findall(each)}
        wrong += [w for w in _wordings(message) if set(FIELD.findall(w)) != fields]
    assert wrong == []


def test_a_sentence_is_translated_the_same_everywhere() -> None:
    found: dict[str, set[tuple[str, ...]]] = {}
    for message in catalogue():
        found.setdefault(_key(message), set()).add(_wordings(message))
    assert {key: said for key, said in found.items() if len(said) > 1} == {}


def test_the_tone_has_no_exclamation_mark() -> None:
    assert [w for message in catalogue() for w in _wordings(message) if re.search("[!！]", w)] == []


def _files(folder: str) -> list[Path]:
    return sorted((ROOT / folder).rglob("*.py"))


def _name(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", sorted((ROOT / "handlers/texts").glob("*.py")), ids=_name)
def test_the_code_of_the_texts_has_no_chinese_of_its_own(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    comments = {node.value for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    literals = [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in comments
    ]
    assert [text for text in literals if CHINESE.search(text)] == []


@pytest.mark.parametrize("path", _files("handlers"), ids=_name)
def test_no_sentence_is_put_together_from_pieces(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and node.args]
    spoken = [c for c in calls if getattr(c.func, "attr", getattr(c.func, "id", "")) in KEYWORDS]
    assert [c.lineno for c in spoken if isinstance(c.args[0], PUT_TOGETHER)] == []
