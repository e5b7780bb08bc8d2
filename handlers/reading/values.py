"""What a message can mean: frozen values, of no chat platform and no database.

`read_message` gives exactly one `Reading`. A router goes by its type, a handler
receives it whole. Money is Decimal or whole yuan, days are dates, names are the
full names of the policy pack.
"""

from collections.abc import Collection
from dataclasses import dataclass, field, fields
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from handlers.reading.names import Names


class Field(StrEnum):
    """The fields of a registration, by the names that the ledger gives them."""

    NAME = "name"
    SIGNED_ON = "signed_on"
    COUNTY = "county"
    INVESTMENT = "investment"
    INDUSTRY = "industry"
    KIND = "kind"
    EIA = "eia"
    OWNER = "owner"
    CONTACT = "contact"
    PHONE = "phone"
    LEAD = "lead"
    BATCH = "batch"


REQUIRED = (Field.NAME, Field.SIGNED_ON, Field.COUNTY, Field.INVESTMENT)


class ProblemCode(StrEnum):
    """Why a field, and with it its project, cannot be written into the ledger."""

    MISSING = "missing"
    BAD_DATE = "bad_date"
    FUTURE_DATE = "future_date"
    BAD_AMOUNT = "bad_amount"
    UNKNOWN_COUNTY = "unknown_county"
    BAD_VALUE = "bad_value"
    DUPLICATE = "duplicate"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with one field; `said` is what the message had there ("" if nothing)."""

    code: ProblemCode
    field: Field
    said: str = ""


@dataclass(frozen=True, slots=True)
class Interpreted:
    """A value that is not literally what was said, to be shown before it counts.

    `value` is the understood value in the ledger's own writing: an ISO date,
    whole yuan (or units of the currency), a county's full name, a label's field.
    """

    field: Field
    said: str
    value: str


@dataclass(frozen=True, slots=True)
class ProjectFields:
    """What was understood of one project; None where nothing was stated or nothing understood.

    `investment_yuan` is whole yuan; a foreign amount stands in `amount` (whole
    units of `currency`, an ISO code) instead and is never converted.
    `eia` is "report" (报告书) or "form" (报告表).
    """

    name: str | None = None
    signed_on: date | None = None
    county: str | None = None
    investment_yuan: int | None = None
    currency: str | None = None
    amount: int | None = None
    industry: str | None = None
    kind: str | None = None
    eia: str | None = None
    owner: str | None = None
    contact: str | None = None
    phone: str | None = None
    lead: str | None = None
    batch: str | None = None

    def stated(self) -> dict[str, str | int | date]:
        """The fields that have a value, in order."""
        found = ((each.name, getattr(self, each.name)) for each in fields(self))
        return {name: value for name, value in found if value is not None}


@dataclass(frozen=True, slots=True)
class ProjectReading:
    """One project of a message: its fields, what was interpreted, what is wrong."""

    fields: ProjectFields
    interpreted: tuple[Interpreted, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def complete(self) -> bool:
        """Whether it may be written (after confirmation, if something was interpreted)."""
        return not self.problems

    @property
    def missing(self) -> tuple[Field, ...]:
        """The required fields of which nothing was said, in the order of the form."""
        return tuple(p.field for p in self.problems if p.code is ProblemCode.MISSING)


@dataclass(frozen=True, slots=True)
class Registration:
    """A message that registers projects (建账), in message order; never empty."""

    projects: tuple[ProjectReading, ...]


@dataclass(frozen=True, slots=True)
class Completion:
    """A reply to a draft with only the lines that were missing or are corrected.

    `project` has no problems for what it leaves out: what is still missing is
    for who merges it into the draft to say (`registration.merge`).
    """

    project: ProjectReading


class ActKind(StrEnum):
    """What a department does to a task."""

    ACKNOWLEDGE = "acknowledge"
    CONTACT = "contact"
    ACCEPT = "accept"
    PROGRESS = "progress"
    COMPLETE = "complete"
    RETURN = "return"
    TRANSFER = "transfer"
    PAUSE = "pause"
    RESUME = "resume"
    EXTEND = "extend"
    PROBLEM = "problem"


class WaitsFor(StrEnum):
    """Whom a pause waits for: the owner (补正) or a special procedure (行政许可法第四十五条)."""

    OWNER = "owner"
    PROCEDURE = "procedure"


@dataclass(frozen=True, slots=True)
class Act:
    """One act on tasks: by number, by project and item, or (none of these) on the quoted card.

    `department` is the target of a transfer; `days` are working days, `until` a
    date instead; `percent` is 0 to 100.
    """

    kind: ActKind
    tasks: tuple[int, ...] = ()
    project: str | None = None
    item: str | None = None
    reason: str | None = None
    department: str | None = None
    days: int | None = None
    until: date | None = None
    percent: int | None = None
    waits_for: WaitsFor | None = None


class Why(StrEnum):
    """Why nothing was done, and the bot asks back."""

    WHICH_TASK = "which_task"
    UNKNOWN_TASK = "unknown_task"
    NO_REASON = "no_reason"
    NO_DAYS = "no_days"
    BAD_DAYS = "bad_days"
    NO_TARGET = "no_target"
    UNKNOWN_DEPARTMENT = "unknown_department"
    CONTRADICTORY = "contradictory"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True)
class AskBack:
    """An act that lacks something; stands in `Acts` like an act.

    `about` is as much of it as was understood, `candidates` are the names among
    which to choose, if there are any.
    """

    why: Why
    about: Act | None = None
    candidates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Acts:
    """What a message does, in message order; never empty."""

    acts: tuple[Act | AskBack, ...]


class Intent(StrEnum):
    """What a question or a command asks for."""

    DEADLINE_OF_PROJECT = "deadline_of_project"
    DEADLINE_OF_ITEM = "deadline_of_item"
    OVERDUE_OF_DEPARTMENT = "overdue_of_department"
    OVERDUE_ALL = "overdue_all"
    DUE_WITHIN = "due_within"
    PROJECT_STATUS = "project_status"
    DEPARTMENT_TASKS = "department_tasks"
    COUNTY_RATES = "county_rates"
    RANKING = "ranking"
    WHO_IS_RESPONSIBLE = "who_is_responsible"
    DAYS_LEFT = "days_left"
    POLICY_QUESTION = "policy_question"
    MY_TASKS = "my_tasks"
    UNACKNOWLEDGED = "unacknowledged"
    PROBLEMS_OPEN = "problems_open"
    HELP = "help"
    BOARD = "board"
    START = "start"


class Period(StrEnum):
    """A span of days that a question names."""

    TODAY = "today"
    TOMORROW = "tomorrow"
    THIS_WEEK = "this_week"
    NEXT_WEEK = "next_week"
    MONTH_END = "month_end"
    NEXT_DAYS = "next_days"
    NEXT_WORKDAYS = "next_workdays"


class Topic(StrEnum):
    """What a policy question is about."""

    ITEM_DAYS = "item_days"
    START_AFTER_SIGNING = "start_after_signing"
    TOTAL_APPROVAL_DAYS = "total_approval_days"
    HANDOVER = "handover"
    LEDGER_PUBLISH = "ledger_publish"
    CONTACT_OWNER = "contact_owner"
    TEAM_SETUP = "team_setup"
    SIGNING_SCHEDULE = "signing_schedule"
    CONVERSION_TARGET = "conversion_target"


@dataclass(frozen=True, slots=True)
class Candidates:
    """Something said that fits several names, best first: ask which one is meant."""

    said: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Slots:
    """What a question states; lists keep message order, empty or None is not stated.

    `first` and `last` are the resolved days of `period`, inclusive; for
    `next_workdays` `last` is None where the calendar has to tell. `of` is
    "counties" or "departments", `order` "desc" or "asc" by value. `numbers` are
    project numbers (#12), `tasks` task numbers (5号). `unclear` holds names that
    fit several projects; `unknown` an argument of a command that fits none.
    """

    projects: tuple[str, ...] = ()
    departments: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    counties: tuple[str, ...] = ()
    metrics: tuple[str, ...] = ()
    period: Period | None = None
    days: int | None = None
    first: date | None = None
    last: date | None = None
    of: str | None = None
    metric: str | None = None
    order: str | None = None
    n: int | None = None
    topic: Topic | None = None
    numbers: tuple[int, ...] = ()
    tasks: tuple[int, ...] = ()
    unclear: tuple[Candidates, ...] = ()
    unknown: str | None = None


@dataclass(frozen=True, slots=True)
class Query:
    """A question or a command that asks."""

    intent: Intent
    slots: Slots = field(default_factory=Slots)


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


@dataclass(frozen=True, slots=True)
class ReadingContext:
    """What the reader has to know about the message besides its text.

    `addressed`: by mention, reply to the bot, command or in private.
    `reply_to_task`: the number of the task whose card is quoted; True where it is
    quoted but the number is not known here. `completes_draft`: the message
    replies to a draft registration that lacks something. `registered`: pairs of
    (name, county) that exist already; None leaves the check to the ledger.
    """

    today: date
    names: "Names"
    addressed: bool = False
    reply_to_task: int | bool | None = None
    completes_draft: bool = False
    registered: Collection[tuple[str, str]] | None = None

    @property
    def quotes_task(self) -> bool:
        """Whether the message replies to a task's card."""
        return self.reply_to_task is not None and self.reply_to_task is not False
