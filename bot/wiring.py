"""The one place that sees everything: settings become a running assistant."""

import asyncio
import gc
import logging
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from datetime import date, datetime
from functools import partial
from typing import Protocol, TypeVar

from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import (
    ClientDecodeError,
    TelegramAPIError,
    TelegramUnauthorizedError,
)
from aiogram.types import (
    BotCommand,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeUnion,
    User,
)

from bot.channels.telegram import TelegramChannel, reason_of
from bot.clock import make_clock
from bot.delivery import PER_MINUTE, Delivery
from bot.inbox import UPDATES, Inbox
from bot.polling import Poller
from bot.settings import Settings
from bot.webhook import Webhook
from handlers.conversation import Conversation
from handlers.menu import Place, menu
from handlers.reading.language import sounds
from handlers.texts.speech import Speech
from schedules.ticker import Ticker
from store import migrate
from store.actions import updates
from store.actions.groups import GroupSetup, MemberSetup, configure
from store.context import Request, Rules
from store.engine import open_engine
from store.ledger import Ledger

log = logging.getLogger(__name__)

R = TypeVar("R")

TICK = 20.0  # seconds between two looks at the clock
PAUSE, LONGEST_PAUSE = 1.0, 30.0  # seconds to wait for an API that does not answer
_MENUS: dict[Place, BotCommandScopeUnion] = {
    Place.GROUP: BotCommandScopeAllGroupChats(),
    Place.PRIVATE: BotCommandScopeAllPrivateChats(),
}
# Telegram's language code for each catalogue; "" is what everybody else sees.
_LANGUAGES = {"": "zh_Hans", "zh": "zh_Hans", "en": "en"}


class Now(Protocol):
    """Whatever tells the time: the machine's clock, a rehearsal's, a test's."""

    def now(self) -> datetime:
        """The present, aware."""


class TokenRefused(Exception):
    """The Bot API server does not know this token."""


def make_rules(settings: Settings) -> Rules:
    """The policy side of the settings."""
    return Rules(settings.packs, settings.make_calendar(), settings.hours)


def open_ledger(settings: Settings) -> Ledger:
    """The ledger, brought to this version; raises LedgerError."""
    engine = open_engine(settings.store.url)
    try:
        migrate.upgrade(engine)
        return Ledger(engine, make_rules(settings))
    except BaseException:
        engine.dispose()
        raise


