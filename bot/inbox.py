"""Telegram's updates as values of the conversation, and its answers to presses."""

import asyncio
import logging
import re
from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple

from aiogram import Bot, Dispatcher
from aiogram.enums import ChatMemberStatus, ChatType, MessageEntityType
from aiogram.exceptions import ClientDecodeError, TelegramAPIError
from aiogram.types import (
    CallbackQuery,
    ChatMemberAdministrator,
    ChatMemberUpdated,
    InaccessibleMessage,
    Message,
    Update,
    User,
)

from bot.channels.telegram import TelegramChannel, reason_of
from bot.moments import Moments
from handlers.conversation import Conversation, old_button
from handlers.incoming import Arrived, Heard, Pressed, Toast
from handlers.presses import read_press
from store import outbox
from store.actions import groups
from store.actions.members import Person
from store.context import Request, View
from store.ledger import Ledger, is_processed
from store.outbox import Standing
from store.queries.people import Group, find_group, find_home, find_member

log = logging.getLogger(__name__)

UPDATES = ["message", "edited_message", "callback_query", "my_chat_member"]
_COMMAND_TO = re.compile(r"/\w{1,32}@(\w{1,64})")
_HERE = {ChatMemberStatus.MEMBER, ChatMemberStatus.ADMINISTRATOR, ChatMemberStatus.RESTRICTED}


