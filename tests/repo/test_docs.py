"""The documents name what there is: every command and setting, and nothing that is not there."""

import argparse
import re
import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from textwrap import dedent

import pytest
from pydantic import BaseModel

from bot.commands import COMMANDS
from bot.commands.exits import Exit
from bot.commands.usage import Parser
from bot.settings import Settings
from bot.settings.model import PREFIX
from handlers.texts.catalogue import load_sentences
from handlers.texts.deadlines import explain_deadline
from handlers.texts.speech import Speech
from policy.calendar import Calendar
from policy.deadlines import Pause, count_deadline
from policy.packs import Pack, load_pack
from tests.repo.files import PACKAGES, ROOT, list_modules

README = ROOT / "README.md"
HANDBOOK = ROOT / "docs" / "handbook.zh.md"
DOCUMENTS = (README, *sorted((ROOT / "docs").glob("*.md")))
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)|<img[^>]*\bsrc=\"([^\"]+)\"")
FENCE = re.compile(r"^ *```.*?^ *```", re.DOTALL | re.MULTILINE)


def read(path: Path) -> str:
    """A document's text."""
    return path.read_text(encoding="utf-8")


def list_settings() -> Iterator[str]:
    """Every setting as section.key, and every section, which may also be a list of tables."""
    for section, field in Settings.model_fields.items():
        kind = field.annotation
        model = next(iter(getattr(kind, "__args__", ())), kind)
        assert isinstance(model, type)
        assert issubclass(model, BaseModel)
        yield from (f"{section}.{key}" for key in model.model_fields)


def list_options(name: str) -> set[str]:
    """The options of a command, without the one for help."""
    parser = Parser(name, "")
    COMMANDS[name].add_arguments(parser)
    actions: list[argparse.Action] = parser._actions
    return {o for action in actions for o in action.option_strings} - {"-h", "--help"}


def list_anchors(path: Path) -> set[str]:
    """The anchors of a document's headings, as GitHub makes them."""
    headings = re.findall(r"^#+ (.+)$", FENCE.sub("", read(path)), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("name", [*list_settings()])
def test_the_readme_has_every_setting(name: str) -> None:
    assert f"`{name}`" in read(README)


def test_the_readme_has_no_other_setting() -> None:
    sections = "|".join(Settings.model_fields)
    named = set(re.findall(rf"`((?:{sections})\.[a-z_]+)`", read(README)))
    assert named <= set(list_settings())


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_a_variable_stands_for_a_setting(document: Path) -> None:
    names = [*list_settings(), *Settings.model_fields, "config", "test_postgres", "test_chromium"]
    known = {PREFIX + name.upper().replace(".", "__") for name in names}
    assert set(re.findall(rf"{PREFIX}[A-Z_]*[A-Z]", read(document))) <= known


@pytest.mark.parametrize("name", COMMANDS)
def test_the_readme_has_every_command_with_its_options(name: str) -> None:
    text = read(README)
    assert f"`python -m bot {name}" in text
    assert not [option for option in list_options(name) if option not in text]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_command_that_is_named_is_there(document: Path) -> None:
    named = set(re.findall(r"python -m bot ([a-z]+)", read(document)))
    assert named <= COMMANDS.keys()


def test_the_readme_has_every_exit_code() -> None:
    rows = re.findall(r"^\| `(\d)` \|", read(README), re.MULTILINE)
    assert [int(code) for code in rows] == list(Exit)


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_make_target_that_is_named_is_there(document: Path) -> None:
    targets = set(re.findall(r"^([a-z-]+):", read(ROOT / "Makefile"), re.MULTILINE))
    assert set(re.findall(r"\bmake ([a-z-]+)\b(?=[`\n ]*[`\n#])", read(document))) <= targets


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_link_leads_somewhere(document: Path) -> None:
    broken = []
    for one, other in LINK.findall(FENCE.sub("", read(document))):
        target, _, anchor = (one or other).partition("#")
        if "://" in target:
            continue
        file = (document.parent / target).resolve() if target else document
        if not file.exists() or (anchor and anchor not in list_anchors(file)):
            broken.append(one or other)
    assert not broken


def test_the_example_of_settings_in_the_readme_is_valid() -> None:
    examples = re.findall(r"^ *```toml\n(.*?)^ *```", read(README), re.DOTALL | re.MULTILINE)
    assert examples
    for example in examples:
        Settings(**tomllib.loads(dedent(example)))


def list_terms() -> Iterator[str]:
    """What the glossary says is in the code: the code spans of its middle column."""
    for line in read(ROOT / "docs" / "glossary.md").splitlines():
        cells = line.split("|")
        if len(cells) > 3:
            yield from re.findall(r"`([^`]+)`", cells[2])


def test_every_word_of_the_glossary_is_in_the_code() -> None:
    ours = [path for path in list_modules() if path.relative_to(ROOT).parts[0] in PACKAGES]
    code = "\n".join(map(read, ours))
    terms = set(list_terms())
    assert len(terms) > 50
    assert not {term for term in terms if not _is_in(code, term)}


def _is_in(code: str, term: str) -> bool:
    kind, _, member = term.rpartition(".")
    if not kind:
        return bool(re.search(rf"\b{re.escape(member)}\b", code))
    bodies = re.findall(rf"^class {kind}\b.*?(?=^\S|\Z)", code, re.DOTALL | re.MULTILINE)
    return any(re.search(rf"^    {member} = ", body, re.MULTILINE) for body in bodies)


def list_pack_keys() -> Iterator[str]:
    """Every key that a pack may have, whatever its section."""
    waiting: list[type[BaseModel]] = [Pack]
    while waiting:
        model = waiting.pop()
        for name, field in model.model_fields.items():
            yield name
            kinds = (field.annotation, *getattr(field.annotation, "__args__", ()))
            waiting += [k for k in kinds if isinstance(k, type) and issubclass(k, BaseModel)]


def test_the_guide_to_packs_has_every_key() -> None:
    text = read(ROOT / "docs" / "policy-pack.md")
    keys = set(list_pack_keys())
    assert {"board_after", "options", "handover"} <= keys
    assert not {key for key in keys if not re.search(rf"`(?:\[+)?{key}(?:\]+)?`", text)}


def test_the_example_of_the_handbook_is_counted_right() -> None:
    period = load_pack("zhumadian").item("eia_form").period
    stopped = Pause(date(2026, 11, 24), date(2026, 11, 26))
    deadline = count_deadline(Calendar(), date(2026, 11, 20), period, [stopped])
    speech = Speech("zh_Hans", date(2026, 11, 26))
    assert deadline.due is not None
    said = [speech.limit(deadline.due), *explain_deadline(speech, deadline)[1:]]
    assert not [line for line in said if line not in read(HANDBOOK)]


def test_the_buttons_of_the_handbook_are_what_the_assistant_says() -> None:
    departments = read(HANDBOOK).partition("## 部门")[2].partition("\n## ")[0]
    cells = re.findall(r"^\| [^|]+ \| ([^|]+) \| [^|]+ \|$", departments, re.MULTILINE)[1:]
    labels = {label for cell in cells for label in re.split(r" [→·] ", cell)}
    said = [form for forms in load_sentences("zh_Hans").values() for form in forms]
    known = {part for form in said for part in re.split(r" · |{\w+}", form)}
    assert "恢复计时" in labels
    assert not labels - known - {"生态环境局"}
