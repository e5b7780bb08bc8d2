"""Plain questions about the ledger: 宏达食品的环评什么时候到期, 生态环境局有哪些逾期.

What is misspelt is put right and what only stands beside the question is left out. Names
are taken out next; what is left decides, rule by rule, what is asked. A question that
nobody addressed to the bot is answered only where it is unmistakable: it asks, it names or
says something of the ledger, and hardly anything in it is foreign. Chit-chat gets no answer.
"""

import re
from collections.abc import Callable
from dataclasses import replace

from handlers.reading.asides import is_talk, strip_asides
from handlers.reading.corrections import drop_corrected
from handlers.reading.cues import count_foreign, find_unknown_name, has, is_asked, join_trades
from handlers.reading.mentions import (
    COUNTY,
    DEPARTMENT,
    ITEM,
    METRIC,
    PROJECT,
    SPAN,
    TASK,
    Named,
    find_named,
)
from handlers.reading.misspellings import correct
from handlers.reading.rankings import DESCENDING, ON_TIME, find_ranking
from handlers.reading.topics import find_topic, is_of_the_rules
from handlers.reading.values import Intent, Query, ReadingContext, Slots

LONGEST = 200

_LISTING = re.compile(
    r"(?:的|有|任务|事项|项目|部门|件数?|名单|清单|情况|列表|明细|[M局县区]|单位|排[名行]榜?|榜|top\d+|最[多少高低快慢]|[高低多少大小快慢]到[高低多少大小快慢]|"
    r"[前后][\d一二两三四五六七八九十]+名?|待办|活儿?|件|台账|卡点|堵点|比例|责任人|负责人|到期|截止|规定|要求|时限|期限|标准|目标|天数|总数|数量|个数|问题|说明|帮助|指南|手册)(?=\W*$|[,;。!?])"
)
_WANTED = re.compile(
    r"(?:责任|牵头|负责|承办|审批|主管|经办)(?:部门|单位|人)|剩余.{0,2}(?:天数|时间|工作日|日)|倒计时"
)
_URGED = re.compile("(?<![未没])完成(?!情况|得)|确保|力争|争取|加快|推进(?!情况|得)")
_GOAL = re.compile("[下次]个?季度|转化|要求|规定|目标")
_ONLY_NAMED = re.compile(
    r"(?:进度|进展|情况|状态|(?:到期|截止)(?:日期?|时间)|期限|时限)"
    r"(?:给?我?(?:发|报|查|列|说|看|告诉|告知)我?(?:一?下)?)?\W*$"
)

_OF_THE_BOT = re.compile(
    "机器人|助手|bot|登记|[领交建]账|(?:使用|操作)(?:说明|帮助|方法|指南)|[命指]令"
)

# What a task goes through; asked with its number, it is asked where the task stands.
_STEP = re.compile("领账|签收|联系|对接|受理|停表|恢复|办结|办完|办好|办妥|交账|销号|退回|补正|批")
_ALONE = re.compile(
    r"(?:(?:请|麻烦|帮我|帮忙|查|看|询|一?下)*[N、,和与及]*N)(?:的?(?:任务|情况|项目))?[\s,.!?。~]*"
)
_SOON = re.compile(r"临期|(?:快要?|即将|马上|临近|眼看|将要?)到期|快到(?:期|截止|点|时间|日子)")
_START = re.compile("开工|动工|开建")
_MUST = re.compile("必须|最[迟晚]|红线|底线|期限|时限|目标|截止|到期|要求|规定|应[当该]|得")
_MAY_HAVE = re.compile("(?:哪些|几个|多少|什么|啥)(?:审批|手续|项目|事|件|活)|有(?:哪些|什么|啥)在")
_WITHIN = re.compile(
    "(?:几|多少)个?(?:工作|自然|日历)?[天日](?:之?以?内|[要得须应移转交成建联完])|多久之?以?内"
)
_TROUBLE = re.compile("(?:什么|哪些|啥|有|存在)(?:问题|困难|难题|障碍)")

# How many foreign characters an unaddressed, and an addressed, question may have.
_FOREIGN_WEAK, _FOREIGN_STRONG, _FOREIGN_ADDRESSED = 1, 3, 12


