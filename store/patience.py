"""Waiting out a database that is locked, lost or full."""

import time
from collections.abc import Callable
from typing import TypeVar

from sqlalchemy.exc import DBAPIError

from .engine import may_pass, was_overtaken
from .errors import LedgerError

PATIENCE = 30.0  # seconds
_PAUSE = 0.2
_OVERTAKEN = 5  # attempts; whoever is overtaken more often than that has made a mistake

R = TypeVar("R")


def patiently(attempt: Callable[[], R], patience: float = PATIENCE) -> R:
    """Repeats a whole transaction while the database refuses it for a passing reason.

    Raises what the attempt raises, and LedgerError when `patience` seconds were not enough.
    """
    give_up = time.monotonic() + patience
    overtaken = 0
    while True:
        try:
            return attempt()
        except DBAPIError as error:
            if was_overtaken(error) and overtaken < _OVERTAKEN:
                overtaken += 1
                continue
            if not may_pass(error):
                raise
            if time.monotonic() > give_up:
                raise LedgerError(f"the database stayed out of reach: {error.orig}") from error
        time.sleep(min(_PAUSE, patience))
