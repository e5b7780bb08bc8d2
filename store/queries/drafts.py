"""Drafts: registrations that are not in the ledger yet."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, and_, select

from policy.deadlines import days_left, days_overdue

from ..context import View
from ..errors import Refusal, Why
from ..tables import drafts
from .people import Group, find_member

OPEN = ("incomplete", "waiting")


@dataclass(frozen=True, slots=True)
class Draft:
    """A registration that waits. `state`: incomplete, waiting, registered, declined.

    `fields` has ISO dates and whole yuan; `interpreted` has field, said, value;
    `problems` has code, field, said, and `why` where it is known more exactly.
    `revision` counts the changes: what is confirmed is what was shown. `amended` is
    what others than the author changed: field, by, and the columns `before` and
    `after` (without columns: what was `said`). `by_office`: its author runs the
    ledger. `late` and `left` are the office's working days against `due` (Z1).
    """

    id: int
    group_id: int
    state: str
    author_id: int
    author_name: str
    source_message_id: int | None
    received_at: datetime
    due: date
    fields: dict[str, Any]
    interpreted: list[dict[str, str]]
    problems: list[dict[str, str]]
    revision: int
    amended: list[dict[str, Any]]
    project_id: int | None
    decided_by: str | None
    by_office: bool
    late: int
    left: int

    @property
    def is_open(self) -> bool:
        """Whether it still waits for somebody."""
        return self.state in OPEN


def get_draft(view: View, draft_id: int) -> Draft:
    """The draft behind a post or a button; raises Refusal(OLD_BUTTON)."""
    row = view.conn.execute(select(drafts).where(drafts.c.id == draft_id)).one_or_none()
    if row is None:
        raise Refusal(Why.OLD_BUTTON)
    return _draft(view, row)


def find_draft_of(view: View, group: Group, message_id: int) -> Draft | None:
    """The open draft that this message began: the first one, if it began several."""
    same = and_(
        drafts.c.group_id == group.id,
        drafts.c.source_message_id == message_id,
        drafts.c.state.in_(OPEN),
    )
    query = select(drafts).where(same).order_by(drafts.c.id).limit(1)
    row = view.conn.execute(query).one_or_none()
    return None if row is None else _draft(view, row)


def list_open_drafts(view: View, group: Group) -> list[Draft]:
    """What waits to be completed or confirmed, the oldest first."""
    waiting = and_(drafts.c.group_id == group.id, drafts.c.state.in_(OPEN))
    rows = view.conn.execute(select(drafts).where(waiting).order_by(drafts.c.id))
    return [_draft(view, row) for row in rows]


def find_author(view: View, project_id: int) -> int | None:
    """The account that handed a project over; None where the office registered it at once."""
    query = select(drafts.c.author_id).where(drafts.c.project_id == project_id)
    return view.conn.execute(query.limit(1)).scalar()


def _draft(view: View, row: Row[Any]) -> Draft:
    calendar = view.rules.calendar
    author = find_member(view, row.author_id)
    return Draft(
        **row._mapping,
        by_office=author is not None and author.runs_ledger,
        late=days_overdue(calendar, view.today, row.due),
        left=days_left(calendar, view.today, row.due),
    )
