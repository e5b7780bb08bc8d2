"""A deployment of one's own: a directory, and an environment without settings."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.settings import Settings, load_settings

Load = Callable[..., Settings]


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The directory in which the assistant is started; nothing is in it."""
    for variable in [name for name in os.environ if name.startswith("ZHUANBAN_")]:
        monkeypatch.delenv(variable)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def load(place: Path, monkeypatch: pytest.MonkeyPatch) -> Load:
    """Reads the settings from a config.toml of this text, with these environment variables."""

    def load_text(text: str = "", **variables: str) -> Settings:
        (place / "config.toml").write_text(text, encoding="utf-8")
        for name, value in variables.items():
            monkeypatch.setenv(f"ZHUANBAN_{name}", value)
        return load_settings()

    return load_text
