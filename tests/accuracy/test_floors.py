"""How well messages are understood does not fall below what was reached."""

import pytest

from tests.accuracy.score import FOLDERS, KINDS, judge_all, load_rows, score

# The least part of the rows that is read as people meant them, by set and kind.
FLOORS = {
    "first": {"registrations": 0.99, "acts": 0.99, "questions": 0.99, "chat": 1.0},
    "second": {"registrations": 0.99, "acts": 0.99, "questions": 0.99, "chat": 1.0},
    "third": {"registrations": 0.98, "acts": 0.98, "questions": 0.98, "chat": 1.0},
    "fourth": {"registrations": 0.98, "acts": 0.98, "questions": 0.98, "chat": 1.0},
}
ENOUGH = 500  # rows of each kind, in all sets


@pytest.mark.parametrize("folder", FOLDERS)
@pytest.mark.parametrize("kind", KINDS)
def test_messages_are_read_as_people_meant_them(kind: str, folder: str) -> None:
    found = judge_all(kind, folder)
    assert score(found).accuracy >= FLOORS[folder][kind], [
        v.row["id"] for v in found if not v.right
    ]


@pytest.mark.parametrize("folder", FOLDERS)
@pytest.mark.parametrize("kind", KINDS)
def test_nothing_is_understood_wrongly_without_a_word(kind: str, folder: str) -> None:
    wrong = {v.row["id"]: v.silent for v in judge_all(kind, folder) if v.silent}
    assert wrong == {}


@pytest.mark.parametrize("kind", KINDS)
def test_there_are_enough_rows(kind: str) -> None:
    assert sum(len(load_rows(kind, folder)) for folder in FOLDERS) >= ENOUGH
