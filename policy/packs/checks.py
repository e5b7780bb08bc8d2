"""What must hold between the parts of a pack, so that nobody meets it later in a chat."""

from collections.abc import Iterable, Sequence
from graphlib import CycleError, TopologicalSorter
from typing import TYPE_CHECKING

from policy.packs.errors import Flaw
from policy.packs.parts import Named, Template
from policy.packs.spelling import fold

if TYPE_CHECKING:
    from policy.packs.pack import Pack

BUTTON_ROOM = 45
"""Bytes that a button has for what it names: of its 64 on the narrowest platform, the rest are
for what it does (at most 7) and for an id of ten digits, with a colon after each."""


def check_pack(pack: "Pack") -> None:
    """Hold the parts of a pack against each other.

    Raises:
        Flaw: the first thing that is wrong, and where.

    """
    _check_keys(pack)
    _check_spellings(pack)
    _check_departments(pack)
    _check_groups(pack)
    _check_choices(pack)
    _check_templates(pack)
    _check_waits(pack)
    _check_buttons(pack)


def _check_keys(pack: "Pack") -> None:
    _check_unique("items", [one.key for one in pack.items])
    _check_unique("item_groups", [one.key for one in pack.item_groups])
    _check_unique("templates", [one.key for one in pack.templates])
    _check_unique("choices", [one.key for one in pack.choices])
    _check_unique("ceremonies", [one.key for one in pack.ceremonies])


def _check_unique(where: str, keys: Sequence[str]) -> None:
    for number, key in enumerate(keys):
        if key in keys[:number]:
            raise Flaw(where, f"the key {key} is given twice")


def _check_spellings(pack: "Pack") -> None:
    kinds = [(one.key, one.kinds) for one in pack.templates]
    _check_owned("departments", _spelt(pack.departments))
    _check_owned("counties", _spelt(pack.counties))
    _check_owned("items", _spelt([*pack.items, *pack.item_groups]))
    _check_owned("templates", kinds)


def _spelt(parts: Iterable[Named]) -> list[tuple[str, tuple[str, ...]]]:
    return [(part.name, part.spellings) for part in parts]


def _check_owned(where: str, spelt: Iterable[tuple[str, Sequence[str]]]) -> None:
    """Refuse a spelling that two parts share, or that two parts of the same name bring."""
    owners: dict[str, int] = {}
    names: list[str] = []
    for number, (name, spellings) in enumerate(spelt):
        names.append(name)
        for spelling in spellings:
            owner = owners.setdefault(fold(spelling), number)
            if names[owner] == name and owner != number:
                raise Flaw(where, f"{name} is given twice")
            if owner != number:
                raise Flaw(f"{where}[{name}]", f"{spelling} already means {names[owner]}")


def _check_departments(pack: "Pack") -> None:
    known = {department.name for department in pack.departments}
    if pack.office.department not in known:
        raise Flaw("office.department", f"unknown department {pack.office.department}")
    for item in pack.items:
        if item.department not in known:
            raise Flaw(f"items[{item.key}].department", f"unknown department {item.department}")


def _check_items(pack: "Pack", where: str, keys: Iterable[str]) -> None:
    known = {item.key for item in pack.items}
    for key in keys:
        if key not in known:
            raise Flaw(where, f"unknown item {key}")


def _check_groups(pack: "Pack") -> None:
    for group in pack.item_groups:
        _check_items(pack, f"item_groups[{group.key}].items", group.items)


def _check_choices(pack: "Pack") -> None:
    for choice in pack.choices:
        where = f"choices[{choice.key}]"
        options = [option.key for option in choice.options]
        _check_unique(f"{where}.options", options)
        _check_owned(f"{where}.options", _spelt(choice.options))
        _check_items(pack, f"{where}.options", [option.item for option in choice.options])


def _check_templates(pack: "Pack") -> None:
    offered = {one.key: [option.item for option in one.options] for one in pack.choices}
    for template in pack.templates:
        _check_template(pack, template, offered)


def _check_template(pack: "Pack", template: Template, offered: dict[str, list[str]]) -> None:
    where = f"templates[{template.key}]"
    _check_items(pack, f"{where}.items", template.items)
    _check_items(pack, f"{where}.optional", template.optional)
    listed = [*template.items, *template.optional]
    for choice in template.choices:
        if choice not in offered:
            raise Flaw(f"{where}.choices", f"unknown choice {choice}")
        listed += offered[choice]
    for number, key in enumerate(listed):
        if key in listed[:number]:
            raise Flaw(where, f"the item {key} is listed twice")


def _check_buttons(pack: "Pack") -> None:
    """Refuse what would only fail once it is to stand on a button."""
    for where, bodies in (("departments", pack.departments), ("counties", pack.counties)):
        for body in bodies:
            _check_room(f"{where}[{body.name}].name", body.name)
    for template in pack.templates:
        _check_room(f"templates[{template.key}].key", f"template:{template.key}")
    for choice in pack.choices:
        for option in choice.options:
            where = f"choices[{choice.key}].options[{option.key}].key"
            _check_room(where, f"{choice.key}:{option.key}")


def _check_room(where: str, text: str) -> None:
    size = len(text.encode())
    if size > BUTTON_ROOM:
        reason = f"is too long for a button: {text} has {size} bytes, at most {BUTTON_ROOM} fit"
        raise Flaw(where, reason)


def _check_waits(pack: "Pack") -> None:
    order: TopologicalSorter[str] = TopologicalSorter()
    for number, wait in enumerate(pack.waits):
        _check_items(pack, f"waits[{number}].item", [wait.item])
        _check_items(pack, f"waits[{number}].after", wait.after)
        order.add(wait.item, *wait.after)
    try:
        order.prepare()
    except CycleError as error:
        # Each waits for the one before it; the first is named again as the last.
        raise Flaw("waits", f"items wait for each other: {' → '.join(error.args[1])}") from error
