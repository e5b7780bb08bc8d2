"""Questions that lean on one before, in the group as it runs; and several in one message."""

from tests.chat.projects import NAME, register, registration
from tests.chat.stage import Stage, at, text_of


async def test_a_follow_up_is_answered_for_the_same_project(stage: Stage) -> None:
    await register(stage)
    first = await stage.say("suiping", f"{NAME}的环评什么时候到期")
    assert "环评报告表" in text_of(stage.answer_to(first))
    second = await stage.say("suiping", "那用地预审呢？")
    answer = text_of(stage.answer_to(second))
    assert "用地预审" in answer
    assert "环评" not in answer


async def test_nobody_else_and_nothing_later_leans_on_it(stage: Stage) -> None:
    await register(stage)
    await stage.say("suiping", f"{NAME}的环评什么时候到期")
    assert not stage.replies_to(await stage.say("ecology", "那用地预审呢？"))
    await stage.move_to(at("2026-12-01", "10:00"))
    assert not stage.replies_to(await stage.say("suiping", "那用地预审呢？"))


async def test_all_questions_of_a_message_are_answered_in_one_post(stage: Stage) -> None:
    await register(stage)
    message = await stage.say("suiping", f"{NAME}的环评什么时候到期？生态环境局有逾期的吗？")
    (answer,) = stage.replies_to(message)
    assert "环评报告表" in text_of(answer)
    assert "市生态环境局没有逾期任务" in text_of(answer)


async def test_a_stranger_asks_for_the_policy_and_reads_nothing_else(stage: Stage) -> None:
    await register(stage)
    message = await stage.say("stranger", f"环评报告书几个工作日？{NAME}什么时候到期？")
    (answer,) = stage.replies_to(message)
    assert "20" in text_of(answer)
    assert NAME not in text_of(answer)


async def test_a_new_project_can_be_asked_for_in_the_next_message(stage: Stage) -> None:
    await register(stage)
    assert not stage.replies_to(await stage.say("suiping", "星河乙园什么时候到期"))
    await stage.say("office", registration("星河乙园"))
    message = await stage.say("suiping", "星河乙园什么时候到期")
    assert "星河乙园" in text_of(stage.answer_to(message))


async def test_a_reply_to_a_card_asks_about_its_project(stage: Stage) -> None:
    await register(stage)
    card = await register(stage, "云岭机床基地")
    for said, expected in (
        ("环评什么时候到期", "环评报告表"),
        ("什么时候到期", "到期"),
        ("进展怎么样了", "云岭机床基地"),
        ("谁负责", "云岭机床基地"),
    ):
        answer = text_of(stage.answer_to(await stage.say("suiping", said, reply_to=card)))
        assert "云岭机床基地" in answer, said
        assert expected in answer
        assert NAME not in answer


async def test_a_reply_to_an_answer_leans_on_its_question(stage: Stage) -> None:
    await register(stage)
    first = await stage.say("suiping", f"{NAME}的用地预审什么时候到期")
    answer = stage.answer_to(first)
    second = await stage.say("suiping", "谁负责", reply_to=answer)
    assert "用地预审" in text_of(stage.answer_to(second))
