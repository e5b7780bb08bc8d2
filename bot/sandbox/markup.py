"""parse_mode=HTML, as the Bot API's documentation allows it, and not a tag more.

Stricter than the real server in three points, each of which is a forgotten
escape or a markup mistake in a bot: a bare `&` or `>` in the text, an unknown
attribute, and formatting that is not supposed to be nested.
"""

import html
import re
from dataclasses import dataclass, field

from bot.sandbox.entities import count_units
from bot.sandbox.errors import ApiError, Json, bad_request

_VALUE = r"""(?:"[^"]*"|'[^']*'|[^\s"'<>]+)"""
_NAMED = rf"\s+[A-Za-z-]+(?:\s*=\s*{_VALUE})?"
_ATTRIBUTE = re.compile(rf"\s+([A-Za-z-]+)(?:\s*=\s*({_VALUE}))?")
_TAG = re.compile(rf"<(/?)([A-Za-z][A-Za-z0-9-]*)((?:{_NAMED})*)\s*>")
_PLAIN = re.compile(r"[^<>&]+")
_CHARACTER = re.compile(r"&(?:(lt|gt|amp|quot)|#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6}));")

_KINDS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "span": "spoiler",
    "tg-spoiler": "spoiler",
    "a": "text_link",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "tg-emoji": "custom_emoji",
}
_ATTRIBUTES = {
    "a": "href",
    "span": "class",
    "code": "class",
    "blockquote": "expandable",
    "tg-emoji": "emoji-id",
}
_NEEDED = {"a", "span", "tg-emoji"}


@dataclass(slots=True)
class _Open:
    tag: str
    attribute: str | None
    offset: int


@dataclass(slots=True)
class _Parser:
    source: str
    at: int = 0
    units: int = 0
    text: list[str] = field(default_factory=list)
    stack: list[_Open] = field(default_factory=list)
    entities: list[Json] = field(default_factory=list)

    def run(self) -> tuple[str, list[Json]]:
        while self.at < len(self.source):
            plain = _PLAIN.match(self.source, self.at)
            if plain:
                self._write(plain.group(), len(plain.group()))
            elif self.source[self.at] == "<":
                self._tag()
            elif self.source[self.at] == "&":
                self._character()
            else:
                raise self._fail('character ">" must be written as &gt;')
        if self.stack:
            raise self._fail(
                f'can\'t find end tag corresponding to start tag "{self.stack[-1].tag}"', ""
            )
        return "".join(self.text), self.entities

    def _write(self, text: str, length: int) -> None:
        self.text.append(text)
        self.units += count_units(text)
        self.at += length

    def _character(self) -> None:
        match = _CHARACTER.match(self.source, self.at)
        if match is None:
            raise self._fail('unsupported character reference or bare "&"')
        self._write(html.unescape(match.group()), len(match.group()))

    def _tag(self) -> None:
        match = _TAG.match(self.source, self.at)
        if match is None:
            raise self._fail('unsupported start tag ""')
        closing, tag, attributes = match.group(1), match.group(2).lower(), match.group(3)
        if closing:
            self._close(tag)
        else:
            self._open(tag, attributes)
        self.at = match.end()

    def _open(self, tag: str, attributes: str) -> None:
        if tag not in _KINDS:
            raise self._fail(f'unsupported start tag "{tag}"')
        value = self._attribute(tag, attributes)
        self._check_nesting(tag)
        self.stack.append(_Open(tag, value, self.units))

    def _attribute(self, tag: str, attributes: str) -> str | None:
        value: str | None = None
        for name, quoted in _ATTRIBUTE.findall(attributes):
            if name.lower() != _ATTRIBUTES.get(tag):
                raise self._fail(f'tag "{tag}" can\'t have attribute "{name}"')
            value = _unescape(quoted.strip("\"'"))
        if tag in _NEEDED and not value:
            raise self._fail(f'tag "{tag}" must have attribute "{_ATTRIBUTES[tag]}"')
        if tag == "span" and value != "tg-spoiler":
            raise self._fail('tag "span" must have class "tg-spoiler"')
        return value

    def _check_nesting(self, tag: str) -> None:
        outer = [item.tag for item in self.stack]
        if tag == "blockquote" and "blockquote" in outer:
            raise self._fail("blockquote entities can't be nested")
        if ("code" in outer or "pre" in outer) and not (tag == "code" and outer[-1] == "pre"):
            raise self._fail("pre and code entities can't contain other entities")

    def _close(self, tag: str) -> None:
        if not self.stack:
            raise self._fail(f'unexpected end tag "{tag}"')
        opened = self.stack.pop()
        if opened.tag != tag:
            raise self._fail(f'unmatched end tag, expected "</{opened.tag}>", found "</{tag}>"')
        if self.units > opened.offset:
            self._add(opened)

    def _add(self, opened: _Open) -> None:
        kind = _KINDS[opened.tag]
        if opened.tag == "code" and self.stack and self.stack[-1].tag == "pre":
            self.stack[
                -1
            ].attribute = opened.attribute  # <pre><code class="language-…">: one entity, the outer
            return
        if kind == "blockquote" and opened.attribute is not None:
            kind = "expandable_blockquote"
        entity: Json = {"type": kind, "offset": opened.offset, "length": self.units - opened.offset}
        if opened.tag == "a":
            entity["url"] = opened.attribute
        if opened.tag == "pre" and opened.attribute:
            entity["language"] = opened.attribute.removeprefix("language-")
        if opened.tag == "tg-emoji":
            entity["custom_emoji_id"] = opened.attribute
        self.entities.append(entity)

    def _fail(self, reason: str, where: str | None = None) -> ApiError:
        byte = len(self.source[: self.at].encode("utf-8", "surrogatepass"))
        place = f" at byte offset {byte}" if where is None else where
        return bad_request(f"can't parse entities: {reason}{place}")


def parse_html(source: str) -> tuple[str, list[Json]]:
    """The plain text and its entities; raises a 400 that names the byte where the markup breaks."""
    return _Parser(source).run()


def _unescape(value: str) -> str:
    return _CHARACTER.sub(lambda match: html.unescape(match.group()), value)
