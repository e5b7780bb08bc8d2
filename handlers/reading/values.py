"""What a message can mean: frozen values, of no chat platform and no database.

`read_message` gives exactly one `Reading`. A router goes by its type, a handler
receives it whole. Money is Decimal or whole yuan, days are dates, names are the
full names of the policy pack.
"""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from handlers.reading.act_values import (
    Act,
    ActKind,
    Acts,
    AskBack,
    WaitsFor,
    Why,
)
from handlers.reading.project_values import (
    REQUIRED,
    Completion,
    Field,
    Interpreted,
    Problem,
    ProblemCode,
    ProjectFields,
    ProjectReading,
    Registration,
)
from handlers.reading.query_values import (
    Candidates,
    Intent,
    Period,
    Query,
    Slots,
    Topic,
)
from policy.calendar import Calendar

if TYPE_CHECKING:
    from handlers.reading.naming.names import Names

__all__ = [
    "REQUIRED",
    "Act",
    "ActKind",
    "Acts",
    "AskBack",
    "Candidates",
    "Classified",
    "Completion",
    "Field",
    "Intent",
    "Interpreted",
    "Join",
    "Nothing",
    "Period",
    "Problem",
    "ProblemCode",
    "ProjectFields",
    "ProjectReading",
    "Query",
    "Reading",
    "ReadingContext",
    "Registration",
    "Slots",
    "TooLong",
    "Topic",
    "WaitsFor",
    "Why",
]


@dataclass(frozen=True, slots=True)
class Join:
    """Somebody asks to become a member; `department` is None where none was recognised.

    `said` is the unit as written ("" if none), which may be a county or the office.
    """

    department: str | None
    county: str | None
    said: str


@dataclass(frozen=True, slots=True)
class Classified:
    """The message carries a classification mark: do not store it, warn. `mark` is what was seen."""

    mark: str


@dataclass(frozen=True, slots=True)
class TooLong:
    """The message is longer than what is read (`LONGEST` characters)."""

    length: int


@dataclass(frozen=True, slots=True)
class Nothing:
    """Nothing to do with the ledger, or nothing certain enough: stay silent."""


Reading = Registration | Completion | Acts | Query | Join | Classified | TooLong | Nothing


@cache
def _published_calendar() -> Calendar:
    return Calendar()


BOT_NAMES = ("台账助手", "机器人", "助手", "bot")
"""What people call the assistant, whatever its account is called."""


@dataclass(frozen=True, slots=True)
class ReadingContext:
    """What the reader has to know about the message besides its text.

    `addressed`: by mention, reply to the bot, command or in private.
    `reply_to_task`: the number of the task whose card is quoted; True where it is
    quoted but the number is not known here. `completes_draft`: the message
    replies to a draft registration that lacks something. `registered`: pairs of
    (name, county) that exist already; None leaves the check to the ledger. `previous`
    is what the same person asked last, a little while ago; `leans`: the message replies to
    an answer, so it need not say that it leans on that. `project` is the number of the
    project whose card is quoted. `calendar` is the
    deployment's, for spans in working days. `bot_names` are the names by which the bot
    is mentioned (@台账助手); any other mention is of a person.
    """

    today: date
    names: "Names"
    addressed: bool = False
    reply_to_task: int | bool | None = None
    completes_draft: bool = False
    registered: Collection[tuple[str, str]] | None = None
    previous: Query | None = None
    leans: bool = False
    project: int | None = None
    calendar: Calendar = field(default_factory=_published_calendar)
    bot_names: Collection[str] = BOT_NAMES

    @property
    def quotes_task(self) -> bool:
        """Whether the message replies to a task's card."""
        return self.reply_to_task is not None and self.reply_to_task is not False
