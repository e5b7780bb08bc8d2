"""A ledger in which the tests ask: see `Askers`."""

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from store.engine import open_engine
from store.migrate import upgrade
from tests.ledger import make_ledger
from tests.unit.answers.asking import Desk


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated file; each test works on a copy."""
    file = tmp_path_factory.mktemp("answers") / "ledger.sqlite3"
    engine = open_engine(f"sqlite:///{file}")
    upgrade(engine)
    engine.dispose()
    return file


@pytest.fixture
async def desk(migrated: Path, tmp_path: Path) -> AsyncIterator[Desk]:
    """An empty ledger on 16 November 2026, a Monday."""
    file = tmp_path / "ledger.sqlite3"
    shutil.copy(migrated, file)
    force = await make_ledger(f"sqlite:///{file}")
    yield Desk(force)
    force.close()
