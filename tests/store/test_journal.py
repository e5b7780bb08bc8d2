"""The journal: whatever is done to it afterwards is found, and at the right entry."""

import asyncio
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, delete, event, insert, select, update

from policy.life import Step
from store import journal as chain
from store.context import View
from store.engine import open_engine
from store.journal import Broken
from store.tables import journal, journal_head
from tests.ledger import CHAT, MONDAY, OFFICE, REFORM, TaskForce


def verify(view: View) -> Broken | None:
    """The first entry that does not hold."""
    return chain.verify(view.conn)


def entries(view: View) -> list[dict[str, Any]]:
    """All entries in order."""
    return [
        dict(row) for row in view.conn.execute(select(journal).order_by(journal.c.seq)).mappings()
    ]


def tamper(force: TaskForce, change: Callable[[Connection], object]) -> None:
    """Changes the database behind the ledger's back."""
    with force.ledger.engine.execution_options(writes=True).begin() as conn:
        change(conn)


def forge(force: TaskForce, seq: int, **values: Any) -> None:
    """Changes one entry."""
    same = update(journal).where(journal.c.seq == seq)
    tamper(force, lambda conn: conn.execute(same.values(**values)))


async def write_some(force: TaskForce) -> int:
    """A short story; gives how many entries tell it."""
    await force.register()
    await force.step(1, Step.ACKNOWLEDGE, REFORM)
    await force.step(1, Step.CONTACT, REFORM)
    await force.step(1, Step.DELIVER, REFORM, "驻发改审〔2026〕1号")
    return len(await force.ask(entries))


async def test_an_untouched_chain_holds(force: TaskForce) -> None:
    assert await force.ask(verify) is None
    count = await write_some(force)
    assert await force.ask(verify) is None
    assert await force.ask(lambda view: chain.count(view.conn)) == count


async def test_an_entry_says_who_what_when_and_in_which_message(force: TaskForce) -> None:
    await force.register()
    request = force.request(OFFICE, update=12)
    last = (await force.ask(entries))[-1]
    assert last["act"] == "register_project"
    assert last["actor"] == f"user:{OFFICE}"
    assert last["at"] == force.now
    assert last["source"]["chat"] == CHAT
    assert request.as_source() == {"chat": CHAT, "message": request.message_id, "update": 12}


CHANGES: dict[str, Any] = {
    "at": MONDAY + timedelta(microseconds=1),
    "group_id": 77,
    "actor": "user:666",
    "act": "cancel",
    "changes": [{"table": "tasks", "id": 1, "row": {"state": "closed"}}],
    "source": {"chat": 4711},
    "previous": "f" * 64,
    "hash": "f" * 64,
}


async def test_a_change_of_any_column_of_any_entry_is_found(force: TaskForce) -> None:
    await write_some(force)
    for entry in await force.ask(entries):
        for column, value in CHANGES.items():
            forge(force, entry["seq"], **{column: value})
            broken = await force.ask(verify)
            assert broken is not None, (entry["seq"], column)
            assert broken.seq == entry["seq"], column
            forge(force, entry["seq"], **{column: entry[column]})
    assert await force.ask(verify) is None


def test_every_column_is_covered() -> None:
    assert {*CHANGES, "seq"} == set(journal.columns.keys())


@pytest.mark.parametrize("seq", [1, 3])
async def test_a_removed_entry_is_found(force: TaskForce, seq: int) -> None:
    await write_some(force)
    tamper(force, lambda conn: conn.execute(delete(journal).where(journal.c.seq == seq)))
    assert await force.ask(verify) == Broken(seq, "the entry is missing")


async def test_removed_entries_at_the_end_are_found(force: TaskForce) -> None:
    count = await write_some(force)
    tamper(force, lambda conn: conn.execute(delete(journal).where(journal.c.seq >= count - 1)))
    assert await force.ask(verify) == Broken(count - 1, "the entry is missing")


async def test_a_renumbered_entry_is_found(force: TaskForce) -> None:
    """Whoever removes one may close the gap."""
    count = await write_some(force)

    def close_the_gap(conn: Connection) -> None:
        conn.execute(delete(journal).where(journal.c.seq == 3))
        for seq in range(4, count + 1):
            conn.execute(update(journal).where(journal.c.seq == seq).values(seq=seq - 1))

    tamper(force, close_the_gap)
    assert await force.ask(verify) == Broken(3, "it does not follow the entry before it")


async def test_an_entry_that_was_added_by_the_rules_is_found(force: TaskForce) -> None:
    """It follows the last one with the right hash, but the head does not know it."""
    count = await write_some(force)
    last = (await force.ask(entries))[-1]
    forged = {**last, "seq": count + 1, "previous": last["hash"], "act": "close"}
    forged["hash"] = chain.digest(forged)
    tamper(force, lambda conn: conn.execute(insert(journal).values(**forged)))
    assert await force.ask(verify) == Broken(count + 1, "the entry was added")


async def test_a_rewritten_entry_with_its_hash_is_found(force: TaskForce) -> None:
    """The one after it gives it away."""
    await write_some(force)
    entry = (await force.ask(entries))[2]
    entry["actor"] = "user:666"
    entry["hash"] = chain.digest(entry)
    forge(force, **entry)
    assert await force.ask(verify) == Broken(4, "it does not follow the entry before it")


@pytest.mark.parametrize(
    "change", [delete(journal_head), update(journal_head).values(hash="f" * 64)]
)
async def test_a_changed_head_is_found(force: TaskForce, change: Any) -> None:
    await write_some(force)
    tamper(force, lambda conn: conn.execute(change))
    assert await force.ask(verify) is not None


async def test_who_writes_meanwhile_does_not_break_it(force: TaskForce) -> None:
    await write_some(force)

    async def keep_verifying() -> list[Broken | None]:
        return [await force.ask(verify) for _ in range(20)]

    writing = asyncio.gather(*(force.register(f"项目{n}") for n in range(20)))
    assert set(await keep_verifying()) == {None}
    await writing


def test_verifying_outside_the_ledger_while_somebody_writes(migrated_url: str) -> None:
    """As the command does, at PostgreSQL's usual isolation: an entry may come between two reads."""
    engine = open_engine(migrated_url)
    writes = engine.execution_options(writes=True)
    entry: dict[str, Any] = {"actor": "clock", "act": "x", "changes": [], "source": {}}
    written = 0

    def write_one(*_: Any) -> None:
        nonlocal written
        if written < 5:
            written += 1
            with writes.begin() as other:
                chain.append(other, at=MONDAY, group_id=None, **entry)

    with engine.connect() as conn:
        event.listen(conn, "before_cursor_execute", write_one)
        assert [chain.verify(conn) for _ in range(3)] == [None] * 3
    assert written == 5
    engine.dispose()
