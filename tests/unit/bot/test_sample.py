"""The sample in the repository: every setting with its default, and it works as it is."""

import re
import tomllib
from pathlib import Path
from typing import get_args

import pytest
from pydantic import BaseModel

from bot.settings import Settings, load_settings
from tests.repo.files import ROOT
from tests.unit.bot.conftest import Load

SAMPLE = (ROOT / "config.toml").read_text(encoding="utf-8")
ENVIRONMENT_ONLY = {"telegram.webhook_secret": "ZHUANBAN_TELEGRAM__WEBHOOK_SECRET"}


def uncomment(text: str) -> str:
    """The sample with its examples in force."""
    return re.sub(r"^# (?=\[\[|\w+ = )", "", text, flags=re.MULTILINE)


def list_settings() -> list[str]:
    """Every setting, as section.key."""
    found = []
    for section, field in Settings.model_fields.items():
        kinds = [*get_args(field.annotation), field.annotation]
        model = next(
            kind for kind in kinds if isinstance(kind, type) and issubclass(kind, BaseModel)
        )
        found += [f"{section}.{key}" for key in model.model_fields]
    return found


@pytest.fixture(autouse=True)
def _with_a_secret(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert not list(place.iterdir())
    monkeypatch.setenv("ZHUANBAN_TELEGRAM__WEBHOOK_SECRET", "invented")


@pytest.mark.parametrize("setting", list_settings())
def test_every_setting_is_in_the_sample(setting: str) -> None:
    if setting in ENVIRONMENT_ONLY:
        assert ENVIRONMENT_ONLY[setting] in SAMPLE
        return
    section, key = setting.split(".")
    content = tomllib.loads(uncomment(SAMPLE))[section]
    tables = content if isinstance(content, list) else [content]
    assert any(key in table for table in tables)


def test_the_sample_as_it_is_says_the_defaults(load: Load) -> None:
    assert load(SAMPLE).model_dump() == load("").model_dump()


def test_the_sample_with_its_examples_is_in_order(load: Load) -> None:
    settings = load(uncomment(SAMPLE))
    assert settings.groups
    assert settings.telegram.token is not None


def test_a_setting_that_is_not_in_the_sample_would_be_noticed() -> None:
    assert "telegram.token" in list_settings()
    assert load_settings().telegram.webhook_secret is not None
