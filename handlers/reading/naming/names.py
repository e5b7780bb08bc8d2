"""The names that the reader knows: departments, counties, items with their aliases, projects.

Departments, counties and items are few and are found by their exact names and
aliases; projects may be many and are found by parts and abbreviations through
an index (`projects.py`).
"""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, Self

from handlers.reading.language import words
from handlers.reading.naming.likeness import Likeness
from handlers.reading.naming.projects import ProjectIndex
from policy.packs import Item, Pack


@dataclass(frozen=True, slots=True)
class Named:
    """A full name and the other names people use for it."""

    name: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Mention:
    """A place in a plain text that names something: one full name, or several of a group.

    `likeness`: how like a project's name is what stands there.
    """

    start: int
    end: int
    names: tuple[str, ...]
    likeness: Likeness = Likeness.WHOLE

    @property
    def mistyped(self) -> bool:
        """Whether what stands there is not the project's name, but the likeliest to be meant."""
        return self.likeness in (Likeness.MISTYPED, Likeness.UNLIKE)

    @property
    def doubtful(self) -> bool:
        """Whether to ask which project is meant: several fit, or none fits well."""
        return len(self.names) > 1 or self.likeness is Likeness.UNLIKE


class Lexicon:
    """Finds names and aliases in a text, the longest first, in one pass."""

    def __init__(self, entries: Mapping[str, tuple[str, ...]]) -> None:
        self._entries = {alias.upper(): names for alias, names in entries.items() if alias}
        longest_first = sorted(self._entries, key=len, reverse=True)
        self._pattern = re.compile(
            "|".join(map(re.escape, longest_first)) or r"(?!)", re.IGNORECASE
        )

    def find(self, text: str) -> list[Mention]:
        """All mentions in a plain text, in order, none overlapping another."""
        return [
            Mention(found.start(), found.end(), self._entries[found[0].upper()])
            for found in self._pattern.finditer(text)
        ]

    def get(self, word: str) -> tuple[str, ...]:
        """What exactly this name or alias means; empty if nothing."""
        return self._entries.get(word.upper(), ())

    @property
    def words(self) -> Collection[str]:
        """All names and aliases."""
        return self._entries.keys()


# What may stand before a municipal department's name without making it another's.
_OTHER_LEVEL = re.compile(r"(?:[县区省乡镇]|国家)$")


