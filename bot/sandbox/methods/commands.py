"""The command menu, by scope and language."""

import json
import re

from bot.sandbox.errors import Json, bad_request
from bot.sandbox.methods.registry import Handler, instant
from bot.sandbox.world import World

MOST_COMMANDS = 100
MOST_DESCRIPTION = 256
_COMMAND = re.compile(r"/?[a-z0-9_]{1,32}")
_LANGUAGE = re.compile(r"([a-z]{2})?")


def set_commands(world: World, params: Json) -> bool:
    """setMyCommands: at most 100 of [a-z0-9_]{1,32}, described in 1-256 characters."""
    commands: list[Json] = params["commands"]
    if len(commands) > MOST_COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    for command in commands:
        if not _COMMAND.fullmatch(command["command"]):
            raise bad_request("BOT_COMMAND_INVALID")
        if not 1 <= len(command["description"]) <= MOST_DESCRIPTION:
            raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    names = [command["command"] for command in commands]
    if len(set(names)) < len(names):
        raise bad_request("BOT_COMMAND_INVALID: a command is there twice")
    key = _key(world, params)
    world.commands[key] = [
        {**command, "command": command["command"].lstrip("/")} for command in commands
    ]
    _note(world, key)
    return True


def get_commands(world: World, params: Json) -> list[Json]:
    """getMyCommands of exactly this scope and language."""
    return world.commands.get(_key(world, params), [])


def delete_commands(world: World, params: Json) -> bool:
    """deleteMyCommands."""
    key = _key(world, params)
    world.commands.pop(key, None)
    _note(world, key)
    return True


def set_profile(_world: World, params: Json) -> bool:
    """setMyName, setMyDescription and setMyShortDescription: accepted, shown nowhere."""
    _check_language(params)
    for name, most in (("name", 64), ("description", 512), ("short_description", 120)):
        if len(params.get(name, "")) > most:
            raise bad_request(f"{name} is too long: more than {most} characters")
    return True


def set_menu_button(world: World, params: Json) -> bool:
    """setChatMenuButton: accepted, shown nowhere."""
    if "chat_id" in params:
        world.access_chat(params["chat_id"])
    return True


def _key(world: World, params: Json) -> tuple[str, str]:
    scope: Json = params.get("scope", {"type": "default"})
    if "chat_id" in scope:
        chat = world.get_chat(scope["chat_id"])
        if chat.private and scope["type"] != "chat":
            raise bad_request("can't use the scope in a private chat")
        scope = {**scope, "chat_id": chat.id}
    _check_language(params)
    return json.dumps(scope, sort_keys=True), params.get("language_code", "")


def _check_language(params: Json) -> None:
    if not _LANGUAGE.fullmatch(params.get("language_code", "")):
        raise bad_request("invalid language code specified: it must be a two-letter ISO 639-1 code")


def _note(world: World, key: tuple[str, str]) -> None:
    scope, language = key
    commands = world.commands.get(key, [])
    world.events.add("commands", scope=json.loads(scope), language=language, commands=commands)


METHODS: dict[str, Handler] = {
    "setMyCommands": instant(set_commands),
    "getMyCommands": instant(get_commands),
    "deleteMyCommands": instant(delete_commands),
    "setMyName": instant(set_profile),
    "setMyDescription": instant(set_profile),
    "setMyShortDescription": instant(set_profile),
    "setChatMenuButton": instant(set_menu_button),
}
