"""When is it due, and how much time is left."""

from collections.abc import Sequence

from handlers.presses import Verb, press
from handlers.texts.answers import buttons
from handlers.texts.answers import deadlines as words
from handlers.texts.answers.back import unknown_task_line
from handlers.texts.answers.facts import Explained, ProjectFacts, Stopped, TaskFacts
from handlers.texts.answers.lists import nothing_open, open_header
from handlers.texts.answers.tasks import project_row, task_buttons
from handlers.texts.post import Button, Line, Post
from policy.deadlines import Period, Unit, count_deadline
from policy.life import OPEN, State
from store.queries.projects import Card, Project, get_card
from store.queries.statistics import last_task_number, list_by_numbers
from store.queries.tasks import by_urgency, explain_finish, find_open_pause

from .asking import Asking
from .lists import answer_due
from .paging import list_post
from .scope import AskBack, Scope, label_scope, list_open_facts, read_scope

MOST_EXPLAINED = 2
MOST_ROWS = 4
"""Tasks of one project that are named under the most urgent one."""

_BEFORE_ACCEPTANCE = frozenset({State.DISPATCHED, State.ACKNOWLEDGED, State.CONTACTED})
_GONE = frozenset({State.TRANSFERRED, State.CANCELLED})


def answer_deadline(asking: Asking) -> Post:
    """The dates of what the question names: projects, items of projects, tasks by number."""
    scope = read_scope(asking)
    if scope.tasks:
        return _of_tasks(asking, scope)
    if scope.projects:
        return _of_projects(asking, scope)
    if not (scope.items or scope.departments or scope.counties):
        return answer_due(asking)
    found, label = list_open_facts(asking, scope), label_scope(asking, scope)
    if not found:
        return Post((nothing_open(asking.speech, label),))
    return list_post(asking, scope, open_header(asking.speech, label, found), found)


def explain(asking: Asking, facts: TaskFacts) -> Explained:
    """A task's date with how it was counted, or what it would be from today."""
    task, view = facts.task, asking.view
    period = Period(task.limit_days, Unit.WORKING_DAYS, task.item.basis)
    row = find_open_pause(view, task.id) if task.state is State.PAUSED else None
    return Explained(
        facts,
        explain_finish(view, task),
        count_deadline(view.rules.calendar, view.today, period)
        if task.state in _BEFORE_ACCEPTANCE and not facts.waits
        else None,
        Stopped(row.began_at, row.reason) if row else None,
    )


def project_facts(asking: Asking, project: Project) -> ProjectFacts:
    """A project with its open tasks, the most urgent first."""
    card = get_card(asking.view, project.id)
    still = by_urgency(task for task in card.tasks if task.state in OPEN)
    return ProjectFacts(
        card,
        tuple(asking.detailed(asking.all_facts(still))),
        tuple(choice.name for choice in project.undecided),
    )


def card_buttons(
    asking: Asking, projects: Sequence[Project], *, numbered: bool = False
) -> tuple[Button, ...]:
    """A button to each project's card; one alone needs no number unless `numbered`."""
    if len(projects) == 1 and not numbered:
        label = buttons.card_label(asking.speech)
        return (Button(label, press(Verb.SHOW_CARD, projects[0].id)),)
    return tuple(
        Button(
            buttons.named_card_label(asking.speech, project.number),
            press(Verb.SHOW_CARD, project.id),
        )
        for project in projects
    )


def list_named(asking: Asking, scope: Scope) -> list[TaskFacts]:
    """The tasks that the question names by number, in detail; raises AskBack if there is none."""
    found = list_by_numbers(asking.view, asking.group, scope.tasks)
    known = {task.number for task in found}
    lost = [number for number in scope.tasks if number not in known]
    if lost:
        last = last_task_number(asking.view, asking.group)
        raise AskBack(Post((unknown_task_line(asking.speech, lost[0], last),)))
    return asking.detailed(asking.all_facts(found))


def _of_tasks(asking: Asking, scope: Scope) -> Post:
    facts = list_named(asking, scope)
    lines = _explained(asking, facts, with_project=True)
    return Post(tuple(lines), tuple(task_buttons(asking.speech, facts)))


def _of_projects(asking: Asking, scope: Scope) -> Post:
    lines: list[Line] = []
    shown: list[TaskFacts] = []
    for project in scope.projects:
        facts = project_facts(asking, project)
        lines.append(words.project_title(asking.speech, project))
        if scope.items:
            tasks = list_asked(asking, facts.card, scope)
            lines += asked_lines(asking, facts, tasks, many=len(scope.projects) > 1)
        else:
            tasks = list(facts.open[:1])
            lines += _whole(asking, facts, alone=len(scope.projects) == 1)
        shown += [task for task in tasks if task.task.state in OPEN]
    row = card_buttons(asking, scope.projects)
    return Post(tuple(lines), (*task_buttons(asking.speech, shown), row))


def list_asked(asking: Asking, card: Card, scope: Scope) -> list[TaskFacts]:
    """The project's tasks for the items that the question names, the closed ones too."""
    found = [t for t in card.tasks if t.item.key in scope.items and t.state not in _GONE]
    return asking.detailed(asking.all_facts(by_urgency(found)))


def asked_lines(
    asking: Asking, facts: ProjectFacts, found: Sequence[TaskFacts], *, many: bool
) -> list[Line]:
    """What `list_asked` has found, explained; or why there is none of them."""
    if found:
        return _explained(asking, found, briefly=many and len(found) > 1)
    if facts.undecided and not facts.card.tasks:
        line = words.not_dispatched_line(asking.speech, facts.card.project, facts.undecided)
        return [line]
    existing = [t.item.name for t in facts.card.tasks if t.state not in _GONE]
    asked = asking.speech.join(asking.slots.items)
    return words.no_item_lines(asking.speech, asked, existing)


def _whole(asking: Asking, facts: ProjectFacts, *, alone: bool) -> list[Line]:
    """When construction must start, which is the project's own date, and then its tasks."""
    speech = asking.speech
    lines = [*words.start_lines(speech, facts), *_first(asking, facts)]
    if alone:
        rest = facts.open[1:]
        lines += [project_row(speech, each) for each in rest[:MOST_ROWS]]
        lines += words.more_lines(speech, len(rest) - MOST_ROWS)
    return lines


def _first(asking: Asking, facts: ProjectFacts) -> list[Line]:
    """The most urgent task, explained; or why there is none."""
    if facts.open:
        return words.explained_lines(asking.speech, explain(asking, facts.open[0]))
    if facts.undecided:
        return [words.not_dispatched_line(asking.speech, facts.card.project, facts.undecided)]
    closed = sum(task.state is State.CLOSED for task in facts.card.tasks)
    return [words.all_done_line(asking.speech, closed)]


def _explained(
    asking: Asking,
    found: Sequence[TaskFacts],
    *,
    briefly: bool = False,
    with_project: bool = False,
) -> list[Line]:
    lines: list[Line] = []
    briefly = briefly or len(found) > MOST_EXPLAINED
    for each in found:
        if with_project:
            lines.append(words.task_title(asking.speech, each))
        lines += words.explained_lines(asking.speech, explain(asking, each), briefly=briefly)
    return lines
