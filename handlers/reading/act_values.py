"""What a message does to tasks, and what is asked back when it does not say enough."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class ActKind(StrEnum):
    """What is done to a task: by its department, and the last two by the office."""

    ACKNOWLEDGE = "acknowledge"
    CONTACT = "contact"
    ACCEPT = "accept"
    PROGRESS = "progress"
    COMPLETE = "complete"
    RETURN = "return"
    TRANSFER = "transfer"
    PAUSE = "pause"
    RESUME = "resume"
    EXTEND = "extend"
    PROBLEM = "problem"
    CLOSE = "close"
    MAKE_GOOD = "make_good"


class WaitsFor(StrEnum):
    """Whom a pause waits for: the owner (补正) or a special procedure (行政许可法第四十五条)."""

    OWNER = "owner"
    PROCEDURE = "procedure"


@dataclass(frozen=True, slots=True)
class Act:
    """One act on tasks: by number, by project and item, or (none of these) on the quoted card.

    Beside a quoted card `item` is what the reply names; it may be another task's.

    A project is named by its `project` name or its `project_number` (#2).
    `department` is the target of a transfer; `days` are working days, `until` a
    date instead; `percent` is 0 to 100.
    """

    kind: ActKind
    tasks: tuple[int, ...] = ()
    project: str | None = None
    item: str | None = None
    reason: str | None = None
    department: str | None = None
    days: int | None = None
    until: date | None = None
    percent: int | None = None
    waits_for: WaitsFor | None = None
    project_number: int | None = None


class Why(StrEnum):
    """Why nothing was done, and the bot asks back."""

    WHICH_TASK = "which_task"
    UNKNOWN_TASK = "unknown_task"
    NO_REASON = "no_reason"
    NO_DAYS = "no_days"
    BAD_DAYS = "bad_days"
    NO_TARGET = "no_target"
    UNKNOWN_DEPARTMENT = "unknown_department"
    CONTRADICTORY = "contradictory"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True)
class AskBack:
    """An act that lacks something; stands in `Acts` like an act.

    `about` is as much of it as was understood, `candidates` are the names among
    which to choose, if there are any.
    """

    why: Why
    about: Act | None = None
    candidates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Acts:
    """What a message does, in message order; never empty."""

    acts: tuple[Act | AskBack, ...]
