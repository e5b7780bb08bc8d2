"""An invented ledger: what the reader knows in these tests."""

from dataclasses import replace
from datetime import date

import pytest

from handlers.reading.naming.names import Names
from handlers.reading.values import ReadingContext
from policy.packs import load_pack

TODAY = date(2026, 11, 23)  # a Monday

PROJECTS = (
    "青禾饲料加工园",
    "云岭数控机床基地",
    "松涛纸品循环利用",
    "锦程冷链物流港",
    "北辰星锂电池负极材料",
    "确山玻纤产业园二期",
    "禾丰面业智能化改造",
    "禾丰饲料扩建",
    "汝南菊花茶深加工",
    "晨光酒业技改",
)


@pytest.fixture(scope="session")
def names() -> Names:
    """The pack's names, invented projects and the tasks 1 to 60."""
    known = Names.from_pack(load_pack("zhumadian"), PROJECTS)
    return replace(known, tasks=frozenset(range(1, 61)))


@pytest.fixture
def context(names: Names) -> ReadingContext:
    """A message in the group that is addressed to nobody."""
    return ReadingContext(TODAY, names)
