"""The journal: append-only, every entry linked to the one before by its hash.

An entry carries the columns that the action wrote, so that the ledger of any
past day can be put together from the entries up to that day.
"""

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, insert, select, update

from .tables import journal, journal_head

GENESIS = "0" * 64


@dataclass(frozen=True, slots=True)
class Broken:
    """The first entry at which the chain does not hold, and why."""

    seq: int
    reason: str


def plain(value: Any) -> Any:
    """A column's value as JSON has it: instants in UTC, days in ISO."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return value


def append(
    conn: Connection,
    *,
    at: datetime,
    group_id: int | None,
    actor: str,
    act: str,
    changes: Sequence[dict[str, Any]],
    source: dict[str, Any],
) -> None:
    """Adds an entry at the end of the chain, in the caller's transaction.

    The head's row is locked, so that two processes cannot both follow the same entry.
    """
    head = conn.execute(select(journal_head).with_for_update()).one()
    entry = {
        "seq": head.seq + 1,
        "at": at,
        "group_id": group_id,
        "actor": actor,
        "act": act,
        "changes": list(changes),
        "source": source,
        "previous": head.hash,
    }
    entry["hash"] = digest(entry)
    conn.execute(insert(journal).values(**entry))
    conn.execute(update(journal_head).values(seq=head.seq + 1, hash=entry["hash"]))


def verify(conn: Connection) -> Broken | None:
    """Walks the whole chain; gives the first entry that was changed, removed or added, or None.

    Others may go on writing meanwhile: what they add after the walk began is not walked.
    """
    head = conn.execute(select(journal_head)).one_or_none()
    if head is None:
        return Broken(1, "the end of the chain is not known any more")
    previous, expected = GENESIS, 1
    for entry in _entries(conn, journal.c.seq <= head.seq):
        if entry["seq"] != expected:
            return Broken(expected, "the entry is missing")
        if entry["previous"] != previous:
            return Broken(expected, "it does not follow the entry before it")
        if digest(entry) != entry["hash"]:
            return Broken(expected, "its content was changed")
        previous, expected = entry["hash"], expected + 1
    if expected <= head.seq:
        return Broken(expected, "the entry is missing")
    if previous != head.hash:
        return Broken(head.seq, "its content was changed")
    return _find_added(conn)


def count(conn: Connection) -> int:
    """How many entries the chain has, by its head."""
    seq: int = conn.execute(select(journal_head.c.seq)).scalar_one()
    return seq


def reproduce(conn: Connection, until: datetime) -> dict[str, dict[int, dict[str, Any]]]:
    """The ledger's rows as they were at `until`: table → id → columns, from the journal alone.

    The values are as `plain` gives them. Entries are in the order in which they took effect,
    which where several processes write may differ from that of their times by moments; all
    up to the last one of that time count.
    """
    last = conn.execute(select(func.max(journal.c.seq)).where(journal.c.at <= until)).scalar()
    state: dict[str, dict[int, dict[str, Any]]] = {}
    for entry in _entries(conn, journal.c.seq <= (last or 0)):
        for change in entry["changes"]:
            rows = state.setdefault(change["table"], {})
            rows.setdefault(change["id"], {}).update(change["row"])
    return state


def _entries(conn: Connection, *conditions: ColumnElement[bool]) -> Iterator[dict[str, Any]]:
    query = select(journal).where(*conditions).order_by(journal.c.seq)
    for row in conn.execute(query).yield_per(1000).mappings():
        yield dict(row)


def _find_added(conn: Connection) -> Broken | None:
    """An entry that the head does not know of; one statement, so that both are of one moment."""
    beyond = select(func.min(journal.c.seq)).where(journal.c.seq > journal_head.c.seq)
    seq = conn.execute(beyond).scalar()
    return None if seq is None else Broken(seq, "the entry was added")


def digest(entry: dict[str, Any]) -> str:
    """The hash of an entry: of all its columns but the hash itself."""
    content = {key: plain(value) for key, value in entry.items() if key != "hash"}
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
