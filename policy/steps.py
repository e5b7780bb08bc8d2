"""The states of a task, and the steps between them.

    dispatched → acknowledged → contacted → accepted ⇄ paused → delivered → closed

beside which a task may be returned, transferred or cancelled, and a failed check sends it
back to its department (补账). The table below is the whole of it.
"""

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """Where a task stands."""

    DISPATCHED = "dispatched"
    ACKNOWLEDGED = "acknowledged"
    CONTACTED = "contacted"
    ACCEPTED = "accepted"
    PAUSED = "paused"
    DELIVERED = "delivered"
    CLOSED = "closed"
    RETURNED = "returned"
    TRANSFERRED = "transferred"
    CANCELLED = "cancelled"


FINISHED = frozenset({State.CLOSED, State.TRANSFERRED, State.CANCELLED})
"""States in which nobody has anything left to do. No step leads out of them."""

OPEN = frozenset(State) - FINISHED
"""States in which somebody still has something to do."""

REPORTABLE = OPEN - {State.DELIVERED, State.RETURNED}
"""States in which the department has the task, and may report on it (对账)."""


class Step(StrEnum):
    """What somebody does to a task."""

    ACKNOWLEDGE = "acknowledge"
    """领账"""
    CONTACT = "contact"
    """The owner was contacted and has the list of materials (已联系业主)."""
    ACCEPT = "accept"
    """The application is complete, and the approval clock starts (受理)."""
    PAUSE = "pause"
    RESUME = "resume"
    DELIVER = "deliver"
    """交账"""
    CLOSE = "close"
    """销号, after the hand-in was checked"""
    MAKE_GOOD = "make_good"
    """补账: the check failed"""
    RETURN = "return"
    """退回"""
    REDISPATCH = "redispatch"
    """The office dispatches anew, to the same department, what was returned."""
    TRANSFER = "transfer"
    """转办: the office gives it to another department, as a new task that is linked to this one."""
    CANCEL = "cancel"


@dataclass(frozen=True, slots=True)
class Transition:
    """Where a step leads, and which steps it skips; those are written down as skipped."""

    to: State
    skipped: tuple[Step, ...] = ()


class StepNotPossible(Exception):
    """A step that does not lead out of the state that the task is in."""

    def __init__(self, state: State, step: Step) -> None:
        super().__init__(f"{step} is not possible while a task is {state}")
        self.state = state
        self.step = step


# The way of a task, in order: each state, and the step that leads to it.
_WAY: tuple[tuple[State, Step | None], ...] = (
    (State.DISPATCHED, None),
    (State.ACKNOWLEDGED, Step.ACKNOWLEDGE),
    (State.CONTACTED, Step.CONTACT),
    (State.ACCEPTED, Step.ACCEPT),
    (State.DELIVERED, Step.DELIVER),
)


def _forward() -> dict[tuple[State, Step], Transition]:
    """Lead from each state of the way to every later one; what lies between is skipped."""
    table = {}
    for here, (state, _) in enumerate(_WAY):
        for there, (to, step) in enumerate(_WAY):
            if step is not None and here < there:
                passed = tuple(s for _, s in _WAY[here + 1 : there] if s is not None)
                table[state, step] = Transition(to, passed)
    return table


TRANSITIONS: dict[tuple[State, Step], Transition] = {
    **_forward(),
    (State.ACCEPTED, Step.PAUSE): Transition(State.PAUSED),
    (State.PAUSED, Step.RESUME): Transition(State.ACCEPTED),
    # Whoever hands in has what was waited for: the pause ends with it.
    (State.PAUSED, Step.DELIVER): Transition(State.DELIVERED, (Step.RESUME,)),
    (State.DELIVERED, Step.CLOSE): Transition(State.CLOSED),
    (State.DELIVERED, Step.MAKE_GOOD): Transition(State.ACCEPTED),
    (State.DISPATCHED, Step.RETURN): Transition(State.RETURNED),
    (State.ACKNOWLEDGED, Step.RETURN): Transition(State.RETURNED),
    (State.CONTACTED, Step.RETURN): Transition(State.RETURNED),
    (State.ACCEPTED, Step.RETURN): Transition(State.RETURNED),
    (State.RETURNED, Step.REDISPATCH): Transition(State.DISPATCHED),
    **{(state, Step.TRANSFER): Transition(State.TRANSFERRED) for state in OPEN - {State.DELIVERED}},
    **{(state, Step.CANCEL): Transition(State.CANCELLED) for state in OPEN},
}
"""Every step that is possible, from every state."""


def take_step(state: State, step: Step) -> Transition:
    """Tell where `step` leads from `state`.

    Raises:
        StepNotPossible: it leads nowhere from there; doing a step twice is such a case.

    """
    found = TRANSITIONS.get((state, step))
    if found is None:
        raise StepNotPossible(state, step)
    return found


def list_steps(state: State) -> tuple[Step, ...]:
    """List the steps that are possible from `state`, in the order of `Step`."""
    return tuple(step for step in Step if (state, step) in TRANSITIONS)
