"""What some tests need and pip cannot install, where it is looked for, and how to get it."""

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

ABSENT = "none"  # as the value of a variable: do as if the machine had none


@dataclass(frozen=True, slots=True)
class Need:
    """A program that tests marked `marker`, or asking for one of `fixtures`, cannot do without."""

    marker: str
    fixtures: frozenset[str]
    name: str
    how: str
    variable: str
    find: Callable[[], str | None]

    @property
    def reason(self) -> str:
        """Why a test did not run: the words by which the summary counts such tests."""
        return f"{self.name} is missing; to get it: {self.how} (or set {self.variable})"

    def found(self) -> str | None:
        """What the environment names, else what the machine has, else None."""
        named = os.environ.get(self.variable)
        if named == ABSENT:
            return None
        return named or self.find()

    def require(self) -> str:
        """What was found; without it the test is skipped, or fails where CI=true."""
        found = self.found()
        if found:
            return found
        if on_ci():
            pytest.fail(self.reason, pytrace=False)
        pytest.skip(self.reason)


def on_ci() -> bool:
    """Whether a missing program is a failure: CI runs every test or none."""
    return os.environ.get("CI", "").lower() in {"1", "true", "yes"}


def find_postgres_programs() -> str | None:
    """The directory of initdb and pg_ctl: on the PATH, or where Debian keeps its newest version."""
    on_path = shutil.which("initdb")
    if on_path and shutil.which("pg_ctl"):
        return str(Path(on_path).resolve().parent)
    versions = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3])
    )
    return str(versions[-1].parent) if versions else None


def find_chromium() -> str | None:
    """The path of a Chromium, or of the Chrome that is built from it."""
    names = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
    return next((path for name in names if (path := shutil.which(name))), None)


POSTGRES = Need(
    marker="postgres",
    fixtures=frozenset({"postgres_url", "postgres_template", "fresh_postgres_url"}),
    name="PostgreSQL",
    how="apt-get install postgresql",
    variable="ZHUANBAN_TEST_POSTGRES",
    find=find_postgres_programs,
)
CHROMIUM = Need(
    marker="browser",
    fixtures=frozenset({"chromium_path"}),
    name="Chromium",
    how="apt-get install chromium fonts-noto-cjk",
    variable="ZHUANBAN_TEST_CHROMIUM",
    find=find_chromium,
)
NEEDS = (POSTGRES, CHROMIUM)
