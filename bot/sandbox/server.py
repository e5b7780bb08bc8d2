"""The sandbox: an embedded server, the Bot API on one side, the group in a page on the other.

It listens on 127.0.0.1 only, keeps everything in memory, and reaches no network.
"""

import asyncio
import inspect
import secrets
import socket
from collections.abc import Awaitable, Callable
from datetime import datetime
from pathlib import Path

from aiohttp import web

from bot.sandbox.api import BotApi
from bot.sandbox.calls import Call, Desk
from bot.sandbox.cast import Cast, Person
from bot.sandbox.clock import NextMorning, SandboxClock, next_working_morning
from bot.sandbox.driver import Driver
from bot.sandbox.errors import Json
from bot.sandbox.faults import FaultHook, no_faults
from bot.sandbox.limits import RateLimits, Throttle
from bot.sandbox.page_api import PageApi, guard_page
from bot.sandbox.people import People
from bot.sandbox.spec import load_spec
from bot.sandbox.world import Rights, World
from policy.calendar import Calendar

HOST = "127.0.0.1"
PORT = 8088
MOST_BYTES = 60 * 1024 * 1024
PAGE = Path(__file__).with_name("page")
WEEKDAYS = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")

ClockMoved = Callable[[datetime], Awaitable[None] | None]


class Sandbox(Driver):
    """Start it, point the bot at `base_url` with `token`, and play the persons.

    `port` 0 takes any free port. `next_morning` finds the next working morning after
    now; by default 08:30 of the next working day of `calendar`. `on_clock_moved` is
    called with the new now after each move of the clock.
    """

    def __init__(
        self,
        cast: Cast,
        clock: SandboxClock,
        port: int = PORT,
        *,
        calendar: Calendar | None = None,
        next_morning: NextMorning | None = None,
        limits: RateLimits | None = None,
        first_id: int | None = None,
    ) -> None:
        self._port = port
        self._calendar = calendar or Calendar()
        self._next_morning = next_morning or next_working_morning(self._calendar)
        # Far apart from run to run: a ledger that outlives the sandbox
        # must not take new updates for old ones.
        first = secrets.randbelow(1_900_000_000) + 1_000 if first_id is None else first_id
        self.world = World(cast, clock, load_spec(), Throttle(limits or RateLimits()), first)
        self.on_clock_moved: list[ClockMoved] = []
        self.token = f"{cast.bot.id}:invented-by-the-sandbox-opens-nothing"
        self._desk = Desk(self.world)
        self.world.call = self._desk.obey
        self._api = BotApi(self.world, self._desk, self.token)
        self._runner: web.AppRunner | None = None
        super().__init__(self.world, People(self.world), self._desk)

    @property
    def cast(self) -> Cast:
        """Who is in the group."""
        return self.world.cast

    @property
    def rights(self) -> Rights:
        """What the bot may do; change it to rehearse."""
        return self.world.rights

    @property
    def base_url(self) -> str:
        """The address for the bot and the browser; the port is known after start."""
        return f"http://{HOST}:{self._port}"

    async def start(self) -> None:
        """Open the port and let the bot into the group; OSError when the port is taken."""
        if self.cast.group.bot_joins:
            self.add_bot()
        else:
            self.rights.in_group = True
        # With cancellation, the poll of a bot that died takes nothing to the grave.
        runner = web.AppRunner(
            self._application(),
            shutdown_timeout=1.0,
            access_log=None,
            handler_cancellation=True,
        )
        await runner.setup()
        self._runner = runner
        try:
            await web.SockSite(runner, self._open_port()).start()
        except OSError:
            await self.stop()
            raise

    async def stop(self) -> None:
        """Close the port; whoever waits is let go."""
        if self.world.webhook is not None:
            await self.world.webhook.stop()
            self.world.webhook = None
        self.world.updates.close()
        self.world.events.close()
        self.world.callbacks.close()
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    def set_faults(self, fault: FaultHook | None) -> None:
        """Let `fault` decide, call by call, what goes wrong; None: nothing."""
        self._api.fault = fault or no_faults

    def describe_clock(self) -> Json:
        """The clock as the page shows it."""
        now = self.world.clock.now()
        day = self._calendar.day(now.date())
        kind = self.cast.words[day.kind.name]
        return {
            "now": now.isoformat(),
            "weekday": WEEKDAYS[now.weekday()],
            "working": self._calendar.is_working(now.date()),
            "kind_name": f"{kind}（{day.name}）" if day.name else kind,
        }

    def next_morning(self) -> datetime:
        """The next working morning after now."""
        return self._next_morning(self.world.clock.now())

    async def move_clock_to(self, moment: datetime) -> None:
        """Move the clock and tell whoever wants to know; ValueError when that is backwards."""
        if moment < self.world.clock.now():
            raise ValueError("the clock does not go back")
        self._calendar.day(
            moment.date()
        )  # a ValueError for a year that the calendar does not cover
        self.world.clock.advance_to(moment)
        self.world.events.add("clock", clock=self.describe_clock())
        for callback in self.on_clock_moved:
            result = callback(self.world.clock.now())
            if inspect.isawaitable(result):
                await result

    def _application(self) -> web.Application:
        page = PageApi(self.world, self.people, self._desk, self)
        application = web.Application(client_max_size=MOST_BYTES, middlewares=[guard_page])
        application.add_routes(self._api.routes())
        application.add_routes(page.routes())
        application.add_routes([web.get("/", _show_index)])
        if PAGE.is_dir():
            application.add_routes([web.static("/", PAGE)])
        return application

    def _open_port(self) -> socket.socket:
        opened = socket.create_server((HOST, self._port))
        self._port = opened.getsockname()[1]
        return opened


async def _show_index(_request: web.Request) -> web.StreamResponse:
    return web.FileResponse(PAGE / "index.html")


async def serve(cast: Cast, clock: SandboxClock, port: int = PORT) -> None:
    """Run a sandbox without a bot until cancelled; for whoever works on the page."""
    sandbox = Sandbox(cast, clock, port)
    await sandbox.start()
    try:
        await asyncio.Event().wait()
    finally:
        await sandbox.stop()


__all__ = ["Call", "ClockMoved", "Person", "Sandbox", "serve"]
