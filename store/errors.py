"""What a use case may answer instead of an effect.

A `Refusal` is a sentence to a person: a code and the values in it; the words
are in handlers/texts. A `LedgerError` is trouble with the database and is for
the maintainers.
"""

from enum import StrEnum
from typing import Any


class Why(StrEnum):
    """The reasons for which a request is refused."""

    STRANGER = "stranger"
    NOT_ACTIVE = "not_active"
    ALREADY_MEMBER = "already_member"
    ALREADY_ASKED = "already_asked"
    OFFICE_ONLY = "office_only"
    WRONG_DEPARTMENT = "wrong_department"
    WRONG_ROLE = "wrong_role"
    WRONG_COUNTY = "wrong_county"
    UNKNOWN_TASK = "unknown_task"
    UNKNOWN_PROJECT = "unknown_project"
    UNKNOWN_DEPARTMENT = "unknown_department"
    UNKNOWN_GROUP = "unknown_group"
    NO_HOME_GROUP = "no_home_group"
    STEP_NOT_POSSIBLE = "step_not_possible"
    ALREADY_DONE = "already_done"
    TRANSFERRED = "transferred"  # the task goes on under another number
    TOO_LATE = "too_late"  # somebody else changed it in between
    NOTHING_TO_TAKE = "nothing_to_take"
    ALREADY_DECIDED = "already_decided"
    DECLINED = "declined"  # a draft that is not to be registered, to which somebody adds
    EXPIRED = "expired"  # a draft that was waited for long enough
    CHANGED = "changed"  # the post whose button was pressed shows something older
    NOT_THEIRS = "not_theirs"  # a draft or a project that others look after
    DUPLICATE_PROJECT = "duplicate_project"
    STILL_INCOMPLETE = "still_incomplete"
    REASON_NEEDED = "reason_needed"
    WHICH_TASK = "which_task"
    ANONYMOUS = "anonymous"
    OLD_BUTTON = "old_button"
    NOT_YET = "not_yet"  # an act that the assistant cannot carry out in this version


class Refusal(Exception):
    """The request may not be carried out; nothing was changed."""

    def __init__(self, why: Why, **data: Any) -> None:
        super().__init__(why.value)
        self.why = why
        self.data = data


class AlreadyProcessed(Exception):
    """This update had its effect before; a redelivery has no second one."""


class LedgerError(Exception):
    """The database cannot be used; the sentence says why and what to do."""
