"""Lists: what is late, due, open, not taken; the most urgent first, and short."""

from datetime import date
from typing import Any

import pytest

from handlers.answers import read_ask
from handlers.presses import Verb
from handlers.reading.values import Intent, Period
from policy.life import Step
from tests.ledger import COUNTY, ECOLOGY, HOUSING, LAND, LEADER, OFFICE, REFORM, at
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

WEEK: dict[str, Any] = {
    "period": Period.THIS_WEEK,
    "first": date(2026, 11, 23),
    "last": date(2026, 11, 29),
}


async def test_what_is_late_is_named_with_its_delay_and_the_board(desk: Desk) -> None:
    await set_up_week(desk)
    post = await desk.ask(Intent.OVERDUE_ALL)
    said = text(post)
    assert said.startswith("逾期 1 项 · 11月26日 周四")
    assert f"🔴 市生态环境局 9号 {JINMAI} 环评报告表 未领账，逾期 3 个工作日，挂牌" in said
    assert pressed(post, "9号").verb is Verb.SHOW_TASK


async def test_the_offices_own_delay_is_not_a_departments(desk: Desk) -> None:
    await set_up_week(desk)
    assert "等重点办处理已超时：6号、10号" in text(await desk.ask(Intent.OVERDUE_ALL))
    theirs = await desk.ask(Intent.OVERDUE_OF_DEPARTMENT, departments=("市住房和城乡建设局",))
    assert text(theirs).startswith("市住建局没有逾期任务")


async def test_nothing_late_is_one_line_with_what_comes_next(desk: Desk) -> None:
    await desk.force.register(HONGDA)
    post = await desk.ask(Intent.OVERDUE_ALL)
    assert (
        text(post)
        == "目前没有逾期任务。最近到期：1号 宏达食品加工产业园 企业投资项目核准，11月17日 周二。"
    )
    assert not post.buttons


async def test_an_empty_ledger_has_nothing_late(desk: Desk) -> None:
    assert text(await desk.ask(Intent.OVERDUE_ALL)) == "目前没有逾期任务。"


async def test_what_is_due_is_grouped_by_day(desk: Desk) -> None:
    await set_up_week(desk)
    said = text(await desk.ask(Intent.DUE_WITHIN, **WEEK))
    assert said.startswith("11月23日至29日 到期 3 项")
    assert said.index("11月23日 周一 17:30") < said.index("9号") < said.index("11月25日 周三")


async def test_what_is_late_already_is_counted_beside_what_is_due(desk: Desk) -> None:
    await set_up_week(desk)
    post = await desk.ask(Intent.DUE_WITHIN)
    assert "另有已逾期 3 项" in text(post)
    assert "7号" in text(post)
    assert asked(post, "逾期") == "overdue_all"


async def test_a_span_without_tasks_is_one_line(desk: Desk) -> None:
    today: dict[str, Any] = {
        "period": Period.TODAY,
        "first": date(2026, 11, 16),
        "last": date(2026, 11, 16),
    }
    assert text(await desk.ask(Intent.DUE_WITHIN, **today)) == "11月16日 周一没有到期任务。"


async def test_a_span_without_tasks_has_its_weekdays_and_what_is_due_next(desk: Desk) -> None:
    await desk.force.register(HONGDA)
    span: dict[str, Any] = {"first": date(2026, 11, 21), "last": date(2026, 11, 22)}
    said = text(await desk.ask(Intent.DUE_WITHIN, **span))
    assert said == (
        "11月21日 周六至11月22日 周日没有到期任务。"
        f"最近到期：1号 {HONGDA} 企业投资项目核准，11月17日 周二。"
    )


async def test_a_departments_tasks_come_with_their_states(desk: Desk) -> None:
    await set_up_week(desk)
    post = await desk.ask(Intent.DEPARTMENT_TASKS, departments=("市自然资源和规划局",))
    said = text(post)
    assert said.startswith("市自规局 在办 2 项")
    assert f"○ 8号 {JINMAI} 用地预审 12月7日 周一到期，还剩 7 个工作日" in said
    assert f"‖ 3号 {HONGDA} 用地预审 停表，等业主补正" in said


async def test_a_departments_tasks_of_one_project(desk: Desk) -> None:
    await set_up_week(desk)
    reform = ("市发展和改革委员会",)
    post = await desk.ask(Intent.DEPARTMENT_TASKS, departments=reform, numbers=(1,))
    assert [button.label for button in buttons(post)] == ["2号"]


async def test_a_long_list_ends_in_a_button_for_the_rest(desk: Desk) -> None:
    for number in range(12):
        await desk.force.register(f"虚构项目{number:02}")
    desk.force.now = at(2026, 11, 18)
    post = await desk.ask(Intent.OVERDUE_OF_DEPARTMENT, departments=("市自然资源和规划局",))
    assert text(post).startswith("市自规局 逾期 12 项")
    assert len(post.lines) == 11
    rest = await desk.answer(read_ask(asked(post, "另有 2 项"), OFFICE))
    assert [line.text[:5] for line in rest.lines[1:]] == ["🔴 53号", "🔴 58号"]
    assert "另有" not in "".join(button.label for button in buttons(rest))


