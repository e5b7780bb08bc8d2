"""领账、对账、交账、销号、补账: by button, by reply, by number, and who may not."""

import asyncio

import pytest

from policy.life import State
from tests.chat.projects import NAME, register
from tests.chat.stage import Message, Stage, at, buttons_of, count_rows, data_of, text_of

ECOLOGY, LAND = 4, 3  # the numbers of these departments' only tasks
FORGED = (
    "take",
    "take:1",
    "take:1:",
    "take:1:市不存在局",
    "take:999:市生态环境局",
    "take:999999999999999999:市生态环境局",
    "take:-1:市生态环境局",
    "take:１:市生态环境局",
    "step:4:close",
    "step:4:nonsense",
    "step:4:transfer",
    "step:4:cancel",
    "pause:4:predecessor",
    "pause:4:nonsense",
    "transfer:4:市不存在局",
    "task:999999999999999999",
    "tasks:999:市生态环境局",
    "card:0",
    "pick:4",
    "team:999",
    "confirm:999",
    "confirm:999:1",
    "confirm:1:x",
    "decline:999",
    "choose:1:template:industrial",
    "choose:1:eia:nonsense",
    "admit:1",
    "admit:999",
    "join:市不存在局",
    "ask:nonsense",
    "ask:",
    "ask:deadline_of_item",
    "drop table:1",
    "x" * 64,
)


async def state_of(stage: Stage, number: int) -> State:
    """A task's state in the ledger."""
    return (await stage.task(number)).state


async def open_task(stage: Stage, who: str, card: Message, label: str) -> Message:
    """The task's own post, opened from the card."""
    await stage.press(who, card, label)
    return stage.last()


async def test_every_step_by_button(stage: Stage) -> None:
    card = await register(stage)
    await stage.press("ecology", card, "领账 · 生态环境局")
    assert await state_of(stage, ECOLOGY) is State.ACKNOWLEDGED
    await stage.press("ecology", card, "已联系 · 生态环境局")
    assert await state_of(stage, ECOLOGY) is State.CONTACTED
    post = await open_task(stage, "ecology", card, "办理 · 生态环境局")
    for label, state in (
        ("受理", State.ACCEPTED),
        ("业主补正", State.PAUSED),
        ("恢复", State.ACCEPTED),
        ("特别程序", State.PAUSED),
        ("恢复", State.ACCEPTED),
        ("交账", State.DELIVERED),
    ):
        await stage.press("ecology", post, label)
        assert await state_of(stage, ECOLOGY) is state, label
    await stage.press("office", post, "销号")
    assert await state_of(stage, ECOLOGY) is State.CLOSED
    assert not buttons_of(stage.shown(post))


async def test_every_step_by_replying_to_the_task(stage: Stage) -> None:
    card = await register(stage)
    await stage.press("ecology", card, "领账 · 生态环境局")
    await stage.press("ecology", card, "已联系 · 生态环境局")
    post = await open_task(stage, "ecology", card, "办理 · 生态环境局")
    for who, words, state in (
        ("ecology", "已受理", State.ACCEPTED),
        ("ecology", "补正：缺公示材料", State.PAUSED),
        ("ecology", "材料已补齐，恢复计时", State.ACCEPTED),
        ("ecology", "已办结，批复文号 演环审〔2026〕1号", State.DELIVERED),
        ("office", "补账：附件缺盖章页", State.ACCEPTED),
        ("ecology", "已办结，批复文号 演环审〔2026〕2号", State.DELIVERED),
        ("office", "销号", State.CLOSED),
    ):
        message = await stage.say(who, words, post)
        assert await state_of(stage, ECOLOGY) is state, text_of(stage.answer_to(message))
        assert "4号" in text_of(stage.answer_to(message))
    assert (await stage.task(ECOLOGY)).document == "已办结，批复文号 演环审〔2026〕2号"


async def test_every_step_by_number(stage: Stage) -> None:
    await register(stage)
    for who, words, state in (
        ("ecology", "4号领账", State.ACKNOWLEDGED),
        ("ecology", "4号已联系业主", State.CONTACTED),
        ("ecology", "4号已受理", State.ACCEPTED),
        ("ecology", "4号补正：缺公示材料", State.PAUSED),
        ("ecology", "4号恢复计时", State.ACCEPTED),
        ("ecology", "4号已办结，文号 演环审〔2026〕1号", State.DELIVERED),
        ("office", "4号销号", State.CLOSED),
    ):
        await stage.say(who, words)
        assert await state_of(stage, ECOLOGY) is state, words


