"""Projects: the entry of the ledger, its limits, and whose days were used."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, select

from policy.deadlines import Deadline, days_left, days_overdue
from policy.targets import landing_team, start_red_line, start_target

from ..context import View
from ..errors import Refusal, Why
from ..tables import groups, projects
from .choices import Choice, list_undecided
from .people import Group, get_pack
from .spent import get_time_spent
from .tasks import TaskRow, list_of_project


@dataclass(frozen=True, slots=True)
class Project:
    """An entry of the ledger.

    `undecided` is what the office still has to choose; until it has, `late` and
    `left` are its working days against `dispatch_due` (Z1), and 0 afterwards.
    `choices` has the key of the option taken, by the key of the choice.
    """

    id: int
    group_id: int
    number: int
    code: str
    stage: str
    version: int
    name: str
    county: str
    signed_on: date
    investment_yuan: int | None
    currency: str | None
    amount: int | None
    industry: str | None
    kind: str | None
    owner: str | None
    contact: str | None
    phone: str | None
    lead: str | None
    batch: str | None
    template: str | None
    choices: dict[str, str]
    handed_over_at: datetime
    dispatch_due: date
    registered_at: datetime
    dispatched_at: datetime | None
    team_formed_on: date | None
    undecided: tuple[Choice, ...]
    late: int
    left: int


@dataclass(frozen=True, slots=True)
class Card:
    """A project with everything that its card shows.

    `used_days` are the working days on which a department had the ball, of
    `approvals_days` (Z3); `others_days` those on which all stood still for the owner
    or a special procedure. The three limits have no `due` where the calendar does not
    reach the day of signing.
    """

    project: Project
    tasks: tuple[TaskRow, ...]
    start_target: Deadline
    red_line: Deadline
    landing_team: Deadline
    used_days: int
    approvals_days: int
    others_days: int


def get_project(view: View, project_id: int) -> Project:
    """The project with this id; raises Refusal(OLD_BUTTON)."""
    row = _find(view, projects.c.id == project_id)
    if row is None:
        raise Refusal(Why.OLD_BUTTON)
    return _project(view, row)


def find_by_number(view: View, group: Group, number: int) -> Project | None:
    """The group's project with this number (#12)."""
    row = _find(view, and_(projects.c.group_id == group.id, projects.c.number == number))
    return None if row is None else _project(view, row)


def list_by_name(view: View, group: Group, name: str) -> list[Project]:
    """The group's projects of this full name: one, or one in each of several counties."""
    return list_projects_where(view, and_(projects.c.group_id == group.id, projects.c.name == name))


def list_projects_where(view: View, condition: ColumnElement[bool]) -> list[Project]:
    """Projects that fulfil a condition, by number."""
    rows = view.conn.execute(_with_pack().where(condition).order_by(projects.c.number))
    return [_project(view, row) for row in rows]


def list_projects(view: View, group: Group) -> list[Project]:
    """All projects of the group, the newest first."""
    query = _with_pack().where(projects.c.group_id == group.id)
    rows = view.conn.execute(query.order_by(projects.c.number.desc()))
    return [_project(view, row) for row in rows]


def get_names_version(view: View, group: Group) -> tuple[int, int]:
    """What is another one as soon as a project of the group has a new name."""
    query = select(groups.c.last_project, groups.c.renames).where(groups.c.id == group.id)
    row = view.conn.execute(query).one()
    return row.last_project, row.renames


def list_names(view: View, group: Group, after: int = 0) -> list[str]:
    """The names of the group's projects with a number beyond `after`, in the order of these."""
    condition = and_(projects.c.group_id == group.id, projects.c.number > after)
    query = select(projects.c.name).where(condition).order_by(projects.c.number)
    return list(view.conn.execute(query).scalars())


def list_undispatched(view: View, group: Group) -> list[Project]:
    """Projects for which the office still has to decide which tasks there are (Z1)."""
    return list_projects_where(
        view, and_(projects.c.group_id == group.id, projects.c.dispatched_at.is_(None))
    )


def get_card(view: View, project_id: int) -> Card:
    """Everything about a project; raises Refusal(OLD_BUTTON)."""
    project = get_project(view, project_id)
    pack = get_pack(view, project.group_id)
    calendar = view.rules.calendar
    found = list_of_project(view, project_id)
    spent = get_time_spent(view, found)
    return Card(
        project,
        tuple(found),
        start_target(pack, calendar, project.signed_on),
        start_red_line(pack, calendar, project.signed_on),
        landing_team(pack, calendar, project.signed_on),
        spent.departments,
        pack.limits.approvals.days,
        spent.others,
    )


def _with_pack() -> Any:
    return select(projects, groups.c.pack).join(groups, groups.c.id == projects.c.group_id)


def _find(view: View, condition: Any) -> Row[Any] | None:
    return view.conn.execute(_with_pack().where(condition)).one_or_none()


def _project(view: View, row: Row[Any]) -> Project:
    values = dict(row._mapping)
    pack = view.rules.packs[values.pop("pack")]
    calendar, due, open_ = view.rules.calendar, row.dispatch_due, row.dispatched_at is None
    values |= {
        "undecided": list_undecided(pack, row.template, row.choices),
        "late": days_overdue(calendar, view.today, due) if open_ else 0,
        "left": days_left(calendar, view.today, due) if open_ else 0,
    }
    return Project(**values)
