"""What a button says when it is pressed: a verb and its arguments, at most 64 bytes.

A press may be forged, old or from another chat: whoever acts on one checks
everything again.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

LONGEST = 64  # bytes, by the narrowest platform
_SEPARATOR = ":"


class Verb(StrEnum):
    """What a press asks for; its arguments stand beside it."""

    TAKE = "take"  # project id, department: 领账 for all its tasks
    CONTACT = "contact"  # project id, department: 已联系业主 for all its tasks
    STEP = "step"  # task id, step
    PAUSE = "pause"  # task id, kind of pause
    TRANSFER = "transfer"  # task id, department
    FORM_TEAM = "team"  # project id
    PICK = "pick"  # task id: which one was meant by the message that was asked back
    SHOW_TASK = "task"  # task id
    SHOW_TASKS = "tasks"  # project id, department
    SHOW_CARD = "card"  # project id
    SHOW_DRAFT = "draft"  # draft id
    CONFIRM = "confirm"  # draft id, its revision as shown
    DECLINE = "decline"  # draft id
    CHOOSE = "choose"  # project id, choice, option
    ADMIT = "admit"  # member id
    REFUSE = "refuse"  # member id
    JOIN = "join"  # unit, or nothing to be asked for it
    JOIN_COUNTY = "counties"  # to be asked for the county
    ASK = "ask"  # intent


@dataclass(frozen=True, slots=True)
class Press:
    """A button's meaning."""

    verb: Verb
    args: tuple[str, ...] = ()

    def number(self, position: int = 0) -> int:
        """The argument at `position` as an id."""
        return int(self.args[position])


def press(verb: Verb, *args: str | int) -> str:
    """A button's data; raises ValueError when it is too long for a platform."""
    data = _SEPARATOR.join([verb, *(str(arg) for arg in args)])
    if len(data.encode()) > LONGEST:
        raise ValueError(f"too long for a button: {data}")
    return data


def read_press(data: str) -> Press | None:
    """What was pressed; None when it is nothing that a button of ours says."""
    name, *args = data.split(_SEPARATOR)
    try:
        verb = Verb(name)
    except ValueError:
        return None
    numbers = args[: _NUMBERS.get(verb, 1)]
    if len(args) != _ARGUMENTS[verb] or not all(_ID.fullmatch(each) for each in numbers):
        return None
    return Press(verb, tuple(args))


_ARGUMENTS = {
    Verb.TAKE: 2,
    Verb.CONTACT: 2,
    Verb.STEP: 2,
    Verb.PAUSE: 2,
    Verb.TRANSFER: 2,
    Verb.FORM_TEAM: 1,
    Verb.PICK: 1,
    Verb.SHOW_TASK: 1,
    Verb.SHOW_TASKS: 2,
    Verb.SHOW_CARD: 1,
    Verb.SHOW_DRAFT: 1,
    Verb.CONFIRM: 2,
    Verb.DECLINE: 1,
    Verb.CHOOSE: 3,
    Verb.ADMIT: 1,
    Verb.REFUSE: 1,
    Verb.JOIN: 1,
    Verb.JOIN_COUNTY: 0,
    Verb.ASK: 1,
}
# How many of the arguments are numbers, where it is not just the first.
_NUMBERS = {Verb.JOIN: 0, Verb.JOIN_COUNTY: 0, Verb.ASK: 0, Verb.CONFIRM: 2}
_ID = re.compile(r"[0-9]{1,18}")
