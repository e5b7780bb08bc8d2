"""Plain questions about the ledger: 宏达食品的环评什么时候到期, 生态环境局有哪些逾期.

Names are taken out first; what is left decides, rule by rule, what is asked. A
question that nobody addressed to the bot is answered only where it is
unmistakable: it asks, it names or says something of the ledger, and hardly
anything in it is foreign. Chit-chat gets no answer.
"""

import re
import tomllib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

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
from handlers.reading.rankings import find_ranking
from handlers.reading.topics import find_topic
from handlers.reading.values import Intent, Query, ReadingContext, Slots

LONGEST = 200

_WORDS = tomllib.loads((Path(__file__).parent / "questions.toml").read_text(encoding="utf-8"))
_CUES = {name: re.compile("|".join(cues)) for name, cues in _WORDS["cues"].items()}
_KNOWN = re.compile(
    "|".join(sorted(map(re.escape, _WORDS["known"]["words"]), key=len, reverse=True))
)
_OF_THE_LEDGER = [cue for cue in _CUES if cue not in ("ask", "want", "chat")]
_NAME_LETTERS = re.compile("[PDICMTN]")
_NOISE = re.compile(r"[\s\d,.;:!?。、\"'“”‘’()\[\]【】《》~…·\-@/%]+")
_LISTING = re.compile(
    r"(?:的|有|任务|事项|项目|部门|件数?|名单|清单|情况|列表|[M局县区]|单位|率|排[名行]|最[多少高低快慢])[。.!~]*$"
)

_OF_THE_BOT = re.compile("机器人|助手|bot|登记|领账|交账|建账|使用说明|命令|指令")

# What a task goes through; asked with its number, it is asked where the task stands.
_STEP = re.compile("领账|签收|联系|对接|受理|停表|恢复|办结|办完|办好|办妥|交账|销号|退回|补正")
_ALONE = re.compile(
    r"(?:(?:请|麻烦|帮我|帮忙|查|看|询|一?下)*[N、,和与及]*N)(?:的?(?:任务|情况|项目))?[\s,.!?。~]*"
)

# How many foreign characters an unaddressed, and an addressed, question may have.
_FOREIGN_WEAK, _FOREIGN_STRONG, _FOREIGN_ADDRESSED = 0, 3, 10


def read_question(text: str, context: ReadingContext) -> Query | None:
    """What a plain text asks the ledger, or None where it asks nothing (for certain)."""
    if not text or len(text) > LONGEST:
        return None
    named = find_named(text, context)
    if not context.addressed and (_has(named, "chat") or not _asks(named)):
        return None
    for rule in _RULES:
        query = rule(named)
        if query and _is_certain(named, query):
            return query
    return None


def _has(named: Named, *cues: str) -> bool:
    return all(_CUES[cue].search(named.skeleton) for cue in cues)


def _asks(named: Named) -> bool:
    """Whether it is put as a question or a request, or names just what is wanted."""
    if _has(named, "ask") or _has(named, "want"):
        return True
    if named.has(PROJECT) or named.has(ITEM):
        return _has(named, "status") or _has(named, "when")
    return _LISTING.search(named.skeleton) is not None


def _is_certain(named: Named, query: Query) -> bool:
    foreign = count_foreign(named.skeleton)
    if named.addressed:
        return foreign <= _FOREIGN_ADDRESSED
    plain = named.weight > 1 or query.intent in _PLAIN
    plain = plain and (_has(named, "ask") or _has(named, "want"))
    return foreign <= (_FOREIGN_STRONG if plain else _FOREIGN_WEAK)


def count_foreign(skeleton: str) -> int:
    """How many characters of a question are neither names nor cues nor ordinary words."""
    rest = _NAME_LETTERS.sub(" ", skeleton)
    for cue in _OF_THE_LEDGER:
        rest = _CUES[cue].sub(" ", rest)
    rest = _KNOWN.sub(" ", rest)
    return len(_NOISE.sub("", _CUES["want"].sub(" ", _CUES["ask"].sub(" ", rest))))


_PLAIN = frozenset({Intent.POLICY_QUESTION, Intent.RANKING, Intent.COUNTY_RATES, Intent.HELP,
                    Intent.PROBLEMS_OPEN, Intent.UNACKNOWLEDGED})  # fmt: skip


_WHICH_TASK = ("projects", "items", "numbers", "tasks", "unclear")


def _ask(intent: Intent, slots: Slots, *names: str) -> Query:
    """A query with only those of the named things that belong to it."""
    return Query(intent, Slots(**{name: getattr(slots, name) for name in names}))


