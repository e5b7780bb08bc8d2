"""Among 100,000 names nearly every project is found, however people write it."""

import pytest

from handlers.reading.naming.projects import ProjectIndex
from tests.accuracy.many_names import WAYS, build_index, count_found

AMONG = 100_000
ASKED = 500
RECALL = 0.97


@pytest.fixture(scope="module")
def index() -> ProjectIndex:
    """An index of all the names."""
    return build_index(AMONG)


@pytest.mark.parametrize("way", WAYS)
def test_the_project_meant_is_found_or_offered(way: str, index: ProjectIndex) -> None:
    assert count_found(index, way, AMONG, ASKED) / ASKED >= RECALL


def test_a_new_name_is_found_in_the_next_message(index: ProjectIndex) -> None:
    assert index.find("演练新来的产业园谁负责") == ()
    index.add("演练新来的产业园")
    assert [each.names for each in index.find("演练新来的谁负责")] == [("演练新来的产业园",)]
