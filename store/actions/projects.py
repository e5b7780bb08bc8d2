"""What is done to a project itself, beside its registration."""

from typing import Any

from policy.rights import Deed, Role, may

from .. import outbox
from ..access import access_member
from ..context import Tx
from ..errors import Refusal, Why
from ..outbox import Kind
from ..queries.drafts import find_author
from ..queries.people import Member, get_group
from ..queries.projects import Project, get_project
from ..tables import projects
from .registration import ProjectInput
from .updates import warn

CONTACT = ("owner", "contact", "phone")


def form_team(tx: Tx, project_id: int) -> Project:
    """Writes down that the landing team was set up today (第十条), by the county or the office.

    Raises Refusal: WRONG_COUNTY for everybody else, ALREADY_DECIDED when it was reported.
    """
    member = access_member(tx, tx.request.user_id)
    project = get_project(tx, project_id)
    if not may(member.role, Deed.FORM_TEAM, member.department == project.county):
        raise Refusal(Why.WRONG_COUNTY, county=project.county)
    if project.team_formed_on is not None:
        raise Refusal(Why.ALREADY_DECIDED)
    tx.compare_and_set(projects, project_id, project.version, team_formed_on=tx.today)
    tx.write_entry("form_team", project.group_id)
    outbox.refresh(tx, Kind.CARD, project_id, project.group_id)
    return get_project(tx, project_id)


def add_contact(tx: Tx, project_id: int, addition: ProjectInput) -> None:
    """Writes down whom to reach at the owner's where that is not known yet, and says so.

    By the office, the project's county, or who handed it over. Nothing that is known is
    changed by it, and no other field: then the reply says whom to tell. Raises
    Refusal(NOT_THEIRS).
    """
    member = access_member(tx, tx.request.user_id)
    tx.lock(projects, projects.c.id == project_id)
    project = get_project(tx, project_id)
    if not _looks_after(tx, member, project):
        raise Refusal(Why.NOT_THEIRS, name=project.county)
    other = {name: v for name, v in addition.fields.items() if v != _known(project, name)}
    added = {
        name: other.pop(name) for name in CONTACT if name in other and not _known(project, name)
    }
    if added:
        tx.compare_and_set(projects, project_id, project.version, **added)
        tx.write_entry("add_contact", project.group_id)
        outbox.refresh(tx, Kind.CARD, project_id, project.group_id)
    bad = [problem["field"] for problem in addition.problems if problem["code"] != "missing"]
    said = {
        "lines_added": list(added),
        "lines_fixed_office" if member.runs_ledger else "lines_fixed": _fields(other),
        "lines_bad": bad,
    }
    _tell(tx, project, {name: fields for name, fields in said.items() if fields})


def _tell(tx: Tx, project: Project, said: dict[str, list[str]]) -> None:
    group = get_group(tx, project.group_id)
    for name, fields in (said or {"lines_known": []}).items():
        warn(tx, group, name, {"number": project.number, "fields": fields})


def _looks_after(tx: Tx, member: Member, project: Project) -> bool:
    if member.runs_ledger or member.user_id == find_author(tx, project.id):
        return True
    return member.role is Role.COUNTY and member.department == project.county


def _known(project: Project, column: str) -> Any:
    """What the ledger has, as a registration would state it."""
    if column == "eia":
        return project.choices.get("eia")
    return project.signed_on.isoformat() if column == "signed_on" else getattr(project, column)


def _fields(columns: dict[str, Any]) -> list[str]:
    """The fields of a registration that these columns belong to."""
    money = ("investment_yuan", "currency", "amount")
    return list(dict.fromkeys("investment" if name in money else name for name in columns))
