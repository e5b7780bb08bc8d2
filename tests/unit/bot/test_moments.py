"""When something was said."""

from datetime import UTC, datetime, timedelta

from aiogram.types import Chat, Message

from bot.moments import Moments
from tests.chat.stage import at

MONDAY = at("2026-11-23", "09:00")
FRIDAY = at("2026-11-20", "16:00")


def message(said: datetime, edited: datetime | None = None) -> Message:
    """A message of the group."""
    return Message(
        message_id=1,
        date=said.astimezone(UTC),
        edit_date=None if edited is None else int(edited.timestamp()),
        chat=Chat(id=-1, type="supergroup"),
    )


def test_a_message_that_waited_over_the_weekend_counts_from_when_it_was_written() -> None:
    moments = Moments(lambda: MONDAY)
    assert moments.of(message(FRIDAY)) == FRIDAY
    assert moments.of(message(FRIDAY, edited=FRIDAY + timedelta(hours=1))).hour == 17


def test_a_message_of_this_minute_counts_from_now() -> None:
    moments = Moments(lambda: MONDAY)
    assert moments.of(message(MONDAY - timedelta(seconds=5))) == MONDAY
    assert moments.of(message(MONDAY + timedelta(hours=1))) == MONDAY


def test_what_follows_a_press_is_not_earlier_than_the_press() -> None:
    moments = Moments(lambda: MONDAY)
    moments.now()
    assert moments.of(message(FRIDAY)) == MONDAY