async def test_several_tasks_in_one_message(stage: Stage) -> None:
    await register(stage)
    await stage.say("reform", "1、2号收到")
    assert await state_of(stage, 1) is State.ACKNOWLEDGED
    assert await state_of(stage, 2) is State.ACKNOWLEDGED
    await stage.say("reform", "1号已办结，文号 演发改〔2026〕1号；2号已联系业主")
    assert await state_of(stage, 1) is State.DELIVERED
    assert await state_of(stage, 2) is State.CONTACTED


async def test_of_several_acts_all_are_done_or_none(stage: Stage) -> None:
    await register(stage)
    message = await stage.say("reform", "1、4号收到")
    assert "4号任务是市生态环境局的" in text_of(stage.answer_to(message))
    assert await state_of(stage, 1) is State.DISPATCHED


async def test_a_reply_to_the_card_takes_all_that_a_department_has_there(stage: Stage) -> None:
    card = await register(stage)
    await stage.say("reform", "收到", card)
    assert await state_of(stage, 1) is State.ACKNOWLEDGED
    assert await state_of(stage, 2) is State.ACKNOWLEDGED
    assert await state_of(stage, LAND) is State.DISPATCHED


async def test_a_reply_to_what_was_just_confirmed_goes_on_with_it(stage: Stage) -> None:
    await register(stage)
    taken = stage.answer_to(await stage.say("ecology", "4号收到"))
    await stage.say("ecology", "已联系业主", taken)
    assert await state_of(stage, ECOLOGY) is State.CONTACTED


async def test_a_hand_in_skips_what_lies_before_it(stage: Stage) -> None:
    await register(stage)
    await stage.say("ecology", "4号已办结，批复文号 演环审〔2026〕1号")
    task = await stage.task(ECOLOGY)
    assert task.state is State.DELIVERED
    assert task.acknowledged_at == task.accepted_at == at("2026-11-20")


async def test_a_report_changes_no_state(stage: Stage) -> None:
    await register(stage)
    await stage.say("ecology", "4号已受理")
    message = await stage.say("ecology", "4号对账：专家评审已完成，正在公示")
    assert "4号" in text_of(stage.answer_to(message))
    task = await stage.task(ECOLOGY)
    assert task.state is State.ACCEPTED
    assert "专家评审" in (task.report or "")


async def test_a_returned_task_is_dispatched_anew(stage: Stage) -> None:
    card = await register(stage)
    message = await stage.say("ecology", "4号退回")
    assert "原因" in text_of(stage.answer_to(message))
    assert await state_of(stage, ECOLOGY) is State.DISPATCHED

    await stage.say("ecology", "4号退回：项目不在我市权限内")
    post = stage.find("4号", "退回", "项目不在我市权限内")
    refused = await stage.press("ecology", post, "重新下达")
    assert refused["show_alert"]
    await stage.move_to(at("2026-11-23", "09:00"))
    await stage.press("office", post, "重新下达")
    task = await stage.task(ECOLOGY)
    assert task.state is State.DISPATCHED
    assert task.take_due == at("2026-11-24").date()
    assert "领账 · 生态环境局" in buttons_of(stage.shown(card))


async def test_a_task_is_transferred_by_the_office(stage: Stage) -> None:
    card = await register(stage)
    refused = await stage.say("ecology", "4号转市住建局")
    assert "重点办" in text_of(stage.answer_to(refused))
    await stage.say("office", "4号转市住建局")
    assert await state_of(stage, ECOLOGY) is State.TRANSFERRED
    new = await stage.task(6)
    assert (new.department, new.state) == ("市住房和城乡建设局", State.DISPATCHED)
    assert "6号 市住建局 环评报告表" in text_of(stage.shown(card))


async def test_a_returned_task_is_transferred_by_a_button(stage: Stage) -> None:
    await register(stage)
    await stage.say("ecology", "4号退回：不归我局")
    await stage.press("office", stage.find("4号", "退回"), "转 住建局")
    assert (await stage.task(6)).department == "市住房和城乡建设局"


async def test_what_was_checked_and_found_wanting_goes_back(stage: Stage) -> None:
    await register(stage)
    await stage.say("ecology", "4号已受理")
    await stage.say("ecology", "4号已办结，文号 演环审〔2026〕1号")
    delivered = stage.find("4号", "已交账")
    message = await stage.say("office", "补账：附件缺盖章页", delivered)
    assert stage.replies_to(message)
    assert await state_of(stage, ECOLOGY) is State.ACCEPTED
    assert stage.find("4号", "附件缺盖章页")


