"""The door: durable, grouped, patient; every caller gets its own answer."""

import asyncio
import shutil
import sqlite3
import threading
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, select
from sqlalchemy.exc import IntegrityError

from store.context import Request, Tx, View
from store.engine import open_engine
from store.errors import AlreadyProcessed, LedgerError, Refusal, Why
from store.journal import count, verify
from store.ledger import Ledger, is_processed
from store.queries.people import list_groups
from store.tables import groups, runs
from tests.ledger import CHAT, MONDAY, OFFICE, TaskForce, make_ledger, rules


def add_group(tx: Tx, chat_id: int) -> int:
    """An action that writes one row and its entry."""
    group_id = tx.insert(groups, chat_id=chat_id, title="x", pack="zhumadian", locale="zh_Hans")
    tx.write_entry("add_group", group_id)
    return group_id


def refuse(tx: Tx, chat_id: int) -> None:
    """An action that writes, and then thinks better of it."""
    add_group(tx, chat_id)
    raise Refusal(Why.TOO_LATE)


def chats(view: View) -> list[int]:
    """What is there."""
    return [group.chat_id for group in list_groups(view) if group.chat_id != CHAT]


async def test_what_was_done_can_be_asked(force: TaskForce) -> None:
    assert await force.do(add_group, OFFICE, -5) > 0
    assert await force.ask(chats) == [-5]


async def test_a_refusal_reaches_the_caller_and_leaves_everything_as_it_was(
    force: TaskForce,
) -> None:
    with pytest.raises(Refusal) as caught:
        await force.do(refuse, OFFICE, -5)
    assert caught.value.why is Why.TOO_LATE
    assert await force.ask(chats) == []


async def test_each_of_many_callers_gets_its_own_answer(force: TaskForce) -> None:
    """One in three is refused; the others of the same batch are kept."""
    wanted = range(100, 160)
    actions = (refuse if n % 3 == 0 else add_group for n in wanted)
    answers = await asyncio.gather(
        *(force.do(action, OFFICE, -n) for action, n in zip(actions, wanted, strict=True)),
        return_exceptions=True,
    )
    refused = [isinstance(answer, Refusal) for answer in answers]
    assert refused == [n % 3 == 0 for n in wanted]
    assert sorted(await force.ask(chats)) == sorted(-n for n in wanted if n % 3)
    ids = [answer for answer in answers if isinstance(answer, int)]
    assert len(set(ids)) == len(ids)


async def test_a_mistake_of_the_database_is_the_callers_alone(force: TaskForce) -> None:
    """A unique row twice in one batch: one has it, the other hears of it."""
    answers = await asyncio.gather(
        force.do(add_group, OFFICE, -5),
        force.do(add_group, OFFICE, -5),
        force.do(add_group, OFFICE, -6),
        return_exceptions=True,
    )
    assert sum(isinstance(answer, IntegrityError) for answer in answers) == 1
    assert sorted(await force.ask(chats)) == [-6, -5]


async def test_an_action_that_writes_no_entry_is_a_mistake(force: TaskForce) -> None:
    def forget(tx: Tx) -> None:
        tx.insert(groups, chat_id=-5, title="x", pack="zhumadian", locale="zh_Hans")

    with pytest.raises(RuntimeError, match="wrote no entry"):
        await force.do(forget, OFFICE)
    assert await force.ask(chats) == []


class TestRedelivery:
    """An update has one effect, however often it is delivered."""

    async def test_it_has_no_second_effect(self, force: TaskForce) -> None:
        request = force.request(OFFICE, update=7)
        await force.ledger.do(add_group, request, -5)
        with pytest.raises(AlreadyProcessed):
            await force.ledger.do(add_group, request, -6)
        assert await force.ask(chats) == [-5]
        assert await force.ask(is_processed, 7)
        assert not await force.ask(is_processed, 8)

    async def test_side_by_side_one_has_its_effect(self, force: TaskForce) -> None:
        request = force.request(OFFICE, update=7)
        answers = await asyncio.gather(
            *(force.ledger.do(add_group, request, -n) for n in (5, 6, 7)), return_exceptions=True
        )
        assert sum(isinstance(answer, AlreadyProcessed) for answer in answers) == 2
        assert len(await force.ask(chats)) == 1

    async def test_a_refused_update_is_not_processed_yet(self, force: TaskForce) -> None:
        """The sentence that says so is an action of the same update."""
        request = force.request(OFFICE, update=7)
        with pytest.raises(Refusal):
            await force.ledger.do(refuse, request, -5)
        await force.ledger.do(add_group, request, -6)
        assert await force.ask(chats) == [-6]


