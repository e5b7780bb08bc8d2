"""The folders are those of the design, modules say what they hold, and no machine shows through."""

import ast
import re

import pytest

from tests.repo.files import PACKAGES, ROOT, list_files, list_modules, list_texts

FOLDERS = (
    *PACKAGES,
    "bot/channels",
    "bot/sandbox",
    "handlers/reading",
    "handlers/texts",
    "store/actions",
    "store/queries",
    "policy/packs",
    *(f"tests/{kind}" for kind in ("unit", "property", "store", "chat", "browser", "repo")),
)
FOREIGN = {
    "a path of somebody's machine": re.compile(r"(?<![\w.])/(?:work|root|home|farm|Users)/"),
    "a host that packages come from": re.compile(
        r"\bpypi\.\w|\bpythonhosted\.|\bregistry\.\w+\.\w|\bmirrors?\.\w+\.\w|--(?:extra-)?index-url\s"
        r"|--find-links\s"
    ),
}


@pytest.mark.parametrize("folder", FOLDERS)
def test_the_house_has_this_folder(folder: str) -> None:
    inside = [path for path in list_files() if path.is_relative_to(ROOT / folder)]
    assert inside, f"{folder}/ is part of the design (architecture), and is not there"


def test_the_house_has_no_other_package() -> None:
    homes = {path.relative_to(ROOT).parts[0] for path in list_modules()}
    assert homes <= {*PACKAGES, "tests"}


def test_every_module_says_what_it_holds() -> None:
    silent = [
        str(path.relative_to(ROOT))
        for path in list_modules()
        if not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    ]
    assert not silent


@pytest.mark.parametrize("what", FOREIGN)
def test_no_file_names(what: str) -> None:
    found = [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()[:100]}"
        for path, text in list_texts()
        for number, line in enumerate(text.splitlines(), start=1)
        if FOREIGN[what].search(line)
    ]
    assert not found
