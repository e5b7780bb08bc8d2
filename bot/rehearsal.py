"""The sandbox: the assistant serves an invented group in a page on this machine."""

import logging
import tempfile
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, time
from pathlib import Path

from pydantic import SecretStr

from bot.clock import RehearsalClock
from bot.sandbox import Cast, Sandbox, load_cast
from bot.settings import Group, Member, Settings, Store, Telegram
from bot.wiring import Assistant
from policy.calendar import Calendar

log = logging.getLogger(__name__)

TICK = 1.0  # seconds between two looks at the clock: people watch
EARLIEST, LATEST = time(8, 30), time(17, 0)  # when a rehearsal can begin as it is


async def run_sandbox(
    settings: Settings, port: int, ready: Callable[[str], None] = log.info
) -> None:
    """Serves the invented group until cancelled; `ready` is told the page's address.

    The sandbox keeps nothing: its ledger is in a folder that goes with it.
    Raises OSError when the port is taken.
    """
    clock = RehearsalClock(settings.start, settings.clock.speed, settings.zone)
    calendar = settings.make_calendar()
    if settings.start is None:
        clock.advance_to(next_office_hour(calendar, clock.now()))
    sandbox = Sandbox(load_cast(), clock, port, calendar=calendar)
    with tempfile.TemporaryDirectory(prefix="zhuanban-") as folder:
        await sandbox.start()
        assistant = Assistant(rehearse(settings, sandbox, Path(folder)), clock, tick=TICK)
        try:
            await assistant.start()
            await assistant.tick()  # the first morning is over before anybody writes
            sandbox.on_clock_moved.append(lambda _now: assistant.tick())
            ready(sandbox.base_url)
            await assistant.wait()
        finally:
            with suppress(Exception):
                await assistant.stop()
            await sandbox.stop()


def rehearse(settings: Settings, sandbox: Sandbox, folder: Path) -> Settings:
    """The settings with the sandbox in place of Telegram, and its cast in place of the city's."""
    groups, members = _people(sandbox.cast)
    return settings.model_copy(
        update={
            "telegram": Telegram(token=SecretStr(sandbox.token), api_base=sandbox.base_url),
            "store": Store(url=f"sqlite:///{folder / 'ledger.db'}"),
            "groups": groups,
            "members": members,
        }
    )


def next_office_hour(calendar: Calendar, now: datetime) -> datetime:
    """`now` in office hours; otherwise the next working morning, so that something happens."""
    if calendar.is_working(now.date()) and EARLIEST <= now.time() <= LATEST:
        return now
    early = calendar.is_working(now.date()) and now.time() < EARLIEST
    day = now.date() if early else calendar.next_working(now.date())
    return datetime.combine(day, EARLIEST, now.tzinfo)


def _people(cast: Cast) -> tuple[tuple[Group, ...], tuple[Member, ...]]:
    groups = [
        {"chat_id": g.chat_id, "title": g.title, "pack": g.pack, "locale": g.locale}
        for g in cast.groups
    ]
    members = [
        {
            "id": p.id,
            "name": p.name,
            "username": p.username,
            "role": p.role,
            "department": p.department,
        }
        for p in cast.members
    ]
    return (
        tuple(Group.model_validate(group) for group in groups),
        tuple(Member.model_validate(member) for member in members),
    )
