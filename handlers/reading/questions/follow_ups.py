"""Questions that lean on another: 那施工许可呢? after one, and several in one message.

A follow-up names only what is different, and takes everything else from the question
before it. Of several questions in a message (宏达的环评什么时候到期,谁负责?) the later
ones may lean on the first in the same way.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from handlers.reading.questions.mentions import Named, find_named
from handlers.reading.questions.questions import read_question
from handlers.reading.values import Intent, Query, ReadingContext, Slots

_LONGEST = 30
_LEAD = re.compile(
    r"^(?:那(?:么|再)?|还有|以及|另外|再(?:[问看查]一?下)?|[它他]|[这该]个?项目|同样)[ ,]*的?"
)
_TAIL = re.compile(r"(?:的)?(?:呢|咋样|怎么样)?[\s?!。~]*$")
_ENDS_ASKING = re.compile(r"呢[\s?!。~]*$")
# What is left of a text that only names something (see mentions.py) or counts what the question
# before it asks for: 逾期件数:住建局几件,城管局几件.
_ONLY_NAMES = re.compile(
    r"[PDICMTN\s,、:和与及的项目\d.()·*-]*[PDICMTN][PDICMTN\s,、:和与及的项目]*"
    r"(?:[各都又]?有?(?:[几多]少?[件个项条家]?|哪些|哪几[件个项条家])|呢|怎么样|咋样|如何)?"
)
# 截至今天 says as of when, not when something is due.
_AS_OF = re.compile(r"(?:截至|截止到?|到)\s?T(?:为止)?")
_CLAUSES = re.compile(r"[,;?!。]+|(?:另外|顺便|还有就是)(?=\S)")

_OF_TASKS = frozenset({Intent.DEADLINE_OF_PROJECT, Intent.DEADLINE_OF_ITEM, Intent.DAYS_LEFT,
                       Intent.WHO_IS_RESPONSIBLE, Intent.PROJECT_STATUS})  # fmt: skip
_OF_DEPARTMENTS = frozenset({Intent.OVERDUE_OF_DEPARTMENT, Intent.DEPARTMENT_TASKS,
                             Intent.UNACKNOWLEDGED, Intent.PROBLEMS_OPEN,
                             Intent.DUE_WITHIN})  # fmt: skip
_OF_COUNTIES = frozenset({Intent.COUNTY_RATES, Intent.PROBLEMS_OPEN, Intent.OVERDUE_ALL,
                          Intent.DUE_WITHIN})  # fmt: skip
_WITH_DEPARTMENT = {
    Intent.OVERDUE_ALL: Intent.OVERDUE_OF_DEPARTMENT,
    Intent.MY_TASKS: Intent.DEPARTMENT_TASKS,
}
_WHICH = ("projects", "numbers", "tasks")


def may_follow(text: str) -> bool:
    """Whether a plain text may lean on an earlier question, so that one is worth looking up."""
    leans = _LEAD.match(text) or _ENDS_ASKING.search(text)
    return leans is not None and len(text) <= _LONGEST


def read_follow_up(text: str, previous: Query, context: ReadingContext) -> Query | None:
    """The question that a plain text asks after `previous`; None if it does not lean on it."""
    if not (context.leans or may_follow(text)):
        return None
    bare = _TAIL.sub("", _LEAD.sub("", text))
    if not bare:
        return None
    named = find_named(bare, context)
    if _ONLY_NAMES.fullmatch(named.skeleton):
        return _carry_over(named, previous)
    return _lean(bare, previous, context)


def _lean(text: str, previous: Query, context: ReadingContext) -> Query | None:
    """A question of its own that lacks only what it is about: (那)还剩几天, 谁负责."""
    context = replace(context, addressed=True)
    own = read_question(text, context)
    if own is not None and (own.intent not in _OF_TASKS or _says_which(own.slots)):
        return own
    if not _says_which(previous.slots):
        return own
    leaning = read_question(text, replace(context, reply_to_task=True))
    if leaning is None or leaning.intent not in _OF_TASKS:
        return own
    kept = {name: getattr(previous.slots, name) for name in _WHICH}
    items = leaning.slots.items or previous.slots.items
    intent = leaning.intent
    if intent is Intent.DEADLINE_OF_ITEM and not items and not previous.slots.tasks:
        intent = Intent.DEADLINE_OF_PROJECT
    return Query(intent, replace(leaning.slots, **kept, items=items))


def _says_which(slots: Slots) -> bool:
    return bool(slots.projects or slots.numbers or slots.tasks or slots.unclear)


def _carry_over(named: Named, previous: Query) -> Query | None:
    """The same question about what is named now: (那)施工许可(呢), 金麦, 住建局, 下周."""
    slots, new = previous.slots, named.slots
    intent = previous.intent
    if new.unclear or _says_which(new):
        if intent not in _OF_TASKS:
            return None
        which = Slots(projects=new.projects, numbers=new.numbers, tasks=new.tasks)
        items = new.items or slots.items
        slots = replace(which, items=items, unclear=new.unclear)
        return Query(_with_items(intent, bool(new.items)), slots)
    if new.items:
        if intent not in _OF_TASKS | {Intent.POLICY_QUESTION} or slots.counties:
            return None
        # Another item is another task: the number of the first says nothing of it.
        return Query(_with_items(intent, True), replace(slots, items=new.items, tasks=()))
    return _carry_over_wide(named, previous)


def _with_items(intent: Intent, items: bool) -> Intent:
    of_project = (Intent.DEADLINE_OF_PROJECT, Intent.PROJECT_STATUS)
    return Intent.DEADLINE_OF_ITEM if items and intent in of_project else intent


def _carry_over_wide(named: Named, previous: Query) -> Query | None:
    """The same with another department, county, metric or span."""
    slots, new = previous.slots, named.slots
    intent = previous.intent
    if named.span and intent is Intent.DUE_WITHIN:
        span = named.span
        slots = replace(slots, period=span.period, days=span.days, first=span.first, last=span.last)
        return Query(intent, slots)
    if new.departments:
        intent = _WITH_DEPARTMENT.get(intent, intent)
        if intent in _OF_DEPARTMENTS:
            return Query(intent, replace(slots, departments=new.departments))
    if new.counties and intent in _OF_COUNTIES:
        return Query(intent, replace(slots, counties=new.counties))
    if new.metrics and intent is Intent.COUNTY_RATES:
        return Query(intent, replace(slots, metrics=new.metrics))
    if len(new.metrics) == 1 and intent is Intent.RANKING:
        return Query(intent, replace(slots, metric=new.metrics[0]))
    return None


def read_questions(text: str, context: ReadingContext) -> Query | None:
    """What a plain text asks: a question, with those that it asks besides in `also`."""
    whole = read_question(text, context)
    if whole is None:
        return None
    first, *others = list(_read_clauses(text, context)) or [whole]
    return replace(first, also=tuple(others)) if others else whole


def _read_clauses(text: str, context: ReadingContext) -> Iterator[Query]:
    """The questions of its clauses, each intent once."""
    context = replace(context, addressed=True)
    seen: set[Intent] = set()
    last: Query | None = None
    for clause in filter(None, map(str.strip, _CLAUSES.split(text))):
        skeleton = find_named(clause, context).skeleton
        if _ONLY_NAMES.fullmatch(skeleton) or _AS_OF.fullmatch(skeleton):
            continue
        query = _lean(clause, last, context) if last else read_question(clause, context)
        if query is not None and query.intent not in seen:
            seen.add(query.intent)
            last = query
            yield query
