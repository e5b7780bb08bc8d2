"""The machine's clock and the rehearsal's."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.clock import Clock, RehearsalClock, make_clock
from policy.hours import SHANGHAI

START = datetime(2026, 11, 20, 8, tzinfo=SHANGHAI)


class Seconds:
    """A stopwatch that is moved by hand."""

    def __init__(self) -> None:
        self.value = 0.0

    def __call__(self) -> float:
        return self.value


@pytest.fixture
def seconds() -> Seconds:
    return Seconds()


def test_the_machines_clock_is_aware_and_local() -> None:
    now = Clock().now()
    assert now.utcoffset() == timedelta(hours=8)
    assert abs(now - datetime.now(UTC)) < timedelta(seconds=5)  # noqa: TID251 (what it is held against)


def test_a_rehearsal_starts_where_it_is_told_and_runs_as_fast(seconds: Seconds) -> None:
    clock = RehearsalClock(START, speed=60, seconds=seconds)
    assert clock.now() == START
    seconds.value = 90
    assert clock.now() == START + timedelta(minutes=90)


def test_a_rehearsal_tells_local_time_whatever_zone_it_started_in(seconds: Seconds) -> None:
    clock = RehearsalClock(START.astimezone(UTC), seconds=seconds)
    assert clock.now().isoformat() == "2026-11-20T08:00:00+08:00"


def test_a_rehearsal_without_a_start_begins_now() -> None:
    assert abs(RehearsalClock(speed=10).now() - Clock().now()) < timedelta(seconds=5)


def test_it_runs_on_from_where_it_was_put(seconds: Seconds) -> None:
    clock = RehearsalClock(START, speed=2, seconds=seconds)
    seconds.value = 10
    clock.advance_to(START + timedelta(days=3))
    assert clock.now() == START + timedelta(days=3)
    seconds.value = 11
    assert clock.now() == START + timedelta(days=3, seconds=2)


def test_it_is_never_put_back(seconds: Seconds) -> None:
    clock = RehearsalClock(START, seconds=seconds)
    with pytest.raises(ValueError, match="cannot be put to"):
        clock.advance_to(START - timedelta(seconds=1))
    with pytest.raises(ValueError, match="cannot be put to"):
        clock.advance_to(datetime(2027, 1, 1))  # noqa: DTZ001 (a naive moment is what is refused)
    clock.advance_to(START)
    assert clock.now() == START


def test_a_clock_that_cannot_be_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        RehearsalClock(datetime(2026, 11, 20))  # noqa: DTZ001 (a naive start is what is refused)
    with pytest.raises(ValueError, match="runs forward"):
        RehearsalClock(START, speed=0)


def test_without_a_start_and_at_its_own_speed_time_is_the_machines() -> None:
    assert type(make_clock(None, 1.0)) is Clock
    assert isinstance(make_clock(None, 2.0), RehearsalClock)
    assert make_clock(START, 1.0).now() - START < timedelta(seconds=5)
