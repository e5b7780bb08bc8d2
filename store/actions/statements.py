"""What a message states of a project, field by field, and what an edit of the message changes.

People correct one line and leave the others as they were, which others may have put right
meanwhile, or which mean another day by now (上周五): only what is said otherwise than before
counts as edited.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from ..queries.drafts import columns_of, subject_of
from .registration import ProjectInput

MISSING = "missing"


def pick_edited(before: Mapping[str, Any], now: ProjectInput) -> ProjectInput:
    """What a message says otherwise than before; `before` is what was kept of it."""
    said = now.as_json()
    edited = {field for field in _fields_of(said) if _said(before, field) != _said(said, field)}
    return ProjectInput(
        {name: value for name, value in now.fields.items() if subject_of(name) in edited},
        [each for each in now.interpreted if each["field"] in edited],
        [each for each in now.problems if each["field"] in edited],
    )


def keep_stated(before: Mapping[str, Any], now: ProjectInput) -> dict[str, Any]:
    """What is to be kept of a message that was edited; a line that is gone is not forgotten."""
    said = now.as_json()
    given = _fields_of(said)
    gone = {each["field"] for each in now.problems if each["code"] == MISSING}
    fields = {
        name: value
        for name, value in before["fields"].items()
        if subject_of(name) not in given or subject_of(name) in gone
    }
    rest = {
        part: [each for each in before[part] if each["field"] not in given] + said[part]
        for part in ("interpreted", "problems")
    }
    return {"fields": fields | now.fields, **rest}


def drop_repeated(inputs: Sequence[ProjectInput]) -> list[ProjectInput]:
    """The projects of a message, each once: what is stated again without saying otherwise is one.

    The same name and county with another sum or day is not the same statement: it is kept.
    """
    kept: list[ProjectInput] = []
    for stated in inputs:
        same = next((i for i, one in enumerate(kept) if _repeats(one, stated)), None)
        if same is None:
            kept.append(stated)
        elif len(stated.problems) < len(kept[same].problems):
            kept[same] = stated
    return kept


def _repeats(one: ProjectInput, other: ProjectInput) -> bool:
    if None in (one.fields.get("name"), one.fields.get("county")):
        return False
    if any(one.fields.get(key) != other.fields.get(key) for key in ("name", "county")):
        return False
    both = {*map(subject_of, one.fields)} & {*map(subject_of, other.fields)}
    return all(columns_of(one.fields, each) == columns_of(other.fields, each) for each in both)


def list_wrong(stated: ProjectInput) -> list[dict[str, str]]:
    """What was written and cannot be taken, as opposed to what was not written."""
    return [each for each in stated.problems if each["code"] != MISSING]


def _fields_of(statement: Mapping[str, Any]) -> set[str]:
    marked = {each["field"] for part in ("interpreted", "problems") for each in statement[part]}
    return marked | {subject_of(name) for name in statement["fields"]}


def _said(statement: Mapping[str, Any], field: str) -> Any:
    """The words, where they had to be interpreted or were wrong; else the value."""
    words = [
        each["said"]
        for part in ("interpreted", "problems")
        for each in statement[part]
        if each["field"] == field
    ]
    return words or columns_of(statement["fields"], field)
