"""How far a project is, and who is responsible."""

from typing import Any

from handlers.answers import question_to_data
from handlers.presses import Verb
from handlers.reading.values import Intent, Query, Slots
from policy.life import Step
from tests.ledger import LAND, OFFICE
from tests.unit.answers.asking import HONGDA, JINMAI, Desk, buttons, pressed, set_up_week, text


async def test_a_project_is_summed_up_in_a_few_lines(desk: Desk) -> None:
    await set_up_week(desk)
    post = await desk.ask(Intent.PROJECT_STATUS, projects=(HONGDA,))
    said = text(post)
    assert said.startswith(f"#1 {HONGDA}\n遂平县 · 5.2亿元 · 11月20日签约\n审批 5 项，销号 1")
    assert "4/40 个工作日" in said
    assert "○ 4号 环评报告书（市生态环境局）12月18日 周五到期，还剩 16 个工作日" in said
    assert said.index("开工目标") < said.index("开工红线") < said.index("○ 4号")
    assert len(post.lines) <= 12
    assert pressed(post, "详情").verb is Verb.SHOW_CARD


async def test_an_item_that_is_asked_comes_first_with_its_date(desk: Desk) -> None:
    await set_up_week(desk)
    slots: dict[str, Any] = {"projects": (HONGDA,), "items": ("环评报告书",)}
    post = await desk.ask(Intent.PROJECT_STATUS, **slots)
    lines = [line.text for line in post.lines]
    assert lines[1].startswith("环评报告书（4号，市生态环境局）12月18日 周五 17:30 到期")
    assert "另有" not in text(post)
    assert "销号 1，无逾期" in text(post)
    assert pressed(post, "4号").verb is Verb.SHOW_TASK


async def test_an_item_that_is_done_says_when(desk: Desk) -> None:
    await set_up_week(desk)
    slots: dict[str, Any] = {"projects": (HONGDA,), "items": ("企业投资项目核准",)}
    lines = (await desk.ask(Intent.PROJECT_STATUS, **slots)).lines
    assert lines[1].text == "企业投资项目核准（1号，市发改委）已于11月24日销号。"


async def test_an_item_that_is_taken_has_its_taker(desk: Desk) -> None:
    await desk.force.register(HONGDA)
    await desk.force.step(3, Step.ACKNOWLEDGE, LAND)
    slots: dict[str, Any] = {"projects": (HONGDA,), "items": ("用地预审",)}
    said = text(await desk.ask(Intent.PROJECT_STATUS, **slots))
    assert "领账人：陈小地" in said


async def test_what_is_overdue_of_a_project_comes_first(desk: Desk) -> None:
    await set_up_week(desk)
    post = await desk.ask(Intent.PROJECT_STATUS, projects=(JINMAI,))
    assert post.lines[1].text.startswith("🔴 逾期 1 项 · 🔴 重点办超时 ")
    assert "无逾期" not in text(post)


async def test_a_project_is_found_by_its_number(desk: Desk) -> None:
    await set_up_week(desk)
    assert text(await desk.ask(Intent.PROJECT_STATUS, numbers=(2,))).startswith(f"#2 {JINMAI}")


async def test_no_project_named_is_asked_back_with_the_newest(desk: Desk) -> None:
    await set_up_week(desk)
    post = await desk.ask(Intent.PROJECT_STATUS)
    assert "问的是哪个项目" in text(post)
    assert buttons(post)[0].label.startswith("#2")


async def test_an_item_has_its_department_its_people_and_its_article(desk: Desk) -> None:
    said = text(await desk.ask(Intent.WHO_IS_RESPONSIBLE, items=("环评报告表",)))
    assert "环评报告表由市生态环境局审批，受理后 10 个工作日办结" in said
    assert "驻政办〔2021〕37号第二十四条" in said
    assert "孙小环、周小环" in said


async def test_a_projects_item_has_who_took_it(desk: Desk) -> None:
    await desk.force.register(HONGDA, lead="市工业和信息化局")
    await desk.force.step(3, Step.ACKNOWLEDGE, LAND)
    slots: dict[str, Any] = {"projects": (HONGDA,), "items": ("用地预审",)}
    said = text(await desk.ask(Intent.WHO_IS_RESPONSIBLE, **slots))
    lines = said.split("\n")
    assert lines[1].startswith("○ 3号 用地预审（市自规局）未联系业主")
    assert lines[2:] == ["领账人：陈小地", "牵头 市工业和信息化局，所在 遂平县"]


async def test_a_projects_item_that_nobody_took_has_who_works_there(desk: Desk) -> None:
    await desk.force.register(HONGDA)
    slots: dict[str, Any] = {"projects": (HONGDA,), "items": ("用地预审",)}
    lines = [line.text for line in (await desk.ask(Intent.WHO_IS_RESPONSIBLE, **slots)).lines]
    assert "3号 用地预审（市自规局）" in lines[1]
    assert lines[2] == "市自规局经办：陈小地"
    assert lines[3] == "所在 遂平县，未登记牵头单位"


async def test_a_projects_item_that_is_closed_has_who_had_it(desk: Desk) -> None:
    await set_up_week(desk)
    slots: dict[str, Any] = {"projects": (HONGDA,), "items": ("企业投资项目核准",)}
    said = text(await desk.ask(Intent.WHO_IS_RESPONSIBLE, **slots))
    assert "1号 企业投资项目核准（市发改委）已于11月24日销号" in said


async def test_who_leads_comes_first_where_it_is_known(desk: Desk) -> None:
    await desk.force.register(HONGDA, lead="市工业和信息化局")
    await desk.force.register(JINMAI)
    led = await desk.ask(Intent.WHO_IS_RESPONSIBLE, projects=(HONGDA,))
    assert led.lines[1].text.startswith("牵头 ")
    unled = await desk.ask(Intent.WHO_IS_RESPONSIBLE, projects=(JINMAI,))
    assert unled.lines[-1].text.endswith("未登记牵头单位")


async def test_two_questions_about_one_project_share_its_title_and_its_button(desk: Desk) -> None:
    await desk.force.register(HONGDA)
    also = Query(Intent.WHO_IS_RESPONSIBLE, Slots(projects=(HONGDA,), items=("用地预审",)))
    asked = Query(Intent.PROJECT_STATUS, Slots(projects=(HONGDA,)), (also,))
    post = await desk.answer(question_to_data(asked, OFFICE))
    assert text(post).count(f"#1 {HONGDA}") == 1
    assert [button.label for button in buttons(post)] == ["详情"]
    assert "市自规局经办" in text(post)


async def test_two_questions_about_two_projects_keep_their_titles(desk: Desk) -> None:
    await desk.force.register(HONGDA)
    await desk.force.register(JINMAI)
    also = Query(Intent.WHO_IS_RESPONSIBLE, Slots(projects=(JINMAI,)))
    asked = Query(Intent.WHO_IS_RESPONSIBLE, Slots(projects=(HONGDA,)), (also,))
    post = await desk.answer(question_to_data(asked, OFFICE))
    assert f"\n\n#2 {JINMAI}\n" in text(post)
    assert len(buttons(post)) == 2
