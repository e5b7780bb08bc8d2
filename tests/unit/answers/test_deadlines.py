"""When is it due: the date with its weekday and what is left first, then how it was counted."""

from handlers.presses import Verb
from handlers.reading.values import Candidates, Intent
from policy.life import Step
from policy.moments import PauseKind
from tests.ledger import ECOLOGY, ECOLOGY_2, LAND, OFFICE, at
from tests.unit.answers.asking import (
    HONGDA,
    JINMAI,
    Desk,
    asked,
    buttons,
    pressed,
    set_up_week,
    text,
)

EIA = ("环评报告书", "环评报告表")


async def test_an_item_of_a_project_has_its_date_first_and_its_counting_after(desk: Desk) -> None:
    await set_up_week(desk)
    post = await desk.ask(Intent.DEADLINE_OF_ITEM, projects=(HONGDA,), items=EIA)
    lines = [line.text for line in post.lines]
    assert lines[0] == f"#1 {HONGDA}"
    assert lines[1].startswith("环评报告书（4号，市生态环境局）12月18日 周五 17:30 到期")
    assert "还剩 16 个工作日" in lines[1]
    assert "11月20日 周五受理" in lines[2]
    assert "20 个工作日" in lines[2]
    assert "第二十四条" in lines[2]
    assert pressed(post, "4号").verb is Verb.SHOW_TASK


async def test_two_projects_are_answered_one_after_the_other(desk: Desk) -> None:
    await set_up_week(desk)
    post = await desk.ask(Intent.DEADLINE_OF_ITEM, projects=(HONGDA, JINMAI), items=EIA)
    said = text(post)
    assert (
        said.index("环评报告书（4号") < said.index(f"#2 {JINMAI}") < said.index("环评报告表（9号")
    )


async def test_a_make_up_saturday_and_a_pause_are_named(desk: Desk) -> None:
    desk.force.now = at(2026, 9, 21)
    await desk.force.register(HONGDA, signed_on="2026-09-18")
    await desk.force.step(3, Step.ACCEPT, LAND)
    desk.force.now = at(2026, 9, 22)
    await desk.force.step(3, Step.PAUSE, LAND, "缺红线图", PauseKind.CORRECTION)
    desk.force.now = at(2026, 9, 24)
    await desk.force.step(3, Step.RESUME, LAND)
    said = text(await desk.ask(Intent.DAYS_LEFT, tasks=(3,)))
    assert "10月15日 周四 17:30 到期" in said
    assert "9月22日至24日" in said
    assert "国庆" in said
    assert "10月10日 周六" in said


async def test_what_is_not_accepted_says_what_it_would_be(desk: Desk) -> None:
    await desk.force.register(HONGDA)
    said = text(await desk.ask(Intent.DEADLINE_OF_ITEM, projects=(HONGDA,), items=("环评报告表",)))
    assert "还没受理，受理后 10 个工作日到期" in said
    assert "11月17日 周二 17:30 前领账并联系业主，还剩 1 个工作日" in said
    assert "若今天受理，11月30日 周一到期" in said


async def test_a_paused_task_says_since_when_why_and_for_whom(desk: Desk) -> None:
    await set_up_week(desk)
    post = await desk.ask(Intent.DEADLINE_OF_ITEM, projects=(HONGDA,), items=("用地预审",))
    said = text(post)
    assert "等业主补正" in said
    assert "暂无到期日" in said
    assert "缺用地红线图" in said
    assert "11月24日起停表" in said
    assert "余 10 天" in said


async def test_a_task_that_waits_names_what_comes_first(desk: Desk) -> None:
    await set_up_week(desk)
    said = text(await desk.ask(Intent.DAYS_LEFT, tasks=(5,)))
    assert "等节能审查、用地预审、环评报告书先销号" in said
    assert "若今天受理" not in said


async def test_what_is_late_says_so_and_that_it_is_on_the_board(desk: Desk) -> None:
    desk.force.now = at(2026, 11, 16)
    await desk.force.register(HONGDA, eia="form")
    await desk.force.step(1, Step.ACCEPT, 201)
    desk.force.now = at(2026, 11, 20)
    await desk.pass_moments()
    said = text(await desk.ask(Intent.DAYS_LEFT, tasks=(1,)))
    assert "已逾期 3 个工作日，挂牌，期限是 11月17日 周二 17:30" in said


async def test_a_limit_is_over_at_the_close_of_business(desk: Desk) -> None:
    await desk.force.register(HONGDA)
    await desk.force.step(1, Step.ACCEPT, 201)
    desk.force.now = at(2026, 11, 17, 17, 0)
    assert "今天 17:30 到期" in text(await desk.ask(Intent.DAYS_LEFT, tasks=(1,)))
    desk.force.now = at(2026, 11, 17, 18, 0)
    assert "17:30" in text(await desk.ask(Intent.OVERDUE_ALL))
    assert "1号" in text(await desk.ask(Intent.OVERDUE_ALL))


