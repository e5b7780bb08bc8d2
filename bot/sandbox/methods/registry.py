"""How a method is written: a function of the world and the call's typed parameters."""

from collections.abc import Awaitable, Callable
from typing import Any

from bot.sandbox.errors import Json
from bot.sandbox.world import World

Handler = Callable[[World, Json], Awaitable[Any]]


def instant(function: Callable[[World, Json], Any]) -> Handler:
    """A method that is done at once, as one that may wait."""

    async def handler(world: World, params: Json) -> Any:
        return function(world, params)

    return handler
