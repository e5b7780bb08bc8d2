"""What queries and actions are given: the connection, the time, the rules, and who asks."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, insert, select, update
from sqlalchemy.sql.schema import ScalarElementColumnDefault

from policy.calendar import Calendar
from policy.hours import Hours
from policy.packs import Pack

from . import journal
from .errors import Refusal, Why


@dataclass(frozen=True, slots=True)
class Rules:
    """The policy side of a deployment: packs by key, the calendar and the close of business."""

    packs: Mapping[str, Pack]
    calendar: Calendar
    hours: Hours

    def today(self, now: datetime) -> date:
        """The local day of `now`."""
        return self.hours.day_of(now)


@dataclass(frozen=True, slots=True)
class Request:
    """When, by whom and with what something is asked for.

    `actor` is what the journal shows: `user:<id>`, `clock` or `config`. An
    update that is delivered twice has the same `update_id`. `by_button`: the
    message is the one whose button was pressed.
    """

    at: datetime
    actor: str
    user_id: int | None = None
    chat_id: int | None = None
    message_id: int | None = None
    update_id: int | None = None
    by_button: bool = False

    def as_source(self) -> dict[str, int]:
        """For the journal: the chat, message and update that this came with."""
        source = {"chat": self.chat_id, "message": self.message_id, "update": self.update_id}
        return {key: value for key, value in source.items() if value is not None}


@dataclass(slots=True)
class View:
    """What a query reads from: the ledger as it is at `now`, under the rules."""

    conn: Connection
    now: datetime
    rules: Rules
    packs: dict[int, Pack] = field(default_factory=dict)
    """The packs of the groups that were asked for so far, by the group's id."""

    @property
    def today(self) -> date:
        """The local day."""
        return self.rules.today(self.now)


@dataclass(slots=True)
class Tx(View):
    """One transaction of one action: a view that can also write.

    Rows of the ledger are written with `insert`, `update` and `compare_and_set`
    only, so that the journal can reproduce them; `write_entry` closes the
    action's entry.
    """

    request: Request = field(kw_only=True)
    changes: list[dict[str, Any]] = field(default_factory=list)

    def insert(self, table: Table, **values: Any) -> int:
        """Adds a journalled row and gives its id."""
        row = {**_defaults(table), **values}
        row_id = int(self.conn.execute(insert(table).returning(table.c.id), row).scalar_one())
        self._note(table, row_id, row)
        return row_id

    def update(self, table: Table, row_id: int, **values: Any) -> None:
        """Changes a journalled row."""
        self.conn.execute(update(table).where(table.c.id == row_id).values(**values))
        self._note(table, row_id, values)

    def compare_and_set(self, table: Table, row_id: int, version: int, **values: Any) -> None:
        """Changes a row with a version, unless somebody was faster: then `Refusal(TOO_LATE)`."""
        values["version"] = version + 1
        same = (table.c.id == row_id) & (table.c.version == version)
        if self.conn.execute(update(table).where(same).values(**values)).rowcount != 1:
            raise Refusal(Why.TOO_LATE)
        self._note(table, row_id, values)

    def note_before(self, values: Mapping[str, Any]) -> None:
        """Says in the journal what the row that was just written had before."""
        self.changes[-1]["before"] = {name: journal.plain(v) for name, v in values.items()}

    def lock(self, table: Table, condition: ColumnElement[bool]) -> None:
        """Makes others wait that lock the same row or rows; SQLite has one writer anyway."""
        if self.conn.dialect.name != "sqlite":
            self.conn.execute(select(table.c.id).where(condition).with_for_update())

    def write_entry(self, act: str, group_id: int | None) -> None:
        """Writes what was changed since the last entry into the journal."""
        journal.append(
            self.conn,
            at=self.now,
            group_id=group_id,
            actor=self.request.actor,
            act=act,
            changes=self.changes,
            source=self.request.as_source(),
        )
        self.changes = []

    def _note(self, table: Table, row_id: int, values: Mapping[str, Any]) -> None:
        row = {name: journal.plain(value) for name, value in values.items()}
        self.changes.append({"table": table.name, "id": row_id, "row": row})


@cache
def _defaults(table: Table) -> dict[str, Any]:
    """What a new row has where nothing else is said, so that the journal has the whole row."""
    columns = (column for column in table.columns if not column.primary_key)
    return {
        column.name: column.default.arg
        if isinstance(column.default, ScalarElementColumnDefault)
        else None
        for column in columns
    }
