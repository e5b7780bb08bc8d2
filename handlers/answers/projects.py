"""How far a project is, who is responsible, and the office's and the counties' own lists."""

from collections.abc import Iterable, Sequence

from handlers.reading.values import Intent
from handlers.texts.answers import people
from handlers.texts.answers import projects as words
from handlers.texts.answers.deadlines import project_title, task_title
from handlers.texts.answers.facts import Overview, TaskFacts
from handlers.texts.answers.tasks import task_buttons
from handlers.texts.post import Line, Post
from handlers.texts.words import in_rows
from policy.life import OPEN
from policy.packs import Item
from policy.rights import Role
from store.queries.digest import Digest, get_digest
from store.queries.people import list_active
from store.queries.projects import list_projects

from .asking import Asking
from .deadlines import asked_lines, card_buttons, list_asked, list_named, project_facts
from .paging import ask_button
from .scope import Scope, list_open_facts, read_scope, which_project_post

MOST_PROJECTS = 6
MOST_FULL = 2


def answer_status(asking: Asking) -> Post:
    """A project in a few lines, or the items of it that are asked, with a button to its card."""
    scope = read_scope(asking)
    found = scope.projects
    if not found:
        return which_project_post(asking)
    if scope.items:
        return _status_of_items(asking, scope)
    lines: list[Line] = []
    for project in found:
        facts = project_facts(asking, project)
        lines += words.status_lines(asking.speech, facts, full=len(found) <= MOST_FULL)
    return Post(tuple(lines), (card_buttons(asking, found),))


def answer_responsible(asking: Asking) -> Post:
    """Which department does an item; for a project or a task, who has it and where it is."""
    scope = read_scope(asking)
    if scope.tasks:
        return _responsible_for_tasks(asking, list_named(asking, scope))
    if scope.projects:
        return _responsible_for_projects(asking, scope)
    if not scope.items:
        return which_project_post(asking)
    items = [item for item in asking.pack.items if item.key in scope.items]
    departments = dict.fromkeys(item.department for item in items)
    return Post((*_approving(asking, items), *_working_in(asking, departments)))


def answer_own(asking: Asking) -> Post | None:
    """What waits for the office, or is a county's; None for other roles."""
    member = asking.member
    if member is None:
        return None
    if member.runs_ledger:
        return _for_office(asking)
    if member.role is Role.COUNTY and member.department:
        return _for_county(asking, member.department)
    return None


def list_overviews(asking: Asking, county: str | None = None) -> list[Overview]:
    """Projects with their open tasks, the one with the most late first."""
    tasks: dict[int, list[TaskFacts]] = {}
    for facts in list_open_facts(asking, Scope()):
        tasks.setdefault(facts.task.project_id, []).append(facts)
    found = [
        Overview(project, tuple(tasks.get(project.id, ())))
        for project in list_projects(asking.view, asking.group)
        if county in (None, project.county)
    ]
    return sorted(found, key=lambda each: (-each.late, -each.at_office, -each.soon))


def _status_of_items(asking: Asking, scope: Scope) -> Post:
    """What was asked of a project comes first; it is never among the tasks left out."""
    lines: list[Line] = []
    shown: list[TaskFacts] = []
    for project in scope.projects:
        facts = project_facts(asking, project)
        asked = list_asked(asking, facts.card, scope)
        said = asked_lines(asking, facts, asked, many=len(scope.projects) > 1)
        takers = dict.fromkeys(t.task.acknowledged_by for t in asked if t.task.acknowledged_by)
        lines += words.asked_status_lines(asking.speech, facts, said, tuple(takers))
        shown += [each for each in asked if each.task.state in OPEN]
    row = card_buttons(asking, scope.projects)
    return Post(tuple(lines), (*task_buttons(asking.speech, shown), row))


def _responsible_for_projects(asking: Asking, scope: Scope) -> Post:
    lines: list[Line] = []
    for project in scope.projects:
        facts = project_facts(asking, project)
        lines.append(project_title(asking.speech, project))
        lead = people.lead_line(asking.speech, project)
        if scope.items:
            found = list_asked(asking, facts.card, scope)
            lines += [*_responsible_for_items(asking, scope, found), lead]
        else:
            owners = people.owners_lines(asking.speech, facts.open)
            lines += [lead, *owners] if project.lead else [*owners, lead]
    return Post(tuple(lines), (card_buttons(asking, scope.projects),))


def _responsible_for_items(asking: Asking, scope: Scope, found: Sequence[TaskFacts]) -> list[Line]:
    """Who has the items that were asked; who would, where the project has none of them."""
    if not found:
        items = [item for item in asking.pack.items if item.key in scope.items]
        return _approving(asking, items)
    untaken = [facts for facts in found if not facts.task.acknowledged_by]
    departments = dict.fromkeys(facts.task.department for facts in untaken)
    return [*people.owners_lines(asking.speech, found), *_working_in(asking, departments)]


def _responsible_for_tasks(asking: Asking, found: Sequence[TaskFacts]) -> Post:
    lines: list[Line] = []
    for facts in found:
        lines += [task_title(asking.speech, facts), *people.owner_lines(asking.speech, facts)]
    lines += _working_in(asking, dict.fromkeys(facts.task.department for facts in found))
    return Post(tuple(lines), tuple(task_buttons(asking.speech, found)))


def _approving(asking: Asking, items: Iterable[Item]) -> list[Line]:
    return [
        line
        for item in items
        for line in people.item_lines(asking.speech, item, asking.short(item.department))
    ]


def _working_in(asking: Asking, departments: Iterable[str]) -> list[Line]:
    """Who of these departments is in the ledger."""
    members = list_active(asking.view)
    lines: list[Line] = []
    for department in departments:
        names = [member.name for member in members if member.department == department]
        lines += people.people_lines(asking.speech, asking.short(department), names)
    return lines


def _for_office(asking: Asking) -> Post:
    """Drafts to register, projects to dispatch, hand-ins and returns to look at."""
    digest = get_digest(asking.view, asking.group)
    checks = asking.all_facts(digest.to_check)
    lines = words.office_lines(
        asking.speech, digest.to_register, digest.to_confirm, digest.to_dispatch, checks
    )
    shown = checks[: words.MOST_CHECKS]
    rows = [
        *task_buttons(asking.speech, shown),
        *in_rows(card_buttons(asking, digest.to_dispatch[:MOST_PROJECTS], numbered=True), 3),
        tuple(ask_button(asking, intent) for intent in _further(digest)),
    ]
    return Post(tuple(lines), tuple(rows))


def _further(digest: Digest) -> list[Intent]:
    """Where else the office may look."""
    waits = digest.to_register or digest.to_confirm
    return [*([Intent.DRAFTS] if waits else []), Intent.OVERDUE_ALL, Intent.BOARD]


def _for_county(asking: Asking, county: str) -> Post:
    found = list_overviews(asking, county)
    shown = found[:MOST_PROJECTS]
    lines = words.county_lines(asking.speech, county, shown, len(found))
    row = card_buttons(asking, [each.project for each in shown], numbered=True)
    return Post(tuple(lines), tuple(in_rows(row, 3)))