async def test_the_clock_stands_still_while_paused(stage: Stage) -> None:
    """Law 4: neither the day of the pause nor the day of the resumption counts."""
    await register(stage)
    await stage.say("ecology", "4号已受理")
    assert (await stage.task(ECOLOGY)).finish_due == at("2026-12-04").date()
    await stage.move_to(at("2026-11-24", "10:00"))
    await stage.say("ecology", "4号补正：缺公示材料")
    assert (await stage.task(ECOLOGY)).finish_due is None
    await stage.move_to(at("2026-11-26", "10:00"))
    await stage.say("ecology", "4号恢复计时")
    assert (await stage.task(ECOLOGY)).finish_due == at("2026-12-09").date()
    answer = stage.answer_to(await stage.say("suiping", f"{NAME}的环评什么时候到期"))
    assert "12月9日 周三" in text_of(answer)
    assert "11月24日" in text_of(answer)


@pytest.mark.parametrize(
    ("who", "word"),
    [
        ("housing", "您登记在市住房和城乡建设局"),
        ("suiping", "市生态环境局"),
        ("office", "市生态环境局"),
        ("stranger", "加入"),
    ],
)
async def test_who_may_not_take_it_reads_why(stage: Stage, who: str, word: str) -> None:
    card = await register(stage)
    refused = await stage.press(who, card, "领账 · 生态环境局")
    assert refused["show_alert"]
    assert word in refused["text"]
    message = await stage.say(who, "4号已办结，文号 演环审〔2026〕1号")
    assert word in text_of(stage.answer_to(message))
    assert await state_of(stage, ECOLOGY) is State.DISPATCHED


async def test_a_department_does_not_close_its_own_task(stage: Stage) -> None:
    await register(stage)
    await stage.say("ecology", "4号已办结，文号 演环审〔2026〕1号")
    refused = await stage.press("ecology", stage.find("4号", "已交账"), "销号")
    assert "重点办" in refused["text"]
    assert await state_of(stage, ECOLOGY) is State.DELIVERED


async def test_of_two_who_press_at_once_one_wins(stage: Stage) -> None:
    card = await register(stage)
    answers = await asyncio.gather(
        stage.tap("ecology", card, "领账 · 生态环境局"),
        stage.tap("ecology2", card, "领账 · 生态环境局"),
    )
    await stage.settle()
    won = [answer for answer in answers if not answer["show_alert"]]
    lost = [answer for answer in answers if answer["show_alert"]]
    assert len(won) == len(lost) == 1
    winner = (await stage.task(ECOLOGY)).acknowledged_by
    assert winner is not None
    assert winner in lost[0]["text"]
    assert "09:00" in lost[0]["text"]


async def test_of_two_who_press_in_different_chats_at_once_one_wins(stage: Stage) -> None:
    """In different chats they run side by side, and the ledger decides."""
    await register(stage)
    for who in ("ecology", "ecology2"):
        await stage.whisper(who, "/start")
        await stage.whisper(who, "我的任务")
        await stage.press(who, stage.last(stage.private(who)), "4号")
    answers = await asyncio.gather(
        *(
            stage.tap(who, stage.find("4号 环评报告表", chat=stage.private(who)), "领账")
            for who in ("ecology", "ecology2")
        )
    )
    await stage.settle()
    assert sorted(answer["show_alert"] for answer in answers) == [False, True]
    winner = (await stage.task(ECOLOGY)).acknowledged_by
    lost = next(answer for answer in answers if answer["show_alert"])
    assert winner is not None
    assert winner in lost["text"]


async def test_a_double_press_counts_once(stage: Stage) -> None:
    card = await register(stage)
    data = stage.sandbox.get_button(card, "领账 · 生态环境局")
    await stage.press("ecology", card, "领账 · 生态环境局")
    again = await stage.forge("ecology", card, data)
    assert "环境局·丁" in again["text"]
    assert (await stage.task(ECOLOGY)).version == 2


async def test_forged_and_old_buttons_do_nothing(stage: Stage) -> None:
    card = await register(stage)
    before = [await stage.task(number) for number in range(1, 6)]
    for data in FORGED:
        await stage.forge("ecology", card, data)
    assert [await stage.task(number) for number in range(1, 6)] == before
    assert len(await stage.projects()) == 1
    assert await count_rows(stage, "processed_updates WHERE outcome = 'set_aside'") == 0


async def test_an_act_on_a_task_that_is_not_there(stage: Stage) -> None:
    await register(stage)
    for words in ("99号已办结，文号 演〔2026〕1号", "999999号收到"):
        message = await stage.say("ecology", words)
        assert "没有" in text_of(stage.answer_to(message))