class Assistant:
    """A running assistant; `start` and `stop` are a pair."""

    def __init__(
        self, settings: Settings, clock: Now, *, tick: float = TICK, per_minute: int = PER_MINUTE
    ) -> None:
        self._settings = settings
        self._clock = clock
        self._tick = tick
        self._per_minute = per_minute
        self._stack = AsyncExitStack()
        self._parts: list[asyncio.Task[None]] = []  # while they run, so does the assistant
        self._asides: list[asyncio.Task[None]] = []

    async def start(self) -> None:
        """Opens the ledger, signs in, and begins; raises LedgerError or TokenRefused."""
        self.ledger = await asyncio.to_thread(open_ledger, self._settings)
        self._stack.callback(self.ledger.close)
        try:
            await self._begin()
        except BaseException:
            await self.stop()
            raise

    async def stop(self) -> None:
        """Takes in nothing more, finishes what was begun, and closes."""
        tasks = [*self._parts, *self._asides]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await self._stack.aclose()

    async def wait(self) -> None:
        """Returns when a part of the assistant has ended.

        Raises what it ended with: LedgerError, or TokenRefused when the token was revoked.
        """
        done, _ = await asyncio.wait(self._parts, return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            try:
                task.result()
            except TelegramUnauthorizedError as error:
                raise TokenRefused from error

    async def tick(self) -> None:
        """Looks at the clock now, as when it was put forward."""
        await self.ticker.tick()

    async def _begin(self) -> None:
        await self._configure()
        self.bot = make_bot(self._settings)
        self._stack.push_async_callback(self.bot.session.close)
        me = await wait_for_api(self.bot)
        own_names = tuple(name for name in (me.username, me.first_name) if name)
        conversation = Conversation(self.ledger, own_names)
        inbox = Inbox(self.bot, me, self.ledger, conversation, self._clock.now)
        self._stack.push_async_callback(inbox.close)
        self.delivery = Delivery(
            self.ledger, TelegramChannel(self.bot), self._clock.now, self._per_minute
        )
        self.ledger.after_commit.append(self.delivery.wake)
        self.ticker = Ticker(
            self.ledger, self._clock.now, self._settings.schedule.digest_at, self._tick
        )
        self.ticker.start()
        self._stack.callback(self.ticker.stop)
        self._parts.append(asyncio.create_task(self.delivery.run()))
        await self._listen(inbox)
        self._asides.append(asyncio.create_task(set_menus(self.bot)))
        self._asides.append(asyncio.create_task(asyncio.to_thread(sounds.load)))
        gc.collect()
        gc.freeze()  # full collections over what stays for ever would pause every answer

    async def _configure(self) -> None:
        settings = self._settings
        request = Request(self._clock.now(), "config")
        group_list = [GroupSetup(g.chat_id, g.title, g.pack, g.locale) for g in settings.groups]
        member_list = [
            MemberSetup(m.id, m.name, m.role, m.username, m.department) for m in settings.members
        ]
        await self.ledger.do(configure, request, group_list, member_list)

    async def _listen(self, inbox: Inbox) -> None:
        telegram = self._settings.telegram
        poller = Poller(self.bot, inbox.accept, self._set_aside, UPDATES)
        if telegram.webhook_url:
            secret = telegram.webhook_secret.get_secret_value() if telegram.webhook_secret else ""
            webhook = Webhook(self.bot, poller.take_in, secret)
            listen = telegram.webhook_listen
            self._stack.push_async_callback(webhook.stop)
            await webhook.start(listen.host, listen.port)
            await persist(partial(webhook.announce, telegram.webhook_url, UPDATES))
        else:
            await persist(self.bot.delete_webhook)
            self._parts.append(asyncio.create_task(poller.run()))

    async def _set_aside(self, update_id: int, error: str) -> None:
        request = Request(self._clock.now(), "clock")
        await self.ledger.do(updates.set_aside, request, update_id, error)


def make_bot(settings: Settings) -> Bot:
    """The account at the Bot API server of the settings; raises ValueError without a token."""
    if settings.telegram.token is None:
        raise ValueError("a token is needed")
    server = TelegramAPIServer.from_base(settings.telegram.api_base)
    return Bot(settings.telegram.token.get_secret_value(), session=AiohttpSession(api=server))


async def wait_for_api(bot: Bot) -> User:
    """Who we are, as soon as the server answers; raises TokenRefused when it does not know us."""
    return await persist(bot.get_me)


async def persist(call: Callable[[], Awaitable[R]]) -> R:
    """Makes a call that nothing can go on without, until it succeeds; raises TokenRefused."""
    pause = PAUSE
    while True:
        try:
            return await call()
        except TelegramUnauthorizedError as error:
            raise TokenRefused from error
        except (TelegramAPIError, ClientDecodeError) as error:
            reason = reason_of(error)
            log.warning("the Bot API does not answer, trying again in %.0f s: %s", pause, reason)
            await asyncio.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE)


async def set_menus(bot: Bot) -> None:
    """Sets the command menu of each scope in each language; without it everything else works."""
    for place, scope in _MENUS.items():
        for code, locale in _LANGUAGES.items():
            speech = Speech(locale, date.min)
            commands = [BotCommand(command=n, description=p) for n, p in menu(place, speech)]
            try:
                await bot.set_my_commands(commands, scope=scope, language_code=code or None)
            except (TelegramAPIError, ClientDecodeError) as error:
                log.warning("the menu of %s was not set: %s", place, reason_of(error))
                return


async def run(settings: Settings) -> None:
    """Serves on Telegram until cancelled; raises LedgerError or TokenRefused."""
    clock = make_clock(settings.start, settings.clock.speed, settings.zone)
    assistant = Assistant(settings, clock)
    await assistant.start()
    try:
        await assistant.wait()
    finally:
        await assistant.stop()
