"""Joining: somebody asks, the office decides with one button."""

from handlers.reading.values import Join
from handlers.texts.toasts import asked_text, joined_text
from store.actions import members
from store.ledger import Ledger
from store.queries.people import Group

from .incoming import Heard, Pressed, Toast
from .speaking import speech_of


async def on_join(ledger: Ledger, heard: Heard, group: Group, reading: Join) -> None:
    """加入 市住建局; without a unit the assistant asks for it."""
    unit = reading.department or reading.county or reading.said or None
    await ledger.do(members.ask_to_join, heard.request, group, heard.person, unit)


async def on_join_press(ledger: Ledger, pressed: Pressed, group: Group) -> Toast:
    """A unit's button under the form, or the button that asks for the form."""
    unit = pressed.press.args[0] or None
    await ledger.do(members.ask_to_join, pressed.request, group, pressed.person, unit)
    return Toast(asked_text(speech_of(ledger, group, pressed.request))) if unit else Toast()


async def on_join_county(ledger: Ledger, pressed: Pressed, group: Group) -> Toast:
    """Which county? Most people are with a department, so the counties come second."""
    await ledger.do(members.offer_counties, pressed.request, group, pressed.person)
    return Toast()


async def on_admit(ledger: Ledger, pressed: Pressed, group: Group) -> Toast:
    """同意加入"""
    return await _decide(ledger, pressed, group, admit=True)


async def on_refuse(ledger: Ledger, pressed: Pressed, group: Group) -> Toast:
    """不同意加入"""
    return await _decide(ledger, pressed, group, admit=False)


async def _decide(ledger: Ledger, pressed: Pressed, group: Group, *, admit: bool) -> Toast:
    member = await ledger.do(
        members.decide_join, pressed.request, pressed.press.number(), admit=admit
    )
    speech = speech_of(ledger, group, pressed.request)
    return Toast(joined_text(speech, member.name, admitted=admit))
