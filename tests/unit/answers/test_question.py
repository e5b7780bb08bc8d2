"""A question survives the outbox, and fits on a button where a button asks it."""

import json
from datetime import date

import pytest

from handlers.answers import ask_press, question_from_data, question_to_data, read_ask
from handlers.presses import read_press
from handlers.reading.values import Candidates, Intent, Period, Query, Slots, Topic

EVERYTHING = Slots(
    projects=("宏达食品加工产业园",),
    departments=("市生态环境局",),
    items=("环评报告书", "环评报告表"),
    counties=("遂平县",),
    metrics=("开工率",),
    period=Period.NEXT_WORKDAYS,
    days=3,
    first=date(2026, 11, 23),
    last=date(2026, 11, 26),
    of="departments",
    metric="逾期数",
    order="asc",
    n=3,
    topic=Topic.HANDOVER,
    numbers=(12,),
    tasks=(5, 6),
    unclear=(Candidates("金麦", ("金麦面业", "金麦饲料")),),
    unknown="天方",
)


@pytest.mark.parametrize("slots", [Slots(), EVERYTHING])
@pytest.mark.parametrize("intent", list(Intent))
def test_a_question_is_the_same_after_the_database(intent: Intent, slots: Slots) -> None:
    query = Query(intent, slots)
    data = json.loads(json.dumps(question_to_data(query, 7, 10)))
    back = question_from_data(data)
    assert (back.query, back.user_id, back.offset) == (query, 7, 10)


def test_the_asker_may_be_added_to_the_data() -> None:
    data = question_to_data(Query(Intent.BOARD)) | {"user_id": 7, "private": True}
    assert question_from_data(data).user_id == 7


@pytest.mark.parametrize(
    "query",
    [
        Query(Intent.MY_TASKS),
        Query(Intent.RANKING, Slots(of="departments")),
        Query(Intent.OVERDUE_OF_DEPARTMENT, Slots(departments=("市自然资源和规划局",))),
        Query(Intent.DEADLINE_OF_ITEM, Slots(items=("环评报告书", "环评报告表"), numbers=(12,))),
    ],
)
def test_a_button_asks_the_same_question(query: Query) -> None:
    press = read_press(ask_press(query))
    assert press is not None
    back = question_from_data(read_ask(press.args[0], 7))
    assert (back.query, back.user_id, back.offset) == (query, 7, 0)


def test_a_button_asks_for_the_rest() -> None:
    query = Query(Intent.OVERDUE_OF_DEPARTMENT, Slots(departments=("市自规局",)))
    back = question_from_data(read_ask(ask_press(query, 10).removeprefix("ask:")))
    assert (back.query, back.offset) == (query, 10)


def test_a_button_of_one_word_is_the_intent_alone() -> None:
    assert ask_press(Query(Intent.MY_TASKS)) == "ask:my_tasks"
    assert read_ask("board") == question_to_data(Query(Intent.BOARD))


def test_a_button_needs_no_period_when_it_has_the_days() -> None:
    slots = Slots(period=Period.THIS_WEEK, first=date(2026, 11, 23), last=date(2026, 11, 29))
    data = read_ask(ask_press(Query(Intent.DUE_WITHIN, slots), 10).removeprefix("ask:"))
    back = question_from_data(data).query.slots
    assert (back.first, back.last) == (slots.first, slots.last)


@pytest.mark.parametrize(
    "slots",
    [
        Slots(unclear=(Candidates("金麦", ("金麦面业",)),)),
        Slots(departments=("市发展和改革委员会", "市自然资源和规划局")),
    ],
)
def test_what_does_not_fit_on_a_button_is_refused(slots: Slots) -> None:
    with pytest.raises(ValueError, match=r"button"):
        ask_press(Query(Intent.DEPARTMENT_TASKS, slots))


@pytest.mark.parametrize("said", ["", "drop", "board/z=1", "board/o=x", "due_within/f=soon"])
def test_a_forged_button_is_no_question(said: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        read_ask(said)
