"""Entities of a text: finding them, measuring them, showing them as HTML.

Telegram counts offsets and lengths in UTF-16 code units.
"""

import html
import re
from collections.abc import Iterable, Sequence

from bot.sandbox.errors import Json

# A name or a command ends where a word ends, and Chinese characters belong to words:
# "@some_bot有哪些" mentions nobody, on Telegram as here.
_FOUND = (
    ("url", re.compile(r"https?://[A-Za-z0-9._~:/?#@!$&'()*+,;=%-]*[A-Za-z0-9/#=]")),
    ("mention", re.compile(r"(?<!\w)@[A-Za-z0-9_]{3,32}(?!\w)")),
    (
        "bot_command",
        re.compile(r"(?<![\w/<>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/<>])"),
    ),
    ("hashtag", re.compile(r"(?<!\w)#(?=\w*[^\W\d])\w+")),
)

_OPEN = {
    "bold": "<b>",
    "italic": "<i>",
    "underline": "<u>",
    "strikethrough": "<s>",
    "spoiler": '<span class="tg-spoiler">',
    "code": "<code>",
    "pre": "<pre>",
    "blockquote": "<blockquote>",
    "expandable_blockquote": '<blockquote class="expandable">',
    "mention": '<span class="mention">',
    "text_mention": '<span class="mention">',
    "bot_command": '<span class="command">',
    "hashtag": '<span class="hashtag">',
}


def count_units(text: str) -> int:
    """Length of `text` in UTF-16 code units."""
    return len(text) + sum(char > "\uffff" for char in text)


def find_entities(text: str, taken: Sequence[Json] = ()) -> list[Json]:
    """What Telegram finds in a text by itself, outside links and code that are `taken` already."""
    solid = [
        span(item) for item in taken if item["type"] in {"text_link", "text_mention", "code", "pre"}
    ]
    found: list[Json] = []
    for kind, pattern in _FOUND:
        for match in pattern.finditer(text):
            entity = _entity(text, kind, match)
            if not any(_overlap(span(entity), other) for other in solid):
                solid.append(span(entity))
                found.append(entity)
    return found


def sort_entities(entities: Iterable[Json]) -> list[Json]:
    """In the order of the text, the outer before the inner."""
    return sorted(entities, key=lambda item: (item["offset"], -item["length"]))


def span(entity: Json) -> tuple[int, int]:
    """First code unit, and the one after the last."""
    return entity["offset"], entity["offset"] + entity["length"]


def cut(text: str, entity: Json) -> str:
    """The part of `text` that the entity covers."""
    first, end = span(entity)
    return _cut_units(text, first, end)


def to_html(text: str, entities: Sequence[Json]) -> str:
    """A version that a page may insert as it is.

    Everything is escaped but a few known elements; links lead to http(s) only.
    """
    return _render(text, 0, count_units(text), sort_entities(entities))


def _render(text: str, first: int, end: int, entities: Sequence[Json]) -> str:
    parts: list[str] = []
    rest = list(entities)
    while rest:
        entity = rest.pop(0)
        start, stop = span(entity)
        if start < first or start >= end:
            continue
        stop = min(stop, end)
        parts.append(html.escape(_cut_units(text, first, start)))
        parts.append(
            _wrap(text, entity, _render(text, start, stop, [e for e in rest if e["offset"] < stop]))
        )
        rest = [item for item in rest if item["offset"] >= stop]
        first = stop
    parts.append(html.escape(_cut_units(text, first, end)))
    return "".join(parts)


def _wrap(text: str, entity: Json, inner: str) -> str:
    kind = entity["type"]
    url = entity.get("url") or (cut(text, entity) if kind == "url" else "")
    if re.match(r"https?://", url):
        return f'<a href="{html.escape(url)}" target="_blank" rel="noopener noreferrer">{inner}</a>'
    opened = _OPEN.get(kind)
    if opened is None:
        return inner
    tag = opened[1:].split()[0].rstrip(">")
    return f"{opened}{inner}</{tag}>"


def _entity(text: str, kind: str, match: re.Match[str]) -> Json:
    return {
        "type": kind,
        "offset": count_units(text[: match.start()]),
        "length": count_units(match.group()),
    }


def _overlap(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _cut_units(text: str, first: int, end: int) -> str:
    encoded = text.encode("utf-16-le", "surrogatepass")
    return encoded[2 * first : 2 * end].decode("utf-16-le", "replace")