async def test_a_date_beyond_the_published_years_is_provisional(desk: Desk) -> None:
    desk.force.now = at(2026, 12, 14)
    await desk.force.register(HONGDA, eia="report", signed_on="2026-12-11")
    await desk.force.step(4, Step.ACCEPT, ECOLOGY)
    said = text(await desk.ask(Intent.DAYS_LEFT, tasks=(4,)))
    assert "2027年1月" in said
    assert "（暂定）" in said


async def test_an_item_that_the_project_does_not_need_says_what_there_is(desk: Desk) -> None:
    await set_up_week(desk)
    said = text(await desk.ask(Intent.DEADLINE_OF_ITEM, projects=(JINMAI,), items=("排污口审核",)))
    assert "没有排污口审核这项任务" in said
    assert "环评报告表" in said


async def test_a_closed_task_says_when(desk: Desk) -> None:
    await set_up_week(desk)
    said = text(
        await desk.ask(Intent.DEADLINE_OF_ITEM, projects=(HONGDA,), items=("企业投资项目核准",))
    )
    assert "已于11月24日销号" in said


async def test_a_whole_project_names_its_start_first_and_the_most_urgent_task(desk: Desk) -> None:
    await set_up_week(desk)
    post = await desk.ask(Intent.DEADLINE_OF_PROJECT, projects=(HONGDA,))
    said = text(post)
    assert said.index("环评报告书（4号") < said.index("2号 节能审查")
    lines = [line.text for line in post.lines]
    assert lines[1] == "开工目标 2027年2月18日 周四（暂定），还剩 84 天"
    assert lines[2].startswith("开工红线 2027年3月31日 周三（暂定）")
    assert len(post.lines) <= 12
    assert pressed(post, "详情").verb is Verb.SHOW_CARD


async def test_a_project_that_waits_for_the_office_says_so(desk: Desk) -> None:
    await desk.force.register(HONGDA, kind=None, eia=None)
    said = text(await desk.ask(Intent.DEADLINE_OF_PROJECT, projects=(HONGDA,)))
    assert "等重点办在 11月17日 周二 17:30 前选定项目类型" in said
    desk.force.now = at(2026, 11, 19)
    said = text(await desk.ask(Intent.DEADLINE_OF_PROJECT, projects=(HONGDA,)))
    assert "等重点办选定项目类型，逾期 2 个工作日" in said


async def test_an_item_without_a_project_lists_all(desk: Desk) -> None:
    await set_up_week(desk)
    said = text(await desk.ask(Intent.DEADLINE_OF_ITEM, items=("用地预审",)))
    assert "用地预审 在办 2 项" in said
    assert "8号" in said
    assert "3号" in said


async def test_an_unknown_number_says_which_there_are(desk: Desk) -> None:
    await set_up_week(desk)
    assert text(await desk.ask(Intent.DAYS_LEFT, tasks=(99,))) == "没有 99号任务，目前编到 10号。"


async def test_several_names_are_asked_back_and_the_button_asks_on(desk: Desk) -> None:
    await set_up_week(desk)
    unclear = (Candidates("产线", (JINMAI, HONGDA)),)
    post = await desk.ask(Intent.DEADLINE_OF_ITEM, items=EIA, unclear=unclear)
    assert "“产线”对得上 2 个项目" in text(post)
    assert [button.label for button in buttons(post)] == [
        f"#2 {JINMAI}（西平县）",
        f"#1 {HONGDA}（遂平县）",
    ]
    assert asked(post, f"#2 {JINMAI}（西平县）").startswith("deadline_of_item/")


async def test_one_name_in_two_counties_is_asked_back(desk: Desk) -> None:
    await desk.force.register(HONGDA)
    await desk.force.register(HONGDA, county="西平县")
    post = await desk.ask(Intent.PROJECT_STATUS, projects=(HONGDA,))
    assert "2 个县区都有" in text(post)
    assert len(buttons(post)) == 2
    one = await desk.ask(Intent.PROJECT_STATUS, projects=(HONGDA,), counties=("西平县",))
    assert f"#2 {HONGDA}" in text(one)


async def test_what_is_not_in_the_ledger_is_said_with_what_there_is(desk: Desk) -> None:
    await desk.force.register(HONGDA)
    post = await desk.ask(Intent.DEADLINE_OF_PROJECT, OFFICE, unknown="天方药业")
    assert "没有“天方药业”" in text(post)
    assert buttons(post)[0].label.startswith(f"#1 {HONGDA}")


async def test_what_is_called_nearly_so_is_offered_alone(desk: Desk) -> None:
    await desk.force.register(HONGDA)
    await desk.force.register(JINMAI)
    post = await desk.ask(Intent.DEADLINE_OF_ITEM, unknown="宏大食品", items=EIA)
    assert text(post) == "台账里没有“宏大食品”。名称相近的项目："
    assert [button.label for button in buttons(post)] == [f"#1 {HONGDA}（遂平县）"]
    assert asked(post, f"#1 {HONGDA}（遂平县）").startswith("deadline_of_item/")


async def test_the_deputy_gets_the_same_answer(desk: Desk) -> None:
    await set_up_week(desk)
    one = await desk.ask(Intent.DAYS_LEFT, ECOLOGY, tasks=(4,))
    other = await desk.ask(Intent.DAYS_LEFT, ECOLOGY_2, private=True, tasks=(4,))
    assert one == other