def _about_project(named: Named) -> bool:
    return named.has(PROJECT) or named.has(TASK) or named.quotes_task


def _help(named: Named) -> Query | None:
    if not _has(named, "help") or named.has(PROJECT):
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
    if not named.has(METRIC) or named.has(PROJECT):
        return None
    return _ask(Intent.COUNTY_RATES, named.slots, "counties", "metrics")


def _unacknowledged(named: Named) -> Query | None:
    if not _has(named, "unacknowledged"):
        return None
    return _ask(Intent.UNACKNOWLEDGED, named.slots, "departments", "projects")


def _problems(named: Named) -> Query | None:
    if not _has(named, "problems"):
        return None
    return _ask(Intent.PROBLEMS_OPEN, named.slots, "projects", "departments", "counties")


def _policy(named: Named) -> Query | None:
    if _about_project(named) or named.has(DEPARTMENT) or _has(named, "left"):
        return None
    topic = find_topic(named.skeleton, named.has(ITEM))
    if topic is None:
        return None
    return Query(Intent.POLICY_QUESTION, Slots(items=named.slots.items, topic=topic))


def _responsible(named: Named) -> Query | None:
    if not _has(named, "responsible") or not (named.has(ITEM) or _about_project(named)):
        return None
    return _ask(Intent.WHO_IS_RESPONSIBLE, named.slots, *_WHICH_TASK)


def _days_left(named: Named) -> Query | None:
    if not _has(named, "left") or not (named.has(ITEM) or _about_project(named)):
        return None
    return _ask(Intent.DAYS_LEFT, named.slots, *_WHICH_TASK)


def _task(named: Named) -> Query | None:
    """Where a task named by number stands, or the number alone: 4号办到哪了, 5号销号了吗."""
    others = any(named.has(kind) for kind in (PROJECT, DEPARTMENT, COUNTY, METRIC))
    if not named.slots.tasks or others:
        return None
    if _ALONE.fullmatch(named.skeleton):
        return _ask(Intent.DEADLINE_OF_ITEM, named.slots, *_WHICH_TASK) if named.addressed else None
    stands = _has(named, "status") or _has(named, "overdue") or _STEP.search(named.skeleton)
    if not stands or _has(named, "responsible") or _has(named, "left"):
        return None
    if not (_has(named, "ask") or _has(named, "want")):
        return None
    return _ask(Intent.DEADLINE_OF_ITEM, named.slots, *_WHICH_TASK)


def _mine(named: Named) -> Query | None:
    about = any(_has(named, cue) for cue in ("tasks", "overdue", "due")) or named.has(SPAN)
    if not _has(named, "mine") or not about or named.has(PROJECT):
        return None
    return Query(Intent.MY_TASKS)


def _overdue(named: Named) -> Query | None:
    if not _has(named, "overdue") or named.has(PROJECT):
        return None
    if named.has(DEPARTMENT):
        return _ask(Intent.OVERDUE_OF_DEPARTMENT, named.slots, "departments")
    return _ask(Intent.OVERDUE_ALL, named.slots, "items", "counties")


def _due_within(named: Named) -> Query | None:
    soon = re.search(r"临期|(?:快要?|即将|马上|临近)到期", named.skeleton)
    if _about_project(named) or not _has(named, "due") or not (named.span or soon):
        return None
    span = named.span
    query = _ask(Intent.DUE_WITHIN, named.slots, "departments", "items", "counties")
    if span is None:
        return query
    slots = replace(
        query.slots, period=span.period, days=span.days, first=span.first, last=span.last
    )
    return Query(Intent.DUE_WITHIN, slots)


def _deadline(named: Named) -> Query | None:
    if not (named.has(ITEM) or _about_project(named)):
        return None
    if not _has(named, "due") or not (_has(named, "when") or re.search("到期|截止", named.text)):
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
    if not (alone or _has(named, "status") or _has(named, "overdue") or _has(named, "tasks")):
        return None
    return _ask(Intent.PROJECT_STATUS, named.slots, "projects", "items", "numbers", "unclear")


def _department_tasks(named: Named) -> Query | None:
    if not named.has(DEPARTMENT) or not _has(named, "tasks"):
        return None
    return _ask(Intent.DEPARTMENT_TASKS, named.slots, "departments")


_Rule = Callable[[Named], Query | None]
# In this order: the first that fits and is certain decides.
_RULES: tuple[_Rule, ...] = (
    _help, _ranking, _rates, _task, _unacknowledged, _problems, _responsible, _days_left, _mine,
    _due_within, _policy, _deadline, _overdue, _department_tasks, _status,
)  # fmt: skip
