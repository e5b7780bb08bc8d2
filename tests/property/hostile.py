"""Texts that nobody should write: people's own messages, damaged, and what breaks readers."""

from dataclasses import replace
from datetime import date

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from handlers.reading.values import ReadingContext
from tests.accuracy.score import KINDS, load_names, load_rows

TODAY = date(2026, 11, 23)

WRITTEN: list[str] = [row["text"] for kind in KINDS for row in load_rows(kind, "first")]
"""What people wrote, as it is."""

PIECES = (
    "\x00", "\x1b[2J", "\u202e", "\u2066", "\u200b", "\ufeff", "\ud800", "\U0001f600", "\t", "\n",
    "\r\n", "　", "<b>", "</a>", "<script>", "&amp;", "=SUM(A1:A9)", "@SUM", "+1", "';--", "%s",
    "{0}", "\\", "((", "*" * 9, "9" * 40, "-", "~", "、", "，", "：", "号", "5号", "99999999号",
    "一二三四五六七八九十", "万亿", "亿亿", "0.", "点", "%", "上上上周", "2026年13月45日",
    "【签约项目登记】", "项目名称：", "总投资：", "原因：", "退回", "已办结", "延期999天",
    "什么时候到期", "那", "呢", "@", "@台账助手 ", "#1", "/due ",
)  # fmt: skip


@st.composite
def _damaged(draw: st.DrawFn) -> str:
    """A message with pieces put in, taken out, repeated or swapped."""
    text = draw(st.sampled_from(WRITTEN))
    for _ in range(draw(st.integers(1, 5))):
        at, to = sorted(draw(st.tuples(*(st.integers(0, len(text)),) * 2)))
        how = draw(st.integers(0, 3))
        if how == 0:
            text = text[:at] + draw(st.sampled_from(PIECES)) + text[at:]
        elif how == 1:
            text = text[:at] + text[to:]
        elif how == 2:
            text = text[:to] + text[at:]
        else:
            other = draw(st.sampled_from(WRITTEN))
            text = text[:at] + other[at:to] + text[to:]
    return text


hostile_texts: SearchStrategy[str] = st.one_of(
    _damaged(),
    _damaged(),
    st.text(),
    st.lists(st.sampled_from(PIECES), max_size=40).map("".join),
)
"""Damaged messages mostly, and what hypothesis thinks of."""

CONTEXT = ReadingContext(TODAY, load_names())
contexts: SearchStrategy[ReadingContext] = st.builds(
    lambda **told: replace(CONTEXT, **told),
    addressed=st.booleans(),
    reply_to_task=st.sampled_from([None, True, False, 5]),
    completes_draft=st.booleans(),
)
"""What a message may be: addressed or not, a reply to a card or a draft."""


def list_bombs() -> list[str]:
    """What makes a careless expression take a square of the time when it is repeated."""
    return _BOMBS.split("~")


_BOMBS = (
    "(~[[~【~「~> ~- ~**~1.~ ~\t~\n~\u3000~a~1~一~点~1、~1号~1号、~任务1~#1 ~@a~@台账助手~万~亿~"
    "1亿~1,~万亿~总投资:~项目名称:~项目名称:甲\n~【签约项目登记】~甲\t~|~|甲|~签约日期~【签约项目登记】\n项目名称:甲\n~联系人:~"
    "2026年~1月1日~上周~周~环评~住建局~遂平~晨禾食品~加工产业园~那~呢?~吗~到期~逾期~收到~已办结~5号已办结,~"
    "退回~原因:~因~延期3天~补正~转~不~没~未~预计~秘密~【秘密~<b>~=SUM(~';--~\u202e~\x00~😀~最~排名~前三~请~的~"
    "137~0396-"
)
