"""Ledgers on both databases, quickly: each test gets a copy of a migrated one."""

import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from store.engine import open_engine
from store.migrate import upgrade
from tests.ledger import TaskForce, make_ledger
from tests.postgres import create_database, database_name, drop_database

BOTH = (pytest.param("sqlite"), pytest.param("postgres", marks=pytest.mark.postgres))


def migrate(url: str) -> None:
    """Brings the database at this address to today's tables."""
    engine = open_engine(url)
    upgrade(engine)
    engine.dispose()


@pytest.fixture(scope="session")
def postgres_template(postgres_url: str) -> Iterator[str]:
    """A migrated database on the server; every fresh one is a copy of it."""
    url = create_database(postgres_url)
    migrate(url)
    yield database_name(url)
    drop_database(postgres_url, url)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated file."""
    file = tmp_path_factory.mktemp("template") / "ledger.sqlite3"
    migrate(f"sqlite:///{file}")
    return file


@pytest.fixture(params=BOTH)
def migrated_url(request: pytest.FixtureRequest) -> str:
    """The address of a migrated database, on SQLite and on PostgreSQL."""
    if request.param == "postgres":
        url: str = request.getfixturevalue("fresh_postgres_url")
        return url
    file = request.getfixturevalue("tmp_path") / "ledger.sqlite3"
    shutil.copy(request.getfixturevalue("sqlite_template"), file)
    return f"sqlite:///{file}"


@pytest.fixture(params=BOTH)
def empty_url(request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of a database without any tables, on both."""
    if request.param == "postgres":
        server: str = request.getfixturevalue("postgres_url")
        url = create_database(server)
        yield url
        drop_database(server, url)
    else:
        yield f"sqlite:///{request.getfixturevalue('tmp_path') / 'ledger.sqlite3'}"


@pytest.fixture
async def force(migrated_url: str) -> AsyncIterator[TaskForce]:
    """The task force with an empty ledger, on both databases."""
    made = await make_ledger(migrated_url)
    yield made
    made.close()


@pytest.fixture
async def on_sqlite(tmp_path: Path, sqlite_template: Path) -> AsyncIterator[TaskForce]:
    """The task force with an empty ledger on SQLite, for what only concerns its writer."""
    file = tmp_path / "ledger.sqlite3"
    shutil.copy(sqlite_template, file)
    made = await make_ledger(f"sqlite:///{file}")
    yield made
    made.close()


@pytest.fixture
async def on_postgres(fresh_postgres_url: str) -> AsyncIterator[TaskForce]:
    """The same on PostgreSQL, for what only concerns its pool."""
    made = await make_ledger(fresh_postgres_url)
    yield made
    made.close()
