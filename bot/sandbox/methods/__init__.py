"""The methods of the Bot API that a bot in a group uses, done for real."""

from bot.sandbox.methods import chats, commands, media, messages, receiving
from bot.sandbox.methods.registry import Handler

METHODS: dict[str, Handler] = {
    **receiving.METHODS,
    **messages.METHODS,
    **media.METHODS,
    **chats.METHODS,
    **commands.METHODS,
}
