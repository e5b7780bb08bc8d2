"""Who may do what. The tables below are all there is to it.

The role comes from the member who acts, never from the chat or from a button that could be
seen. Nobody acts in another's name: the office runs the ledger, but does not take, accept or
hand in for a department. To hand a project over is open to every member; to register it, and
to admit members, is the office's, and those who do these ask for the role itself.
"""

from enum import StrEnum

from policy.steps import Step


class Role(StrEnum):
    """What a member is in the task force."""

    ADMIN = "admin"
    OFFICE = "office"
    DEPARTMENT = "department"
    COUNTY = "county"
    LEADER = "leader"
    OWNER = "owner"


class Deed(StrEnum):
    """What is done beside the steps of a task."""

    FORM_TEAM = "form_team"
    """Say that a project's landing team was set up (第十条)."""


_OFFICE = frozenset({Role.ADMIN, Role.OFFICE})
_DEPARTMENT = frozenset({Role.DEPARTMENT})

RIGHTS: dict[Step | Deed, frozenset[Role]] = {
    # The department, on its own tasks
    Step.ACKNOWLEDGE: _DEPARTMENT,
    Step.CONTACT: _DEPARTMENT,
    Step.ACCEPT: _DEPARTMENT,
    Step.PAUSE: _DEPARTMENT,
    Step.RESUME: _DEPARTMENT,
    Step.DELIVER: _DEPARTMENT,
    Step.RETURN: _DEPARTMENT,
    # The office, on every task
    Step.CLOSE: _OFFICE,
    Step.MAKE_GOOD: _OFFICE,
    Step.REDISPATCH: _OFFICE,
    Step.TRANSFER: _OFFICE,
    Step.CANCEL: _OFFICE,
    # The county of the project, and the office
    Deed.FORM_TEAM: _OFFICE | {Role.COUNTY},
}
"""Which roles may do a thing."""

_OWN_ONLY = frozenset(
    {(Role.COUNTY, Deed.FORM_TEAM)}
    | {(Role.DEPARTMENT, what) for what, roles in RIGHTS.items() if roles == _DEPARTMENT}
)
"""What a role may do on its own tasks or projects only."""


def may(role: Role, what: Step | Deed, own: bool = False) -> bool:
    """Tell whether a member may do something.

    Args:
        role: the member's role.
        what: a step of a task, or another deed.
        own: whether the task is one of the member's department, or the project one of the
            member's county. It counts for what they may do on their own, and for nothing else.

    """
    return role in RIGHTS[what] and (own or (role, what) not in _OWN_ONLY)
