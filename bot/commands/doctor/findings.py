"""One line of the check-up."""

from dataclasses import dataclass
from enum import StrEnum


class Mark(StrEnum):
    """How it stands with what was looked at."""

    FINE = "✓"
    NOTE = "!"
    """It works; somebody should know, or will have to act one day."""
    FAULT = "✗"
    """Something must be done."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What was looked at, how it is, and what to do next ("" where nothing is)."""

    mark: Mark
    about: str
    state: str
    remedy: str = ""

    def __str__(self) -> str:
        """The line as it is printed."""
        line = f"{self.mark} {self.about}：{self.state}"
        return f"{line} → {self.remedy}" if self.remedy else line


def fine(about: str, state: str) -> Finding:
    """Nothing to do."""
    return Finding(Mark.FINE, about, state)


def note(about: str, state: str, remedy: str = "") -> Finding:
    """Somebody should know."""
    return Finding(Mark.NOTE, about, state, remedy)


def fault(about: str, state: str, remedy: str) -> Finding:
    """Something must be done."""
    return Finding(Mark.FAULT, about, state, remedy)
