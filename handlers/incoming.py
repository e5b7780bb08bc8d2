"""What a channel hands over: a message, a press, an arrival — of no platform."""

from dataclasses import dataclass

from handlers.presses import Press
from store.actions.members import Person
from store.context import Request
from store.outbox import Standing
from store.queries.people import Group


@dataclass(frozen=True, slots=True)
class Heard:
    """A message. `group` is the one whose ledger it speaks of, also from a private chat.

    `addressed`: by mention, reply to the assistant, command or in private; `mentions`: by name.
    `replied`: the post of ours that it replies to. `anonymous`: sent as the
    group itself or as a channel, so that nobody answers for it.
    """

    request: Request
    person: Person
    text: str
    group: Group | None
    private: bool = False
    addressed: bool = False
    mentions: bool = False
    anonymous: bool = False
    edited: bool = False
    replied: Standing | None = None


@dataclass(frozen=True, slots=True)
class Pressed:
    """A button of ours that was pressed. `quoted`: what the post with it replied to."""

    request: Request
    person: Person
    press: Press
    group: Group
    private: bool = False
    quoted: str = ""


@dataclass(frozen=True, slots=True)
class Toast:
    """What a press is answered with at once: a short sentence, to be read away if `alert`."""

    text: str = ""
    alert: bool = False


@dataclass(frozen=True, slots=True)
class Arrived:
    """The assistant was added to a chat, and what it may do there."""

    request: Request
    chat_id: int
    rights: dict[str, bool]
