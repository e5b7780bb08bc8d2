"""Connections to the ledger's database: SQLite by default, PostgreSQL where a city outgrows it."""

import sqlite3
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, IntegrityError, OperationalError

from .errors import LedgerError

BUSY = 5.0  # seconds for which SQLite waits for another process before it says "locked"

# What passes by itself: SQLite's busy, locked and full (somebody may make room), and
# PostgreSQL's classes of lost connections, full servers, shutdowns and lost races.
_SQLITE_PASSING = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_FULL})
_POSTGRES_PASSING = ("08", "40", "53", "57P", "55P03")
_UNIQUE_VIOLATION = "23505"


def open_engine(url: str, busy: float = BUSY) -> Engine:
    """An engine for `sqlite:///FILE` or `postgresql://…`; raises LedgerError for anything else.

    `busy`: seconds for which one statement waits for SQLite's lock.
    """
    try:
        parsed = make_url(url)
    except ArgumentError:
        scheme = url.partition(":")[0]
        raise LedgerError(f"store.url is not a database address: {scheme}:…") from None
    backend = parsed.get_backend_name()
    if backend == "sqlite":
        return _open_sqlite(url, parsed.database, busy)
    if backend == "postgresql":
        return create_engine(
            parsed.set(drivername="postgresql+psycopg"), pool_pre_ping=True, hide_parameters=True
        )
    raise LedgerError(f"store.url names {backend}; sqlite:///FILE or postgresql://… is needed")


def is_sqlite(engine: Engine) -> bool:
    """Whether there is a single writer (SQLite) rather than row locks."""
    return engine.dialect.name == "sqlite"


def may_pass(error: DBAPIError) -> bool:
    """Whether the database was locked, lost or full, so that the same may succeed later."""
    if error.connection_invalidated:
        return True
    if isinstance(error.orig, sqlite3.Error):
        code = getattr(error.orig, "sqlite_errorcode", 0) & 0xFF
        return code in _SQLITE_PASSING
    state = _sqlstate(error)
    if state is None:  # psycopg has no code for a server that did not answer
        return isinstance(error, OperationalError)
    return state.startswith(_POSTGRES_PASSING)


def was_overtaken(error: DBAPIError) -> bool:
    """Whether another transaction wrote the same unique row first: a second look sees its row.

    With SQLite's single writer nobody can come in between.
    """
    return isinstance(error, IntegrityError) and _sqlstate(error) == _UNIQUE_VIOLATION


def _sqlstate(error: DBAPIError) -> str | None:
    state: str | None = getattr(error.orig, "sqlstate", None)
    return state


def _open_sqlite(url: str, file: str | None, busy: float) -> Engine:
    if not file or file == ":memory:":
        raise LedgerError(
            "store.url needs a file: sqlite:///FILE (the ledger must outlive the process)"
        )
    if not file.startswith("file:"):
        _make_folder(Path(file).parent)
    # What people wrote stays out of the log, also when a statement fails.
    engine = create_engine(url, connect_args={"timeout": busy}, hide_parameters=True)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin)
    return engine


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise LedgerError(f"the folder {folder} cannot be made: {error.strerror}") from None


def _prepare_sqlite(connection: sqlite3.Connection, _record: Any) -> None:
    # The driver's own transaction handling would begin too late for savepoints.
    connection.isolation_level = None
    for pragma in ("synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")
    if connection.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
        try:
            connection.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError:
            # Read-only files can still be read, and store.migrate.check tells who wants to
            # write; a file that is locked just now is asked again by the next connection.
            return


def _begin(conn: Connection) -> None:
    # A writer takes its lock at once: a later upgrade from a read lock could fail as "locked".
    writes = conn.get_execution_options().get("writes", False)
    conn.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
