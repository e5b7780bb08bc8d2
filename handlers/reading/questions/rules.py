"""What a question asks for, rule by rule: its cues and what it names decide.

The first rule of `RULES` that fits, and whose query is certain, decides (`questions.py`).
"""

import re
from collections.abc import Callable
from dataclasses import replace

from handlers.reading.questions.cues import blank_cue, has
from handlers.reading.questions.mentions import (
    COUNTY,
    DEPARTMENT,
    ITEM,
    METRIC,
    PROJECT,
    SPAN,
    TASK,
    Named,
)
from handlers.reading.questions.rankings import DESCENDING, ON_TIME, find_ranking
from handlers.reading.questions.topics import find_topic, is_of_the_rules
from handlers.reading.values import Intent, Query, Slots

_GOAL = re.compile("[下次]个?季度|转化|要求|规定|目标")
# What a rate is, not how high: 三率是哪三率, 开工率怎么算.
_MEANING = re.compile(
    "M(?:都|具体)?[是指]的?(?:什么|啥|哪[三3几M])|M(?:怎么|咋|如何)[算来]|这个指标|口径"
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
# 截至今天 and 到今天为止 say as of when something is asked, 会逾期 that it is still to come.
_AS_OF = re.compile("截[至止]到?T|(?:直?到|至)T(?:为止|止)")
_WILL_BE = re.compile("(?:要|将|会|可能|怕)(?:被)?(?:逾期|超期|超时|超限|过期|误期)")
_START = re.compile("开工|动工|开建")
_MUST = re.compile("必须|最[迟晚]|红线|底线|期限|时限|目标|截止|到期|要求|规定|应[当该]|得")
_MAY_HAVE = re.compile("(?:哪些|几个|多少|什么|啥)(?:审批|手续|项目|事|件|活)|有(?:哪些|什么|啥)在")
_WITHIN = re.compile(
    "(?:几|多少)个?(?:工作|自然|日历)?[天日](?:之?以?内|[要得须应移转交成建联完])|多久之?以?内|(?:多久|多长时间|多少时间)(?:之?内)?(?:必须|要|得|应|须|就要)"
)
_TROUBLE = re.compile("(?:什么|哪些|啥|有|存在)(?:问题|困难|难题|障碍)")

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
    if _MEANING.search(named.skeleton):
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


def _is_past(named: Named) -> bool:
    """Whether the span only says as of when, and the word for due is one for overdue: 今天超期的.

    过期 may be either: 本周过期的 are those that will be.
    """
    if not has(named, "overdue") or _WILL_BE.search(named.skeleton):
        return False
    if _AS_OF.search(named.skeleton):
        return True
    rest = blank_cue("overdue", named.skeleton, but="过期")
    return not has(replace(named, skeleton=rest), "due")


def _due_within(named: Named) -> Query | None:
    span, soon = named.span, _SOON.search(named.skeleton)
    due = span and (has(named, "due") or _WILL_BE.search(named.skeleton)) and not _is_past(named)
    if _about_project(named) or not (soon or due):
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
RULES: tuple[_Rule, ...] = (
    _help, _ranking, _rates, _task, _drafts, _unacknowledged, _problems, _responsible, _start,
    _days_left, _mine, _due_within, _policy, _deadline, _overdue, _department_tasks, _status,
)  # fmt: skip
