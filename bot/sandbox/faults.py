"""Things that go wrong between a bot and Telegram, on demand."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """What happens to one call; the parts combine.

    `delay` in seconds before anything else; `cut_before` and `cut_after` close the
    connection before or after the method acted; `status` (500, 502) answers with a
    proxy's HTML page, and `retry_after` with 429, both without acting.
    """

    delay: float = 0.0
    cut_before: bool = False
    cut_after: bool = False
    status: int = 0
    retry_after: int = 0

    @property
    def reason(self) -> str:
        """For the inspector."""
        if self.cut_before:
            return "fault: connection cut before acting"
        if self.cut_after:
            return "fault: connection cut after acting"
        return f"fault: status {self.status or 429}"


FaultHook = Callable[[str], Fault | None]


def no_faults(_method: str) -> Fault | None:
    """The hook while nothing is to go wrong."""
    return None
