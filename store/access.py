"""The checked doors: who asks, and may they? Authority comes from the account alone."""

from policy.life import Step
from policy.rights import may

from .context import View
from .errors import Refusal, Why
from .queries.people import Group, Member, find_member
from .queries.tasks import TaskRow, get_task


def access_member(view: View, user_id: int | None) -> Member:
    """The active member with this account; raises Refusal(STRANGER) or (NOT_ACTIVE)."""
    member = None if user_id is None else find_member(view, user_id)
    if member is None or member.state in ("refused", "removed"):
        raise Refusal(Why.STRANGER)
    if member.state != "active":
        raise Refusal(Why.NOT_ACTIVE)
    return member


def access_office(view: View, user_id: int | None) -> Member:
    """The member, if it is the office or an administrator; raises Refusal(OFFICE_ONLY)."""
    member = access_member(view, user_id)
    if not member.runs_ledger:
        raise Refusal(Why.OFFICE_ONLY)
    return member


def access_task(
    view: View, user_id: int | None, group: Group, number: int, step: Step
) -> tuple[Member, TaskRow]:
    """Who asks and the task, if this person may take this step on it.

    Raises Refusal: UNKNOWN_TASK, WRONG_DEPARTMENT for a colleague of another
    department, WRONG_ROLE or OFFICE_ONLY for who never may.
    """
    member = access_member(view, user_id)
    task = get_task(view, group, number)
    if may(member.role, step, member.department == task.department):
        return member, task
    if may(member.role, step, True):
        raise Refusal(
            Why.WRONG_DEPARTMENT, number=number, theirs=task.department, yours=member.department
        )
    if member.department == task.department:
        raise Refusal(Why.OFFICE_ONLY)
    raise Refusal(Why.WRONG_ROLE, number=number, theirs=task.department)
