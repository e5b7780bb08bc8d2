"""Every package is pinned, with hashes, and what the code imports is what is asked for."""

import ast
import re
import sys
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from tests.repo.files import PACKAGES, ROOT, list_modules

REQUIREMENTS = ROOT / "requirements"
LISTS = ("build", "run", "dev")
PIN = re.compile(r"^([\w.-]+)==(\S+)")
HASH = re.compile(r"--hash=sha256:[0-9a-f]{64}\b")


def normalise(name: str) -> str:
    """A package's name as registries compare it: Babel, babel; psycopg[binary], psycopg."""
    return re.sub(r"[-_.]+", "-", name.partition("[")[0]).lower()


def read_pins(name: str) -> dict[str, tuple[str, frozenset[str]]]:
    """Package → version and hashes, from the pinned list of that name."""
    text = (REQUIREMENTS / f"{name}.txt").read_text().replace("\\\n", " ")
    pins = {}
    for line in text.splitlines():
        if line and not line.lstrip().startswith("#"):
            pin = PIN.match(line)
            assert pin, f"not pinned: {line[:100]}"
            pins[normalise(pin[1])] = (pin[2], frozenset(HASH.findall(line)))
    return pins


def read_wanted(name: str) -> set[str]:
    """The packages that a list asks for by name."""
    lines = (REQUIREMENTS / f"{name}.in").read_text().splitlines()
    wanted = (re.match(r"[\w.-]+", line) for line in lines if not line.startswith("-"))
    return {normalise(match[0]) for match in wanted if match}


def list_imports(path: Path) -> Iterator[str]:
    """The top-level packages that a module imports, wherever in it."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.partition(".")[0]


@pytest.mark.parametrize("name", LISTS)
def test_every_package_has_hashes(name: str) -> None:
    bare = [package for package, (_, hashes) in read_pins(name).items() if not hashes]
    assert not bare


@pytest.mark.parametrize("name", LISTS)
def test_what_is_asked_for_is_pinned(name: str) -> None:
    assert read_wanted(name) <= read_pins(name).keys()


@pytest.mark.parametrize("name", LISTS)
def test_a_list_names_no_place(name: str) -> None:
    for suffix in ("in", "txt"):
        text = (REQUIREMENTS / f"{name}.{suffix}").read_text()
        assert "://" not in text
        assert not re.search(r"^--", text, re.MULTILINE)


def test_dev_has_all_of_run() -> None:
    """`make run` after `make test` installs nothing because of this."""
    assert read_pins("run").items() <= read_pins("dev").items()


def test_what_the_assistant_imports_is_asked_for() -> None:
    distributions = packages_distributions()
    ours = {*PACKAGES, *sys.stdlib_module_names}
    undeclared = {
        f"{path.relative_to(ROOT)}: {package}"
        for path in list_modules()
        if path.relative_to(ROOT).parts[0] in PACKAGES
        for package in list_imports(path)
        if package not in ours
        and read_wanted("run").isdisjoint(map(normalise, distributions.get(package, [])))
    }
    assert not undeclared
