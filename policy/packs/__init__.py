"""Policy packs: the rules of one city as data."""

from policy.packs.errors import PackError
from policy.packs.loading import add_departments, list_packs, load_pack
from policy.packs.pack import Pack
from policy.packs.parts import (
    Ceremony,
    Choice,
    Colours,
    Conversion,
    County,
    Department,
    Item,
    ItemGroup,
    Ladder,
    Limits,
    Office,
    Option,
    Template,
    Wait,
)
from policy.packs.spelling import fold

__all__ = [
    "Ceremony",
    "Choice",
    "Colours",
    "Conversion",
    "County",
    "Department",
    "Item",
    "ItemGroup",
    "Ladder",
    "Limits",
    "Office",
    "Option",
    "Pack",
    "PackError",
    "Template",
    "Wait",
    "add_departments",
    "fold",
    "list_packs",
    "load_pack",
]
