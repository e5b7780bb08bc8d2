"""A question as it waits in the outbox: plain JSON, and back.

A button that asks (`Verb.ASK`) has 64 bytes. Where the plain intent is not
enough, its argument is the question in a short form, such as
`department_tasks/d=市城市管理局/o=10`.
"""

from dataclasses import dataclass, fields, replace
from datetime import date
from enum import StrEnum
from typing import Any

from handlers.presses import Verb, press
from handlers.reading.values import Candidates, Intent, Period, Query, Slots, Topic


@dataclass(frozen=True, slots=True)
class Question:
    """A query, who asks (None: nobody known), and how many lines were shown before."""

    query: Query
    user_id: int | None = None
    offset: int = 0


def question_to_data(query: Query, user_id: int | None = None, offset: int = 0) -> dict[str, Any]:
    """The question in JSON's terms, for the notice that will answer it."""
    data = _query_to_data(query)
    if query.also:
        data["also"] = [_query_to_data(each) for each in query.also]
    if user_id is not None:
        data["user_id"] = user_id
    if offset:
        data["offset"] = offset
    return data


def question_from_data(data: dict[str, Any]) -> Question:
    """The question behind a notice; raises KeyError or ValueError when it is none."""
    also = tuple(_query_from_data(each) for each in data.get("also", ()))
    query = replace(_query_from_data(data), also=also)
    return Question(query, data.get("user_id"), data.get("offset", 0))


def _query_to_data(query: Query) -> dict[str, Any]:
    slots = {f.name: _plain(getattr(query.slots, f.name)) for f in fields(Slots)}
    return {
        "intent": query.intent.value,
        "slots": {name: value for name, value in slots.items() if value not in (None, [])},
    }


def _query_from_data(data: dict[str, Any]) -> Query:
    stated = data.get("slots", {})
    slots = Slots(**{name: _valued(name, value) for name, value in stated.items()})
    return Query(Intent(data["intent"]), slots)


def ask_press(query: Query, offset: int = 0) -> str:
    """A button's data that asks this question, from the line `offset` on.

    Raises ValueError when the question is too long for a button.
    """
    parts = [query.intent.value]
    for name, value in question_to_data(query)["slots"].items():
        if name in _SHORT:
            parts += [f"{_SHORT[name]}={_tight(name, each)}" for each in _listed(value)]
        elif name not in _IMPLIED:
            raise ValueError(f"a button cannot say {name}")
    if offset:
        parts.append(f"{_OFFSET}={offset}")
    return press(Verb.ASK, _PART.join(parts))


def read_ask(argument: str, user_id: int | None = None) -> dict[str, Any]:
    """What a button asks, as data for the notice; raises ValueError when it is no question."""
    intent, *parts = argument.split(_PART)
    slots: dict[str, Any] = {}
    offset = 0
    for part in parts:
        code, _, said = part.partition("=")
        if code == _OFFSET:
            offset = _whole(said)
        elif code in _LONG:
            _put(slots, _LONG[code], said)
        else:
            raise ValueError(f"no question: {argument}")
    query = question_from_data({"intent": intent, "slots": slots}).query
    return question_to_data(query, user_id, max(offset, 0))


_PART = "/"
_DIGITS = 9
_OFFSET = "o"
_SHORT = {
    "projects": "p",
    "departments": "d",
    "items": "i",
    "counties": "c",
    "numbers": "n",
    "tasks": "x",
    "first": "f",
    "last": "l",
    "of": "a",
    "metric": "m",
    "order": "s",
    "n": "k",
    "topic": "t",
}
_IMPLIED = frozenset({"period", "days"})  # `first` and `last` say it
_LONG = {code: name for name, code in _SHORT.items()}
_LISTS = frozenset({"projects", "departments", "items", "counties", "metrics", "numbers", "tasks"})
_WHOLE = frozenset({"numbers", "tasks", "n", "days"})


def _whole(said: str) -> int:
    """A number of a button; raises ValueError for one that no ledger has."""
    if len(said) > _DIGITS:
        raise ValueError(f"not a number of ours: {said}")
    return int(said)


def _put(slots: dict[str, Any], name: str, said: str) -> None:
    value: str | int = _whole(said) if name in _WHOLE else said
    slots[name] = [*slots.get(name, []), value] if name in _LISTS else value


def _tight(name: str, value: Any) -> Any:
    return value.replace("-", "") if name in ("first", "last") else value


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _plain(value: Any) -> Any:
    match value:
        case Candidates(said, names):
            return {"said": said, "names": list(names)}
        case StrEnum():
            return value.value
        case date():
            return value.isoformat()
        case tuple():
            return [_plain(each) for each in value]
        case _:
            return value


def _valued(name: str, value: Any) -> Any:
    match name:
        case "period":
            return Period(value)
        case "topic":
            return Topic(value)
        case "first" | "last":
            return date.fromisoformat(value)
        case "unclear":
            return tuple(Candidates(each["said"], tuple(each["names"])) for each in value)
        case _:
            return tuple(value) if name in _LISTS else value
