"""Carrying out calls and keeping a record of them: the inspector's memory."""

from collections import deque
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from bot.sandbox.errors import ApiError, Json, bad_request
from bot.sandbox.methods import METHODS
from bot.sandbox.params import Upload, read_params
from bot.sandbox.world import World

KEPT = 10_000
# Parameters that would make a call mean something that does not exist here.
ELSEWHERE = {
    "business_connection_id",
    "direct_messages_topic_id",
    "ephemeral_message_parameters",
    "inline_message_id",
    "rich_message",
    "suggested_post_parameters",
}


@dataclass(frozen=True, slots=True)
class Call:
    """One call: what the bot wanted, whether it was let through, and why not. Never the token."""

    seq: int
    method: str
    params: Json
    ok: bool
    error: str | None
    at: datetime

    def as_json(self) -> Json:
        """For the page."""
        return {**asdict(self), "at": self.at.isoformat()}


class Desk:
    """Takes calls in, checks both sides of them against the spec, and writes them down."""

    def __init__(self, world: World) -> None:
        self.calls: deque[Call] = deque(maxlen=KEPT)
        self._world = world
        self._last = 0

    async def carry_out(self, method: str, raw: Mapping[str, Any]) -> Any:
        """The result of a call; raises ApiError when it is refused."""
        try:
            result = await self._act(method, raw)
        except ApiError as error:
            self.record(method, raw, error.description)
            raise
        if method != "getUpdates" or result:  # a poll that brought nothing is no news
            self.record(method, raw, None)
        return result

    async def obey(self, method: str, raw: Mapping[str, Any]) -> None:
        """A call that came inside a webhook's answer; a refusal is only recorded."""
        try:
            await self.carry_out(method, raw)
        except ApiError:
            return

    async def _act(self, method: str, raw: Mapping[str, Any]) -> Any:
        spec = self._world.spec
        if method not in spec.methods:
            raise ApiError(404, "Not Found: method not found")
        params = read_params(spec, method, raw)
        for name in ELSEWHERE & params.keys():
            raise bad_request(f'parameter "{name}" is not part of the sandbox')
        handler = METHODS.get(method)
        if handler is None:
            raise bad_request(f"method {method} is not part of the sandbox")
        result = await handler(self._world, params)
        if method != "getUpdates":  # updates are checked when queued, but for those queued raw
            spec.check_result(method, result)
        return result

    def record(self, method: str, raw: Mapping[str, Any], error: str | None) -> None:
        """Write a call down and tell the page."""
        self._last += 1
        params = {
            name: str(value) if isinstance(value, Upload) else value for name, value in raw.items()
        }
        call = Call(self._last, method, params, error is None, error, self._world.clock.now())
        self.calls.append(call)
        self._world.events.add("call", call=call.as_json())
