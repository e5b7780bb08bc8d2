"""Addresses of databases, and which of their errors pass by themselves."""

import sqlite3
from pathlib import Path

import psycopg
import pytest
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError, ProgrammingError

from store.engine import may_pass, open_engine, was_overtaken
from store.errors import LedgerError


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("ledger.sqlite3", "is not a database address: ledger"),
        ("", "is not a database address"),
        ("sqlite://", "needs a file"),
        ("sqlite:///:memory:", "needs a file"),
        ("mysql://root:geheim@host/db", "names mysql; sqlite:///FILE or postgresql://"),
    ],
)
def test_other_addresses_are_refused_with_a_sentence(url: str, sentence: str) -> None:
    with pytest.raises(LedgerError, match=sentence) as caught:
        open_engine(url)
    assert "geheim" not in str(caught.value)


def test_the_folder_is_made(tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path}/data/here/ledger.sqlite3")
    engine.dispose()
    assert (tmp_path / "data/here").is_dir()


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file")
    with pytest.raises(LedgerError, match="cannot be made"):
        open_engine(f"sqlite:///{tmp_path}/data/ledger.sqlite3")


def of_sqlite(code: int) -> DBAPIError:
    """An error as the driver reports it."""
    error = sqlite3.OperationalError("words of any version")
    error.sqlite_errorcode = code
    return OperationalError("SELECT 1", None, error)


def of_postgres(
    error: type[psycopg.Error], kind: type[DBAPIError] = OperationalError
) -> DBAPIError:
    """The same of the other driver."""
    return kind("SELECT 1", None, error("words of any language"))


@pytest.mark.parametrize(
    ("error", "passes"),
    [
        (of_sqlite(sqlite3.SQLITE_BUSY), True),
        (of_sqlite(sqlite3.SQLITE_BUSY_SNAPSHOT), True),
        (of_sqlite(sqlite3.SQLITE_LOCKED), True),
        (of_sqlite(sqlite3.SQLITE_FULL), True),
        (of_sqlite(sqlite3.SQLITE_READONLY), False),
        (of_sqlite(sqlite3.SQLITE_CORRUPT), False),
        (of_postgres(psycopg.OperationalError), True),
        (of_postgres(psycopg.errors.DeadlockDetected), True),
        (of_postgres(psycopg.errors.SerializationFailure), True),
        (of_postgres(psycopg.errors.AdminShutdown), True),
        (of_postgres(psycopg.errors.DiskFull), True),
        (of_postgres(psycopg.errors.UndefinedTable, ProgrammingError), False),
        (of_postgres(psycopg.errors.UniqueViolation, IntegrityError), False),
    ],
)
def test_what_passes_by_itself(error: DBAPIError, passes: bool) -> None:
    assert may_pass(error) is passes


def test_who_was_overtaken_looks_again() -> None:
    assert was_overtaken(of_postgres(psycopg.errors.UniqueViolation, IntegrityError))
    assert not was_overtaken(of_postgres(psycopg.errors.ForeignKeyViolation, IntegrityError))
