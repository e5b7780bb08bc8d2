"""Long polling that confirms an update only after its effect is committed.

aiogram's own polling confirms a batch while its handlers still run, so a crash
loses messages. Here the next request, which confirms the batch, is made when all
of it is done. One chat's updates keep their order; chats run side by side.
"""

import asyncio
import logging
from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterable
from typing import Any
from weakref import WeakValueDictionary

from aiogram import Bot
from aiogram.exceptions import ClientDecodeError, TelegramAPIError, TelegramUnauthorizedError
from aiogram.types import Update
from aiogram.types.update import UpdateTypeLookupError
from pydantic import ValidationError

from bot.channels.telegram import reason_of
from store.errors import LedgerError

log = logging.getLogger(__name__)

WAIT = 25  # seconds for which the server holds an empty answer back
FIRST_PAUSE, LONGEST_PAUSE = 1.0, 30.0
TRIES = 4
AGAIN = 0.3  # seconds before the second try of an update, more before the others

Accept = Callable[[Update], Awaitable[None]]
SetAside = Callable[[int, str], Awaitable[None]]


class Poller:
    """Fetches updates and hands them on until cancelled."""

    def __init__(
        self,
        bot: Bot,
        accept: Accept,
        set_aside: SetAside,
        allowed: list[str],
        pause: float = FIRST_PAUSE,
    ) -> None:
        self._bot = bot
        self._allowed = allowed
        self._pause = pause
        self.take_in = Intake(accept, set_aside, min(AGAIN, pause))

    async def run(self) -> None:
        """Polls until cancelled; an unreachable server is waited out."""
        offset, pause = 0, self._pause
        while True:
            try:
                offset = await self._take_batch(offset)
            except TelegramUnauthorizedError:
                raise
            except (TelegramAPIError, ClientDecodeError) as error:
                log.warning("no updates, trying again in %.0f s: %s", pause, reason_of(error))
                await asyncio.sleep(pause)
                pause = min(pause * 2, LONGEST_PAUSE)
            else:
                pause = self._pause

    async def _take_batch(self, offset: int) -> int:
        """Takes in what waits from `offset` on, which confirms all before; gives the next one."""
        try:
            updates = await self._bot.get_updates(
                offset=offset,
                timeout=WAIT,
                allowed_updates=self._allowed,
                request_timeout=WAIT + 10,
            )
        except ClientDecodeError as error:
            raw = _raw_updates(error)
            if not raw:
                raise
            return await self._take_raw(raw)
        await self.take_in.all(updates)
        return updates[-1].update_id + 1 if updates else offset

    async def _take_raw(self, raw: list[dict[str, Any]]) -> int:
        """Takes in a batch in which something is not as the Bot API describes it."""
        updates = [await self.take_in.decode(each, self._bot) for each in raw]
        await self.take_in.all(update for update in updates if update is not None)
        return int(raw[-1]["update_id"]) + 1


class Intake:
    """Gives updates to `accept`, each until it succeeds or has failed too often."""

    def __init__(self, accept: Accept, set_aside: SetAside, pause: float = AGAIN) -> None:
        self._accept = accept
        self._set_aside = set_aside
        self._pause = pause
        self._turns: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()

    async def decode(self, raw: dict[str, Any], bot: Bot) -> Update | None:
        """The update, or None for one that cannot be understood: that one is set aside."""
        try:
            return Update.model_validate(raw, context={"bot": bot})
        except ValidationError as error:
            # Names of fields only: the values are what somebody wrote.
            places = {".".join(map(str, each["loc"])) for each in error.errors()}
            reason = f"not an update: {', '.join(sorted(places))}"
            log.warning("update %s is %s", raw["update_id"], reason)
            await self._set_aside(int(raw["update_id"]), reason)
            return None

    async def in_turn(self, update: Update) -> None:
        """Takes in one update after those of its chat that came before."""
        lane = _lane(update)
        turn = self._turns.get(lane)
        if turn is None:
            turn = self._turns[lane] = asyncio.Lock()
        async with turn:
            await self.one(update)

    async def all(self, updates: Iterable[Update]) -> None:
        """Takes in a batch: in order within a chat, chats side by side."""
        lanes: dict[int, list[Update]] = defaultdict(list)
        for update in updates:
            lanes[_lane(update)].append(update)
        await asyncio.gather(*(self._in_order(lane) for lane in lanes.values()))

    async def one(self, update: Update) -> None:
        """Takes in one update. A poison update is set aside, so that the rest goes on.

        Raises LedgerError when the ledger is out of reach: that is no fault of the update.
        """
        for attempt in range(1, TRIES + 1):
            try:
                await self._accept(update)
            except LedgerError:
                raise
            except Exception as error:
                log.exception("update %s failed (%s of %s)", update.update_id, attempt, TRIES)
                if attempt == TRIES:
                    await self._set_aside(update.update_id, repr(error))
                else:
                    await asyncio.sleep(self._pause * attempt)
            else:
                return

    async def _in_order(self, updates: list[Update]) -> None:
        for update in updates:
            await self.one(update)


def _raw_updates(error: ClientDecodeError) -> list[dict[str, Any]]:
    """The batch that could not be decoded as a whole; empty where it is no batch at all."""
    found = error.data.get("result") if isinstance(error.data, dict) else None
    if not isinstance(found, list):
        return []
    return [each for each in found if isinstance(each, dict) and "update_id" in each]


def _lane(update: Update) -> int:
    """The chat that an update belongs to; 0 for what belongs to none."""
    try:
        event = update.event
    except UpdateTypeLookupError:
        return 0
    message = getattr(event, "message", None) or event
    chat = getattr(message, "chat", None)
    return 0 if chat is None else int(chat.id)