def read_question(text: str, context: ReadingContext) -> Query | None:
    """What a plain text asks the ledger, or None where it asks nothing (for certain)."""
    if not text or len(text) > LONGEST:
        return None
    if not context.addressed and is_talk(text):
        return None
    said = drop_corrected(correct(text, context.names), context)
    named = join_trades(find_named(strip_asides(said, context.names), context))
    if not context.addressed and not _asks(named):
        return None
    for rule in _RULES:
        query = rule(named)
        if query and _is_certain(named, query):
            return _with_unknown(named, query)
    return None


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
    return foreign <= (_FOREIGN_STRONG if named.weight > 1 else _FOREIGN_WEAK)


def _with_unknown(named: Named, query: Query) -> Query:
    """Says which name was not understood, so that it is asked back and not left out."""
    if query.intent in _WITHOUT_NAMES or query.slots.unclear:
        return query
    unknown = find_unknown_name(named.skeleton)
    return replace(query, slots=replace(query.slots, unknown=unknown)) if unknown else query


_WITHOUT_NAMES = frozenset({Intent.POLICY_QUESTION, Intent.RANKING, Intent.HELP,
                            Intent.MY_TASKS, Intent.DRAFTS})  # fmt: skip

_WHICH_TASK = ("projects", "items", "numbers", "tasks", "unclear")


def _ask(intent: Intent, slots: Slots, *names: str) -> Query:
    """A query with only those of the named things that belong to it."""
    return Query(intent, Slots(**{name: getattr(slots, name) for name in names}))


def _about_project(named: Named) -> bool:
    return named.has(PROJECT) or named.has(TASK) or named.quotes_task


def _help(named: Named) -> Query | None:
    if not has(named, "help") or named.has(PROJECT):
        return None
    bare = named.addressed or _OF_THE_BOT.search(named.text)
    return Query(Intent.HELP) if bare else None


def _ranking(named: Named) -> Query | None:
    found = find_ranking(named.text, named.has(DEPARTMENT), named.has(COUNTY))
    if found is None or named.has(PROJECT):
        return None
    slots = Slots(of=found.of, metric=found.metric, order=found.order, n=found.n)
    return Query(Intent.RANKING, slots)


def _rates(named: Named) -> Query | None:
    if not named.has(METRIC) or named.has(PROJECT) or _GOAL.search(named.skeleton):
        return None
    if named.slots.metrics == (ON_TIME,):
        return Query(Intent.RANKING, Slots(of="departments", metric=ON_TIME, order=DESCENDING))
    return _ask(Intent.COUNTY_RATES, named.slots, "counties", "metrics")


def _unacknowledged(named: Named) -> Query | None:
    if not has(named, "unacknowledged"):
        return None
    return _ask(Intent.UNACKNOWLEDGED, named.slots, "departments", "projects", "unclear")


def _problems(named: Named) -> Query | None:
    trouble = named.has(PROJECT) and _TROUBLE.search(named.skeleton)
    if not has(named, "problems") and not trouble:
        return None
    return _ask(Intent.PROBLEMS_OPEN, named.slots, "projects", "departments", "counties", "unclear")


def _drafts(named: Named) -> Query | None:
    if not has(named, "drafts") or named.has(PROJECT):
        return None
    return Query(Intent.DRAFTS)


def _policy(named: Named) -> Query | None:
    rules = is_of_the_rules(named.skeleton)
    limits = rules or (not named.has(PROJECT) and _WITHIN.search(named.skeleton))
    concrete = _about_project(named) or named.has(DEPARTMENT)
    if has(named, "left") or (concrete and not limits):
        return None
    topic = find_topic(named.skeleton, named.has(ITEM), has(named, "day"))
    if topic is None:
        return None
    return Query(Intent.POLICY_QUESTION, Slots(items=named.slots.items, topic=topic))


def _responsible(named: Named) -> Query | None:
    if not has(named, "responsible") or not (named.has(ITEM) or _about_project(named)):
        return None
    return _ask(Intent.WHO_IS_RESPONSIBLE, named.slots, *_WHICH_TASK)


def _days_left(named: Named) -> Query | None:
    if not has(named, "left") or not (named.has(ITEM) or _about_project(named)):
        return None
    return _ask(Intent.DAYS_LEFT, named.slots, *_WHICH_TASK)


