"""The command line, called in this process, in a directory of its own."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.__main__ import main


@dataclass(frozen=True)
class Called:
    """How a command ended, and what it wrote."""

    code: int
    out: str
    err: str


Call = Callable[..., Called]


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current directory; nothing is in it, and no variable sets anything."""
    for variable in [name for name in os.environ if name.startswith("ZHUANBAN_")]:
        monkeypatch.delenv(variable)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def call(capsys: pytest.CaptureFixture[str]) -> Call:
    """Calls `python -m bot` with these words."""

    def call_words(*words: str) -> Called:
        capsys.readouterr()
        code = main(words)
        written = capsys.readouterr()
        return Called(int(code), written.out, written.err)

    return call_words


@pytest.fixture
def write(place: Path) -> Callable[[str], None]:
    """Writes config.toml."""

    def write_text(text: str) -> None:
        (place / "config.toml").write_text(text, encoding="utf-8")

    return write_text
