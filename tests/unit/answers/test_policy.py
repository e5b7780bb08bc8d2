"""What the policy says: the numbers are the pack's, the article is named."""

from datetime import date

import pytest

from handlers.answers import answer_policy
from handlers.reading.values import Slots, Topic
from handlers.texts.speech import Speech
from policy.packs import Item, load_pack

SPEECH = Speech("zh_Hans", date(2026, 11, 23))
PACK = load_pack("zhumadian")


def answer(topic: Topic | None, *items: str) -> str:
    """The answer as plain text."""
    lines = answer_policy(SPEECH, PACK, Slots(topic=topic, items=items))
    return "\n".join(line.text for line in lines)


@pytest.mark.parametrize(
    ("topic", "facts", "article"),
    [
        (Topic.START_AFTER_SIGNING, ["90 日", "90 个工作日"], "第十条、第三条"),
        (Topic.TOTAL_APPROVAL_DAYS, ["40 个工作日"], "第二十四条"),
        (Topic.HANDOVER, ["3 日", "市重点项目办"], "第九条"),
        (Topic.LEDGER_PUBLISH, ["1 个工作日"], "第九条"),
        (Topic.CONTACT_OWNER, ["1 个工作日", "材料清单"], "第九条"),
        (Topic.TEAM_SETUP, ["7 日"], "第十条"),
        (Topic.SIGNING_SCHEDULE, ["双月 28 日", "12月28日 周一", "每季度一次"], "第九条"),
        (Topic.CONVERSION_TARGET, ["40%", "60%"], "二十九条"),
    ],
)
def test_a_topic_has_its_figures_and_its_article(
    topic: Topic, facts: list[str], article: str
) -> None:
    said = answer(topic)
    assert [fact for fact in facts if fact not in said] == []
    assert article in said.splitlines()[-1]
    assert "驻政办〔2021〕37号" in said


@pytest.mark.parametrize("item", PACK.items, ids=lambda item: item.key)
def test_every_item_has_its_days(item: Item) -> None:
    assert f"{item.name}：受理后 {item.days} 个工作日" in answer(Topic.ITEM_DAYS, item.name)


def test_a_name_for_several_items_gives_them_all() -> None:
    said = answer(Topic.ITEM_DAYS, "政府投资项目审批")
    assert said.count("7 个工作日") == 3
    said = answer(Topic.ITEM_DAYS, "环评报告书", "环评报告表")
    assert "20 个工作日" in said
    assert "10 个工作日" in said


def test_no_item_gives_the_whole_catalogue() -> None:
    assert len(answer(Topic.ITEM_DAYS).splitlines()) == 14


def test_no_topic_says_what_can_be_asked() -> None:
    assert "三个一批" in answer(None)


def test_another_citys_policy_lends_no_figures() -> None:
    other = PACK.model_copy(update={"source": "某政办〔2025〕1号", "conversion": None})
    lines = answer_policy(SPEECH, other, Slots(topic=Topic.CONVERSION_TARGET))
    assert [line.text for line in lines] == ["某政办〔2025〕1号没有规定这个比例。"]