async def test_every_departments_long_list_fits_on_a_button(desk: Desk) -> None:
    for number in range(12):
        await desk.force.register(f"虚构项目{number:02}")
    for department in ("市发展和改革委员会", "市自然资源和规划局", "市住房和城乡建设局"):
        span: dict[str, Any] = {"first": date(2026, 11, 16), "last": date(2026, 11, 22)}
        post = await desk.ask(
            Intent.DUE_WITHIN, period=Period.THIS_WEEK, departments=(department,), **span
        )
        assert any(button.label.startswith("另有") for button in buttons(post))


async def test_who_has_not_taken_is_told_by_department(desk: Desk) -> None:
    await desk.force.register(HONGDA)
    await desk.force.register(JINMAI)
    await desk.force.step(1, Step.ACKNOWLEDGE, REFORM)
    said = text(await desk.ask(Intent.UNACKNOWLEDGED))
    assert said.startswith("未领账 9 项")
    assert "○ 市发改委 2号、6号、7号，还剩 1 个工作日" in said
    assert "已领账但还没联系业主 1 项" in said


async def test_many_untaken_tasks_are_summed_up(desk: Desk) -> None:
    for number in range(6):
        await desk.force.register(f"虚构项目{number:02}")
    post = await desk.ask(Intent.UNACKNOWLEDGED)
    assert "○ 市发改委 1号、2号、6号、7号、11号等 12 项，还剩 1 个工作日" in text(post)
    theirs = await desk.answer(read_ask(asked(post, "市住建局"), OFFICE))
    assert text(theirs).startswith("市住建局 在办 6 项")


async def test_many_late_tasks_are_counted_by_department(desk: Desk) -> None:
    for number in range(6):
        await desk.force.register(f"虚构项目{number:02}")
    desk.force.now = at(2026, 11, 18)
    said = text(await desk.ask(Intent.OVERDUE_ALL)).splitlines()
    assert said[1] == "市发改委 12、市自规局 6、市生态环境局 6、市住建局 6"


async def test_everything_taken_is_one_line(desk: Desk) -> None:
    assert text(await desk.ask(Intent.UNACKNOWLEDGED)) == "全部已领账。"


async def test_my_tasks_are_my_departments(desk: Desk) -> None:
    await set_up_week(desk)
    said = text(await desk.ask(Intent.MY_TASKS, REFORM))
    assert said.startswith("市发改委 待办 2 项")
    assert "7号" in said
    assert "6号" not in said
    assert "另有 1 项在重点办手里" in said
    assert text(await desk.ask(Intent.MY_TASKS, LAND)).startswith("市自规局 待办 2 项")


async def test_a_department_with_nothing_to_do_is_told_so(desk: Desk) -> None:
    assert text(await desk.ask(Intent.MY_TASKS, HOUSING)) == "市住建局眼下没有待办。"


async def test_my_tasks_of_the_office_are_what_waits_for_it(desk: Desk) -> None:
    await set_up_week(desk)
    await desk.force.register("待定项目", kind=None, eia=None)
    said = text(await desk.ask(Intent.MY_TASKS, OFFICE))
    assert said.startswith("等重点办处理 3 件")
    assert "#3 待定项目 待选定项目类型" in said
    assert f"6号 {JINMAI} 企业投资项目核准（市发改委）已交账，逾期 1 个工作日" in said
    assert "退回：不归我局" in said


async def test_my_tasks_of_a_county_are_its_projects(desk: Desk) -> None:
    await set_up_week(desk)
    said = text(await desk.ask(Intent.MY_TASKS, COUNTY))
    assert said.startswith("遂平县 项目 1 个")
    assert HONGDA in said
    assert JINMAI not in said


async def test_who_has_no_tasks_is_shown_the_board(desk: Desk) -> None:
    post = await desk.ask(Intent.MY_TASKS, LEADER)
    assert asked(post, "看板") == "board"


@pytest.mark.parametrize("by", [OFFICE, ECOLOGY, COUNTY, LEADER])
async def test_no_answer_in_a_group_shows_a_phone(desk: Desk, by: int) -> None:
    await desk.force.register(JINMAI, contact="张三", phone="13700000001")
    for intent in Intent:
        assert "1370000" not in text(await desk.ask(intent, by, projects=(JINMAI,)))


async def test_every_question_has_an_answer_in_an_empty_ledger(desk: Desk) -> None:
    for intent in Intent:
        assert text(await desk.ask(intent)).strip(), intent


async def test_no_answer_is_longer_than_a_phone_shows(desk: Desk) -> None:
    for number in range(12):
        await desk.force.register(f"虚构项目{number:02}", eia=None if number < 6 else "form")
    desk.force.now = at(2026, 11, 25)
    await desk.pass_moments()
    for intent in Intent:
        assert len((await desk.ask(intent)).lines) <= 16, intent