class TestListeners:
    """after_commit tells whoever sends messages."""

    async def test_they_are_called_in_the_event_loop_after_the_commit(
        self, force: TaskForce
    ) -> None:
        called: list[threading.Thread] = []
        force.ledger.after_commit.append(lambda: called.append(threading.current_thread()))
        await force.do(add_group, OFFICE, -5)
        await asyncio.sleep(0)
        assert called == [threading.current_thread()]

    async def test_they_hear_nothing_of_a_refusal(self, force: TaskForce) -> None:
        called: list[bool] = []
        force.ledger.after_commit.append(lambda: called.append(True))
        with pytest.raises(Refusal):
            await force.do(refuse, OFFICE, -5)
        await asyncio.sleep(0.05)
        assert called == []

    async def test_they_hear_of_what_a_cancelled_caller_began(self, force: TaskForce) -> None:
        called = asyncio.Event()
        force.ledger.after_commit.append(called.set)
        begun, go_on = threading.Event(), threading.Event()

        def slowly(tx: Tx) -> None:
            begun.set()
            go_on.wait(5)
            add_group(tx, -5)

        caller = asyncio.ensure_future(force.do(slowly, OFFICE))
        await asyncio.to_thread(begun.wait, 5)
        caller.cancel()
        go_on.set()
        await asyncio.wait_for(called.wait(), 5)
        assert await force.ask(chats) == [-5]


class TestWriter:
    """SQLite's single writer."""

    async def test_who_is_cancelled_while_waiting_does_not_stop_it(
        self, on_sqlite: TaskForce
    ) -> None:
        begun, go_on = threading.Event(), threading.Event()

        def block(_tx: Tx) -> None:
            begun.set()
            go_on.wait(5)

        first = asyncio.ensure_future(on_sqlite.do(block, OFFICE))
        await asyncio.to_thread(begun.wait, 5)
        second = asyncio.ensure_future(on_sqlite.do(add_group, OFFICE, -5))
        third = asyncio.ensure_future(on_sqlite.do(add_group, OFFICE, -6))
        await asyncio.sleep(0)
        second.cancel()
        await asyncio.sleep(0)
        go_on.set()
        await asyncio.gather(first, third)
        assert await on_sqlite.ask(chats) == [-6]

    async def test_what_waits_together_is_committed_together(self, on_sqlite: TaskForce) -> None:
        commits: list[bool] = []
        event.listen(on_sqlite.ledger.engine, "commit", lambda _conn: commits.append(True))
        await asyncio.gather(*(on_sqlite.do(add_group, OFFICE, -n) for n in range(100, 150)))
        assert len(commits) < 10

    async def test_a_batch_that_cannot_be_committed_is_done_one_by_one(
        self, on_sqlite: TaskForce
    ) -> None:
        """What is checked at the commit only spoils the batch for the others."""

        def spoil(tx: Tx) -> None:
            tx.conn.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
            tx.insert(groups, chat_id=-9, title="x", pack="zhumadian", locale="zh_Hans")
            tx.conn.exec_driver_sql("UPDATE members SET home_group_id = 4711")
            tx.write_entry("spoil", None)

        answers = await asyncio.gather(
            on_sqlite.do(add_group, OFFICE, -5),
            on_sqlite.do(spoil, OFFICE),
            on_sqlite.do(add_group, OFFICE, -6),
            return_exceptions=True,
        )
        assert isinstance(answers[1], IntegrityError)
        assert sorted(await on_sqlite.ask(chats)) == [-6, -5]

    async def test_a_commit_is_durable_and_the_file_is_in_wal_mode(
        self, on_sqlite: TaskForce
    ) -> None:
        def pragmas(view: View) -> list[Any]:
            names = ("journal_mode", "synchronous", "foreign_keys")
            return [view.conn.exec_driver_sql(f"PRAGMA {n}").scalar() for n in names]

        assert await on_sqlite.ask(pragmas) == ["wal", 2, 1]

    async def test_reading_goes_on_while_somebody_writes(self, on_sqlite: TaskForce) -> None:
        go_on = threading.Event()

        def slowly(tx: Tx) -> None:
            add_group(tx, -5)
            go_on.wait(5)

        writing = asyncio.ensure_future(on_sqlite.do(slowly, OFFICE))
        assert await on_sqlite.ask(chats) == []
        go_on.set()
        await writing
        assert await on_sqlite.ask(chats) == [-5]


