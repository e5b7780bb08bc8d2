"""What the office still has to choose before a project's tasks are all known (Z1).

Where a message leaves open what kind of project it is, or which of two items it
needs, nothing is assumed: the office decides with a button.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from policy.packs import Item, Pack

TEMPLATE = "template"


@dataclass(frozen=True, slots=True)
class Option:
    """One of the answers."""

    key: str
    name: str


@dataclass(frozen=True, slots=True)
class Choice:
    """An open question: `key` is TEMPLATE (the kind of project) or that of one of the pack's."""

    key: str
    name: str
    options: tuple[Option, ...]


def list_undecided(
    pack: Pack, template: str | None, choices: Mapping[str, str]
) -> tuple[Choice, ...]:
    """What is open, given the template and the options (by choice) that were decided."""
    if template is None:
        kinds = tuple(Option(each.key, each.name) for each in pack.templates)
        return (Choice(TEMPLATE, "项目类型", kinds),)
    asked = (pack.choice(key) for key in pack.template(template).choices if key not in choices)
    return tuple(
        Choice(each.key, each.name, tuple(Option(o.key, o.name) for o in each.options))
        for each in asked
    )


def list_decided(pack: Pack, template: str | None, choices: Mapping[str, str]) -> list[Item]:
    """The items that are certain, in the catalogue's order."""
    return [] if template is None else list(pack.items_for(template, choices))
