"""A post as Telegram's HTML: whatever is in it stays text, and fits."""

import re
from html import unescape

import pytest

from bot.channels.markup import LONGEST, MORE, to_html, to_keyboard
from handlers.texts.post import Button, Line, Post, Style


def units(html: str) -> int:
    """The length of what is shown, in the units in which Telegram counts."""
    shown = unescape(re.sub(r"<[^>]+>", "", html))
    return len(shown.encode("utf-16-le")) // 2


def test_styles_become_tags() -> None:
    post = Post(
        (
            Line("标题", Style.TITLE),
            Line("正文"),
            Line("说明一", Style.DETAIL),
            Line("说明二", Style.DETAIL),
            Line("抄这一行", Style.COPY),
        )
    )
    assert re.fullmatch(
        "<b>标题</b>\n正文\n<blockquote>说明一\n说明二</blockquote>\n<(code|pre)>抄这一行</\\1>",
        to_html(post),
    )


def test_many_details_are_folded() -> None:
    post = Post(tuple(Line(f"第{n}行", Style.DETAIL) for n in range(5)))
    assert to_html(post).startswith("<blockquote expandable>")


@pytest.mark.parametrize("style", list(Style))
def test_markup_in_a_value_stays_text(style: Style) -> None:
    value = "<b>甲</b> & <a href='x'>乙</a> &lt;"
    html = to_html(Post((Line(value, style),)))
    inner = re.sub(r"</?(?:b|code|pre|blockquote)(?: expandable)?>", "", html)
    assert unescape(inner) == value


@pytest.mark.parametrize("letter", ["项", "a", "<", "&", "👷", "𠮷"])
@pytest.mark.parametrize("style", [Style.TEXT, Style.TITLE, Style.QUOTE])
@pytest.mark.parametrize("size", [4093, 4094, 4095, 4096, 9000])
def test_what_is_too_long_is_cut_and_says_so(letter: str, style: Style, size: int) -> None:
    html = to_html(Post((Line("开头"), Line(letter * size, style), Line("结尾"))))
    assert units(html) <= LONGEST
    assert MORE in html
    assert html.count("<blockquote") == html.count("</blockquote>")


def test_many_lines_are_cut_at_a_line_s_end() -> None:
    html = to_html(Post(tuple(Line(f"第{n}行" + "项" * 90) for n in range(100))))
    assert units(html) <= LONGEST
    assert html.endswith(MORE)


def test_what_just_fits_is_not_cut() -> None:
    html = to_html(Post((Line("项" * 4000), Line("结尾"))))
    assert html.endswith("结尾")


def test_buttons_become_a_keyboard() -> None:
    post = Post((Line("x"),), ((Button("甲", "card:1"), Button("乙", "card:2")),))
    keyboard = to_keyboard(post)
    assert keyboard is not None
    rows = [[(b.text, b.callback_data) for b in row] for row in keyboard.inline_keyboard]
    assert rows == [[("甲", "card:1"), ("乙", "card:2")]]
    assert to_keyboard(Post((Line("x"),))) is None
