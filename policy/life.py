"""The life of a task: its states and steps, and what happens to it next by itself."""

from policy.moments import (
    Moment,
    NextMoment,
    PauseKind,
    Running,
    TaskClock,
    Waiting,
    carry_handled,
    next_moment,
)
from policy.steps import (
    FINISHED,
    OPEN,
    REPORTABLE,
    TRANSITIONS,
    State,
    Step,
    StepNotPossible,
    Transition,
    list_steps,
    take_step,
)

__all__ = [
    "FINISHED",
    "OPEN",
    "REPORTABLE",
    "TRANSITIONS",
    "Moment",
    "NextMoment",
    "PauseKind",
    "Running",
    "State",
    "Step",
    "StepNotPossible",
    "TaskClock",
    "Transition",
    "Waiting",
    "carry_handled",
    "list_steps",
    "next_moment",
    "take_step",
]
