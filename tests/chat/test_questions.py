"""Questions and commands: answered where they are asked, and only when they are questions."""

import pytest

from tests.chat.projects import NAME, register, registration
from tests.chat.stage import Stage, at, buttons_of, text_of

COMMANDS = [
    ("/due", "到期", "到期"),
    ("/overdue", "逾期", "逾期"),
    ("/mine", "我的任务", "市生态环境局 待办 1 项"),
    (f"/project {NAME}", f"项目 {NAME}", f"#1 {NAME}"),
    ("/board", "看板", "看板"),
    ("/help", "帮助", "领账"),
]


@pytest.mark.parametrize("private", [False, True])
async def test_commands_and_their_chinese_words(stage: Stage, private: bool) -> None:
    await register(stage)
    for command, word, expected in COMMANDS:
        for said in (command, word):
            if private:
                message = await stage.whisper("ecology", said)
            else:
                message = await stage.say("ecology", said)
            assert expected in text_of(stage.answer_to(message)), said


async def test_who_does_a_task_is_said_of_that_task_alone(stage: Stage) -> None:
    await register(stage)
    await stage.say("ecology", "4号领账")
    said = text_of(stage.answer_to(await stage.say("suiping", "4号谁在办")))
    assert "4号" in said
    assert "市生态环境局" in said
    assert "5号" not in said
    missing = text_of(stage.answer_to(await stage.say("suiping", "400号谁负责")))
    assert "400" in missing
    assert "#1" not in missing


async def test_a_command_may_name_the_assistant_but_no_other(stage: Stage) -> None:
    await register(stage)
    name = stage.sandbox.cast.bot.username
    assert stage.replies_to(await stage.say("ecology", f"/board@{name}"))
    assert not stage.replies_to(await stage.say("ecology", "/board@some_other_bot"))
    assert not stage.replies_to(await stage.say("ecology", "/weather"))


async def test_start_in_private_says_what_to_do(stage: Stage) -> None:
    for who in ("ecology", "office", "stranger"):
        message = await stage.whisper(who, "/start")
        assert text_of(stage.answer_to(message))


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        (f"{NAME}的环评什么时候到期", "环评报告表"),
        ("演练甲的环评什么时候到期", "环评报告表"),
        ("生态环境局有哪些逾期", "市生态环境局没有逾期任务"),
        ("这周到期的有哪些", "到期"),
        (f"{NAME}办到哪了", f"#1 {NAME}"),
        ("还有谁没领账", "4号"),
        ("5号谁在办", "5号"),
        (f"{NAME}最迟什么时候必须开工", "开工"),
    ],
)
async def test_a_plain_question_is_answered_in_the_group(
    stage: Stage, question: str, expected: str
) -> None:
    await register(stage)
    message = await stage.say("suiping", question)
    assert expected in text_of(stage.answer_to(message))


async def test_a_mention_makes_any_question_ours(stage: Stage) -> None:
    await register(stage)
    name = stage.sandbox.cast.bot.username
    message = await stage.say("suiping", f"@{name} 演练甲的环评什么时候到期")
    assert "环评报告表" in text_of(stage.answer_to(message))


@pytest.mark.parametrize(
    "chat",
    [
        "大家早上好",
        "收到",
        "明天上午九点开会，请各单位准时参加",
        "好的，辛苦了",
        "中午食堂吃什么",
        "这个事情逾期了要通报的",
        "👍",
        "项目现场注意安全",
    ],
)
async def test_chit_chat_gets_no_answer(stage: Stage, chat: str) -> None:
    await register(stage)
    before = len(stage.posts())
    await stage.say("ecology", chat)
    assert len(stage.posts()) == before


async def test_an_answer_shows_how_it_was_counted(stage: Stage) -> None:
    await register(stage)
    await stage.say("ecology", "4号已受理")
    message = await stage.say("suiping", f"{NAME}的环评什么时候到期")
    answer = text_of(stage.answer_to(message))
    assert "12月4日 周五 17:30" in answer
    assert "10 个工作日" in answer
    assert "11月20日" in answer


async def test_in_private_the_phone_is_whole_for_who_needs_it(stage: Stage) -> None:
    await register(stage)
    for who, shown in (("ecology", True), ("office", True), ("xiping", False)):
        message = await stage.whisper(who, f"/project {NAME}")
        answer = stage.answer_to(message)
        await stage.press(who, answer, "详情")
        card = stage.last(stage.private(who))
        assert ("13700000000" in text_of(card)) is shown, who


async def test_what_a_stranger_asks_is_not_answered(stage: Stage) -> None:
    await register(stage)
    for message in (
        await stage.say("stranger", "/board"),
        await stage.whisper("stranger", f"/project {NAME}"),
    ):
        answer = text_of(stage.answer_to(message))
        assert "加入" in answer
        assert NAME not in answer


async def test_a_button_asks_in_the_name_of_who_presses_it(stage: Stage) -> None:
    await register(stage)
    helped = stage.answer_to(await stage.say("office", "/help"))
    await stage.press("ecology", helped, "我的任务")
    assert "市生态环境局 待办 1 项" in stage.said()


async def test_the_board_counts_what_is_late(stage: Stage) -> None:
    await register(stage)
    await stage.move_to(at("2026-11-24", "09:00"))
    message = await stage.say("suiping", "看板")
    assert "逾期 5" in text_of(stage.answer_to(message))
    late = text_of(stage.answer_to(await stage.say("suiping", "/overdue")))
    assert "4号" in late
    assert "逾期 1 个工作日" in late


async def test_a_department_reads_its_own_overdue_tasks(stage: Stage) -> None:
    await register(stage)
    await stage.move_to(at("2026-11-24", "09:00"))
    answer = text_of(stage.answer_to(await stage.say("suiping", "生态环境局有哪些逾期")))
    assert "4号" in answer
    assert "3号" not in answer


async def test_many_tasks_do_not_flood_the_group(stage: Stage) -> None:
    many = "\n\n".join(registration(f"演练第{n}产业园") for n in "甲乙丙丁戊己")
    await stage.say("office", many)
    for question in ("/due", "/overdue", "/board", "/mine", "还有谁没领账"):
        answer = stage.answer_to(await stage.say("reform", question))
        assert len(text_of(answer).splitlines()) <= 25, question
        assert len(buttons_of(answer)) <= 12, question
