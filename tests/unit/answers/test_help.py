"""Help by role, the first words, and who is told nothing of the ledger."""

import pytest

from handlers.answers import question_to_data, render_answer
from handlers.presses import Verb
from handlers.reading.values import Intent, Query, Slots, Topic
from handlers.texts.post import Post
from handlers.texts.speech import Speech
from store.context import View
from store.outbox import Kind, Notice
from tests.ledger import CHAT, COUNTY, ECOLOGY, LEADER, OFFICE, STRANGER
from tests.unit.answers.asking import HONGDA, Desk, buttons, pressed, text

OPEN = {Intent.HELP, Intent.START, Intent.POLICY_QUESTION}


@pytest.mark.parametrize(
    ("by", "said"),
    [
        (OFFICE, "确认建账"),
        (ECOLOGY, "5号补正"),
        (COUNTY, "报备签约项目"),
        (LEADER, "看板"),
    ],
)
async def test_help_says_what_this_person_can_do(desk: Desk, by: int, said: str) -> None:
    await desk.force.register(HONGDA)
    post = await desk.ask(Intent.HELP, by)
    assert said in text(post)
    assert f"{HONGDA}的环评什么时候到期" in text(post)
    assert len(post.lines) <= 12


async def test_a_stranger_is_helped_to_join_and_reads_no_names(desk: Desk) -> None:
    await desk.force.register(HONGDA)
    post = await desk.ask(Intent.HELP, STRANGER)
    assert HONGDA not in text(post)
    assert pressed(post, "申请加入").verb is Verb.JOIN


async def test_a_stranger_reads_nothing_of_the_ledger(desk: Desk) -> None:
    await desk.force.register(HONGDA)
    for intent in set(Intent) - OPEN:
        post = await desk.ask(intent, STRANGER, projects=(HONGDA,))
        assert "还没有登记" in text(post)
        assert HONGDA not in text(post)


async def test_a_stranger_may_ask_what_the_policy_says(desk: Desk) -> None:
    post = await desk.ask(Intent.POLICY_QUESTION, STRANGER, topic=Topic.HANDOVER)
    assert "3 日" in text(post)


async def test_the_first_words_say_who_one_is_taken_for(desk: Desk) -> None:
    post = await desk.ask(Intent.START, ECOLOGY, private=True)
    assert "孙小环" in text(post)
    assert [button.label for button in buttons(post)] == ["我的任务", "看板", "帮助"]


async def test_a_notice_that_is_no_question_says_nothing(desk: Desk) -> None:
    def ask(view: View) -> object:
        notice = Notice(1, 1, None, Kind.ANSWER, None, {"intent": "sing"}, None, 1, False)
        return render_answer(view, notice, Speech("zh_Hans", view.today))

    assert await desk.force.ask(ask) is None


async def test_a_private_chat_that_belongs_to_no_group_says_what_to_do(desk: Desk) -> None:
    def ask(view: View) -> object:
        notice = Notice(1, 1, None, Kind.ANSWER, None, {"intent": "board"}, None, 1, False)
        return render_answer(view, notice, Speech("zh_Hans", view.today))

    assert await desk.force.ask(ask) is not None


@pytest.mark.parametrize("locale", ["en", "zh_Hant"])
async def test_every_answer_can_be_said_in_each_language(desk: Desk, locale: str) -> None:
    await desk.force.register(HONGDA)

    def ask(view: View, intent: Intent) -> Post | None:
        data = question_to_data(Query(intent, Slots(projects=(HONGDA,))), OFFICE)
        notice = Notice(1, CHAT, desk.force.group.id, Kind.ANSWER, None, data, None, 1, False)
        return render_answer(view, notice, Speech(locale, view.today))

    for intent in Intent:
        post = await desk.force.ask(ask, intent)
        assert post is not None
        assert "{" not in text(post)
