"""A policy pack: everything in a policy that another city would write differently.

It is validated as a whole when it is made (see `checks`), and never changes afterwards.
"""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Annotated, Protocol, Self, TypeVar

from pydantic import Field, model_validator

from policy.packs.checks import check_pack
from policy.packs.errors import PackError
from policy.packs.parts import (
    Ceremony,
    Choice,
    Colours,
    Conversion,
    County,
    Department,
    Item,
    ItemGroup,
    Key,
    Ladder,
    Limits,
    Name,
    Office,
    Part,
    Template,
    Wait,
)
from policy.packs.spelling import Spellings


class _Keyed(Protocol):
    @property
    def key(self) -> str: ...


KeyedT = TypeVar("KeyedT", bound=_Keyed)


class Pack(Part):
    """The rules of one city."""

    key: Key
    code: Annotated[str, Field(pattern=r"^[A-Z]{2,6}$")]
    """What the codes of its projects begin with: ZMD-2026-0012."""
    name: Name
    source: Name
    """The number of the document (文号)."""
    title: Name
    office: Office
    limits: Limits
    ladder: Ladder
    colours: Colours
    conversion: Conversion | None = None
    """None where the policy sets no such target."""
    ceremonies: tuple[Ceremony, ...] = ()
    departments: Annotated[tuple[Department, ...], Field(min_length=1)]
    counties: Annotated[tuple[County, ...], Field(min_length=1)]
    items: Annotated[tuple[Item, ...], Field(min_length=1)]
    item_groups: tuple[ItemGroup, ...] = ()
    waits: tuple[Wait, ...] = ()
    templates: Annotated[tuple[Template, ...], Field(min_length=1)]
    choices: tuple[Choice, ...] = ()

    @model_validator(mode="after")
    def _check(self) -> Self:
        check_pack(self)
        return self

    def item(self, key: str) -> Item:
        """Return an item of the catalogue. Raises PackError when there is none of that key."""
        return self._get("items", self.items, key)

    def department(self, name: str) -> Department:
        """Return a department by its full name. Raises PackError when there is none."""
        for one in self.departments:
            if one.name == name:
                return one
        raise PackError(self.key, "departments", f"{name} is not one of them")

    def template(self, key: str) -> Template:
        """Return a template. Raises PackError when there is none of that key."""
        return self._get("templates", self.templates, key)

    def choice(self, key: str) -> Choice:
        """Return a choice. Raises PackError when there is none of that key."""
        return self._get("choices", self.choices, key)

    def find_department(self, text: str) -> Department | None:
        """Find the department that is written exactly so: name, short name or alias."""
        return self._department_spellings.find(text)

    def find_county(self, text: str) -> County | None:
        """Find the county that is written exactly so: name, short name or alias."""
        return self._county_spellings.find(text)

    def find_item(self, text: str) -> Item | None:
        """Find the item that is written exactly so; a group's name finds none."""
        return self._item_spellings.find(text)

    def find_items(self, text: str) -> tuple[Item, ...]:
        """Find the items that are meant by a name, the members of a group included; may be ()."""
        if group := self._group_spellings.find(text):
            return tuple(self.item(key) for key in group.items)
        item = self.find_item(text)
        return (item,) if item else ()

    def find_template(self, kind: str) -> Template | None:
        """Find the template for what somebody wrote as the kind of project.

        The longest of the known kinds that is in the text decides: 工业技改项目 is industrial.
        """
        return self._kinds.find_within(kind)

    def items_for(self, template: str, chosen: Mapping[str, str]) -> tuple[Item, ...]:
        """List the items that a project of a template needs, in the catalogue's order.

        Args:
            template: the template's key.
            chosen: for each choice the key of the option taken, such as {"eia": "report"};
                while a choice is open, none of its items is listed.

        Raises:
            PackError: an unknown template or option.

        """
        one = self.template(template)
        wanted = set(one.items)
        wanted |= {self.choice(c).option(chosen[c]).item for c in one.choices if c in chosen}
        return tuple(item for item in self.items if item.key in wanted)

    def predecessors(self, item: str) -> tuple[str, ...]:
        """List the keys of the items that must be closed before this one, where a project has them.

        Only those next to it: what they wait for themselves is theirs to say.
        """
        return tuple(key for wait in self.waits if wait.item == item for key in wait.after)

    def _get(self, what: str, known: Sequence[KeyedT], key: str) -> KeyedT:
        for one in known:
            if one.key == key:
                return one
        raise PackError(self.key, what, f"{key} is not one of them")

    @cached_property
    def _department_spellings(self) -> Spellings[Department]:
        return Spellings(((one, one.spellings) for one in self.departments), self.name)

    @cached_property
    def _county_spellings(self) -> Spellings[County]:
        return Spellings(((one, one.spellings) for one in self.counties), self.name)

    @cached_property
    def _item_spellings(self) -> Spellings[Item]:
        return Spellings(((one, one.spellings) for one in self.items), self.name)

    @cached_property
    def _group_spellings(self) -> Spellings[ItemGroup]:
        return Spellings(((one, one.spellings) for one in self.item_groups), self.name)

    @cached_property
    def _kinds(self) -> Spellings[Template]:
        return Spellings(((one, one.kinds) for one in self.templates), self.name)
