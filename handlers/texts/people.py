"""Members: who asks to join and as what, what the office decided."""

from handlers.presses import Verb, press
from handlers.texts.post import Button, Line, Post, Style
from handlers.texts.speech import Speech, sentence
from handlers.texts.words import bare, in_rows
from policy.packs import Pack
from policy.rights import Role
from store.queries.people import Member

_IN_ROW = 3
_ROLES = {
    Role.ADMIN: sentence("the administrators"),
    Role.LEADER: sentence("the leaders"),
    Role.OWNER: sentence("the owners"),
}


def join_form_post(speech: Speech, pack: Pack, *, counties: bool = False) -> Post:
    """Asks a newcomer for the unit: the departments and the office, or behind them a county."""
    busy = {item.department for item in pack.items}
    departments = sorted(pack.departments, key=lambda one: one.name not in busy)
    units = [(bare(pack, one.name), one.name) for one in departments]
    units.append((pack.office.short, pack.office.name))
    if counties:
        units = [(one.short, one.name) for one in pack.counties]
    lines = (
        Line(speech.say("Which unit are you with?"), Style.TITLE),
        Line(speech.say("Press it; once the office has agreed you can use the ledger")),
    )
    buttons = [Button(label, press(Verb.JOIN, name)) for label, name in units]
    if not counties:
        buttons.append(Button(speech.say("A county …"), press(Verb.JOIN_COUNTY)))
    return Post(lines, tuple(in_rows(buttons, _IN_ROW)))


def join_request_post(speech: Speech, pack: Pack, member: Member) -> Post:
    """The office's question, and later its own answer."""
    unit = unit_of(speech, pack, member)
    if member.state == "asked":
        lines = (
            Line(
                speech.say("{name} wants to join as {unit}", name=member.name, unit=unit),
                Style.TITLE,
            ),
            Line(speech.say("{office} decides", office=pack.office.short), Style.DETAIL),
        )
        admit = Button(speech.say("Admit"), press(Verb.ADMIT, member.id))
        refuse = Button(speech.say("Do not admit"), press(Verb.REFUSE, member.id))
        return Post(lines, ((admit, refuse),))
    wording = (
        sentence("✓ {name} has joined as {unit}")
        if member.state == "active"
        else sentence("{name} was not admitted as {unit}")
    )
    return Post((Line(speech.say(wording, name=member.name, unit=unit)),))


def join_decided_post(speech: Speech, pack: Pack, member: Member) -> Post:
    """Tells who asked, and what to do now."""
    unit = unit_of(speech, pack, member)
    if member.state != "active":
        said = speech.say(
            "{name}, the office did not admit you as {unit}. Please speak to it, then ask again",
            name=member.name,
            unit=unit,
        )
        return Post((Line(said),))
    lines = [
        Line(speech.say("{name}, you are registered with {unit} now", name=member.name, unit=unit))
    ]
    if member.role is Role.DEPARTMENT:
        lines.append(Line(speech.say("Ask “my tasks” to see what waits for you"), Style.DETAIL))
    button = Button(speech.say("My tasks"), press(Verb.ASK, "my_tasks"))
    buttons = ((button,),) if member.role is Role.DEPARTMENT else ()
    return Post(tuple(lines), buttons)


def unit_of(speech: Speech, pack: Pack, member: Member) -> str:
    """The unit that somebody belongs to."""
    if member.department:
        return member.department
    if member.role is Role.OFFICE:
        return pack.office.name
    return speech.say(_ROLES[member.role]) if member.role in _ROLES else ""
