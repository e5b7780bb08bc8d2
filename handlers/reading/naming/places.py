"""Which county a place is, or lies in: 遂平, 驻马店市确山县竹沟镇, 嵖岈山镇."""

import re
from dataclasses import dataclass

from handlers.reading.naming.names import Names

_LONGEST = 40
_LONGEST_TOWN = 7
_TOWN_END = re.compile("[镇乡场道区]")
_BESIDE = re.compile(r"[、,/;和与及或]")


@dataclass(frozen=True, slots=True)
class _Place:
    """A county, or a town with its county, within a value."""

    start: int
    end: int
    county: str
    town: bool


def read_county(said: str, names: Names) -> tuple[str, bool] | None:
    """The county that a place is or lies in, and whether it was named itself; None if unknown.

    A town that lies in another county than the one beside it leaves it unknown.
    """
    literal = names.get_county(said)
    if literal:
        return literal, True
    said = _strip_city(said, names)
    places = _list_places(said, names)
    if not places or places[0].start:
        return None
    first = places[0]
    # A zone behind a county is one of its own; two places side by side are a choice.
    beside = (_BESIDE.search(said[first.end : each.start]) for each in places[1:])
    if any(beside) and len({each.county for each in places}) > 1:
        return None
    county = next((each.county for each in places if not each.town), first.county)
    if any(each.town and not _may_lie_in(each.county, county, names) for each in places):
        return None
    return county, first.end == len(said) and not first.town


def _strip_city(said: str, names: Names) -> str:
    city = re.escape(names.city or "-")
    before = re.match(rf"(?:\w{{2,3}}省|\w{{2}}(?={city}))?(?:{city}市?)?", said)
    return said[before.end() :] if before else said


def _list_places(said: str, names: Names) -> list[_Place]:
    counties = [_Place(m.start, m.end, m.names[0], False) for m in names.find_counties(said)]
    towns: list[_Place] = []
    for start in range(min(len(said), _LONGEST) if _TOWN_END.search(said) else 0):
        town = find_town(said[start:], names)
        if town and all(start >= each.end for each in towns):
            towns.append(_Place(start, start + len(town[0]), town[1], True))
    return sorted(counties + towns, key=lambda each: each.start)


def find_town(said: str, names: Names) -> tuple[str, str] | None:
    """The town or street that a text begins with, as written, and its county."""
    for end in range(min(_LONGEST_TOWN, len(said)), 2, -1):
        county = names.get_county_of(said[:end])
        if county:
            return said[:end], county
    return None


def _may_lie_in(towns_county: str, county: str, names: Names) -> bool:
    # Of a zone no towns are listed: it may have been given any.
    return towns_county == county or county not in names.places.values()
