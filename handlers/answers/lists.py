"""Lists of tasks: what is late, due, open, not taken, and one's own."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import groupby

from handlers.reading.values import Intent, Query, Slots
from handlers.texts.answers import lists as words
from handlers.texts.answers.facts import Span, TaskFacts
from handlers.texts.answers.tasks import task_buttons, to_do_text
from handlers.texts.post import Button, Line, Post
from handlers.texts.words import in_rows
from policy.life import State

from .asking import Asking
from .paging import MOST_ROWS, ask_button, cut, footer, list_post
from .question import ask_press
from .scope import Scope, label_scope, list_open_facts, read_scope

DAYS_AHEAD = 5  # working days, where a question about what is due names no span


def answer_overdue(asking: Asking) -> Post:
    """What is late of everything, or of what the question names."""
    scope = read_scope(asking)
    found = list_open_facts(asking, scope)
    late = [facts for facts in found if facts.late and not facts.task.by_office]
    at_office = [facts for facts in found if facts.late and facts.task.by_office]
    label = label_scope(asking, scope)
    if not late:
        coming = next((f for f in found if f.task.due is not None and not f.late), None)
        line = words.nothing_overdue(asking.speech, label, coming)
        return Post((line, *words.office_overdue(asking.speech, at_office)))
    header = words.overdue_header(asking.speech, label, len(late))
    if len(late) > MOST_ROWS:
        header += words.by_department_lines(asking.speech, late)
    extra = () if scope.departments else (ask_button(asking, Intent.UNACKNOWLEDGED),)
    post = list_post(asking, scope, header, late, extra)
    return replace(post, lines=(*post.lines, *words.office_overdue(asking.speech, at_office)))


def answer_department(asking: Asking) -> Post:
    """Everything that a department has open."""
    scope = read_scope(asking)
    found = list_open_facts(asking, scope)
    label = label_scope(asking, scope)
    if not found:
        return Post((words.nothing_open(asking.speech, label),))
    return list_post(asking, scope, words.open_header(asking.speech, label, found), found)


def answer_due(asking: Asking) -> Post:
    """What is due in a span of days, day by day; what is late already is counted."""
    span = _span(asking)
    asking = _spanned(asking, span)
    scope = read_scope(asking)
    found = list_open_facts(asking, scope)
    due = [f for f in found if f.task.due and span.first <= f.task.due <= span.last]
    late = [f for f in found if f.late and f.task.due and f.task.due < span.first]
    label = label_scope(asking, scope)
    extra = (ask_button(asking, Intent.OVERDUE_ALL),) if late else ()
    if not due:
        coming = next((f for f in found if f.task.due is not None and not f.late), None)
        line = words.nothing_due(asking.speech, label, span, len(late), coming)
        return Post((line,), (extra,) if extra else ())
    shown = cut(asking, due)
    lines = words.due_header(asking.speech, label, span, len(due), len(late))
    for day, tasks in groupby(shown, key=lambda facts: facts.task.due):
        lines += _day(asking, scope, day, list(tasks))
    pressed = [*task_buttons(asking.speech, shown), *footer(asking, due, extra)]
    return Post(tuple(lines), tuple(pressed))


def answer_untaken(asking: Asking) -> Post:
    """Who has not taken what, department by department."""
    scope = read_scope(asking)
    found = list_open_facts(asking, scope)
    untaken = [facts for facts in found if facts.task.state is State.DISPATCHED]
    waiting = [facts for facts in found if facts.task.state is State.ACKNOWLEDGED]
    if not untaken:
        return Post((words.all_taken(asking.speech, len(waiting)),))
    ordered = _by_department(untaken)
    lines = words.untaken_header(asking.speech, len(untaken))
    lines += [words.untaken_line(asking.speech, theirs) for theirs in ordered]
    lines += words.not_contacted(asking.speech, len(waiting))
    return Post(tuple(lines), tuple(_untaken_buttons(asking, ordered)))


def own_tasks(asking: Asking, department: str) -> Post:
    """What waits for a department, for who works in it."""
    asking = replace(
        asking,
        question=replace(
            asking.question,
            query=Query(Intent.DEPARTMENT_TASKS, Slots(departments=(department,))),
        ),
    )
    scope = read_scope(asking)
    found = list_open_facts(asking, scope)
    ours = [facts for facts in found if not facts.task.by_office]
    office = len(found) - len(ours)
    label = label_scope(asking, scope)
    if not ours:
        return Post(tuple(words.nothing_for_us(asking.speech, label, office)))
    post = list_post(asking, scope, words.own_header(asking.speech, label, ours), ours)
    return replace(post, lines=(*post.lines, *words.at_office(asking.speech, office)))


def _untaken_buttons(
    asking: Asking, ordered: Sequence[Sequence[TaskFacts]]
) -> list[tuple[Button, ...]]:
    """A button for each task; where these are too many, for each department."""
    if sum(map(len, ordered)) <= MOST_ROWS:
        return task_buttons(asking.speech, [facts for theirs in ordered for facts in theirs])
    names = [theirs[0].department for theirs in ordered]
    queries = [Query(Intent.DEPARTMENT_TASKS, Slots(departments=(name,))) for name in names]
    return in_rows([Button(name, ask_press(q)) for name, q in zip(names, queries, strict=True)])


def _span(asking: Asking) -> Span:
    slots, calendar, today = asking.slots, asking.view.rules.calendar, asking.view.today
    first = slots.first or today
    last = slots.last or calendar.add(today, slots.days or DAYS_AHEAD)
    return Span(min(first, last), max(first, last))


def _spanned(asking: Asking, span: Span) -> Asking:
    """The question with its days counted, so that a button can ask for the rest of it."""
    slots = replace(asking.slots, first=span.first, last=span.last)
    query = Query(Intent.DUE_WITHIN, slots)
    return replace(asking, question=replace(asking.question, query=query))


def _day(asking: Asking, scope: Scope, day: date | None, tasks: Sequence[TaskFacts]) -> list[Line]:
    if day is None:
        return []
    provisional = any(facts.task.provisional for facts in tasks)
    heading = words.day_heading(asking.speech, day, provisional, tasks[0])
    speech = asking.speech
    return [heading, *(scope.row(speech, f, to_do_text(speech, f)) for f in tasks)]


def _by_department(found: Sequence[TaskFacts]) -> list[list[TaskFacts]]:
    """Tasks by department, the one with the most urgent task first."""
    grouped: dict[str, list[TaskFacts]] = {}
    for facts in found:
        grouped.setdefault(facts.department, []).append(facts)
    return list(grouped.values())