@dataclass(frozen=True)
class Names:
    """Everything with a name, as one deployment's group knows it.

    `item_groups` maps a word to several items (环评 → report and form).
    `places` are the counties' towns and streets, each with its county.
    `city` is the name before which county names are literal (驻马店).
    `tasks` are the task numbers that exist; None leaves that check to the ledger.
    """

    departments: tuple[Named, ...] = ()
    counties: tuple[Named, ...] = ()
    items: tuple[Named, ...] = ()
    item_groups: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    projects: tuple[str, ...] = ()
    places: Mapping[str, str] = field(default_factory=dict)
    city: str = ""
    tasks: frozenset[int] | None = None

    @classmethod
    def from_pack(cls, pack: Pack, projects: Iterable[str] = ()) -> Self:
        """The names of a policy pack, and those of the group's projects."""
        names = {item.key: item.name for item in pack.items}
        return cls(
            departments=tuple(Named(one.name, one.spellings) for one in pack.departments),
            counties=tuple(Named(one.name, one.spellings) for one in pack.counties),
            items=tuple(Named(one.name, one.spellings) for one in pack.items),
            item_groups={
                spelling: tuple(names[key] for key in group.items)
                for group in pack.item_groups
                for spelling in group.spellings
            },
            projects=tuple(projects),
            places={place: one.name for one in pack.counties for place in one.places},
            city=pack.name.removesuffix("市"),
        )

    @classmethod
    def from_ledger(cls, pack: Pack, ledger: Mapping[str, Sequence[Any]]) -> Self:
        """The names of a ledger file, with the pack's aliases for them.

        The file may name an item where the pack has a group of several (政府投资项目审批):
        then the group's members are that item.
        """
        full = cls.from_pack(pack, map(str, ledger.get("projects", ())))
        items = tuple(map(str, ledger.get("items", ()))) or tuple(i.name for i in pack.items)
        keys = {item.key: item for item in pack.items}
        merged = {
            g.name: [keys[key] for key in g.items] for g in pack.item_groups if g.name in items
        }
        known = {item.name: item.spellings for item in pack.items}
        aliases = {
            **known,
            **{
                name: tuple(a for m in members for a in m.spellings)
                for name, members in merged.items()
            },
        }
        tasks = ledger.get("tasks")
        return replace(
            full,
            departments=_only(full.departments, ledger.get("departments")),
            counties=_only(full.counties, ledger.get("counties")),
            items=tuple(Named(name, aliases.get(name, ())) for name in items),
            item_groups={
                word: merged_names
                for word, names in full.item_groups.items()
                if (merged_names := tuple(dict.fromkeys(_merge(name, merged) for name in names)))
                and set(merged_names) <= set(items)
            },
            tasks=frozenset(map(int, tasks)) if tasks is not None else None,
        )

    @cached_property
    def _departments(self) -> Lexicon:
        return Lexicon(_with_prefixes(self.departments, self._prefixes))

    @cached_property
    def _counties(self) -> Lexicon:
        entries = _with_prefixes(self.counties, self._prefixes)
        for county in self.counties:
            if re.fullmatch(r"\w{2,3}[县区]", county.name):
                entries.setdefault(county.name[:-1], (county.name,))
        return Lexicon(entries)

    @cached_property
    def _items(self) -> Lexicon:
        return Lexicon({**_entries(self.items), **self.item_groups})

    @cached_property
    def _index(self) -> ProjectIndex:
        return ProjectIndex(self.projects, self._counties.words)

    def learn(self, projects: Iterable[str]) -> None:
        """From now on these projects are found as well; nothing is built anew for it."""
        for name in projects:
            self._index.add(name)

    @property
    def _prefixes(self) -> tuple[str, ...]:
        return ("市", f"{self.city}市", self.city) if self.city else ("市",)

    def find_departments(self, text: str) -> list[Mention]:
        """The municipal departments named in a text; a county's bureau is none of them."""
        return [
            mention
            for mention in self._find(self._departments, text)
            if not self._is_countys(text, mention.start)
        ]

    def _is_countys(self, text: str, start: int) -> bool:
        before = text[max(0, start - 12) : start]
        if _OTHER_LEVEL.search(before):
            return True
        return any(mention.end == len(before) for mention in self._counties.find(before))

    def get_department(self, text: str) -> str | None:
        """The department that the whole text names, or None."""
        return next(iter(self._departments.get(text)), None)

    def get_county(self, text: str) -> str | None:
        """The county that the whole text names, or None."""
        return next(iter(self._counties.get(text)), None)

    def find_counties(self, text: str) -> list[Mention]:
        """The counties and zones named in a text."""
        return self._find(self._counties, text)

    def get_county_of(self, place: str) -> str | None:
        """The county in which a town, township or street lies; None if the pack knows none."""
        return self.places.get(place)

    def find_items(self, text: str) -> list[Mention]:
        """The approval items named in a text; a word for several gives several names."""
        return self._find(self._items, text)

    def find_projects(self, text: str) -> list[Mention]:
        """The projects named in a text, in full, in part or abbreviated.

        A mention with several names fits them equally well: ask which is meant.
        """
        return [
            Mention(each.start, each.end, each.names, each.likeness)
            for each in self._index.find(text)
            if self._stands_alone(text, each.start, each.end)
        ]

    def find_similar(self, text: str, limit: int = 5) -> tuple[str, ...]:
        """Projects whose names look like the text, best first: for asking, never for acting."""
        return self._index.find_similar(text, limit)

    def _find(self, lexicon: Lexicon, text: str) -> list[Mention]:
        found = lexicon.find(text)
        if all(each.end - each.start > words.LONGEST_CHECKED for each in found):
            return found
        text = self._blank_projects(text)
        return [each for each in found if self._stands_alone(text, each.start, each.end)]

    def _blank_projects(self, text: str) -> str:
        """The text without its projects, whose names are no words: 豫中冷链环评 has no 链环."""
        for one in self._index.find(text):
            text = text[: one.start] + "," * (one.end - one.start) + text[one.end :]
        return text

    def _stands_alone(self, text: str, start: int, end: int) -> bool:
        if end - start > words.LONGEST_CHECKED:
            return True
        return self._knows_words and words.stands_alone(text, start, end)

    @cached_property
    def _knows_words(self) -> bool:
        """Whether the segmenter knows these names; taught when it is first asked for them."""
        lexicons = (self._departments, self._counties, self._items)
        words.teach(word for lexicon in lexicons for word in lexicon.words)
        return True


def _only(known: Sequence[Named], wanted: Sequence[Any] | None) -> tuple[Named, ...]:
    if wanted is None:
        return tuple(known)
    aliases = {one.name: one.aliases for one in known}
    return tuple(Named(str(name), aliases.get(str(name), ())) for name in wanted)


def _merge(name: str, merged: Mapping[str, list[Item]]) -> str:
    return next((group for group, of in merged.items() if name in {m.name for m in of}), name)


def _entries(named: Iterable[Named]) -> dict[str, tuple[str, ...]]:
    entries = list(named)
    found: dict[str, tuple[str, ...]] = {a: (each.name,) for each in entries for a in each.aliases}
    return found | {each.name: (each.name,) for each in entries}


def _with_prefixes(named: Iterable[Named], prefixes: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    # 市工信局, 驻马店市工信局 and 工信局; 市自然资源和规划局 and 自然资源和规划局.
    found = _entries(named)
    for alias, names in list(found.items()):
        bare = alias.removeprefix("市")
        for prefix in ("", *prefixes):
            found.setdefault(prefix + bare, names)
    return found
