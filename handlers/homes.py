"""Which group's ledger a press speaks of: ids are counted through all groups, and can be forged."""

from collections.abc import Callable

from store.context import View
from store.errors import Refusal, Why
from store.queries.drafts import get_draft
from store.queries.people import Group, get_member
from store.queries.projects import get_project
from store.queries.tasks import get_task_by_id

from .presses import Press, Verb


def check_home(view: View, group: Group, press: Press) -> None:
    """Raises Refusal(OLD_BUTTON) for what does not exist, or is another group's."""
    find_home = _HOMES.get(press.verb)
    if find_home is not None and find_home(view, press.number()) != group.id:
        raise Refusal(Why.OLD_BUTTON)


def _home_of_project(view: View, project_id: int) -> int:
    return get_project(view, project_id).group_id


def _home_of_task(view: View, task_id: int) -> int:
    return get_task_by_id(view, task_id).group_id


def _home_of_draft(view: View, draft_id: int) -> int:
    return get_draft(view, draft_id).group_id


def _home_of_member(view: View, member_id: int) -> int | None:
    return get_member(view, member_id).home_group_id


_HOMES: dict[Verb, Callable[[View, int], int | None]] = {
    Verb.TAKE: _home_of_project,
    Verb.CONTACT: _home_of_project,
    Verb.FORM_TEAM: _home_of_project,
    Verb.SHOW_CARD: _home_of_project,
    Verb.SHOW_TASKS: _home_of_project,
    Verb.CHOOSE: _home_of_project,
    Verb.STEP: _home_of_task,
    Verb.PAUSE: _home_of_task,
    Verb.TRANSFER: _home_of_task,
    Verb.SHOW_TASK: _home_of_task,
    Verb.PICK: _home_of_task,
    Verb.SHOW_DRAFT: _home_of_draft,
    Verb.CONFIRM: _home_of_draft,
    Verb.DECLINE: _home_of_draft,
    Verb.ADMIT: _home_of_member,
    Verb.REFUSE: _home_of_member,
}
