"""The assistant's arrival: what works already, and what is still to be set up."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from handlers.presses import Verb, press
from handlers.texts.post import Button, Line, Post, Style
from handlers.texts.speech import Speech
from handlers.texts.words import short
from policy.packs import Pack

_NAMED = 4  # departments


@dataclass(frozen=True, slots=True)
class Setup:
    """What is there: what the platform lets the assistant do, and whom it knows.

    `rights`: reads_all (all messages of the group arrive), pins. A right that is not among
    them was not asked for. `empty_departments`: those that have approvals, and nobody to do them.
    """

    rights: Mapping[str, bool]
    has_office: bool
    empty_departments: Sequence[str]


def greeting_post(speech: Speech, pack: Pack, setup: Setup) -> Post:
    """Greets a group that has a ledger, with what is left to do."""
    open_points = _open_points(speech, pack, setup)
    lines = [Line(speech.say("The task force's ledger is here"), Style.TITLE)]
    if open_points:
        lines.append(Line(speech.say("Still to be set up"), Style.HEADING))
        lines += [Line(speech.say("○ {point}", point=point)) for point in open_points]
    else:
        lines.append(Line(speech.say("✓ Everything is set up")))
    lines.append(
        Line(speech.say("To register a project, post these lines filled in"), Style.HEADING)
    )
    lines.append(
        Line(
            speech.say(
                "[Signed project]\nName:\nCounty:\nSigned on:\nTotal investment:\nKind of project:"
            ),
            Style.COPY,
        )
    )
    join = Button(speech.say("Ask to join"), press(Verb.JOIN, ""))
    usage = Button(speech.say("What you can say"), press(Verb.ASK, "help"))
    return Post(tuple(lines), ((join, usage),))


def no_ledger_post(speech: Speech, chat_id: int) -> Post:
    """Greets a chat that is in no settings: what to enter there."""
    return Post(
        (
            Line(speech.say("This group has no ledger yet"), Style.TITLE),
            Line(
                speech.say(
                    "An administrator enters this line under [[groups]] in config.toml"
                    " and restarts the assistant"
                )
            ),
            Line(f"chat_id = {chat_id}", Style.COPY),
        )
    )


def _open_points(speech: Speech, pack: Pack, setup: Setup) -> list[str]:
    points = []
    if setup.rights.get("reads_all") is False:
        points.append(
            speech.say(
                "I see only commands and replies. In @BotFather: /setprivacy, Disable;"
                " then take me out of the group and add me again"
            )
        )
    if setup.rights.get("pins") is False:
        points.append(speech.say("I cannot pin. Make me an administrator who may pin messages"))
    if not setup.has_office:
        points.append(
            speech.say(
                "Nobody of {office} is known."
                " An administrator enters one under [[members]] in config.toml",
                office=pack.office.short,
            )
        )
    if setup.empty_departments:
        points.append(_nobody_of(speech, pack, setup.empty_departments))
    return points


def _nobody_of(speech: Speech, pack: Pack, departments: Sequence[str]) -> str:
    named = speech.join(short(pack, name) for name in departments[:_NAMED])
    if len(departments) > _NAMED:
        named = speech.say("{names} and others, {n} departments", names=named, n=len(departments))
    return speech.say(
        "Nobody is known of: {departments}. They press “ask to join”", departments=named
    )
