"""The conversation's switchboard: a message is read once, and the reading decides where it goes."""

import logging
from collections.abc import Awaitable, Callable
from typing import Any

from handlers.reading import may_follow, read_message
from handlers.reading.forms.registration import read_amendment
from handlers.reading.values import (
    BOT_NAMES,
    Acts,
    AskBack,
    Classified,
    Completion,
    Join,
    Nothing,
    Query,
    Reading,
    ReadingContext,
    Registration,
    TooLong,
)
from handlers.texts.refusals import refusal_text
from store.actions import updates
from store.context import Request
from store.errors import AlreadyProcessed, Refusal, Why
from store.ledger import Ledger
from store.outbox import Kind, Standing
from store.queries import projects, tasks
from store.queries.people import Group

from . import groups, members, questions, registration
from . import tasks as acting
from .homes import check_home
from .incoming import Arrived, Heard, Pressed, Toast
from .knowledge import Knowledge
from .presses import Verb
from .projects import on_form_team
from .speaking import speech_of

log = logging.getLogger(__name__)

Handler = Callable[[Ledger, Heard, Group, Any], Awaitable[None]]
PressHandler = Callable[[Ledger, Pressed, Group], Awaitable[Toast]]

# A reading's type leads to its handler; aiogram's filters would be tried one after the other.
READINGS: dict[type, Handler] = {
    Registration: registration.on_registration,
    Completion: registration.on_completion,
    Acts: acting.on_acts,
    Query: questions.on_query,
    Join: members.on_join,
    Classified: groups.on_classified,
    TooLong: groups.on_too_long,
}
PRESSES: dict[Verb, PressHandler] = {
    Verb.TAKE: acting.on_take,
    Verb.CONTACT: acting.on_contact,
    Verb.STEP: acting.on_step,
    Verb.PAUSE: acting.on_pause,
    Verb.TRANSFER: acting.on_transfer,
    Verb.FORM_TEAM: on_form_team,
    Verb.SHOW_TASK: questions.on_show_task,
    Verb.SHOW_TASKS: questions.on_show_tasks,
    Verb.SHOW_CARD: questions.on_show_card,
    Verb.SHOW_DRAFT: registration.on_show_draft,
    Verb.CONFIRM: registration.on_confirm,
    Verb.DECLINE: registration.on_decline,
    Verb.CHOOSE: registration.on_choose,
    Verb.ADMIT: members.on_admit,
    Verb.REFUSE: members.on_refuse,
    Verb.JOIN: members.on_join_press,
    Verb.JOIN_COUNTY: members.on_join_county,
    Verb.ASK: questions.on_ask,
}


