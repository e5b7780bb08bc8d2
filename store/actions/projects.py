"""What is done to a project itself, beside its registration."""

from policy.rights import Deed, may

from .. import outbox
from ..access import access_member
from ..context import Tx
from ..errors import Refusal, Why
from ..outbox import Kind
from ..queries.projects import Project, get_project
from ..tables import projects


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
