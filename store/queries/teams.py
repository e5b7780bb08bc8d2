"""Landing teams: a project is to have one within seven days of signing (Z5, 第十条)."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import and_

from policy.deadlines import days_left, days_overdue
from policy.targets import landing_team

from ..context import View
from ..tables import projects
from .people import Group, pack_of
from .projects import Project, list_projects_where


@dataclass(frozen=True, slots=True)
class Teamless:
    """A project whose landing team was not reported, with working days against the limit."""

    project: Project
    due: date
    late: int
    left: int


def list_teamless(view: View, group: Group, until: date) -> list[Teamless]:
    """Signed projects without a team whose limit is `until` or earlier, the latest first.

    One whose day of signing no calendar reaches has no limit, and is not among them.
    """
    pack, calendar = pack_of(view, group), view.rules.calendar
    waiting = and_(
        projects.c.group_id == group.id,
        projects.c.stage == "signed",
        projects.c.team_formed_on.is_(None),
    )
    found = []
    for project in list_projects_where(view, waiting):
        due = landing_team(pack, calendar, project.signed_on).due
        if due is not None and due <= until:
            late = days_overdue(calendar, view.today, due)
            found.append(Teamless(project, due, late, days_left(calendar, view.today, due)))
    return sorted(found, key=lambda one: (one.due, one.project.number))