def _task(named: Named) -> Query | None:
    """Where a task named by number stands, or the number alone: 4号办到哪了, 5号销号了吗."""
    others = any(named.has(kind) for kind in (PROJECT, DEPARTMENT, COUNTY, METRIC))
    if not named.slots.tasks or others:
        return None
    if _ALONE.fullmatch(named.skeleton):
        return _ask(Intent.DEADLINE_OF_ITEM, named.slots, *_WHICH_TASK) if named.addressed else None
    stands = has(named, "status") or has(named, "overdue") or _STEP.search(named.skeleton)
    if not stands or has(named, "responsible") or has(named, "left"):
        return None
    if not (has(named, "ask") or has(named, "want")):
        return None
    return _ask(Intent.DEADLINE_OF_ITEM, named.slots, *_WHICH_TASK)


def _mine(named: Named) -> Query | None:
    about = any(has(named, cue) for cue in ("tasks", "overdue", "due")) or named.has(SPAN)
    if not has(named, "mine") or not about or named.has(PROJECT) or named.has(METRIC):
        return None
    return Query(Intent.MY_TASKS)


def _overdue(named: Named) -> Query | None:
    if not has(named, "overdue") or named.has(PROJECT):
        return None
    if named.has(DEPARTMENT):
        return _ask(Intent.OVERDUE_OF_DEPARTMENT, named.slots, "departments")
    return _ask(Intent.OVERDUE_ALL, named.slots, "items", "counties")


def _due_within(named: Named) -> Query | None:
    span, soon = named.span, _SOON.search(named.skeleton)
    if _about_project(named) or not (soon or (span and has(named, "due"))):
        return None
    query = _ask(Intent.DUE_WITHIN, named.slots, "departments", "items", "counties")
    if span is None:
        return query
    slots = replace(
        query.slots, period=span.period, days=span.days, first=span.first, last=span.last
    )
    return Query(Intent.DUE_WITHIN, slots)


def _start(named: Named) -> Query | None:
    """By when a project's construction has to start: what is said with its dates."""
    says = _START.search(named.skeleton) and _MUST.search(named.skeleton)
    if not says or not named.has(PROJECT) or named.has(ITEM):
        return None
    if not (has(named, "when") or has(named, "left")):
        return None
    return _ask(Intent.DEADLINE_OF_PROJECT, named.slots, *_WHICH_TASK)


def _deadline(named: Named) -> Query | None:
    if not (named.has(ITEM) or _about_project(named)):
        return None
    due = has(named, "due") or has(named, "until")
    if not due or not (has(named, "when") or re.search("到期|截止", named.text)):
        return None
    if re.search("什么时候(?:能)?(?:开工|签约|投产|动工)", named.skeleton):
        return None
    of_project = named.has(PROJECT) and not named.has(ITEM)
    intent = Intent.DEADLINE_OF_PROJECT if of_project else Intent.DEADLINE_OF_ITEM
    return _ask(intent, named.slots, *_WHICH_TASK)


def _status(named: Named) -> Query | None:
    if not named.has(PROJECT):
        return None
    alone = named.addressed and not re.sub(r"[PIN\s,.?!。的项目]", "", named.skeleton)
    cues = ("status", "finished", "overdue", "tasks")
    if not (alone or any(has(named, cue) for cue in cues)):
        return None
    return _ask(Intent.PROJECT_STATUS, named.slots, "projects", "items", "numbers", "unclear")


def _department_tasks(named: Named) -> Query | None:
    if not named.has(DEPARTMENT):
        return None
    if not has(named, "tasks") and not _MAY_HAVE.search(named.skeleton):
        return None
    return _ask(Intent.DEPARTMENT_TASKS, named.slots, "departments")


_Rule = Callable[[Named], Query | None]
# In this order: the first that fits and is certain decides.
_RULES: tuple[_Rule, ...] = (
    _help, _ranking, _rates, _task, _drafts, _unacknowledged, _problems, _responsible, _start,
    _days_left, _mine, _due_within, _policy, _deadline, _overdue, _department_tasks, _status,
)  # fmt: skip
