"""Plain questions about the ledger: 宏达食品的环评什么时候到期, 生态环境局有哪些逾期.

What is misspelt is put right and what only stands beside the question is left out. Names
are taken out next; what is left decides, rule by rule, what is asked. A question that
nobody addressed to the bot is answered only where it is unmistakable: it asks, it names or
says something of the ledger, and hardly anything in it is foreign. Chit-chat gets no answer.
"""

import re
from dataclasses import replace

from handlers.reading.questions.asides import is_talk, strip_asides
from handlers.reading.questions.corrections import drop_corrected
from handlers.reading.questions.cues import (
    count_foreign,
    find_unknown_name,
    has,
    is_asked,
    join_trades,
)
from handlers.reading.questions.mentions import (
    ITEM,
    PROJECT,
    Named,
    find_named,
)
from handlers.reading.questions.misspellings import correct
from handlers.reading.questions.rules import RULES
from handlers.reading.values import Intent, Query, ReadingContext

LONGEST = 200

_LISTING = re.compile(
    r"(?:的|有|任务|事项|项目|部门|件数?|名单|清单|情况|列表|明细|[M局县区]|单位|排[名行]榜?|榜|top\d+|最[多少高低快慢]|[高低多少大小快慢][到往至后][高低多少大小快慢]|"
    r"(?:[前后末]|倒数第?|最后)[\d一二两三四五六七八九十俩仨]+[名个位家]?|全部|所有|待办|活儿?|件|台账|卡点|堵点|比例|责任人|负责人|到期|截止|规定|要求|红线|时限|期限|标准|目标|天数|总数|数量|个数|问题|说明|帮助|指南|手册)(?=\W*$|[,;。!?])"
)
_WANTED = re.compile(
    r"(?:责任|牵头|负责|承办|审批|主管|经办)(?:部门|单位|人)|剩余.{0,2}(?:天数|时间|工作日|日)|倒计时"
)
_URGED = re.compile("(?<![未没])完成(?!情况|得)|确保|力争|争取|加快|推进(?!情况|得)")
_ONLY_NAMED = re.compile(
    r"(?:进度|进展|情况|状态|(?:到期|截止)(?:日期?|时间)|期限|时限)"
    r"(?:给?我?(?:发|报|查|列|说|看|告诉|告知)我?(?:一?下)?)?\W*$"
)


_SPREAD = re.compile(r"(?<!\S)(?:[一-鿿] {1,4}){2,}[一-鿿](?=\W|$)")
# How many foreign characters an unaddressed, and an addressed, question may have.
_FOREIGN_WEAK, _FOREIGN_STRONG, _FOREIGN_ADDRESSED = 1, 3, 12


def read_question(text: str, context: ReadingContext) -> Query | None:
    """What a plain text asks the ledger, or None where it asks nothing (for certain)."""
    if not text or len(text) > LONGEST:
        return None
    if not context.addressed and is_talk(text):
        return None
    said = drop_corrected(correct(_join_spaced(text), context.names), context)
    named = join_trades(find_named(strip_asides(said, context), context))
    if not context.addressed and not _asks(named):
        return None
    for rule in RULES:
        query = rule(named)
        if query and _is_certain(named, query):
            return _with_unknown(named, query)
    return None


def _join_spaced(text: str) -> str:
    """The text with words that were spread out joined: 市 城 管 局 逾 期."""
    return _SPREAD.sub(lambda found: found[0].replace(" ", ""), text)


# 该谁办转给谁 asks nothing.
_WHOEVER = re.compile("谁[^,;。?]{0,6}谁|看?该?归谁管?$")


def is_put_as_question(text: str) -> bool:
    """Whether a plain text asks by its words, or asks for one thing by its name alone."""
    return is_asked(_WHOEVER.sub("", text)) or _ONLY_NAMED.search(text) is not None


def _asks(named: Named) -> bool:
    """Whether it is put as a question or a request, or names just what is wanted."""
    if has(named, "ask") or has(named, "want"):
        return True
    about = named.has(PROJECT) or named.has(ITEM)
    if about and (has(named, "status") or has(named, "when") or _WANTED.search(named.skeleton)):
        return True
    # 月底前完成全年任务 names no list: it tells people to.
    listed = _LISTING.search(named.skeleton) is not None
    return listed and not _URGED.search(named.skeleton)


def _is_certain(named: Named, query: Query) -> bool:
    foreign = count_foreign(named.skeleton)
    if named.addressed:
        return foreign <= _FOREIGN_ADDRESSED
    if query.intent is Intent.POLICY_QUESTION:
        return foreign <= _FOREIGN_STRONG
    if foreign and query.intent not in _WITHOUT_NAMES and find_unknown_name(named.skeleton):
        return False
    if not has(named, "ask") and not has(named, "want"):
        return not foreign
    strong = named.weight > 1 and query.intent is not Intent.PROJECT_STATUS
    return foreign <= (_FOREIGN_STRONG if strong else _FOREIGN_WEAK)


def _with_unknown(named: Named, query: Query) -> Query:
    """Says which name was not understood, so that it is asked back and not left out."""
    if query.intent in _WITHOUT_NAMES or query.slots.unclear:
        return query
    unknown = find_unknown_name(named.skeleton)
    return replace(query, slots=replace(query.slots, unknown=unknown)) if unknown else query


_WITHOUT_NAMES = frozenset({Intent.POLICY_QUESTION, Intent.RANKING, Intent.HELP,
                            Intent.MY_TASKS, Intent.DRAFTS})  # fmt: skip
