"""parse_mode=HTML, and the entities that Telegram finds by itself."""

import pytest

from bot.sandbox.entities import cut, find_entities, to_html
from bot.sandbox.errors import ApiError
from bot.sandbox.markup import parse_html
from tests.unit.sandbox.conftest import Api


def test_every_supported_tag_becomes_its_entity() -> None:
    source = (
        "<b>a</b><strong>a</strong><i>a</i><em>a</em><u>a</u><ins>a</ins><s>a</s><strike>a</strike>"
        '<del>a</del><span class="tg-spoiler">a</span><tg-spoiler>a</tg-spoiler><code>a</code>'
        '<a href="https://example.org/?a=1&amp;b=2">a</a><pre>a</pre><blockquote>a</blockquote>'
        '<blockquote expandable>a</blockquote><tg-emoji emoji-id="5">a</tg-emoji>'
    )
    text, entities = parse_html(source)
    assert text == "a" * 17
    assert [entity["type"] for entity in entities] == [
        *("bold", "bold", "italic", "italic", "underline", "underline"),
        *("strikethrough", "strikethrough", "strikethrough", "spoiler", "spoiler", "code"),
        *("text_link", "pre", "blockquote", "expandable_blockquote", "custom_emoji"),
    ]
    assert entities[12]["url"] == "https://example.org/?a=1&b=2"


def test_offsets_count_utf16_units() -> None:
    text, entities = parse_html("🏗<b>宏达🏭</b>")
    assert (entities[0]["offset"], entities[0]["length"]) == (2, 4)
    assert cut(text, entities[0]) == "宏达🏭"


def test_escaped_characters_come_back() -> None:
    assert parse_html("&lt;A&amp;B&gt; &quot;&#39;&#x4e2d;")[0] == "<A&B> \"'中"


def test_code_in_pre_gives_its_language() -> None:
    _, entities = parse_html('<pre><code class="language-python">x</code></pre>')
    assert entities == [{"type": "pre", "offset": 0, "length": 1, "language": "python"}]


@pytest.mark.parametrize(
    "source",
    [
        "a < b",
        "5 > 3",
        "A&B",
        "a&nbsp;b",
        "<p>a</p>",
        "<br>",
        "<b>a",
        "a</b>",
        "<b><i>a</b></i>",
        "<b",
        "<a>a</a>",
        '<a href="">a</a>',
        "<span>a</span>",
        '<span class="red">a</span>',
        '<b style="x">a</b>',
        "<code><b>a</b></code>",
        "<blockquote>a<blockquote>b</blockquote></blockquote>",
    ],
)
def test_broken_markup_is_refused(source: str) -> None:
    with pytest.raises(ApiError, match="can't parse entities"):
        parse_html(source)


def test_the_byte_of_the_mistake_is_named() -> None:
    with pytest.raises(ApiError, match='unsupported start tag "p" at byte offset 6'):
        parse_html("项目<p>")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("/due 宏达", [("bot_command", "/due")]),
        ("/due@some_bot", [("bot_command", "/due@some_bot")]),
        ("问 /due", [("bot_command", "/due")]),
        ("12/30 环评/due", []),
        ("/到期", []),
        ("@some_bot 有哪些", [("mention", "@some_bot")]),
        ("@some_bot有哪些", []),
        ("a@some_bot", []),
        ("#12 项目", []),
        ("#重点 项目", [("hashtag", "#重点")]),
        ("见https://example.org/a?b=1。", [("url", "https://example.org/a?b=1")]),
    ],
)
def test_telegram_finds_what_ends_where_a_word_ends(
    text: str, found: list[tuple[str, str]]
) -> None:
    assert [(entity["type"], cut(text, entity)) for entity in find_entities(text)] == found


async def test_blanks_at_the_ends_go_and_entities_move_along(api: Api) -> None:
    message = await api.send("\n  <b> 甲 </b>  ", parse_mode="HTML")
    assert message["text"] == "甲"
    assert message["entities"] == [{"type": "bold", "offset": 0, "length": 1}]


async def test_a_link_to_a_person_is_a_mention_if_the_person_is_known(api: Api) -> None:
    known = await api.send('<a href="tg://user?id=1004">丁</a>', parse_mode="HTML")
    assert known["entities"][0]["type"] == "text_mention"
    unknown = await api.send('<a href="tg://user?id=77">丁</a>', parse_mode="HTML")
    assert "entities" not in unknown


async def test_parse_mode_beats_entities(api: Api) -> None:
    bold = [{"type": "bold", "offset": 0, "length": 1}]
    message = await api.send("<i>a</i>", parse_mode="HTML", entities=bold)
    assert [entity["type"] for entity in message["entities"]] == ["italic"]


@pytest.mark.parametrize("mode", ["MarkdownV2", "Markdown", "BBCode"])
async def test_other_parse_modes_are_refused(api: Api, mode: str) -> None:
    chat = api.sandbox.group
    assert "parse" in await api.refusal("sendMessage", chat_id=chat, text="a", parse_mode=mode)


def test_the_pages_html_escapes_everything_else() -> None:
    text, entities = parse_html('<b>&lt;img onerror="x"&gt; <i>b</i></b> <code>c&amp;d</code>')
    assert to_html(text, entities) == (
        "<b>&lt;img onerror=&quot;x&quot;&gt; <i>b</i></b> <code>c&amp;d</code>"
    )


def test_the_pages_html_links_to_the_web_only() -> None:
    text, entities = parse_html('<a href="javascript:alert(1)">a</a> <a href="https://b.cn">b</a>')
    shown = to_html(text, entities)
    assert "javascript" not in shown
    assert '<a href="https://b.cn" target="_blank" rel="noopener noreferrer">b</a>' in shown


def test_overlapping_entities_still_give_whole_html() -> None:
    entities = [
        {"type": "bold", "offset": 0, "length": 2},
        {"type": "italic", "offset": 1, "length": 2},
    ]
    assert to_html("abc", entities) == "<b>a<i>b</i></b>c"
