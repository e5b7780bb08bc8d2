"""Connections to the ledger's database: SQLite by default, PostgreSQL where a city outgrows it."""

import sqlite3
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError

from .errors import LedgerError

BUSY_MS = 5000  # how long SQLite waits for another process before it says "locked"


def open_engine(url: str) -> Engine:
    """An engine for `sqlite:///FILE` or `postgresql://…`; raises LedgerError when the URL is neither."""
    try:
        parsed = make_url(url)
    except ArgumentError:
        raise LedgerError(f"store.url is not a database address: {url.split(':')[0]}:…") from None
    backend = parsed.get_backend_name()
    if backend == "sqlite":
        return _open_sqlite(url, parsed.database)
    if backend == "postgresql":
        return create_engine(parsed.set(drivername="postgresql+psycopg"), pool_pre_ping=True)
    raise LedgerError(f"store.url names {backend}; sqlite:///FILE or postgresql://… is needed")


def is_sqlite(engine: Engine) -> bool:
    """Whether there is a single writer (SQLite) rather than row locks."""
    return engine.dialect.name == "sqlite"


def _open_sqlite(url: str, file: str | None) -> Engine:
    if not file or file == ":memory:":
        raise LedgerError("store.url needs a file: sqlite:///FILE (the ledger must outlive the process)")
    try:
        Path(file).parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise LedgerError(f"the folder of {file} cannot be made: {error.strerror}") from None
    engine = create_engine(url, connect_args={"timeout": BUSY_MS / 1000})
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin)
    return engine


def _prepare_sqlite(connection: sqlite3.Connection, _record: Any) -> None:
    # The driver's own transaction handling would begin too late for savepoints.
    connection.isolation_level = None
    for pragma in ("synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")
    mode = connection.execute("PRAGMA journal_mode").fetchone()[0]
    if mode != "wal":
        try:
            connection.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError:
            # A read-only file can still be read; whoever writes is told by check_writable.
            return


def _begin(conn: Connection) -> None:
    # A writer takes its lock at once: a later upgrade from a read lock could fail as "locked".
    writes = conn.get_execution_options().get("writes", False)
    conn.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
