"""What a question or a command asks for: an intent and its slots."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


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
    DRAFTS = "drafts"
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

    `first` and `last` are the resolved days of `period`, inclusive. `of` is
    "counties" or "departments", `order` "desc" or "asc" by value. `numbers` are
    project numbers (#12), `tasks` task numbers (5号). `unclear` holds names that
    fit several projects; `unknown` an argument of a command that fits none, or
    the payload of /start.
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
    """A question or a command that asks; `also`: what the same message asks besides."""

    intent: Intent
    slots: Slots = field(default_factory=Slots)
    also: "tuple[Query, ...]" = ()
