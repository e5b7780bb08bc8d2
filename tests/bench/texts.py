"""Reading a message for its meaning, against jieba cutting the same text into words.

It is not the same work, since words are only the beginning of a reading; it is a known
amount of work over the same text, to see the cost of a reading by.
"""

import logging
from collections.abc import Iterable, Iterator
from datetime import date
from functools import partial
from itertools import count

import jieba

from handlers.reading import read_message
from handlers.reading.names import Names
from handlers.reading.values import Query, ReadingContext, Registration
from policy.packs import load_pack
from tests.bench.measure import compare, measure

# 300 names of projects that differ as a city's do, and 300 that hardly do.
_WHO = (
    "恒信",
    "金麦",
    "天中",
    "宏达",
    "瑞丰",
    "中原",
    "嵖岈",
    "汝河",
    "驿城",
    "德润",
    "百川",
    "同兴",
)
_WHAT = (
    "食品加工产业园", "装备制造基地", "冷链物流园", "生物医药产业园", "新能源电池", "纺织服装",
    "电子元件", "农机装备", "饲料加工", "肉制品深加工", "花生精炼", "芝麻制品", "户外用品", "制鞋",
    "包装材料", "建材", "中药饮片", "预制菜", "数据中心", "光伏组件", "汽车零部件", "仓储",
    "康养小镇", "文旅综合体", "污水处理厂",
)  # fmt: skip
DIFFERENT = tuple(f"演练{who}{what}" for who in _WHO for what in _WHAT)
REGISTRATION = """【签约项目登记】
项目名称：演练一号食品加工产业园
签约日期：2026-11-13
所在县区：遂平县
总投资：5.2亿元
项目类型：工业
环评类别：报告表
业主单位：演练一号食品有限公司（虚构）
联系人：演练员甲
联系电话：13700000000"""
QUESTION = "宏达食品的环评什么时候到期"
QUESTION_ALIKE = "演练一百零七号食品产业园的环评什么时候到期"


def run() -> Iterator[str]:
    """The lines about reading."""
    jieba.setLogLevel(logging.ERROR)
    cutter = jieba.Tokenizer()
    cutter.initialize()
    alike = tuple(f"演练{_spell(n)}号食品产业园" for n in range(1, len(DIFFERENT) + 1))
    for text, names, kind, among in (
        (REGISTRATION, DIFFERENT, Registration, "a registration"),
        (QUESTION, DIFFERENT, Query, f"a question among {len(DIFFERENT)} projects"),
        (QUESTION_ALIKE, alike, Query, f"a question among {len(alike)} of nearly one name"),
    ):
        context = _make_context(names)
        if not isinstance(read_message(text, context), kind):
            raise AssertionError(f"not read as {kind.__name__}: {text}")
        # No two messages are the same: what was kept of the last one must not help the next.
        said = (f"{text} {n}" for n in count(1))
        read = partial(_read_next, said, context)
        medians = measure({"ours": read, "theirs": partial(cutter.lcut, text, HMM=False)})
        yield compare(f"reading {among}", medians["ours"], "jieba cutting it", medians["theirs"])


def _read_next(said: Iterator[str], context: ReadingContext) -> object:
    return read_message(next(said), context)


def _make_context(projects: Iterable[str]) -> ReadingContext:
    names = Names.from_pack(load_pack("zhumadian"), projects)
    return ReadingContext(today=date(2026, 11, 16), names=names, addressed=True)


def _spell(number: int) -> str:
    """A number as names have it: 107 is 一百零七."""
    digits = "零一二三四五六七八九"
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    head = f"{digits[hundreds]}百" if hundreds else ""
    if not rest:
        return head
    gap = "零" if hundreds and not tens else ""
    middle = f"{digits[tens]}十" if tens else ""
    return head + gap + middle + (digits[ones] if ones else "")
