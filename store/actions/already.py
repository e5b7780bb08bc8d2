"""What a message asks for among other things and is so already: it counts as done."""

from collections.abc import Sequence
from typing import Protocol, TypeVar

from policy.life import State, Step

from ..access import access_task
from ..context import Tx
from ..queries.people import Group
from ..queries.tasks import TaskRow

# A step that led to the state in which a task is; what follows it tells nothing of it.
_SO = {Step.ACKNOWLEDGE: State.ACKNOWLEDGED, Step.CONTACT: State.CONTACTED}


class _Request(Protocol):
    @property
    def number(self) -> int: ...
    @property
    def step(self) -> Step: ...


R = TypeVar("R", bound=_Request)


def split_done(
    tx: Tx, group: Group, requests: Sequence[R]
) -> tuple[list[tuple[TaskRow, Step]], list[R]]:
    """Of several requests: what is so already, with its step, and what is still to be done.

    Where nothing would be left, all is left: then who was faster is the answer.
    Raises Refusal like access_task.
    """
    so: list[tuple[TaskRow, Step]] = []
    left = []
    for request in requests if len(requests) > 1 else ():
        step = request.step
        _, task = access_task(tx, tx.request.user_id, group, request.number, step)
        if _SO.get(step) is task.state:
            so.append((task, step))
        else:
            left.append(request)
    return (so, left) if left else ([], list(requests))
