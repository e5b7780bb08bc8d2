"""Telegram as a channel: sends, edits and pins posts through the Bot API."""

import logging

from aiogram import Bot
from aiogram.exceptions import (
    ClientDecodeError,
    TelegramAPIError,
    TelegramBadRequest,
    TelegramEntityTooLarge,
    TelegramForbiddenError,
    TelegramMigrateToChat,
    TelegramNetworkError,
    TelegramNotFound,
    TelegramRetryAfter,
    TelegramServerError,
    TelegramUnauthorizedError,
)
from aiogram.types import LinkPreviewOptions, ReplyParameters
from aiohttp import ClientConnectorError

from bot.channels.markup import to_html, to_keyboard
from bot.channels.outcome import Moved, Postponed, Unacceptable, Undeliverable, Vanished
from handlers.texts.post import Post

log = logging.getLogger(__name__)

PATIENCE = 10  # seconds for the answer to a press; later nobody waits for it
SOON = 2.0  # seconds to wait after a cut connection or a server's fault
_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
_GONE = ("chat not found", "bot was blocked", "bot was kicked", "user is deactivated")
_VANISHED = ("message to edit not found", "message can't be edited", "MESSAGE_ID_INVALID")


class TelegramChannel:
    """Sends posts; every failure comes out as one of bot.channels.outcome."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot

    async def send(self, chat_id: int, post: Post, reply_to: int | None) -> int:
        """Sends a new message and gives its id."""
        # A reply to a message that was deleted meanwhile goes out without it.
        reply = (
            ReplyParameters(message_id=reply_to, allow_sending_without_reply=True)
            if reply_to
            else None
        )
        try:
            sent = await self._bot.send_message(
                chat_id,
                to_html(post),
                parse_mode="HTML",
                reply_markup=to_keyboard(post),
                reply_parameters=reply,
                disable_notification=post.silent,
                link_preview_options=_NO_PREVIEW,
            )
        except (TelegramAPIError, ClientDecodeError) as error:
            sent_id = _sent_id(error)
            if sent_id is not None:
                return sent_id
            raise _outcome(error) from error
        return sent.message_id

    async def edit(self, chat_id: int, message_id: int, post: Post) -> None:
        """Gives a message its new content; an unchanged one is no fault."""
        try:
            await self._bot.edit_message_text(
                to_html(post),
                chat_id=chat_id,
                message_id=message_id,
                parse_mode="HTML",
                reply_markup=to_keyboard(post),
                link_preview_options=_NO_PREVIEW,
            )
        except TelegramBadRequest as error:
            if "message is not modified" in error.message:
                return
            if any(hint in error.message for hint in _VANISHED):
                raise Vanished(error.message) from error
            raise _outcome(error) from error
        except (TelegramAPIError, ClientDecodeError) as error:
            raise _outcome(error) from error

    async def answer(self, callback_id: str, text: str, *, alert: bool) -> None:
        """Answers a press; too late an answer is no fault, nobody waits for it any more."""
        try:
            await self._bot.answer_callback_query(
                callback_id, text=text or None, show_alert=alert, request_timeout=PATIENCE
            )
        except (TelegramAPIError, ClientDecodeError) as error:
            log.info("a press was not answered: %s", reason_of(error))


def reason_of(error: TelegramAPIError | ClientDecodeError) -> str:
    """What went wrong, for the log: never the content, which may be what somebody wrote."""
    if isinstance(error, ClientDecodeError):
        return f"{error.message} ({type(error.original).__name__})"
    return str(error)


def _outcome(error: TelegramAPIError | ClientDecodeError) -> Exception:
    match error:
        case TelegramRetryAfter():
            return Postponed(error.retry_after, "429")
        case TelegramMigrateToChat():
            return Moved(error.migrate_to_chat_id)
        case TelegramEntityTooLarge():  # a TelegramNetworkError, says aiogram
            return Unacceptable(str(error))
        case TelegramNetworkError():
            connected = not isinstance(error.__cause__, ClientConnectorError)
            return Postponed(SOON, reason_of(error), unsure=connected)
        # A token that is refused is the maintainers' matter: what was to be sent waits.
        case TelegramUnauthorizedError():
            return Postponed(SOON, reason_of(error))
        case TelegramServerError() | ClientDecodeError():  # it may have been taken all the same
            return Postponed(SOON, reason_of(error), unsure=True)
        case _:
            return Undeliverable(error.message) if _is_gone(error) else Unacceptable(str(error))


def _sent_id(error: TelegramAPIError | ClientDecodeError) -> int | None:
    """The number of a message that was sent, where only the answer could not be understood."""
    data = error.data if isinstance(error, ClientDecodeError) else None
    result = data.get("result") if isinstance(data, dict) and data.get("ok") else None
    number = result.get("message_id") if isinstance(result, dict) else None
    return number if isinstance(number, int) else None


def _is_gone(error: TelegramAPIError) -> bool:
    """Whether nothing can be sent to this chat any more."""
    if isinstance(error, TelegramForbiddenError | TelegramNotFound):
        return True
    return isinstance(error, TelegramBadRequest) and any(h in error.message for h in _GONE)
