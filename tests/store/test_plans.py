"""The lists that everybody waits for come from an index, however large the ledger grows."""

import pytest
from sqlalchemy import event

from store import outbox
from store.queries.tasks import list_come, list_late, list_open
from tests.ledger import TaskForce


@pytest.fixture
def statements(on_sqlite: TaskForce) -> list[tuple[str, object]]:
    """Every statement with its parameters, from now on."""
    seen: list[tuple[str, object]] = []

    def note(
        _conn: object, _cursor: object, statement: str, parameters: object, *_: object
    ) -> None:
        if statement.startswith("SELECT"):
            seen.append((statement, parameters))

    event.listen(on_sqlite.ledger.engine, "before_cursor_execute", note)
    return seen


def explain(force: TaskForce, seen: list[tuple[str, object]]) -> str:
    """How SQLite goes about the statements."""
    with force.ledger.engine.connect() as conn:
        plans = [
            conn.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)  # type: ignore[arg-type]  # as the driver got them
            for statement, parameters in list(seen)
        ]
        return "\n".join(row.detail for plan in plans for row in plan)


async def test_open_and_late_tasks(
    on_sqlite: TaskForce, statements: list[tuple[str, object]]
) -> None:
    group = on_sqlite.group
    await on_sqlite.ask(list_open, group)
    await on_sqlite.ask(list_open, group, "市生态环境局")
    await on_sqlite.ask(list_late, group)
    plan = explain(on_sqlite, statements)
    assert "SCAN tasks" not in plan, plan
    assert plan.count("USING INDEX ix_tasks_open") == 3, plan


async def test_what_comes_next(on_sqlite: TaskForce, statements: list[tuple[str, object]]) -> None:
    await on_sqlite.ask(list_come)
    assert "ix_tasks_next_at" in explain(on_sqlite, statements)


async def test_the_outbox_is_not_searched_through_what_was_sent(
    on_sqlite: TaskForce, statements: list[tuple[str, object]]
) -> None:
    await on_sqlite.do(outbox.take, None, frozenset({1, 2}))
    await on_sqlite.ask(outbox.is_waiting)
    plan = explain(on_sqlite, statements)
    assert plan.count("ix_outbox_waiting") >= 2, plan
    assert "TEMP B-TREE" not in plan, plan
