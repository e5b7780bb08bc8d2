"""The words around lists of tasks: what they are, how many, and what to say when there is none."""

from collections import Counter
from collections.abc import Sequence
from datetime import date

from handlers.texts.answers.facts import Span, TaskFacts
from handlers.texts.answers.tasks import LONGEST_NAME, day_text, limit_text, number_text, time_text
from handlers.texts.post import Line, Style
from handlers.texts.speech import Speech, sentence
from handlers.texts.words import clip
from policy.life import State

MOST_NUMBERS = 5


def overdue_header(speech: Speech, label: str, count: int) -> list[Line]:
    """逾期 5 项 · 11月26日 周四"""
    return [_title(speech, label, speech.say("overdue {count}", count=count))]


def by_department_lines(speech: Speech, found: Sequence[TaskFacts]) -> list[Line]:
    """市发改委 12、市自规局 3: where a list is too long to be shown whole."""
    counts = Counter(facts.department for facts in found)
    if len(counts) < 2:
        return []
    parts = [
        speech.say("{department} {count}", department=department, count=count)
        for department, count in counts.most_common()
    ]
    return [Line(speech.join(parts))]


def nothing_overdue(speech: Speech, label: str, coming: TaskFacts | None) -> Line:
    """Nothing is late, and what comes next, in one line."""
    if label:
        said = speech.say("Nothing is overdue: {scope}.", scope=label)
    else:
        said = speech.say("Nothing is overdue.")
    return Line(_with_next(speech, said, coming))


def office_overdue(speech: Speech, late: Sequence[TaskFacts]) -> list[Line]:
    """The office's own delays, which are not the departments'."""
    if not late:
        return []
    numbers = speech.join(number_text(speech, facts) for facts in late)
    return [Line(speech.say("Waiting for the office beyond its limit: {tasks}", tasks=numbers))]


def nothing_open(speech: Speech, label: str) -> Line:
    """Nothing is open there."""
    if label:
        return Line(speech.say("No task is open: {scope}.", scope=label))
    return Line(speech.say("No task is open."))


def open_header(speech: Speech, label: str, found: Sequence[TaskFacts]) -> list[Line]:
    """在办 6 项, and how many of them are late, due soon or stopped."""
    lines = [_title(speech, label, speech.say("open {count}", count=len(found)))]
    return lines + counts_line(speech, found)


def own_header(speech: Speech, label: str, found: Sequence[TaskFacts]) -> list[Line]:
    """待办 6 项, likewise."""
    lines = [_title(speech, label, speech.say("to do {count}", count=len(found)))]
    return lines + counts_line(speech, found)


def counts_line(speech: Speech, found: Sequence[TaskFacts]) -> list[Line]:
    """How many are late, due soon, not taken or stopped; nothing where none is."""
    late = sum(f.late for f in found)
    soon = sum(f.soon for f in found)
    untaken = sum(f.task.state is State.DISPATCHED for f in found)
    stopped = sum(f.task.state is State.PAUSED for f in found)
    parts = [
        speech.say("🔴 overdue {count}", count=late) if late else "",
        speech.say("◐ due soon {count}", count=soon) if soon else "",
        speech.say("not taken {count}", count=untaken) if untaken else "",
        speech.say("stopped {count}", count=stopped) if stopped else "",
    ]
    said = [part for part in parts if part]
    return [Line(" · ".join(said))] if said else []


def nothing_for_us(speech: Speech, label: str, at_the_office: int) -> list[Line]:
    """The department has nothing to do."""
    said = Line(speech.say("{scope} has nothing to do at the moment.", scope=label))
    return [said, *at_office(speech, at_the_office)]


def at_office(speech: Speech, count: int) -> list[Line]:
    """Tasks of theirs that the office has to look at."""
    if not count:
        return []
    return [
        Line(
            speech.say("With the office, nothing to do for you: {count}", count=count), Style.DETAIL
        )
    ]


def due_header(speech: Speech, label: str, span: Span, count: int, late: int) -> list[Line]:
    """11月23日至29日 到期 4 项"""
    said = speech.say("due {span}: {count}", span=speech.span(span.first, span.last), count=count)
    lines = [Line(_scoped(speech, label, said), Style.TITLE)]
    if late:
        lines.append(Line(speech.say("🔴 besides, overdue already: {count}", count=late)))
    return lines


def nothing_due(
    speech: Speech, label: str, span: Span, late: int, coming: TaskFacts | None
) -> Line:
    """Nothing is due then; what is late already, and what comes next."""
    said = speech.say("{span}: nothing is due", span=_days(speech, span))
    said = _scoped(speech, label, said)
    if late:
        said = speech.say("{said}; overdue already: {count}.", said=said, count=late)
    else:
        said = speech.say("{said}.", said=said)
    return Line(_with_next(speech, said, coming))


def day_heading(speech: Speech, day: date, provisional: bool, first: TaskFacts) -> Line:
    """The day, and how far away it is."""
    said = speech.say(
        "{day}, {time}",
        day=limit_text(speech, day, provisional),
        time=time_text(speech, first),
    )
    return Line(said, Style.HEADING)


def all_taken(speech: Speech, waiting: int) -> Line:
    """Every task is taken."""
    if waiting:
        return Line(
            speech.say(
                "Every task is taken; the owner is not contacted yet for {count}.", count=waiting
            )
        )
    return Line(speech.say("Every task is taken."))


def untaken_header(speech: Speech, count: int) -> list[Line]:
    """未领账 3 项"""
    return [_title(speech, "", speech.say("not taken: {count}", count=count))]


def untaken_line(speech: Speech, theirs: Sequence[TaskFacts]) -> Line:
    """🔴 市生态环境局 5号、7号,逾期 1 个工作日"""
    numbers = speech.join(number_text(speech, facts) for facts in theirs[:MOST_NUMBERS])
    if len(theirs) > MOST_NUMBERS:
        wording = sentence("{mark} {department} {tasks} and others, {count} in all, {time}")
    else:
        wording = sentence("{mark} {department} {tasks}, {time}")
    return Line(
        speech.say(
            wording,
            count=len(theirs),
            mark=theirs[0].mark,
            department=theirs[0].department,
            tasks=numbers,
            time=time_text(speech, theirs[0]),
        )
    )


def not_contacted(speech: Speech, count: int) -> list[Line]:
    """Taken, but the owner is not contacted."""
    if not count:
        return []
    return [Line(speech.say("Taken, owner not contacted yet: {count}", count=count), Style.DETAIL)]


def _title(speech: Speech, label: str, said: str) -> Line:
    day = speech.day(speech.today)
    return Line(
        speech.say("{what} · {day}", what=_scoped(speech, label, said), day=day), Style.TITLE
    )


def _scoped(speech: Speech, label: str, said: str) -> str:
    return speech.say("{scope} {what}", scope=label, what=said) if label else said


def _days(speech: Speech, span: Span) -> str:
    """11月20日 周五, or from one such day to another."""
    first = speech.day(span.first)
    if span.first == span.last:
        return first
    return speech.say("{first} to {last}", first=first, last=speech.day(span.last, span.first))


def _with_next(speech: Speech, said: str, coming: TaskFacts | None) -> str:
    """That there is nothing, and what is due next."""
    if coming is None or coming.task.due is None:
        return said
    return speech.say(
        "{nothing} Next: no. {number} {project} {item}, {day}.",
        nothing=said,
        number=coming.task.number,
        project=clip(coming.task.project_name, LONGEST_NAME),
        item=coming.task.item.name,
        day=day_text(speech, coming.task.due, coming.task.provisional),
    )
