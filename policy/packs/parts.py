"""The parts that a policy pack consists of."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from policy.packs.errors import PackError
from policy.periods import Period, Unit

Key = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60)]
Month = Annotated[int, Field(strict=True, ge=1, le=12)]


class Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Named(Part):
    """Something that people write in several ways."""

    name: Name
    aliases: tuple[Name, ...] = ()

    @property
    def spellings(self) -> tuple[str, ...]:
        """Everything that people may write for it."""
        return (self.name, *self.aliases)


class Body(Named):
    """A body of the administration, known everywhere by its full name."""

    short: Name

    @property
    def spellings(self) -> tuple[str, ...]:
        """Everything that people may write for it."""
        return (self.name, self.short, *self.aliases)


class Department(Body):
    """A municipal department that gets tasks."""


class County(Body):
    """A county, district or zone."""

    places: tuple[Name, ...] = ()
    """Its towns, townships and streets, whose names mean this county."""


class Office(Body):
    """The office that runs the ledger."""

    department: Name
    """The department that it is part of."""


class Item(Named):
    """An approval item of the catalogue, with its limit in working days."""

    key: Key
    department: Name
    days: Annotated[int, Field(strict=True, ge=1)]
    basis: Name

    @property
    def period(self) -> Period:
        """The limit of the approval, from acceptance."""
        return Period(self.days, Unit.WORKING_DAYS, self.basis)


class ItemGroup(Named):
    """A name that means several items at once, such as 环评."""

    key: Key
    items: Annotated[tuple[Key, ...], Field(min_length=2)]


class Option(Named):
    """One of the items that a choice offers."""

    key: Key
    item: Key


class Choice(Part):
    """A question that decides which of several items a project needs."""

    key: Key
    name: Name
    options: Annotated[tuple[Option, ...], Field(min_length=2)]

    def option(self, key: str) -> Option:
        """Return an option by its key. Raises PackError when there is none."""
        for option in self.options:
            if option.key == key:
                return option
        raise PackError("", f"choices[{self.key}]", f"has no option {key}")


class Template(Part):
    """The items that a kind of project needs."""

    key: Key
    name: Name
    kinds: Annotated[tuple[Name, ...], Field(min_length=1)]
    """What people write after 项目类型 for it."""
    items: Annotated[tuple[Key, ...], Field(min_length=1)]
    optional: tuple[Key, ...] = ()
    """Items that the office may add where a project needs them."""
    choices: tuple[Key, ...] = ()


class Wait(Part):
    """An item that comes after others of the same project, and the law that says so.

    It is named with the task and nothing reminds of its acceptance meanwhile; whether the
    department may begin all the same (容缺办理, 第二十四条) is the department's to judge.
    """

    item: Key
    after: Annotated[tuple[Key, ...], Field(min_length=1)]
    basis: Name


class Limits(Part):
    """The limits that are not an item's."""

    handover: Period
    """From the signing ceremony to the hand-over to the office."""
    dispatch: Period
    """From the hand-over to the registration, its publication and the dispatch of the tasks."""
    contact: Period
    """From the dispatch to the owner having been contacted: the take clock."""
    approvals: Period
    """All approvals before construction starts: time that the departments use."""
    landing_team: Period
    """From signing to the landing team being set up."""
    start_target: Period
    """From signing to the start of construction: the target."""
    start_red_line: Period
    """From signing to the start of construction: the red line."""
    check: Period
    """From the hand-in to the office's check of it."""
    redispatch: Period
    """From a return to the office's dispatching anew."""
    draft: Period
    """From the last word on a registration that lacks something to its expiry."""


class Ladder(Part):
    """When a task is due soon, and when it goes on the board; in working days."""

    due_soon: Annotated[int, Field(strict=True, ge=0)]
    board_after: Annotated[int, Field(strict=True, ge=1)]


class Colours(Part):
    """Where amber begins, in working days left. Red is whatever is late."""

    amber_days_left: Annotated[int, Field(strict=True, ge=0)]


Percent = Annotated[int, Field(strict=True, ge=1, le=100)]


class Conversion(Part):
    """Which share of one stage is to reach the next, in percent."""

    reserve_signed: Percent
    signed_started: Percent
    basis: Name


class Ceremony(Part):
    """A signing ceremony that comes round every year in the same months."""

    key: Key
    name: Name
    months: Annotated[tuple[Month, ...], Field(min_length=1)]
    day: Annotated[int, Field(strict=True, ge=1, le=28)] | None = None
    """The day of the month; None when it is announced each time."""
    basis: Name
