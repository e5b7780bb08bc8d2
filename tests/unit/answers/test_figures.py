"""The board, rates, rankings and the score: every figure names its parts."""

from sqlalchemy import update

from handlers.answers import read_ask
from handlers.reading.values import Intent
from policy.life import Step
from store.context import Tx
from store.tables import projects
from tests.ledger import CITY, LAND, OFFICE, REFORM, at
from tests.unit.answers.asking import HONGDA, JINMAI, Desk, asked, set_up_week, text


def start_project(tx: Tx, number: int) -> None:
    """Construction has begun."""
    tx.conn.execute(update(projects).where(projects.c.number == number).values(stage="started"))


async def finish_late_and_on_time(desk: Desk) -> None:
    """市发改委 finishes one on time and one late; 市自规局 one on time."""
    await desk.force.register(HONGDA)
    for number, by in ((1, REFORM), (2, REFORM), (3, LAND)):
        await desk.force.step(number, Step.ACCEPT, by)
    desk.force.now = at(2026, 11, 17, 17, 29)
    await desk.force.finish(1, REFORM)
    await desk.force.finish(3, LAND)
    desk.force.now = at(2026, 11, 24, 17, 31)
    await desk.force.finish(2, REFORM)


async def test_the_board_counts_by_colour_and_names_what_is_on_it(desk: Desk) -> None:
    await set_up_week(desk)
    said = text(await desk.ask(Intent.BOARD))
    assert "在办 9：🔴 逾期 1 · ◐ 临期 0 · ○ 正常 5 · ‖ 停表 1" in said
    assert "🔴 重点办超时 2" in said
    assert "项目 2：签约 2" in said
    assert "挂牌 1" in said
    assert f"🔴 #2 {JINMAI} 逾期 1，在办 5" in said
    assert f"○ #1 {HONGDA} 在办 4" in said


async def test_the_board_leads_to_the_score(desk: Desk) -> None:
    await finish_late_and_on_time(desk)
    post = await desk.ask(Intent.BOARD)
    said = text(await desk.answer(read_ask(asked(post, "算账"), OFFICE)))
    assert "市发改委 办结 2，按时 1（50%），超期 1；在办 0，逾期 0" in said
    assert "市自规局 办结 1，按时 1（100%）" in said
    assert "市生态环境局 尚无办结；在办 1，逾期 1" in said
    assert "不比回复快慢" in said


async def test_a_county_has_its_rate_of_starts_with_both_numbers(desk: Desk) -> None:
    for name in ("一期", "二期", "三期"):
        await desk.force.register(name, county="泌阳县")
    await desk.force.do(start_project, None, 2)
    said = text(await desk.ask(Intent.COUNTY_RATES, counties=("泌阳县",), metrics=("开工率",)))
    assert said == "泌阳县 开工率 33.3%（签约 3，开工 1）"


async def test_what_the_ledger_cannot_count_is_said_plainly(desk: Desk) -> None:
    await desk.force.register(HONGDA)
    metrics = ("落地率", "开工率", "投资完成率")
    said = text(await desk.ask(Intent.COUNTY_RATES, counties=("遂平县",), metrics=metrics))
    assert "遂平县 开工率 0%（签约 1，开工 0）" in said
    assert "还没有登记开工的项目" in said
    assert "落地率暂时算不出" in said
    assert "投资完成率暂时算不出" in said
    only = await desk.ask(Intent.RANKING, of="counties", metric="落地率", order="desc", n=3)
    assert text(only) == "落地率暂时算不出：台账还没有登记项目落地。"


async def test_a_county_without_a_project_is_not_given_a_rate(desk: Desk) -> None:
    said = text(await desk.ask(Intent.COUNTY_RATES, counties=("泌阳县",), metrics=("开工率",)))
    assert said == "泌阳县：台账里还没有签约项目"


async def test_counties_are_ranked_by_starts(desk: Desk) -> None:
    await desk.force.register("甲", county="泌阳县")
    await desk.force.register("乙", county="遂平县")
    await desk.force.do(start_project, None, 2)
    post = await desk.ask(Intent.RANKING, of="counties", metric="开工率", order="desc", n=1)
    assert text(post).splitlines()[1:] == ["1. 遂平县 100%（签约 1，开工 1）"]


async def test_departments_are_ranked_by_what_is_late_with_ties_shared(desk: Desk) -> None:
    await set_up_week(desk)
    post = await desk.ask(Intent.RANKING, of="departments", metric="逾期数", order="desc", n=1)
    assert text(post).splitlines()[1:] == ["1. 市生态环境局 逾期 1 项（在办 2）"]
    post = await desk.ask(Intent.RANKING, of="departments", metric="逾期数", order="asc", n=1)
    places = [line.split()[0] for line in text(post).splitlines()[1:]]
    assert places == ["1.", "1.", "1."]


async def test_who_has_finished_nothing_is_not_ranked_by_the_rate(desk: Desk) -> None:
    await finish_late_and_on_time(desk)
    post = await desk.ask(Intent.RANKING, of="departments", metric="按时办结率", order="asc", n=3)
    lines = text(post).splitlines()
    assert lines[1:3] == [
        "1. 市发改委 50%（办结 2，按时 1）",
        "2. 市自规局 100%（办结 1，按时 1）",
    ]
    assert lines[3].startswith("尚无办结：")


async def test_departments_without_tasks_are_not_ranked(desk: Desk) -> None:
    await set_up_week(desk)
    said = text(await desk.ask(Intent.RANKING, of="departments", metric="逾期数", order="asc"))
    assert "市城管局" not in said
    assert "市招商局" not in said


async def test_counties_are_ranked_by_what_is_late_in_their_projects(desk: Desk) -> None:
    await set_up_week(desk)
    said = text(await desk.ask(Intent.RANKING, of="counties", metric="逾期数", order="desc"))
    assert said.splitlines()[1].startswith("1. 西平县 逾期 1 项")


async def test_problems_say_what_stands_still_and_what_to_do(desk: Desk) -> None:
    await set_up_week(desk)
    said = text(await desk.ask(Intent.PROBLEMS_OPEN, CITY))
    assert "请在群里直接告诉重点办" in said
    assert "停表、退回和挂牌的 3 项" in said
