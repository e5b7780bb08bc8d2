"""A ledger of 100,000 plainly invented project names, and how people would write them.

Names are built as a city's are: perhaps a county, the company's own name, its trade, a
product, and what is built. Everything is drawn by one seed, so each run has the same.
"""

import random
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import opencc

from handlers.reading.language.normalise import normalise
from handlers.reading.naming.projects import ProjectIndex

_PARTS = tomllib.loads(
    (Path(__file__).parent / "data" / "invented_names.toml").read_text(encoding="utf-8")
)
_LETTERS: list[str] = sorted(set(_PARTS["own"].replace(" ", "")))
_COMPANIES = 40_000
# So many names can be offered as buttons when several fit; more is no answer.
OFFERED = 5
_QUESTIONS = (
    "{}的环评什么时候到期",
    "{}哪天到期？",
    "请问{}现在什么进度",
    "@台账助手 {}的施工许可证还有几天",
    "查一下{}逾期了没有",
    "{}谁负责",
)


@dataclass(frozen=True, slots=True)
class Project:
    """An invented project's name in its parts."""

    place: str
    own: str
    trade: str
    product: str
    works: str

    @property
    def name(self) -> str:
        """The whole name."""
        return self.place + self.own + self.trade + self.product + self.works


@cache
def invent(count: int) -> tuple[Project, ...]:
    """So many projects with different names."""
    draw = random.Random(7)
    companies = [
        "".join(draw.choices(_LETTERS, k=draw.choice((2, 2, 3)))) for _ in range(_COMPANIES)
    ]
    found: dict[str, Project] = {}
    while len(found) < count:
        product = draw.choice(_PARTS["products"]) if draw.random() < 0.8 else ""
        one = Project(
            draw.choice(_PARTS["places"]),
            draw.choice(companies),
            draw.choice(_PARTS["trades"]),
            product,
            draw.choice(_PARTS["works"]),
        )
        found.setdefault(one.name, one)
    return tuple(found.values())


def _part(one: Project, draw: random.Random) -> str:
    without_works = one.own + one.trade + one.product
    return draw.choice((one.own + one.trade, without_works, one.place + without_works))


def _abbreviate(one: Project, draw: random.Random) -> str:
    ways = {one.place + one.own + one.works, one.own + one.product + one.works, one.own + one.works}
    return draw.choice(sorted(way for way in ways if way not in one.name) or [one.name])


def _mistype(one: Project, draw: random.Random) -> str:
    at = draw.randrange(len(one.name))
    wrong = draw.choice([letter for letter in _LETTERS if letter != one.name[at]])
    return one.name[:at] + wrong + one.name[at + 1 :]


def _leave_one_out(one: Project, draw: random.Random) -> str:
    at = draw.randrange(len(one.name))
    return one.name[:at] + one.name[at + 1 :]


_traditional = opencc.OpenCC("s2t")

WAYS: dict[str, Callable[[Project, random.Random], str]] = {
    "whole": lambda one, _: one.name,
    "in part": _part,
    "in traditional characters": lambda one, draw: str(_traditional.convert(_part(one, draw))),
    "abbreviated": _abbreviate,
    "with a wrong character": _mistype,
    "with a missing character": _leave_one_out,
}
"""How people write a project's name."""


def ask(way: str, among: int, count: int) -> Iterator[tuple[str, str]]:
    """So many questions that name projects in one of the `WAYS`, each with the project meant."""
    draw = random.Random(way)
    for one in draw.sample(invent(among), count):
        yield draw.choice(_QUESTIONS).format(WAYS[way](one, draw)), one.name


def build_index(count: int) -> ProjectIndex:
    """An index of so many names; the counties alone name none."""
    projects = invent(count)
    return ProjectIndex((one.name for one in projects), {one.place for one in projects})


def count_found(index: ProjectIndex, way: str, among: int, count: int) -> int:
    """In how many of so many questions the project meant is found, or offered among `OFFERED`."""
    found = 0
    for text, name in ask(way, among, count):
        names = [n for each in index.find(normalise(text).plain) for n in each.names]
        found += name in names and len(names) <= OFFERED
    return found
