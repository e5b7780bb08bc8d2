"""The invented task force: who is in the group, and what they might say."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

CAST_FILE = Path(__file__).with_name("cast.toml")


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody invented.

    `role` and `department` are None for a stranger; a county's `department` is its name.
    """

    key: str
    id: int
    name: str
    username: str
    role: str | None = None
    department: str | None = None
    note: str = ""
    in_group: str = "member"  # Telegram's status in the group: creator, administrator, member, left


@dataclass(frozen=True, slots=True)
class Group:
    """The group, as the configuration's [[groups]] names it.

    `bot_joins`: the bot's arrival is announced when the sandbox starts.
    """

    chat_id: int
    title: str
    pack: str
    locale: str
    bot_joins: bool = True


@dataclass(frozen=True, slots=True)
class BotAccount:
    """The account that the bot signs in to."""

    id: int
    name: str
    username: str


@dataclass(frozen=True, slots=True)
class Department:
    """A municipal department, as the configuration's [[departments]] names it."""

    name: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sample:
    """A message to try with one click. `{today}` and `{yesterday}` in it become dates.

    `reply_to`: words of the bot's post that it answers; "" when it answers none.
    """

    title: str
    text: str
    person: Person
    reply_to: str = ""

    def text_on(self, now: datetime) -> str:
        """The message as it would be written at `now`."""
        yesterday = now - timedelta(days=1)
        dated = self.text.replace("{today}", now.date().isoformat())
        return dated.replace("{yesterday}", yesterday.date().isoformat())


@dataclass(frozen=True, slots=True)
class Cast:
    """The whole task force; `members` are the persons the bot is to know from the start."""

    bot: BotAccount
    group: Group
    persons: tuple[Person, ...]
    departments: tuple[Department, ...]
    samples: tuple[Sample, ...]
    notice: str
    words: Mapping[str, str]

    @property
    def groups(self) -> tuple[Group, ...]:
        """The groups; one so far."""
        return (self.group,)

    @property
    def members(self) -> tuple[Person, ...]:
        """Everybody with a role, that is everybody but strangers."""
        return tuple(person for person in self.persons if person.role is not None)

    def find_person(self, who: int | str) -> Person | None:
        """The person with this id, key or name."""
        for person in self.persons:
            if who in (person.id, person.key, person.name):
                return person
        return None

    def get_person(self, who: int | str) -> Person:
        """The person with this id, key or name; raises KeyError."""
        person = self.find_person(who)
        if person is None:
            raise KeyError(f"nobody in the sandbox is called {who!r}")
        return person


def load_cast(path: Path = CAST_FILE) -> Cast:
    """The cast from a TOML file; raises KeyError or TypeError when the file is no cast."""
    raw = tomllib.loads(path.read_text("utf-8"))
    persons = tuple(Person(**item) for item in raw["persons"])
    by_key = {person.key: person for person in persons}
    return Cast(
        bot=BotAccount(**raw["bot"]),
        group=Group(**raw["group"]),
        persons=persons,
        departments=tuple(_read_department(item) for item in raw["departments"]),
        samples=tuple(_read_sample(item, by_key) for item in raw["samples"]),
        notice=raw["notice"],
        words=raw["words"],
    )


def _read_department(raw: Mapping[str, Any]) -> Department:
    return Department(raw["name"], tuple(raw.get("aliases", ())))


def _read_sample(raw: Mapping[str, Any], persons: Mapping[str, Person]) -> Sample:
    reply_to = raw.get("reply_to", "")
    return Sample(raw["title"], raw["text"].strip(), persons[raw["as"]], reply_to)
