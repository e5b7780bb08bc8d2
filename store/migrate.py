"""Bringing a database to the tables of this version, and telling whether it is there."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, func, select, text
from sqlalchemy.exc import DBAPIError

from .engine import is_sqlite
from .errors import LedgerError

_ONE_AT_A_TIME = 20_210_037  # of the processes that start at once, one migrates
_SCRIPTS = Path(__file__).parent / "migrations"


def upgrade(engine: Engine, revision: str = "head") -> None:
    """Brings the tables to `revision`, in one transaction: all of it, or the old state stays.

    Raises LedgerError when the database is newer than the code, cannot be written or reached.
    """
    with _migrating(engine) as config:
        command.upgrade(config, revision)


def downgrade(engine: Engine, revision: str) -> None:
    """Takes the tables back to `revision` ("base": none); what newer columns held is lost."""
    with _migrating(engine) as config:
        command.downgrade(config, revision)


def check(engine: Engine) -> None:
    """Raises LedgerError, one sentence, unless this code can work with the database.

    It is unreachable, read-only, not migrated, or newer than the code.
    """
    with _explained(engine), engine.execution_options(writes=True).connect() as conn:
        found = _find_revision(conn)
        _refuse_newer(engine, found)
        if found != latest():
            state = "is empty" if found is None else f"is at revision {found}, not {latest()}"
            raise LedgerError(f"{_name(engine)} {state}; `python -m bot migrate` brings it up")
        # Writes nothing, but only where writing is possible; it is rolled back.
        conn.execute(text("UPDATE alembic_version SET version_num = version_num"))


def find_revision(engine: Engine) -> str | None:
    """The revision that the database is at; None before the first migration."""
    with _explained(engine), engine.connect() as conn:
        return _find_revision(conn)


def latest() -> str:
    """The revision of this version's tables."""
    head = ScriptDirectory.from_config(_config()).get_current_head()
    if head is None:
        raise LedgerError(f"no migrations in {_SCRIPTS}")
    return head


def list_revisions() -> list[str]:
    """The revisions that this version knows, the oldest first."""
    scripts = ScriptDirectory.from_config(_config())
    return [script.revision for script in reversed(list(scripts.walk_revisions()))]


@contextmanager
def _migrating(engine: Engine) -> Iterator[Config]:
    with (
        _explained(engine),
        engine.execution_options(writes=True).connect() as conn,
        _without_foreign_keys(conn),
        conn.begin(),
    ):
        if not is_sqlite(engine):  # SQLite's writer is alone anyway
            conn.execute(select(func.pg_advisory_xact_lock(_ONE_AT_A_TIME)))
        _refuse_newer(engine, _find_revision(conn))
        config = _config()
        config.attributes["connection"] = conn
        yield config
        _check_foreign_keys(conn)


@contextmanager
def _without_foreign_keys(conn: Connection) -> Iterator[None]:
    """SQLite changes a table by copying and dropping it; meanwhile nothing may refer to it.

    The setting has no effect within a transaction, so it is made on the bare connection.
    """
    bare = conn.connection.driver_connection
    if conn.dialect.name != "sqlite" or bare is None:
        yield
        return
    bare.execute("PRAGMA foreign_keys=OFF")
    try:
        yield
    finally:
        bare.execute("PRAGMA foreign_keys=ON")


def _check_foreign_keys(conn: Connection) -> None:
    if conn.dialect.name == "sqlite":
        broken = conn.exec_driver_sql("PRAGMA foreign_key_check").first()
        if broken is not None:
            raise LedgerError(f"after the migration table {broken[0]} refers to rows that are gone")


def _find_revision(conn: Connection) -> str | None:
    return MigrationContext.configure(conn).get_current_revision()


def _refuse_newer(engine: Engine, found: str | None) -> None:
    if found is not None and found not in list_revisions():
        raise LedgerError(
            f"{_name(engine)} is at revision {found}, which this version does not know: "
            "it was used by a newer version; install that one, or restore a backup"
        )


@contextmanager
def _explained(engine: Engine) -> Iterator[None]:
    """Turns what the driver says into one sentence about this database."""
    try:
        yield
    except DBAPIError as error:
        raise LedgerError(f"{_name(engine)} {_explain(error)}") from error


def _explain(error: DBAPIError) -> str:
    said = " ".join(str(error.orig).split())
    if "read-only" in said or "readonly" in said:
        return f"can only be read: {said}"
    if "not a database" in said or "malformed" in said:
        return f"is no database of the ledger, or is damaged: {said}"
    return f"cannot be used: {said}"


def _name(engine: Engine) -> str:
    """How the database is called in a sentence; never with its password."""
    if is_sqlite(engine):
        return f"the database {engine.url.database}"
    return f"the database {engine.url.render_as_string(hide_password=True)}"


def _config() -> Config:
    config = Config()
    # Alembic reads its settings like an ini file, where a percent sign begins a name.
    config.set_main_option("script_location", str(_SCRIPTS).replace("%", "%%"))
    return config
