"""The morning's overview of a group: what is late, due, and not yet taken (Z8)."""

from dataclasses import dataclass
from datetime import date

from policy.life import State

from ..context import View
from .drafts import Draft, list_open_drafts, list_proposals
from .people import Group, pack_of
from .projects import Project, get_project, list_undispatched
from .tasks import TaskRow, list_open
from .teams import Teamless, list_teamless


@dataclass(frozen=True, slots=True)
class Proposal:
    """A change that the office has to confirm, and the project that would change."""

    draft: Draft
    project: Project


@dataclass(frozen=True, slots=True)
class Digest:
    """What the group is told in the morning; the most urgent first in each list.

    `late` are the departments' overdue tasks, `today` what is due today, `soon`
    what is due within the working days that the pack's ladder calls soon,
    `untaken` what nobody has taken although its limit has not passed. The office's
    own: `to_register` (drafts), `to_confirm` (changes of projects), `to_dispatch`
    (projects), `to_check` (handed in or returned). The counties': `without_team` (第十条).
    """

    day: date
    late: tuple[TaskRow, ...]
    today: tuple[TaskRow, ...]
    soon: tuple[TaskRow, ...]
    untaken: tuple[TaskRow, ...]
    to_register: tuple[Draft, ...]
    to_confirm: tuple[Proposal, ...]
    to_dispatch: tuple[Project, ...]
    to_check: tuple[TaskRow, ...]
    without_team: tuple[Teamless, ...]

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to say."""
        departments = self.late or self.today or self.soon or self.untaken
        office = self.to_register or self.to_confirm or self.to_dispatch or self.to_check
        return not (departments or office or self.without_team)


def get_digest(view: View, group: Group) -> Digest:
    """The overview as of the view's day."""
    found = list_open(view, group)
    theirs = [task for task in found if not task.by_office]
    due_soon = pack_of(view, group).ladder.due_soon
    until = view.rules.calendar.add(view.today, due_soon) if due_soon else view.today
    late = tuple(task for task in theirs if task.late)
    today = tuple(task for task in theirs if task.due == view.today)
    soon = tuple(t for t in theirs if t.due is not None and view.today < t.due <= until)
    told = {task.id for task in (*late, *today, *soon)}
    return Digest(
        day=view.today,
        late=late,
        today=today,
        soon=soon,
        untaken=tuple(t for t in theirs if t.state is State.DISPATCHED and t.id not in told),
        to_register=tuple(list_open_drafts(view, group)),
        to_confirm=tuple(
            Proposal(draft, get_project(view, draft.project_id))
            for draft in list_proposals(view, group)
            if draft.project_id is not None
        ),
        to_dispatch=tuple(list_undispatched(view, group)),
        to_check=tuple(task for task in found if task.by_office),
        without_team=tuple(list_teamless(view, group, until)),
    )
