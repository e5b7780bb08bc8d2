"""An embedded Bot API server with an invented task force, for newcomers, developers and tests."""

from bot.sandbox.calls import Call
from bot.sandbox.cast import Cast, Department, Group, Person, load_cast
from bot.sandbox.clock import SandboxClock, StillClock
from bot.sandbox.faults import Fault
from bot.sandbox.limits import UNLIMITED, RateLimits
from bot.sandbox.people import NotPossible
from bot.sandbox.server import Sandbox, serve

__all__ = [
    "UNLIMITED",
    "Call",
    "Cast",
    "Department",
    "Fault",
    "Group",
    "NotPossible",
    "Person",
    "RateLimits",
    "Sandbox",
    "SandboxClock",
    "StillClock",
    "load_cast",
    "serve",
]
