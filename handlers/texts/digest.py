"""The morning: what is late, due, and not taken, grouped by urgency and then by department.

At most about a dozen lines. Few tasks are named one by one; many are summed up, a line a
department, and the button shows them all.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from handlers.presses import Verb, press
from handlers.reading.values import Intent
from handlers.texts.drafts import name_of
from handlers.texts.fields import label
from handlers.texts.post import Button, Line, Post, Style
from handlers.texts.speech import Speech, sentence
from handlers.texts.words import EASY, LATE, SOON, brief, by_department, clip, short
from policy.life import State
from policy.packs import Pack
from store.queries.digest import Digest
from store.queries.drafts import Draft
from store.queries.tasks import TaskRow
from store.queries.teams import Teamless

NAMED = 8  # so many tasks are named one by one
_NUMBERS = 5  # so many numbers stand in a department's line
_NAMES = 2  # so many of what waits for the office are named
_COUNTIES = 3  # so many counties without a landing team are named
_DRAFTS = 3  # so many incomplete registrations are named
_NAME = 14  # so long a project's name may be


@dataclass(frozen=True, slots=True)
class _Work:
    """What waits for the office: how it is said, the names, and for each (late, left)."""

    wording: str
    names: Sequence[str]
    limits: Sequence[tuple[int, int]]


def digest_post(speech: Speech, pack: Pack, digest: Digest, now: datetime) -> Post:
    """The overview of a morning that has something to say."""
    count = sum(len(tasks) for _, tasks in _sections(speech, digest))
    lines = [Line(speech.day(digest.day), Style.TITLE)]
    if count:
        lines.append(Line(_totals(speech, digest), Style.HEADING))
    if count <= NAMED:
        lines += _one_by_one(speech, pack, digest, now)
    else:
        lines += _summed_up(speech, pack, digest)
    lines += _office(speech, pack, digest)
    lines += _counties(speech, digest)
    rows = (_buttons(speech, digest, count) if count else (), _drafts(speech, digest))
    return Post(tuple(lines), tuple(row for row in rows if row))


def _totals(speech: Speech, digest: Digest) -> str:
    soon = len(digest.today) + len(digest.soon)
    told = (*digest.late, *digest.today, *digest.soon, *digest.untaken)
    untaken = sum(task.state is State.DISPATCHED for task in told)
    board = sum(task.boarded_on is not None for task in digest.late)
    parts = (
        (sentence("Overdue {n}"), len(digest.late)),
        (sentence("On the board {n}"), board),
        (sentence("Due soon {n}"), soon),
        (sentence("Not taken {n}"), untaken),
    )
    return " · ".join(speech.say(wording, n=n) for wording, n in parts if n)


def _sections(speech: Speech, digest: Digest) -> list[tuple[str, Sequence[TaskRow]]]:
    """The departments' tasks by urgency, each under what it is called."""
    sections = [
        (speech.say("Overdue"), digest.late),
        (speech.say("Due today at {time}", time=speech.clock(speech.hours.closing)), digest.today),
    ]
    for day, tasks in groupby(digest.soon, key=lambda task: task.due):
        if day is not None:
            sections.append((speech.say("Due {day}", day=speech.day(day)), tuple(tasks)))
    sections.append((speech.say("Not taken"), digest.untaken))
    return [(title, tasks) for title, tasks in sections if tasks]


def _one_by_one(speech: Speech, pack: Pack, digest: Digest, now: datetime) -> list[Line]:
    lines = []
    for title, tasks in _sections(speech, digest):
        lines.append(Line(title, Style.HEADING))
        for _, theirs in by_department(tasks):
            lines += [Line(_task(speech, pack, digest, task, now)) for task in theirs]
    return lines


def _task(speech: Speech, pack: Pack, digest: Digest, task: TaskRow, now: datetime) -> str:
    said = speech.say(
        "{mark} {department} no. {number} {project} {item}",
        mark=_mark(digest, task),
        department=short(pack, task.department),
        number=task.number,
        project=clip(task.project_name, _NAME),
        item=task.item.name,
    )
    if task.late:
        return speech.say("{task} {late}", task=said, late=brief(speech, task, now))
    if task.state is State.ACKNOWLEDGED:
        return speech.say("{task}, owner to be contacted", task=said)
    if task.state is State.DISPATCHED and task not in digest.untaken:
        return speech.say("{task}, to be taken", task=said)
    return said