class Inbox:
    """Takes updates in; `accept` returns when the effect of one is committed."""

    def __init__(
        self,
        bot: Bot,
        me: User,
        ledger: Ledger,
        conversation: Conversation,
        now: Callable[[], datetime],
    ) -> None:
        self._bot = bot
        self._me = me
        self._ledger = ledger
        self._conversation = conversation
        self._now = now
        self._moments = Moments(now)
        self._channel = TelegramChannel(bot)
        self._answers: set[asyncio.Task[None]] = set()
        self._dispatcher = self._wire()

    async def close(self) -> None:
        """Waits for the answers to presses that are still under way."""
        await asyncio.gather(*self._answers, return_exceptions=True)

    async def accept(self, update: Update) -> None:
        """Carries out one update. What it raises, the update did not do: try it again."""
        if await self._ledger.ask(is_processed, self._now(), update.update_id):
            await self._answer_again(update)
            return
        await self._dispatcher.feed_update(self._bot, update)

    def _wire(self) -> Dispatcher:
        dispatcher = Dispatcher()
        dispatcher.message.register(self._on_message)
        dispatcher.edited_message.register(self._on_edited)
        dispatcher.callback_query.register(self._on_press)
        dispatcher.my_chat_member.register(self._on_own_membership)
        return dispatcher

    async def _on_message(self, message: Message, event_update: Update) -> None:
        if message.migrate_to_chat_id is not None:
            await self._ledger.do(
                groups.migrate_group,
                self._request(event_update, message, message.from_user),
                message.chat.id,
                message.migrate_to_chat_id,
            )
            return
        await self._hear(message, event_update, edited=False)

    async def _on_edited(self, message: Message, event_update: Update) -> None:
        await self._hear(message, event_update, edited=True)

    async def _hear(self, message: Message, update: Update, *, edited: bool) -> None:
        # PostgreSQL takes no NUL in a text, and nobody means one.
        text = (message.text or message.caption or "").replace("\0", "")
        sender = message.from_user
        if not text or sender is None or message.is_automatic_forward or self._is_others(text):
            return
        anonymous = message.sender_chat is not None
        if sender.is_bot and not anonymous:
            return
        private = _is_private(message)
        group, replied = await self._look_up(message.chat.id, sender.id, private, _reply(message))
        text, mentions = self._without_mention(message, text)
        await self._conversation.hear(
            Heard(
                request=self._request(update, message, None if anonymous else sender),
                person=_person(sender),
                text=text,
                group=group,
                private=private,
                addressed=mentions or private or text[:1] == "/" or self._is_answer(message),
                mentions=mentions,
                anonymous=anonymous,
                edited=edited,
                replied=replied,
            )
        )

    async def _on_press(self, query: CallbackQuery, event_update: Update) -> None:
        message = query.message
        if message is None:
            self._answer(query, Toast())
            return
        press = read_press(query.data or "")
        private = message.chat.type == ChatType.PRIVATE
        group, _ = await self._look_up(message.chat.id, query.from_user.id, private, None)
        request = Request(
            at=self._moments.now(),
            actor=f"user:{query.from_user.id}",
            user_id=query.from_user.id,
            chat_id=message.chat.id,
            message_id=message.message_id,
            update_id=event_update.update_id,
            by_button=True,
        )
        if press is None or group is None:
            toast = old_button(self._ledger, group, request)
        else:
            person = _person(query.from_user)
            pressed = Pressed(request, person, press, group, private, _quoted(message))
            toast = await self._conversation.press(pressed)
        self._answer(query, toast)

    def _answer(self, query: CallbackQuery, toast: Toast) -> None:
        """Answers a press beside what comes next: a slow answer holds up nobody else."""
        work = self._channel.answer(query.id, toast.text, alert=toast.alert)
        task = asyncio.create_task(work)
        self._answers.add(task)
        task.add_done_callback(self._answers.discard)

    async def _on_own_membership(self, change: ChatMemberUpdated, event_update: Update) -> None:
        """Greets when the assistant has come into a group; says nothing when its rights change."""
        came = change.old_chat_member.status not in _HERE and change.new_chat_member.status in _HERE
        if not came or change.chat.type == ChatType.PRIVATE:
            return
        member = change.new_chat_member
        pins = isinstance(member, ChatMemberAdministrator) and bool(member.can_pin_messages)
        reads = isinstance(member, ChatMemberAdministrator) or await self._reads_all()
        request = Request(
            at=self._now(),
            actor=f"user:{change.from_user.id}",
            user_id=change.from_user.id,
            chat_id=change.chat.id,
            update_id=event_update.update_id,
        )
        rights = {"reads_all": reads, "pins": pins}
        await self._conversation.arrive(Arrived(request, change.chat.id, rights))

    async def _reads_all(self) -> bool:
        """Whether privacy mode is off now: it can be switched while we run."""
        try:
            me = await self._bot.get_me()
        except (TelegramAPIError, ClientDecodeError) as error:
            log.warning("privacy mode was not asked for: %s", reason_of(error))
            me = self._me
        return bool(me.can_read_all_group_messages)

    async def _answer_again(self, update: Update) -> None:
        """A redelivered press has no second effect, but its button must stop waiting."""
        if update.callback_query is not None:
            self._answer(update.callback_query, Toast())

    async def _look_up(
        self, chat_id: int, user_id: int, private: bool, reply: int | None
    ) -> tuple[Group | None, Standing | None]:
        """The group that is spoken of, and the post of ours that is replied to.

        Somebody's first word in a group makes that the one their private chat speaks of.
        """
        found = await self._ledger.ask(_find_place, self._now(), chat_id, user_id, private, reply)
        if found.group is not None and found.is_new_here:
            request = Request(self._now(), f"user:{user_id}", user_id, chat_id)
            await self._ledger.do(groups.remember_home, request, user_id, found.group.id)
        return found.group, found.replied

    def _is_others(self, text: str) -> bool:
        """A command to another bot of the group: /board@other_bot."""
        named = _COMMAND_TO.match(text)
        return named is not None and named[1].lower() != (self._me.username or "").lower()

    def _without_mention(self, message: Message, text: str) -> tuple[str, bool]:
        """The text without the mention of the assistant, and whether there was one."""
        mention = f"@{self._me.username}".lower()
        for entity in message.entities or message.caption_entities or []:
            said = entity.extract_from(text)
            if entity.type == MessageEntityType.MENTION and said.lower() == mention:
                return text.replace(said, " ").strip(), True
        return text, False

    def _is_answer(self, message: Message) -> bool:
        """Whether it replies to a post of the assistant."""
        answered = message.reply_to_message.from_user if message.reply_to_message else None
        return answered is not None and answered.id == self._me.id

    def _request(self, update: Update, message: Message, sender: User | None) -> Request:
        return Request(
            at=self._moments.of(message),
            actor="anonymous" if sender is None else f"user:{sender.id}",
            user_id=None if sender is None else sender.id,
            chat_id=message.chat.id,
            message_id=message.message_id,
            update_id=update.update_id,
        )


class _Place(NamedTuple):
    group: Group | None
    replied: Standing | None
    is_new_here: bool


def _find_place(view: View, chat_id: int, user_id: int, private: bool, reply: int | None) -> _Place:
    replied = None if reply is None else outbox.find_post(view, chat_id, reply)
    if private:
        return _Place(find_home(view, user_id), replied, is_new_here=False)
    member = find_member(view, user_id)
    homeless = member is not None and member.state == "active" and member.home_group_id is None
    return _Place(find_group(view, chat_id), replied, is_new_here=homeless)


def _reply(message: Message) -> int | None:
    return None if message.reply_to_message is None else message.reply_to_message.message_id


def _quoted(message: Message | InaccessibleMessage) -> str:
    """What the post whose button was pressed replied to."""
    asked = message.reply_to_message if isinstance(message, Message) else None
    return "" if asked is None else asked.text or asked.caption or ""


def _is_private(message: Message) -> bool:
    return message.chat.type == ChatType.PRIVATE


def _person(user: User) -> Person:
    return Person(user.id, user.full_name.replace("\0", ""), user.username)
