"""The migrations: up and down, all or nothing, and in agreement with store/tables.py."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, inspect, text

from store import migrate, tables
from store.engine import open_engine
from store.errors import LedgerError

Open = Callable[[str], Engine]


@pytest.fixture
def opened() -> Iterator[Open]:
    """Opens engines, and disposes of them after the test."""
    engines: list[Engine] = []

    def open_one(url: str) -> Engine:
        engines.append(open_engine(url))
        return engines[-1]

    yield open_one
    for engine in engines:
        engine.dispose()


@pytest.fixture
def engine(empty_url: str, opened: Open) -> Engine:
    return opened(empty_url)


def table_names(engine: Engine) -> set[str]:
    return set(inspect(engine).get_table_names()) - {"alembic_version"}


def test_each_revision_goes_up_down_and_up_again(engine: Engine) -> None:
    revisions = migrate.list_revisions()
    for before, revision in zip(["base", *revisions], revisions, strict=False):
        migrate.upgrade(engine, revision)
        migrate.downgrade(engine, before)
        migrate.upgrade(engine, revision)
        assert migrate.find_revision(engine) == revision


def test_down_to_base_leaves_no_table(engine: Engine) -> None:
    migrate.upgrade(engine)
    migrate.downgrade(engine, "base")
    assert table_names(engine) == set()


def test_the_migrations_make_the_tables_that_the_code_has(engine: Engine) -> None:
    migrate.upgrade(engine)
    with engine.connect() as conn:
        context = MigrationContext.configure(conn, opts={"compare_server_default": True})
        assert compare_metadata(context, tables.metadata) == []
    assert table_names(engine) == set(tables.metadata.tables)


def test_the_check_constraint_is_in_the_database(engine: Engine) -> None:
    """Comparing the tables does not see check constraints."""
    migrate.upgrade(engine)
    names = {check["name"] for check in inspect(engine).get_check_constraints("tasks")}
    assert names == {"ck_tasks_open_has_next"}


def test_upgrading_twice_changes_nothing(engine: Engine) -> None:
    migrate.upgrade(engine)
    migrate.upgrade(engine)
    migrate.check(engine)


def test_of_processes_that_start_at_once_one_migrates(empty_url: str, opened: Open) -> None:
    engines = [opened(empty_url) for _ in range(3)]
    with ThreadPoolExecutor() as pool:
        list(pool.map(migrate.upgrade, engines))
    migrate.check(engines[0])


def test_a_migration_that_fails_leaves_the_old_state(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_conn: object) -> None:
        raise RuntimeError("the power went")

    monkeypatch.setattr(migrate, "_check_foreign_keys", fail)
    with pytest.raises(RuntimeError):
        migrate.upgrade(engine)
    assert table_names(engine) == set()
    assert migrate.find_revision(engine) is None


class TestCheck:
    """Each database that cannot be used ends with one sentence."""

    def test_a_migrated_database_is_in_order(self, engine: Engine) -> None:
        migrate.upgrade(engine)
        migrate.check(engine)

    def test_not_migrated(self, engine: Engine) -> None:
        with pytest.raises(LedgerError, match=r"is empty; `python -m bot migrate` brings it up"):
            migrate.check(engine)

    def test_newer_than_the_code(self, engine: Engine) -> None:
        migrate.upgrade(engine)
        with engine.execution_options(writes=True).begin() as conn:
            conn.execute(text("UPDATE alembic_version SET version_num = '9999'"))
        for use in (migrate.check, migrate.upgrade):
            with pytest.raises(LedgerError, match="9999, which this version does not know"):
                use(engine)

    def test_read_only_sqlite(self, tmp_path: Path, opened: Open) -> None:
        file = tmp_path / "ledger.sqlite3"
        engine = opened(f"sqlite:///{file}")
        migrate.upgrade(engine)
        engine.dispose()
        read_only = opened(f"sqlite:///file:{file}?mode=ro&uri=true")
        with pytest.raises(LedgerError, match=r"ledger\.sqlite3\S* can only be read"):
            migrate.check(read_only)

    def test_read_only_postgres(self, fresh_postgres_url: str, opened: Open) -> None:
        joint = "&" if "?" in fresh_postgres_url else "?"
        option = f"{joint}options=-c%20default_transaction_read_only%3Don"
        with pytest.raises(LedgerError, match="can only be read"):
            migrate.check(opened(fresh_postgres_url + option))

    def test_unreachable_postgres_without_its_password(self, opened: Open) -> None:
        engine = opened("postgresql://zhuanban:geheim@127.0.0.1:1/ledger?connect_timeout=2")
        with pytest.raises(LedgerError, match="cannot be used") as caught:
            migrate.check(engine)
        assert "geheim" not in str(caught.value)
        assert "\n" not in str(caught.value)

    def test_a_folder_in_place_of_the_file(self, tmp_path: Path, opened: Open) -> None:
        with pytest.raises(LedgerError, match="cannot be used"):
            migrate.check(opened(f"sqlite:///{tmp_path}"))

    def test_another_kind_of_file(self, tmp_path: Path, opened: Open) -> None:
        file = tmp_path / "notes.txt"
        file.write_text("nothing but words " * 100)
        with pytest.raises(LedgerError, match="is no database of the ledger"):
            migrate.check(opened(f"sqlite:///{file}"))