class TestPatience:
    """A database that is locked is waited for."""

    async def test_a_lock_that_goes_away_is_waited_out(
        self, tmp_path: Path, on_sqlite: TaskForce
    ) -> None:
        other = sqlite3.connect(tmp_path / "ledger.sqlite3", isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        writing = asyncio.ensure_future(on_sqlite.do(add_group, OFFICE, -5))
        await asyncio.sleep(0.3)
        assert not writing.done()
        other.execute("ROLLBACK")
        other.close()
        await writing
        assert await on_sqlite.ask(chats) == [-5]

    async def test_a_lock_that_stays_is_told_to_everybody_who_waits(
        self, tmp_path: Path, sqlite_template: Path
    ) -> None:
        file = tmp_path / "ledger.sqlite3"
        shutil.copy(sqlite_template, file)
        engine = open_engine(f"sqlite:///{file}", busy=0.1)
        ledger = Ledger(engine, rules(), patience=0.3)
        other = sqlite3.connect(file, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        try:
            request = Request(MONDAY, "clock")
            answers = await asyncio.gather(
                ledger.do(add_group, request, -5),
                ledger.do(add_group, request, -6),
                return_exceptions=True,
            )
            assert [type(answer) for answer in answers] == [LedgerError, LedgerError]
            assert "stayed out of reach" in str(answers[0])
        finally:
            other.execute("ROLLBACK")
            other.close()
        assert await ledger.do(add_group, request, -5) > 0, "and it works again afterwards"
        ledger.close()


class TestPostgres:
    """Actions run side by side there, and lost races are run again."""

    async def test_a_deadlock_is_run_again(self, on_postgres: TaskForce) -> None:
        force = on_postgres
        first, second = [await force.do(add_group, OFFICE, -n) for n in (5, 6)]
        meet = threading.Barrier(2, timeout=5)
        met: list[bool] = []

        def lock_both(tx: Tx, one: int, other: int) -> None:
            tx.lock(groups, groups.c.id == one)
            if len(met) < 2:
                met.append(True)
                meet.wait()
            tx.lock(groups, groups.c.id == other)

        await asyncio.gather(
            force.do(lock_both, OFFICE, first, second), force.do(lock_both, OFFICE, second, first)
        )

    async def test_two_processes_do_not_both_follow_the_same_entry(
        self, on_postgres: TaskForce, fresh_postgres_url: str
    ) -> None:
        one, other = on_postgres, await make_ledger(fresh_postgres_url)
        forces = [one, other] * 20
        await asyncio.gather(*(f.do(add_group, OFFICE, -n) for n, f in enumerate(forces, 100)))
        assert await one.ask(lambda view: verify(view.conn)) is None
        assert await one.ask(lambda view: count(view.conn)) == 41
        other.close()

    async def test_a_server_that_was_lost_is_found_again(self, on_postgres: TaskForce) -> None:
        begun: list[bool] = []

        def lose(tx: Tx) -> None:
            if not begun:
                begun.append(True)
                tx.conn.exec_driver_sql("SELECT pg_terminate_backend(pg_backend_pid())")
            add_group(tx, -5)

        await on_postgres.do(lose, OFFICE)
        assert await on_postgres.ask(chats) == [-5]


class TestClosing:
    """Nothing that was asked for is lost, and nothing waits for ever."""

    async def test_what_is_queued_is_finished_first(self, force: TaskForce) -> None:
        writing = [asyncio.ensure_future(force.do(add_group, OFFICE, -n)) for n in range(100, 140)]
        await asyncio.sleep(0)
        force.close()
        assert len(await asyncio.gather(*writing)) == 40

    async def test_what_comes_later_is_refused(self, force: TaskForce) -> None:
        force.close()
        with pytest.raises(LedgerError, match="closed"):
            await force.do(add_group, OFFICE, -5)
        with pytest.raises(LedgerError, match="closed"):
            await force.ask(chats)

    async def test_twice_is_once(self, force: TaskForce) -> None:
        force.close()
        force.close()


def test_one_ledger_serves_several_event_loops(tmp_path: Path) -> None:
    """The tests and the commands each run a loop of their own."""
    force = asyncio.run(make_ledger(f"sqlite:///{tmp_path / 'ledger.sqlite3'}"))
    for number in (5, 6):
        asyncio.run(force.do(add_group, OFFICE, -number))
    assert sorted(asyncio.run(force.ask(chats))) == [-6, -5]
    force.close()


async def test_instants_days_and_json_come_back_as_they_went(force: TaskForce) -> None:
    """In both databases alike: aware instants in UTC to the microsecond, days, nested values."""
    moment = MONDAY.replace(microsecond=123456)

    def write(tx: Tx) -> None:
        tx.conn.execute(runs.insert().values(job="x", group_id=1, day=moment.date(), at=moment))

    await force.do(write, OFFICE)
    row = await force.ask(lambda view: view.conn.execute(select(runs)).one())
    assert row.at == moment
    assert row.at.utcoffset() is not None
    assert row.day == moment.date()