class Conversation:
    """Takes in what people do and has it carried out; platform-free."""

    def __init__(self, ledger: Ledger, own_names: tuple[str, ...] = ()) -> None:
        self._ledger = ledger
        self._own_names = own_names
        self._knowledge = Knowledge(ledger)

    async def hear(self, heard: Heard) -> None:
        """Reads a message and carries it out, refuses it with a sentence, or stays silent."""
        try:
            await self._hear(heard)
        except AlreadyProcessed:
            log.info("update %s was processed before", heard.request.update_id)

    async def press(self, pressed: Pressed) -> Toast:
        """Carries out a press and gives the short answer to show at once."""
        try:
            await self._ledger.ask(check_home, pressed.request.at, pressed.group, pressed.press)
            if pressed.press.verb is Verb.PICK:
                return await self._pick(pressed, pressed.group)
            return await PRESSES[pressed.press.verb](self._ledger, pressed, pressed.group)
        except AlreadyProcessed:
            return Toast()
        except Refusal as refusal:
            speech = speech_of(self._ledger, pressed.group, pressed.request)
            return Toast(refusal_text(speech, refusal), alert=True)

    async def arrive(self, arrived: Arrived) -> None:
        """Greets a chat in which the assistant has just arrived."""
        await groups.on_arrival(self._ledger, arrived)

    async def _hear(self, heard: Heard) -> None:
        if heard.group is None:
            await groups.on_unknown(self._ledger, heard)
            return
        try:
            reading = await self._read(heard, heard.group)
            if isinstance(reading, Nothing):
                await groups.on_nothing(self._ledger, heard, heard.group)
                return
            if heard.anonymous and not isinstance(reading, Classified):
                raise Refusal(Why.ANONYMOUS)
            if heard.edited and isinstance(reading, Acts):
                await self._ledger.do(
                    updates.warn, heard.request, heard.group, "edited_act", once=True
                )
                return
            await READINGS[type(reading)](self._ledger, heard, heard.group, reading)
        except Refusal as refusal:
            await self._ledger.do(updates.refuse, heard.request, heard.group, refusal)

    async def _pick(self, pressed: Pressed, group: Group) -> Toast:
        """Which task was meant: the message that was asked back is carried out on that one."""
        chat_id, message_id = pressed.request.chat_id, pressed.request.message_id
        if chat_id is None or message_id is None:
            raise Refusal(Why.OLD_BUTTON)
        meant = Standing(chat_id, message_id, Kind.TASK, pressed.press.number(), "")
        heard = Heard(
            pressed.request,
            pressed.person,
            pressed.quoted,
            group,
            private=pressed.private,
            addressed=True,
            replied=meant,
        )
        reading = await self._read(heard, group)
        if not isinstance(reading, Acts):
            raise Refusal(Why.OLD_BUTTON)
        await acting.on_acts(self._ledger, heard, group, reading)
        return Toast()

    async def _read(self, heard: Heard, group: Group) -> Reading:
        bot_names = (*BOT_NAMES, *self._own_names)
        answered = _is(heard.replied, Kind.ANSWER)
        leans = answered or may_follow(heard.text, bot_names)
        context = ReadingContext(
            today=self._ledger.rules.today(heard.request.at),
            names=await self._knowledge.get_names(group, heard.request.at),
            addressed=heard.addressed or heard.private,
            reply_to_task=await self._quoted_task(heard),
            completes_draft=_is(heard.replied, Kind.DRAFT),
            previous=await self._knowledge.find_previous(heard) if leans else None,
            leans=answered,
            project=await self._quoted_project(heard),
            calendar=self._ledger.rules.calendar,
            bot_names=bot_names,
        )
        reading = read_message(heard.text, context)
        if _is(heard.replied, Kind.CARD) and _may_amend(reading):
            reading = read_amendment(heard.text, context) or reading
        if heard.edited and not isinstance(reading, Registration | Completion | Classified | Acts):
            return Nothing()
        return reading

    async def _quoted_project(self, heard: Heard) -> int | None:
        post = heard.replied
        if post is None or post.subject is None or post.kind is not Kind.CARD:
            return None
        project = await self._ledger.ask(projects.get_project, heard.request.at, post.subject)
        return project.number

    async def _quoted_task(self, heard: Heard) -> int | bool | None:
        post = heard.replied
        if post is None or post.subject is None:
            return None
        if post.kind is Kind.CARD:
            return True
        if post.kind not in acting.SPEAKS_OF_TASK:
            return None
        task = await self._ledger.ask(tasks.get_task_by_id, heard.request.at, post.subject)
        return task.number


def old_button(ledger: Ledger, group: Group | None, request: Request) -> Toast:
    """The answer to a press that no button of ours says, or in a chat without a ledger."""
    refusal = Refusal(Why.OLD_BUTTON if group else Why.UNKNOWN_GROUP)
    return Toast(refusal_text(speech_of(ledger, group, request), refusal), alert=True)


def _may_amend(reading: Reading) -> bool:
    """Whether lines in a reply to a card can be about its project: they name no other one."""
    if isinstance(reading, Registration):
        return len(reading.projects) == 1 and reading.projects[0].fields.name is None
    if isinstance(reading, Acts):
        return all(isinstance(act, AskBack) for act in reading.acts)
    return isinstance(reading, Nothing)


def _is(post: Standing | None, kind: Kind) -> bool:
    return post is not None and post.kind is kind
