"""Scores readings against what people said that a message means.

Rows are JSON objects: `id`, `text`, what the reader is told besides (`reply_to_task`,
`prior`), and what is expected: `expect` for registrations and acts, `intent` and `slots`
for questions, the intent "none" where nothing is to be answered. `accept` lists what is
fine as well. Every row is read by `read_line`, as `python -m bot read` does it.

A wrong value is worse than asking back: a row is *silent* where something definite was
understood that was not said, and nothing would show it to the group before it counts.
"""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from handlers.reading.naming.names import Names
from handlers.reading.output import read_line
from policy.packs import load_pack

Json = Mapping[str, Any]

DATA = Path(__file__).parent / "data"
KINDS = ("registrations", "acts", "questions", "chat")
FOLDERS = {
    "first": "the reader was made with these",
    "second": "and with these, after it had been measured with them",
    "third": "inventive on purpose; likewise",
    "fourth": "like the samples; only the faults of sense behind its few failures were mended",
}
"""The sets of rows, each written by people who had not seen the reader, and what they are for."""
TODAY = date(2026, 11, 23)  # in all rows
# What the ledger keeps besides what the rows speak of.
_NOT_LABELLED = frozenset({"interpreted", "eia", "errors"})


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a row was read as expected, and which wrong values nobody would have noticed."""

    row: Json
    found: Json
    right: bool
    silent: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Score:
    """A set's verdicts in numbers."""

    rows: int
    right: int
    silent: int

    @property
    def accuracy(self) -> float:
        """The part of the rows that was read as expected, 0 to 1."""
        return self.right / self.rows if self.rows else 1.0


def load_rows(kind: str, folder: str) -> list[dict[str, Any]]:
    """The rows of a kind (`KINDS`) in a folder of the data; empty where there are none."""
    path = DATA / folder / f"{kind}.jsonl"
    if not path.exists():
        return []
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


@cache
def load_names() -> Names:
    """The names of the rows' ledger."""
    ledger = json.loads((DATA / "ledger.json").read_text(encoding="utf-8"))
    return Names.from_ledger(load_pack("zhumadian"), ledger)


def judge(kind: str, row: Json, found: Json) -> Verdict:
    """Compares what was understood with what was expected."""
    compare = {"registrations": _judge_registration, "acts": _judge_acts}.get(kind, _judge_query)
    wrong = compare(row, found)
    silent = tuple(each[1:] for each in wrong if each.startswith("!"))
    return Verdict(row, found, not wrong, silent)


def judge_all(kind: str, folder: str) -> list[Verdict]:
    """Reads and judges the rows of a kind in a folder."""
    names = load_names()
    return [judge(kind, row, read_line(row, names, TODAY)) for row in load_rows(kind, folder)]


def score(verdicts: Iterable[Verdict]) -> Score:
    """The numbers of a set."""
    all_of_them = list(verdicts)
    right = sum(verdict.right for verdict in all_of_them)
    return Score(len(all_of_them), right, sum(bool(verdict.silent) for verdict in all_of_them))


# The comparisons give what is wrong, a word each; what nobody would notice begins with "!".


def _judge_registration(row: Json, found: Json) -> list[str]:
    expected, projects = row["expect"], found.get("projects") or []
    if isinstance(expected, dict) and expected.get("error") == "not_a_registration":
        return (
            ["!registered"]
            if projects and not _all_refused(projects)
            else ["kind"][: len(projects)]
        )
    wanted = expected if isinstance(expected, list) else [expected]
    if len(projects) != len(wanted):
        return ["!projects" if projects and not _all_refused(projects) else "projects"]
    accepted = row.get("accept") or []
    return [
        wrong
        for want, project in zip(wanted, projects, strict=True)
        for wrong in _compare_project(want, project, accepted)
    ]


def _all_refused(projects: list[Json]) -> bool:
    return all("error" in project for project in projects)


def _compare_project(want: Json, project: Json, accepted: list[str]) -> list[str]:
    if "error" in want:
        fine = {want["error"], *want.get("accept", []), *accepted}
        if "error" not in project:
            return ["!error"]
        return [] if project["error"] in fine else ["error"]
    if "error" in project:
        return ["refused"]
    shown = set(project.get("interpreted", ()))
    fields = {k: v for k, v in project.items() if k not in _NOT_LABELLED}
    wrong = [name for name in {*want, *fields} if want.get(name) != fields.get(name)]
    return [name if name in shown or name not in fields else f"!{name}" for name in wrong]


def _judge_acts(row: Json, found: Json) -> list[str]:
    expected = row["expect"]
    wanted = expected if isinstance(expected, list) else [expected]
    fine = {*(row.get("accept") or ()), *(a for w in wanted for a in w.get("accept", ()))}
    if found["kind"] != "act":
        return [] if found["kind"] == "none" and "none" in fine else ["kind"]
    acts = found["acts"]
    if len(acts) != len(wanted):
        return ["acts" if _asks(acts) else "!acts"]
    return [w for want, act in zip(wanted, acts, strict=True) for w in _compare_act(want, act)]


def _asks(acts: list[Json]) -> bool:
    return any(act["act"] == "ask" for act in acts)


def _compare_act(want: Json, act: Json) -> list[str]:
    want = {name: value for name, value in want.items() if name != "accept"}
    wrong = [name for name in {*want, *act} if not _is_same(name, want.get(name), act.get(name))]
    if not wrong:
        return []
    return wrong if act["act"] == "ask" else [f"!{name}" for name in wrong]


def _is_same(name: str, want: object, found: object) -> bool:
    if name == "reason" and isinstance(want, str) and isinstance(found, str):
        return _letters(want) == _letters(found)
    return want == found


def _letters(text: str) -> str:
    return re.sub(r"\W", "", text)


def _judge_query(row: Json, found: Json) -> list[str]:
    if row["intent"] == "none":
        return [] if found["kind"] == "none" else ["!answered"]
    if found.get("intent") != row["intent"]:
        return ["intent" if found["kind"] == "none" else "!intent"]
    slots = found.get("slots", {})
    wrong = [name for name in {*row["slots"], *slots} if row["slots"].get(name) != slots.get(name)]
    asks = "unclear" in slots or "unknown" in slots
    return [name if asks else f"!{name}" for name in wrong]
