"""The webhook: Telegram posts updates to us. Only with a secret, compared in constant time."""

import hmac
import logging
from typing import Any

from aiogram import Bot
from aiohttp import web

from bot.polling import Intake

log = logging.getLogger(__name__)

HEADER = "X-Telegram-Bot-Api-Secret-Token"


class Webhook:
    """An HTTP server for updates; it answers 200 only after the effect is committed."""

    def __init__(self, bot: Bot, intake: Intake, secret: str) -> None:
        if not secret:
            raise ValueError("a webhook needs a secret token")
        self._bot = bot
        self._intake = intake
        self._secret = secret
        self._runner: web.AppRunner | None = None

    async def start(self, host: str, port: int) -> None:
        """Listens; raises OSError when the port is taken."""
        application = web.Application()
        application.router.add_post("/{path:.*}", self._receive)
        self._runner = web.AppRunner(application, access_log=None)
        await self._runner.setup()
        await web.TCPSite(self._runner, host, port).start()

    async def announce(self, url: str, allowed: list[str]) -> None:
        """Tells the Bot API server where updates go; raises what its answer is."""
        await self._bot.set_webhook(url, secret_token=self._secret, allowed_updates=allowed)

    async def stop(self) -> None:
        """Finishes what was begun and closes the port."""
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    async def _receive(self, request: web.Request) -> web.Response:
        sent = request.headers.get(HEADER, "")
        if not hmac.compare_digest(sent.encode(errors="surrogateescape"), self._secret.encode()):
            return web.Response(status=403)
        raw = await _read(request)
        if raw is None:
            log.warning("a webhook request was no update")
            return web.Response(status=400)
        update = await self._intake.decode(raw, self._bot)
        if update is not None:
            await self._intake.in_turn(update)
        return web.Response()


async def _read(request: web.Request) -> dict[str, Any] | None:
    """The posted object, if it has the number of an update."""
    try:
        raw = await request.json()
    except ValueError:
        return None
    if not isinstance(raw, dict) or not isinstance(raw.get("update_id"), int):
        return None
    return raw