def _mark(digest: Digest, task: TaskRow) -> str:
    if task.late:
        return LATE
    return EASY if task in digest.untaken else SOON


def _summed_up(speech: Speech, pack: Pack, digest: Digest) -> list[Line]:
    """A line a department, the latest first: how many of what, and the numbers of the worst."""
    told = [*digest.late, *digest.today, *digest.soon, *digest.untaken]
    return [
        Line(_department(speech, short(pack, name), theirs, digest))
        for name, theirs in by_department(told)
    ]


def _department(speech: Speech, name: str, theirs: list[TaskRow], digest: Digest) -> str:
    late = [task for task in theirs if task.late]
    parts = [
        _late(speech, late),
        _part(speech, sentence("today {n} (no. {numbers})"), _among(theirs, digest.today)),
        _part(speech, sentence("soon {n} (no. {numbers})"), _among(theirs, digest.soon)),
        _part(speech, sentence("not taken {n} (no. {numbers})"), _among(theirs, digest.untaken)),
    ]
    sign = LATE if late else (EASY if len(_among(theirs, digest.untaken)) == len(theirs) else SOON)
    facts = speech.join(part for part in parts if part)
    return speech.say("{mark} {department}: {facts}", mark=sign, department=name, facts=facts)


def _among(theirs: Sequence[TaskRow], others: Sequence[TaskRow]) -> list[TaskRow]:
    ids = {task.id for task in others}
    return [task for task in theirs if task.id in ids]


def _late(speech: Speech, tasks: Sequence[TaskRow]) -> str:
    """How many are overdue, the worst of them each with its working days."""
    if not tasks:
        return ""
    worst = sorted(tasks, key=lambda task: (-task.late, task.number))
    named = speech.join(
        speech.say("no. {number} {n} d", number=task.number, n=task.late)
        for task in worst[:_NUMBERS]
    )
    if len(tasks) > _NUMBERS:
        named = speech.say("{numbers} …", numbers=named)
    return speech.say("overdue {n} ({tasks})", n=len(tasks), tasks=named)


def _part(speech: Speech, wording: str, tasks: Sequence[TaskRow]) -> str:
    if not tasks:
        return ""
    latest_first = sorted(tasks, key=lambda task: (-task.late, task.number))
    numbers = speech.join(task.number for task in latest_first[:_NUMBERS])
    if len(tasks) > _NUMBERS:
        numbers = speech.say("{numbers} …", numbers=numbers)
    return speech.say(wording, n=len(tasks), numbers=numbers)


def _office(speech: Speech, pack: Pack, digest: Digest) -> list[Line]:
    """The office's own work, which is counted as strictly as that of the others."""
    checks = [task for task in digest.to_check if task.state is State.DELIVERED]
    again = [task for task in digest.to_check if task.state is State.RETURNED]
    complete = [draft for draft in digest.to_register if not draft.problems]
    work = (
        _Work(
            sentence("{mark} To register: {what}, {time}"),
            [name_of(speech, draft) for draft in complete],
            [(draft.late, draft.left) for draft in complete],
        ),
        _Work(
            sentence("{mark} Changes to confirm: {what}, {time}"),
            [each.project.name for each in digest.to_confirm],
            [(each.draft.late, each.draft.left) for each in digest.to_confirm],
        ),
        _Work(
            sentence("{mark} To dispatch: {what}, {time}"),
            [project.name for project in digest.to_dispatch],
            [(project.late, project.left) for project in digest.to_dispatch],
        ),
        _tasks(speech, sentence("{mark} To check: {what}, {time}"), checks),
        _tasks(speech, sentence("{mark} To dispatch anew: {what}, {time}"), again),
    )
    lines = [Line(_work(speech, one)) for one in work if one.names]
    heading = [Line(pack.office.short, Style.HEADING)] if lines else []
    return [*heading, *lines, *_lacking(speech, digest)]