async def test_what_is_ambiguous_is_asked_back_with_buttons(stage: Stage) -> None:
    card = await register(stage)
    message = await stage.say("reform", "已办结，批复文号 演发改〔2026〕1号", card)
    asked = stage.answer_to(message)
    assert buttons_of(asked) == ["1号", "2号"]
    assert await state_of(stage, 1) is State.DISPATCHED

    refused = await stage.press("ecology", asked, "2号")
    assert refused["show_alert"]
    await stage.press("reform", asked, "2号")
    task = await stage.task(2)
    assert task.state is State.DELIVERED
    assert "演发改〔2026〕1号" in (task.document or "")
    assert await state_of(stage, 1) is State.DISPATCHED


async def test_a_reason_is_not_lost_by_asking_back(stage: Stage) -> None:
    card = await register(stage)
    await stage.say("reform", "1、2号已受理")
    asked = stage.answer_to(await stage.say("reform", "补正：缺红线图", card))
    await stage.press("reform", asked, "2号")
    task = await stage.task(2)
    assert task.state is State.PAUSED
    assert task.reason == "缺红线图"


async def test_asking_back_may_be_answered_by_number(stage: Stage) -> None:
    card = await register(stage)
    asked = stage.answer_to(await stage.say("reform", "已联系业主，材料清单已发", card))
    if buttons_of(asked) == ["1号", "2号"]:
        await stage.say("reform", "2号已联系业主", asked)
    assert await state_of(stage, 2) is State.CONTACTED


async def test_an_item_by_its_common_name(stage: Stage) -> None:
    """环评 may be a report or a form; a project has one of them."""
    await register(stage)
    await stage.say("ecology", f"{NAME}的环评已受理")
    assert await state_of(stage, ECOLOGY) is State.ACCEPTED


async def test_an_act_in_reply_to_a_draft_is_not_about_the_task_of_that_number(
    stage: Stage,
) -> None:
    """Drafts and tasks are counted each for itself."""
    await register(stage)
    draft = stage.answer_to(
        await stage.say("attraction", "【签约项目登记】\n项目名称：演练乙\n所在县区：西平")
    )
    await stage.say("ecology", f"{NAME}的环评报告表已受理", draft)
    assert await state_of(stage, 1) is State.DISPATCHED
    assert await state_of(stage, ECOLOGY) is State.ACCEPTED


async def test_the_permit_waits_for_what_the_law_puts_first(stage: Stage) -> None:
    card = await register(stage)
    await stage.press("housing", card, "领账 · 住建局")
    await stage.press("housing", card, "已联系 · 住建局")
    post = await open_task(stage, "housing", card, "办理 · 住建局")
    assert "先" in text_of(post)
    assert "4号" in text_of(post)


async def test_a_press_that_is_delivered_twice_counts_once(stage: Stage) -> None:
    card = await register(stage)
    await stage.press("ecology", card, "领账 · 生态环境局")
    update = next(u for u in reversed(stage.sandbox.updates()) if "callback_query" in u)
    before = await stage.task(ECOLOGY)
    stage.faulty = True  # a press is answered once, and Telegram says so
    stage.sandbox.redeliver(update["update_id"])
    await stage.settle()
    assert await stage.task(ECOLOGY) == before


async def test_a_card_is_one_post_that_is_edited(stage: Stage) -> None:
    card = await register(stage)
    for words in ("4号收到", "4号已联系业主", "4号已受理"):
        await stage.say("ecology", words)
    assert len(stage.find_all(f"#1 {NAME}", "审批")) == 1
    assert "4号 市生态环境局 环评报告表" in text_of(stage.shown(card))
    assert len(data_of(stage.shown(card))) >= 4


async def test_a_reply_that_names_another_item_is_asked_back(stage: Stage) -> None:
    await register(stage)
    await stage.say("reform", "1号收到")
    answer = stage.last()
    await stage.say("reform", "能评已办结", answer)
    assert (await stage.task(1)).state is State.ACKNOWLEDGED
    assert (await stage.task(2)).state is State.DISPATCHED
    assert buttons_of(stage.last()) == ["1号", "2号"]
    await stage.press("reform", stage.last(), "2号")
    assert (await stage.task(2)).state is State.DELIVERED


async def test_an_item_in_the_reason_of_a_reply_names_no_other_task(stage: Stage) -> None:
    await register(stage)
    await stage.say("ecology", "4号已受理")
    await stage.say("ecology", "补正：缺用地预审批文", stage.last())
    assert (await stage.task(4)).state is State.PAUSED
