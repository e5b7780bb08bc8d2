"""Readings as the JSON objects that `python -m bot read` prints, one a message."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from handlers.reading import read_message
from handlers.reading.naming.names import Names
from handlers.reading.values import (
    Act,
    Acts,
    AskBack,
    Classified,
    Completion,
    Field,
    Intent,
    Join,
    ProblemCode,
    ProjectReading,
    Query,
    Reading,
    ReadingContext,
    Registration,
    Slots,
    TooLong,
)

Json = dict[str, Any]
Answer = Callable[[Query], str]

# With several things wrong, the first of these is the error; all are in "errors".
_GRAVEST_FIRST = (
    ProblemCode.BAD_VALUE,
    ProblemCode.DUPLICATE,
    ProblemCode.MISSING,
    ProblemCode.BAD_DATE,
    ProblemCode.FUTURE_DATE,
    ProblemCode.BAD_AMOUNT,
    ProblemCode.UNKNOWN_COUNTY,
)


def read_line(
    record: Mapping[str, Any], names: Names, today: date, answer: Answer | None = None
) -> Json:
    """What was understood of one record (`id`, `text`, and today, reply_to_task, prior).

    `today` counts where the record has none. `answer` gives the reply's text to a
    question about the policy. Raises KeyError or ValueError for a record without
    a text or with a date that is none.
    """
    context = _context_of(record, names, today)
    reading = read_message(str(record["text"]), context)
    written = write_reading(reading, quotes_task=context.quotes_task)
    found = {"id": record.get("id"), **written}
    if answer and isinstance(reading, Query) and reading.intent is Intent.POLICY_QUESTION:
        found["answer"] = answer(reading)
    return found


def _context_of(record: Mapping[str, Any], names: Names, today: date) -> ReadingContext:
    if record.get("today"):
        today = date.fromisoformat(record["today"])
    context = ReadingContext(today, names, reply_to_task=record.get("reply_to_task"))
    registered = {pair for text in record.get("prior") or () for pair in _register(text, context)}
    known = tuple(dict.fromkeys((*names.projects, *(name for name, _ in sorted(registered)))))
    if known != names.projects:
        names = replace(names, projects=known)
    return replace(context, names=names, registered=frozenset(registered))


def _register(text: str, context: ReadingContext) -> Iterator[tuple[str, str]]:
    reading = read_message(text, context)
    for project in reading.projects if isinstance(reading, Registration) else ():
        if project.complete and project.fields.name and project.fields.county:
            yield project.fields.name, project.fields.county


def write_reading(reading: Reading, *, quotes_task: bool = False) -> Json:
    """A reading as a JSON object, without the message's id; a quoted card is its task."""
    match reading:
        case Registration(projects):
            return {"kind": "registration", "projects": [_write_project(p) for p in projects]}
        case Completion(project):
            return {"kind": "completion", **_write_project(project)}
        case Acts(acts):
            return {"kind": "act", "acts": _write_acts(acts, quotes_task)}
        case Query(_, _, also):
            more = {"also": [_write_query(query) for query in also]} if also else {}
            return {"kind": "query", **_write_query(reading), **more}
        case Join(department, county, said):
            unit = {"department": department, "county": county, "said": said or None}
            return {"kind": "join", **_stated(unit)}
        case Classified(mark):
            return {"kind": "classified", "mark": mark}
        case TooLong(length):
            return {"kind": "too_long", "length": length}
    return {"kind": "none"}


def _stated(found: Mapping[str, Any]) -> Json:
    return {key: value for key, value in found.items() if value is not None and value != []}


def _write_project(project: ProjectReading) -> Json:
    fields = {key: _plain(value) for key, value in project.fields.stated().items()}
    foreign = "amount" in fields
    interpreted = [_column(each.field, foreign) for each in project.interpreted]
    found: Json = {**fields, **({"interpreted": interpreted} if interpreted else {})}
    if project.complete:
        return found
    errors = list(_list_errors(project))
    return {"error": errors[0], "errors": errors, "accepted": found}


def _plain(value: str | int | date) -> str | int:
    return value.isoformat() if isinstance(value, date) else value


def _column(field: Field, foreign: bool) -> str:
    if field is Field.INVESTMENT:
        return "amount" if foreign else "investment_yuan"
    return field.value


def _list_errors(project: ProjectReading) -> Iterator[str]:
    for code in _GRAVEST_FIRST:
        wrong = [problem.field.value for problem in project.problems if problem.code is code]
        if not wrong:
            continue
        if code in (ProblemCode.MISSING, ProblemCode.BAD_VALUE):
            yield f"{code.value}:{','.join(wrong)}"
        else:
            yield code.value


def _write_acts(acts: Iterable[Act | AskBack], quotes_task: bool) -> list[Json]:
    """One act on several tasks of projects and items is written once, with all of them."""
    written: list[Json] = []
    for act in acts:
        found = _write_act(act, quotes_task)
        by_name = isinstance(act, Act) and act.item and not quotes_task
        if by_name and written and {**written[-1], "tasks": 0} == {**found, "tasks": 0}:
            written[-1]["tasks"] += found["tasks"]
        else:
            written.append(found)
    return written


def _write_act(act: Act | AskBack, quotes_task: bool) -> Json:
    if isinstance(act, AskBack):
        return {"act": "ask", "why": act.why.value}
    tasks: list[int | Json] = list(act.tasks)
    if (act.project or act.item) and not quotes_task:
        tasks = [_stated({"project": act.project, "item": act.item})]
    return _stated(
        {
            "act": act.kind.value,
            "tasks": tasks,
            "reason": act.reason,
            "to": act.department,
            "days": act.days,
            "until": act.until.isoformat() if act.until else None,
            "percent": act.percent,
        }
    )


def _write_query(query: Query) -> Json:
    return {"intent": query.intent.value, "slots": _write_slots(query.slots)}


def _write_slots(slots: Slots) -> Json:
    lists = ("projects", "departments", "items", "counties", "metrics", "numbers", "tasks")
    single = ("period", "days", "of", "metric", "order", "n", "topic", "unknown")
    return _stated(
        {
            **{name: list(getattr(slots, name)) for name in lists},
            **{name: getattr(slots, name) for name in single},
            "from": slots.first.isoformat() if slots.first else None,
            "to": slots.last.isoformat() if slots.last else None,
            "unclear": [{"said": c.said, "names": list(c.names)} for c in slots.unclear],
        }
    )
