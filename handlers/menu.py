"""The menu of commands: which there are, where they are shown, and in what words."""

from dataclasses import dataclass
from enum import StrEnum

from handlers.texts.speech import Speech, sentence


class Place(StrEnum):
    """Where a menu is shown."""

    GROUP = "group"
    PRIVATE = "private"


@dataclass(frozen=True, slots=True)
class Command:
    """One command and what it is for."""

    name: str
    purpose: str
    places: frozenset[Place] = frozenset(Place)


COMMANDS = (
    Command("mine", sentence("My tasks")),
    Command("due", sentence("When something is due, such as: /due project item")),
    Command("overdue", sentence("What is overdue")),
    Command("board", sentence("The board: colours and what is on it")),
    Command("project", sentence("A project's card, by name or number")),
    Command("join", sentence("Join the task force"), frozenset({Place.PRIVATE})),
    Command("help", sentence("What I can do")),
)


def menu(place: Place, speech: Speech) -> list[tuple[str, str]]:
    """The commands of a place as name and purpose, the most used first."""
    return [(c.name, speech.say(c.purpose)) for c in COMMANDS if place in c.places]
