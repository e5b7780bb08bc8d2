"""Drafts: what messages state of projects, and what is proposed to be changed in the ledger."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, select

from policy.deadlines import days_left, days_overdue

from ..context import View
from ..errors import Refusal, Why
from ..tables import drafts, projects
from .people import Group, find_member

OPEN = ("incomplete", "waiting")
PROPOSED = "proposed"
_INVESTMENT = ("investment_yuan", "currency", "amount")


@dataclass(frozen=True, slots=True)
class Draft:
    """What a message states of a project. `state`: incomplete, waiting, registered, declined,
    expired; of a proposal to change a project: proposed, amended, declined.

    `fields` has ISO dates and whole yuan; `interpreted` has field, said, value;
    `problems` has code, field, said, and `why` where it is known more exactly.
    `stated` has these three as the message itself says them by now. `revision` counts
    the changes: what is confirmed is what was shown. `amended` is what others than the
    author changed, in a proposal what would change: field, by, and the columns `before`
    and `after` (without columns: what was `said`). `by_office`: its author runs the
    ledger. `late` and `left` are the office's working days against `due` (Z1);
    `expires_on` is the last day on which what is missing is waited for.
    """

    id: int
    group_id: int
    state: str
    author_id: int
    author_name: str
    source_chat_id: int | None
    source_message_id: int | None
    source_position: int
    stated: dict[str, Any]
    received_at: datetime
    due: date
    expires_on: date | None
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
        return self.state in OPEN or self.state == PROPOSED

    @property
    def is_proposal(self) -> bool:
        """Whether it would change a project that is in the ledger."""
        return self.project_id is not None and self.state != "registered"

    @property
    def missing(self) -> tuple[str, ...]:
        """The fields that have to be supplied or corrected, each once."""
        return tuple(dict.fromkeys(problem["field"] for problem in self.problems))


def get_draft(view: View, draft_id: int) -> Draft:
    """The draft behind a post or a button; raises Refusal(OLD_BUTTON)."""
    found = _list(view, drafts.c.id == draft_id)
    if not found:
        raise Refusal(Why.OLD_BUTTON)
    return found[0]


def list_of_message(view: View, group: Group, chat_id: int, message_id: int) -> list[Draft]:
    """What this message states, in its order, whatever became of it."""
    same = and_(
        drafts.c.source_chat_id == chat_id,
        drafts.c.source_message_id == message_id,
        drafts.c.group_id == group.id,
    )
    return sorted(_list(view, same), key=lambda draft: (draft.source_position, draft.id))


def list_open_drafts(view: View, group: Group) -> list[Draft]:
    """What waits to be completed or confirmed, the oldest first."""
    return _list(view, and_(drafts.c.group_id == group.id, drafts.c.state.in_(OPEN)))


def list_proposals(view: View, group: Group) -> list[Draft]:
    """The changes of projects that wait for the office, the oldest first."""
    return _list(view, and_(drafts.c.group_id == group.id, drafts.c.state == PROPOSED))


def list_proposals_of(view: View, project_id: int) -> list[Draft]:
    """The changes of one project that wait for the office, the oldest first."""
    return _list(view, and_(drafts.c.project_id == project_id, drafts.c.state == PROPOSED))


def list_expired(view: View, group: Group) -> list[Draft]:
    """What still lacks something after the last day on which that was waited for."""
    over = and_(drafts.c.state == "incomplete", drafts.c.expires_on < view.today)
    return _list(view, and_(drafts.c.group_id == group.id, over))


def list_twins(view: View, draft: Draft) -> list[Draft]:
    """The others that wait under the same name in the same county, the oldest first."""
    if draft.is_proposal or not _place(draft)[0]:
        return []
    beside = and_(
        drafts.c.group_id == draft.group_id, drafts.c.state.in_(OPEN), drafts.c.id != draft.id
    )
    return [other for other in _list(view, beside) if _place(other) == _place(draft)]


def find_entry(view: View, draft: Draft) -> int | None:
    """The number of the project in the ledger that has a draft's name in its county."""
    name, county = _place(draft)
    same = and_(
        projects.c.group_id == draft.group_id,
        projects.c.name == name,
        projects.c.county == county,
    )
    return view.conn.execute(select(projects.c.number).where(same)).scalar()


def _place(draft: Draft) -> tuple[str | None, str | None]:
    return draft.fields.get("name"), draft.fields.get("county")


def find_author(view: View, project_id: int) -> int | None:
    """The account that registered a project or handed it over."""
    its = and_(drafts.c.project_id == project_id, drafts.c.state == "registered")
    return view.conn.execute(select(drafts.c.author_id).where(its).limit(1)).scalar()


def subject_of(column: str) -> str:
    """The field of a registration that a column belongs to."""
    return "investment" if column in _INVESTMENT else column


def columns_of(columns: Mapping[str, Any], field: str) -> dict[str, Any]:
    """The columns of one field."""
    return {name: value for name, value in columns.items() if subject_of(name) == field}


def _list(view: View, condition: ColumnElement[bool]) -> list[Draft]:
    rows = view.conn.execute(select(drafts).where(condition).order_by(drafts.c.id))
    return [_draft(view, row) for row in rows]


def _draft(view: View, row: Row[Any]) -> Draft:
    calendar = view.rules.calendar
    author = find_member(view, row.author_id)
    return Draft(
        **row._mapping,
        by_office=author is not None and author.runs_ledger,
        late=days_overdue(calendar, view.today, row.due),
        left=days_left(calendar, view.today, row.due),
    )
