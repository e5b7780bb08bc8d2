"""What an exit code says."""

from enum import IntEnum


class Exit(IntEnum):
    """How a command ended."""

    OK = 0
    FOUND = 1
    """It did its work, and found something that is wrong."""
    USAGE = 2
    """Wrong usage or settings: somebody has to write something else."""
    UNREACHABLE = 3
    """The database or the Bot API cannot be used."""


class Failure(Exception):
    """A command cannot go on; the sentence says why, and what to do."""

    def __init__(self, code: Exit, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code
