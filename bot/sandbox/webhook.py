"""Delivering updates by HTTP POST, as Telegram does: in order, again until a 2xx comes back."""

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from typing import Any

import aiohttp

from bot.sandbox.errors import Json
from bot.sandbox.updates import UpdateQueue

HEADER = "X-Telegram-Bot-Api-Secret-Token"
FIRST_RETRY = 0.2
LONGEST_RETRY = 10.0
PATIENCE = aiohttp.ClientTimeout(total=60)

log = logging.getLogger(__name__)
Call = Callable[[str, Mapping[str, Any]], Awaitable[Any]]


class Webhook:
    """The running delivery to one address.

    `call` carries out a method that the bot put into its answer.
    """

    def __init__(self, url: str, secret: str, queue: UpdateQueue, call: Call) -> None:
        self.url = url
        self.last_error: str | None = None
        self._secret = secret
        self._queue = queue
        self._call = call
        self._task = asyncio.create_task(self._run(), name="sandbox webhook")

    async def stop(self) -> None:
        """End the delivery; what was not confirmed stays in the queue."""
        self._task.cancel()
        with suppress(asyncio.CancelledError):
            await self._task

    async def _run(self) -> None:
        async with aiohttp.ClientSession(timeout=PATIENCE) as session:
            pause = FIRST_RETRY
            while True:
                self._queue.arrived.clear()
                update = self._queue.first()
                if update is None:
                    await self._queue.arrived.wait()
                elif await self._deliver(session, update):
                    self._queue.confirm_first(update)
                    pause = FIRST_RETRY
                else:
                    await asyncio.sleep(pause)
                    pause = min(2 * pause, LONGEST_RETRY)

    async def _deliver(self, session: aiohttp.ClientSession, update: Json) -> bool:
        headers = {HEADER: self._secret} if self._secret else {}
        try:
            async with session.post(self.url, json=update, headers=headers) as response:
                if not 200 <= response.status < 300:
                    return self._fail(
                        f"Wrong response from the webhook: {response.status} {response.reason}"
                    )
                await self._obey(response)
                return True
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            return self._fail(f"Connection failed: {error}")

    async def _obey(self, response: aiohttp.ClientResponse) -> None:
        """A bot may answer the update with a method to call; its outcome goes to nobody."""
        params = await _read_answer(response)
        method = params.pop("method", None)
        if isinstance(method, str):
            await self._call(method, params)

    def _fail(self, reason: str) -> bool:
        self.last_error = reason
        log.debug("webhook: %s", reason)
        return False


async def _read_answer(response: aiohttp.ClientResponse) -> dict[str, Any]:
    kind = response.content_type
    if kind == "multipart/form-data":
        return await _read_parts(response)
    body = await response.read()
    if kind != "application/json" or not body.strip():
        return {}
    with suppress(ValueError):
        value = json.loads(body)
        if isinstance(value, dict):
            return value
    return {}


async def _read_parts(response: aiohttp.ClientResponse) -> dict[str, Any]:
    params: dict[str, Any] = {}
    reader = aiohttp.MultipartReader.from_response(response)
    while (part := await reader.next()) is not None:
        if isinstance(part, aiohttp.BodyPartReader) and part.name and part.filename is None:
            params[part.name] = await part.text()
    return params
