"""A press through the ledger's door, against SQLite's own driver writing the same rows.

Ours looks up who presses, checks the right, takes the step, counts the deadline anew,
writes the journal with its hash and queues what is to be said. The driver is handed the
finished rows and only writes them. Both end in a durable commit on the same disk.
"""

import asyncio
import json
import sqlite3
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from statistics import median
from typing import Any

from policy.life import Step
from store.actions.registration import ProjectInput, receive
from store.actions.steps import StepRequest, take_steps
from store.context import Request
from store.tables import journal, journal_head, outbox, posts, processed_updates, tasks
from tests.bench.measure import compare
from tests.ledger import CHAT, DEPARTMENT_OF, ITEMS, TaskForce, fields, make_ledger

AT_ONCE = 64
BATCHES = 2  # of presses in a round
ROUNDS = 5
PRESSES = AT_ONCE * BATCHES

Statement = tuple[str, Sequence[Any]]


async def prepare(folder: Path) -> TaskForce:
    """A ledger on disk with a task for every press of every round, and the cards standing."""
    force = await make_ledger(f"sqlite:///{folder / 'ledger.db'}")
    projects = -(-PRESSES * ROUNDS // len(ITEMS))
    inputs = [ProjectInput(fields(f"演练{number}号产业园")) for number in range(1, projects + 1)]
    await force.do(receive, 101, force.group, inputs)
    with force.ledger.engine.begin() as conn:
        conn.execute(outbox.delete())
        card = {"chat_id": CHAT, "kind": "card", "fingerprint": "", "sent_at": force.now}
        rows = [{**card, "message_id": n, "subject": n} for n in range(1, projects + 1)]
        conn.execute(posts.insert(), rows)
    return force


async def run(force: TaskForce, folder: Path) -> Iterator[str]:
    """The lines of this benchmark; every round takes tasks that were not taken before."""
    alone, grouped = folder / "alone.db", folder / "grouped.db"
    for copy in (alone, grouped):
        _copy(folder / "ledger.db", copy)
    times: dict[str, list[float]] = {"ours": [], "alone": [], "grouped": []}
    statements = 0
    for number in range(ROUNDS):
        first = number * PRESSES + 1
        times["ours"].append(await _press(force, first) / PRESSES)
        written = _list_written(folder / "ledger.db", first)
        statements += sum(len(press) for press in written)
        times["alone"].append(_write(alone, written, together=1) / PRESSES)
        times["grouped"].append(_write(grouped, written, together=AT_ONCE) / PRESSES)
    medians = {name: median(taken) for name, taken in times.items()}
    title = f"a press through Ledger.do, {AT_ONCE} at a time"
    bare = f"sqlite3 writing the same rows ({statements / PRESSES / ROUNDS:.1f} statements)"
    return iter(
        [
            compare(title, medians["ours"], f"{bare}, a commit each", medians["alone"]),
            compare(title, medians["ours"], f"{bare}, {AT_ONCE} a commit", medians["grouped"]),
        ]
    )


async def _press(force: TaskForce, first: int) -> float:
    began = time.perf_counter()
    for start in range(first, first + PRESSES, AT_ONCE):
        numbers = range(start, start + AT_ONCE)
        await asyncio.gather(*(_press_one(force, number) for number in numbers))
    return time.perf_counter() - began


async def _press_one(force: TaskForce, number: int) -> None:
    user = DEPARTMENT_OF[(number - 1) % len(ITEMS) + 1]
    request = Request(force.now, f"user:{user}", user, CHAT, number, update_id=number)
    step = [StepRequest(number, Step.ACKNOWLEDGE)]
    await force.ledger.do(take_steps, request, force.group, step)


def _copy(source: Path, target: Path) -> None:
    with closing(sqlite3.connect(source)) as here, closing(sqlite3.connect(target)) as there:
        here.backup(there)


def _list_written(file: Path, first: int) -> list[list[Statement]]:
    """For each press of the round, the statements that write the rows that it wrote."""
    with closing(sqlite3.connect(file)) as conn:
        conn.row_factory = sqlite3.Row
        entries = conn.execute(
            f"SELECT * FROM {journal} WHERE json_extract(source, '$.update') >= ? ORDER BY seq",
            (first,),
        ).fetchall()
        return [_statements(conn, entry) for entry in entries]


def _statements(conn: sqlite3.Connection, entry: sqlite3.Row) -> list[Statement]:
    number = json.loads(entry["source"])["update"]  # of the update, and of the task it takes
    update = conn.execute(
        f"SELECT * FROM {processed_updates} WHERE update_id = ?", (number,)
    ).fetchone()
    changes = json.loads(entry["changes"])
    head = f"UPDATE {journal_head} SET seq = ?, hash = ?"
    return [
        _insert(processed_updates.name, update),
        *(_update(conn, change["id"], list(change["row"])) for change in changes),
        _insert(journal.name, entry),
        (head, (entry["seq"], entry["hash"])),
        *(_insert(outbox.name, row) for row in _list_queued(conn, number)),
    ]


def _list_queued(conn: sqlite3.Connection, number: int) -> list[sqlite3.Row]:
    """The card's edit: queued by the first press on a project, and waited for by the others."""
    project, others = divmod(number - 1, len(ITEMS))
    if others:
        return []
    return conn.execute(f"SELECT * FROM {outbox} WHERE subject = ?", (project + 1,)).fetchall()


def _insert(table: str, row: sqlite3.Row) -> Statement:
    marks = ", ".join("?" * len(row))
    return f"INSERT INTO {table} ({', '.join(row.keys())}) VALUES ({marks})", tuple(row)


def _update(conn: sqlite3.Connection, task_id: int, names: list[str]) -> Statement:
    """The same columns, with the values as they are stored."""
    row = conn.execute(f"SELECT {', '.join(names)} FROM {tasks} WHERE id = ?", (task_id,))
    columns = ", ".join(f"{name} = ?" for name in names)
    return f"UPDATE {tasks} SET {columns} WHERE id = ?", (*row.fetchone(), task_id)


def _write(file: Path, written: list[list[Statement]], together: int) -> float:
    """Seconds to write all of it, so many presses in one durable commit."""
    with closing(sqlite3.connect(file, isolation_level=None)) as conn:
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
            conn.execute(f"PRAGMA {pragma}")
        began = time.perf_counter()
        for start in range(0, len(written), together):
            conn.execute("BEGIN IMMEDIATE")
            for statements in written[start : start + together]:
                for sql, values in statements:
                    conn.execute(sql, values)
            conn.execute("COMMIT")
        return time.perf_counter() - began
