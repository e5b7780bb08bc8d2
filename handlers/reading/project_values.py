"""What a registration states: projects, their fields, what was interpreted, what is wrong."""

from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum


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


class Reason(StrEnum):
    """More exactly why a value cannot be taken, where its code leaves that open."""

    TOO_LARGE = "too_large"
    NOT_POSITIVE = "not_positive"
    TOO_LONG = "too_long"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with one field; `said` is what the message had there ("" if nothing)."""

    code: ProblemCode
    field: Field
    said: str = ""
    why: Reason | None = None


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
    for who merges it into the draft to say (the action `complete`).
    """

    project: ProjectReading
