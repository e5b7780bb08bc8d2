"""What in a text still belongs to a project's name beside the part that found it.

豫岭酒业那个技改, 银穗面叶, 晨禾食品园: the name goes on with a part of its own, with a
character that only sounds like its next one, or with 园 for 产业园.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from handlers.reading.language.sounds import fold
from handlers.reading.naming.names import Mention

# Where a name may end though what stands before in it was left out.
_SITES = frozenset("园港区线")
_WORKS = "厂"  # what the company of any project may be called
# These sound like parts of names and say something themselves: 几号 is not 基….
_OWN_WORDS = frozenset(
    "的几到是还有在和与及于以已号前后内未没不进办何哪吗呢呀啊了要能会应就也都这那其期时"
)
_LONGEST, _PART = 12, 2
_FRAGMENT = 3


def reach_on(project: Mention, text: str, stop: int) -> Mention:
    """A mention of one project with what goes on being its name, at most up to `stop`."""
    if len(project.names) != 1:
        return project
    name = project.names[0].upper()
    place = _lay(text[project.start : project.end].upper(), name)
    end, last = project.end, min(stop, project.end + _LONGEST)
    while end < last:
        size, place = _go_on(text[end:last].upper(), name, place)
        if not size:
            break
        end += size
    start = project.start
    while start and text[start - 1 : start + 1].upper() in name:
        start -= 1
    return replace(project, start=start, end=end)


def _lay(said: str, name: str) -> int:
    """Where in the name stands what follows on what was said."""
    place = 0
    for character in said:
        place = name.find(character, place) + 1 or place
    return place


def _go_on(text: str, name: str, place: int) -> tuple[int, int]:
    """How many characters of the text go on with a name, and where in it that ends."""
    blanks = len(text) - len(text.lstrip(" "))
    rest = text[blanks:]
    for size in range(min(len(rest), len(name) - place), _PART - 1, -1):
        at = name.find(rest[:size], place)
        if at >= 0:
            return blanks + size, at + size
    said = text[:1]
    if said == _WORKS:
        return 1, place
    if said in _SITES and said in name[place:]:
        return 1, name.index(said, place) + 1
    if said not in _OWN_WORDS and fold(said) == fold(name[place : place + 1]):
        return 1, place + 1
    return 0, place


def list_fragments(text: str, projects: Iterable[Mention]) -> Iterator[Mention]:
    """Other places where a part of a project's name stands that the text names anyhow."""
    for project in projects:
        if len(project.names) != 1:
            continue
        name = project.names[0].upper()
        start = 0
        while start + _FRAGMENT <= len(text):
            size = _measure(text[start:].upper(), name)
            if size >= _FRAGMENT and not project.start <= start < project.end:
                yield replace(project, start=start, end=start + size)
            start += max(size, 1)


def _measure(text: str, name: str) -> int:
    """How many of a text's first characters stand in a name together."""
    size = 0
    while size < len(text) and text[: size + 1] in name:
        size += 1
    return size
