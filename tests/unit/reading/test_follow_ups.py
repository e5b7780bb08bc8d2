"""Questions that lean on one before, and several in one message."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from handlers.reading import read_message
from handlers.reading.output import write_reading
from handlers.reading.values import Intent, Nothing, Query, ReadingContext, Slots, Topic

QINGHE, YUNLING = "青禾饲料加工园", "云岭数控机床基地"
BOTH = ["环评报告书", "环评报告表"]
EIA = Query(Intent.DEADLINE_OF_ITEM, Slots(projects=(QINGHE,), items=tuple(BOTH)))
STATUS = Query(Intent.PROJECT_STATUS, Slots(projects=(QINGHE,)))
OVERDUE = Query(Intent.OVERDUE_OF_DEPARTMENT, Slots(departments=("市生态环境局",)))
RATE = Query(Intent.COUNTY_RATES, Slots(counties=("西平县",), metrics=("开工率",)))
FIRST = {"of": "counties", "order": "desc", "n": 3}
RANKED = Query(Intent.RANKING, Slots(of="counties", metric="落地率", order="desc", n=3))
DAYS = Query(Intent.POLICY_QUESTION, Slots(items=("环评报告书",), topic=Topic.ITEM_DAYS))


@pytest.mark.parametrize(
    ("before", "said", "intent", "slots"),
    [
        (EIA, "施工许可呢", "deadline_of_item", {"projects": [QINGHE], "items": ["施工许可证"]}),
        (EIA, "云岭的呢", "deadline_of_item", {"projects": [YUNLING], "items": BOTH}),
        (EIA, "那还剩几天", "days_left", {"projects": [QINGHE], "items": BOTH}),
        (EIA, "那谁负责呢", "who_is_responsible", {"projects": [QINGHE], "items": BOTH}),
        (STATUS, "哪天到期呢", "deadline_of_project", {"projects": [QINGHE]}),
        (STATUS, "那能评呢", "deadline_of_item", {"projects": [QINGHE], "items": ["节能审查"]}),
        (OVERDUE, "那住建局呢", "overdue_of_department", {"departments": ["市住房和城乡建设局"]}),
        (RATE, "遂平呢", "county_rates", {"counties": ["遂平县"], "metrics": ["开工率"]}),
        (RATE, "那落地率呢", "county_rates", {"counties": ["西平县"], "metrics": ["落地率"]}),
        (RANKED, "开工率呢", "ranking", {**FIRST, "metric": "开工率"}),
        (DAYS, "那报告表呢", "policy_question", {"items": ["环评报告表"], "topic": "item_days"}),
        (EIA, "那生态环境局有哪些逾期", "overdue_of_department", {"departments": ["市生态环境局"]}),
    ],
)  # fmt: skip
def test_a_follow_up_takes_the_rest_from_the_question_before(
    before: Query, said: str, intent: str, slots: dict[str, Any], context: ReadingContext
) -> None:
    read = write_reading(read_message(said, replace(context, previous=before)))
    assert read == {"kind": "query", "intent": intent, "slots": slots}


def test_a_follow_up_may_name_another_span(context: ReadingContext) -> None:
    before = read_message("本周到期的有哪些", context)
    assert isinstance(before, Query)
    read = read_message("那下周呢", replace(context, previous=before))
    assert isinstance(read, Query)
    assert (read.intent, read.slots.first) == (Intent.DUE_WITHIN, date(2026, 11, 30))


@pytest.mark.parametrize(
    "said", ["那吃饭呢", "那你呢", "还有呢", "那就这样吧", "那施工许可我去办", "那"]
)
def test_what_asks_nothing_of_the_ledger_is_no_follow_up(
    said: str, context: ReadingContext
) -> None:
    assert read_message(said, replace(context, previous=EIA)) == Nothing()


def test_without_a_question_before_nothing_follows(context: ReadingContext) -> None:
    assert read_message("那施工许可呢", context) == Nothing()


@pytest.mark.parametrize(
    ("said", "intents"),
    [
        ("青禾饲料的环评什么时候到期，谁负责？", ["deadline_of_item", "who_is_responsible"]),
        ("青禾到期没？住建局有逾期的吗？", ["deadline_of_project", "overdue_of_department"]),
        ("青禾饲料的环评几号到期 另外云岭的能评谁负责", ["deadline_of_item", "who_is_responsible"]),
        ("青禾饲料和云岭机床的环评分别什么时候到期", ["deadline_of_item"]),
        ("青禾饲料加工园，什么时候到期", ["deadline_of_project"]),
    ],
)  # fmt: skip
def test_several_questions_in_one_message_are_all_read(
    said: str, intents: list[str], context: ReadingContext
) -> None:
    read = read_message(said, context)
    assert isinstance(read, Query)
    assert [each.intent for each in (read, *read.also)] == intents
