"""Whole messages, as data: every row of data/*.jsonl is read as its `expect` says."""

import json
from pathlib import Path
from typing import Any

import pytest

from handlers.reading.naming.names import Names
from handlers.reading.output import read_line
from tests.unit.reading.conftest import TODAY

DATA = Path(__file__).parent / "data"


def rows(name: str) -> list[dict[str, Any]]:
    lines = (DATA / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def text_of(row: dict[str, Any]) -> str:
    return str(row["text"])[:40]


def understood(row: dict[str, Any], names: Names) -> dict[str, Any]:
    found = read_line(row, names, TODAY)
    assert found.pop("id") is None
    return found


@pytest.mark.parametrize("row", rows("registrations"), ids=text_of)
def test_registration_is_read_field_by_field(row: dict[str, Any], names: Names) -> None:
    assert understood(row, names) == row["expect"]


@pytest.mark.parametrize("row", rows("acts"), ids=text_of)
def test_act_is_read_or_asked_back(row: dict[str, Any], names: Names) -> None:
    assert understood(row, names) == row["expect"]


@pytest.mark.parametrize("row", rows("questions"), ids=text_of)
def test_question_is_read_with_its_slots(row: dict[str, Any], names: Names) -> None:
    assert understood(row, names) == row["expect"]


@pytest.mark.parametrize("row", rows("chat"), ids=text_of)
def test_chit_chat_gets_no_answer(row: dict[str, Any], names: Names) -> None:
    assert understood(row, names) == {"kind": "none"}


def test_there_are_enough_rows() -> None:
    counts = {name: len(rows(name)) for name in ("registrations", "acts", "questions", "chat")}
    assert counts["registrations"] >= 60
    assert counts["acts"] >= 60
    assert counts["questions"] + counts["chat"] >= 80
    assert counts["chat"] >= 25