def _lacking(speech: Speech, digest: Digest) -> list[Line]:
    """Registrations that wait for their senders, the first to lapse first: no lateness of ours."""
    found = [draft for draft in digest.to_register if draft.problems]
    found.sort(key=lambda draft: (draft.expires_on or date.max, draft.id))
    lines = [Line(speech.say("To be completed"), Style.HEADING)] if found else []
    lines += [Line(_lacks(speech, digest, draft)) for draft in found[:_DRAFTS]]
    if len(found) > _DRAFTS:
        n = len(found) - _DRAFTS
        lines.append(Line(speech.say_many("{n} more", "{n} more", n)))
    return lines


def _lacks(speech: Speech, digest: Digest, draft: Draft) -> str:
    last = draft.expires_on == digest.day
    said = speech.say(
        "{mark} {name}: lacks {labels}, {author} completes it",
        mark=SOON if last else EASY,
        name=clip(name_of(speech, draft), _NAME),
        labels=speech.join(label(speech, each) for each in draft.missing),
        author=draft.author_name,
    )
    if not last:
        return said
    closing = speech.clock(speech.hours.closing)
    return speech.say("{draft}; lapses today at {time}", draft=said, time=closing)


def _counties(speech: Speech, digest: Digest) -> list[Line]:
    """Landing teams that the counties still have to set up: a line a county, the latest first."""
    counties: dict[str, list[Teamless]] = {}
    for one in digest.without_team:
        counties.setdefault(one.project.county, []).append(one)
    wording = sentence("{mark} {county}: {what} without a landing team, {time}")
    lines = [Line(speech.say("Counties"), Style.HEADING)] if counties else []
    for county, theirs in list(counties.items())[:_COUNTIES]:
        names = [f"#{one.project.number}" for one in theirs]
        work = _Work(wording, names, [(one.late, one.left) for one in theirs])
        lines.append(Line(_work(speech, work, county=county)))
    if len(counties) > _COUNTIES:
        more = len(counties) - _COUNTIES
        lines.append(Line(speech.say("and {n} more counties without a landing team", n=more)))
    return lines


def _tasks(speech: Speech, wording: str, tasks: Sequence[TaskRow]) -> _Work:
    return _Work(
        wording,
        [speech.say("no. {number}", number=task.number) for task in tasks],
        [(task.late, task.left or 0) for task in tasks],
    )


def _work(speech: Speech, work: _Work, **fields: str) -> str:
    """What waits, and the worst of its limits."""
    late, left = max(late for late, _ in work.limits), min(left for _, left in work.limits)
    different = list(dict.fromkeys(work.names))
    named = speech.join(clip(name, _NAME) for name in different[:_NAMES])
    if len(work.names) > _NAMES:
        named = speech.say("{names} and others, {n} in all", names=named, n=len(work.names))
    return speech.say(
        work.wording,
        mark=LATE if late else (EASY if left else SOON),
        what=named,
        time=speech.late(late) if late else speech.left(left),
        **fields,
    )


def _drafts(speech: Speech, digest: Digest) -> tuple[Button, ...]:
    """Where registrations wait, for the office or for their senders: what each of them lacks."""
    if not digest.to_register and not digest.to_confirm:
        return ()
    return (Button(speech.say("Drafts"), press(Verb.ASK, Intent.DRAFTS)),)


def _buttons(speech: Speech, digest: Digest, count: int) -> tuple[Button, ...]:
    """One's own tasks, and where not every task was named the rest of them."""
    mine = Button(speech.say("My tasks"), press(Verb.ASK, Intent.MY_TASKS))
    if count <= NAMED:
        return (mine,)
    if digest.late:
        late = speech.say("All {n} overdue", n=len(digest.late))
        return (mine, Button(late, press(Verb.ASK, Intent.OVERDUE_ALL)))
    return (mine, Button(speech.say("All that is due"), press(Verb.ASK, Intent.DUE_WITHIN)))
