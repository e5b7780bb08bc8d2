"""The whole story, from a message in the group to the last task struck off."""

from pathlib import Path

import pytest

from tests.chat.projects import NAME, line_of, registration
from tests.chat.stage import Stage, at, buttons_of, open_stage, text_of

BOTH = (pytest.param("sqlite"), pytest.param("postgres", marks=pytest.mark.postgres))


@pytest.fixture(params=BOTH)
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database, on SQLite and on PostgreSQL."""
    if request.param == "postgres":
        found: str = request.getfixturevalue("fresh_postgres_url")
        return found
    return f"sqlite:///{tmp_path / 'story.db'}"


async def test_from_registration_to_close_across_the_spring_festival(
    tmp_path: Path, url: str
) -> None:
    """2026-02-14 is a working Saturday, 02-15 to 02-23 is off: nobody is late because of it."""
    async with open_stage(tmp_path, at("2026-02-13"), url) as stage:
        await stage.say("office", registration(签约日期="2026-02-12"))
        card = stage.find(NAME, "环评报告表")
        assert "领账 · 生态环境局" in buttons_of(card)
        assert "请于 2月14日 周六 17:30 前领账" in text_of(card)  # the working Saturday

        toast = await stage.press("ecology", card, "领账 · 生态环境局")
        assert toast["text"].startswith("4号已领账")
        await _expect_digest(stage, "2026-02-14", "今天 17:30 到期")
        await stage.say("ecology", "已联系业主，材料清单已发", card)
        await stage.say("ecology", "4号已受理")
        # Ten working days from 14 February: 24 to 28 February (Saturday 28 works), 2 to 6 March.
        assert (await stage.task(4)).finish_due == at("2026-03-06").date()
        answer = await stage.say("suiping", f"{NAME}的环评什么时候到期")
        explained = text_of(stage.answer_to(answer))
        assert "3月6日 周五" in explained
        assert "10 个工作日" in explained

        for day in ("2026-02-15", "2026-02-17", "2026-02-22", "2026-02-23"):
            await _expect_silence(stage, day)

        await _expect_digest(stage, "2026-02-24", "逾期")
        assert "4号" not in text_of(stage.find("2月24日", "逾期"))
        await _expect_digest(stage, "2026-02-25", "挂牌")
        assert "挂牌" in text_of(stage.shown(card))
        await _expect_silence(stage, "2026-03-01")  # a Sunday, whatever is overdue

        await stage.say("ecology", "4号已办结，批复文号 演环审〔2026〕1号")
        handed_in = stage.find("4号", "已交账", "演环审〔2026〕1号")
        await stage.press("office", handed_in, "销号")
        assert "销号" in line_of(stage, card, 4)
        assert 4 not in {task.number for task in await stage.open_tasks()}


async def test_across_national_day_with_a_machine_that_was_off(tmp_path: Path, url: str) -> None:
    """2026-10-01 to 10-07 is off, 2026-10-10 is a working Saturday."""
    async with open_stage(tmp_path, at("2026-09-29"), url) as stage:
        await stage.say("attraction", registration(签约日期="2026-09-28"))
        draft = stage.find("待确认建账")
        assert "9月30日 周三 17:30" in text_of(draft)
        await stage.press("office", draft, "确认建账")
        card = stage.find(NAME, "环评报告表")
        for who, department in (("land", "自规局"), ("reform", "发改委"), ("housing", "住建局")):
            await stage.press(who, card, f"领账 · {department}")
            await stage.press(who, card, f"已联系 · {department}")
        await stage.say("land", "3号已受理")
        # Ten working days from 29 September: the 30th, 8 to 10 October, 12 to 16, the 19th.
        assert (await stage.task(3)).finish_due == at("2026-10-19").date()

        await stage.stop()
        for day in ("2026-09-30", "2026-10-01", "2026-10-08"):
            await stage.sandbox.move_clock_to(at(day, "08:30"))
        await stage.sandbox.move_clock_to(at("2026-10-09", "14:00"))
        before = len(stage.posts())
        await stage.start()
        await stage.move_to(at("2026-10-09", "14:01"))
        digests = [p for p in stage.posts()[before:] if text_of(p).startswith("10月9日")]
        assert len(digests) == 1  # one for all the days
        assert "4号" in text_of(digests[0])

        await _expect_digest(stage, "2026-10-10", "挂牌")
        await _expect_silence(stage, "2026-10-11")
        await stage.press("ecology", card, "领账 · 生态环境局")
        await stage.press("ecology", card, "已联系 · 生态环境局")
        await stage.move_to(at("2026-10-12", "09:30"))
        for number, who in ((1, "reform"), (2, "reform"), (3, "land"), (4, "ecology")):
            await _finish(stage, number, who)
        await _finish(stage, 5, "housing")
        assert not await stage.open_tasks()
        for number in range(1, 6):
            assert f"{number}号" in text_of(stage.shown(card)).split("已销号")[-1]
        await stage.press("suiping", card, "落地小组")
        await _expect_silence(stage, "2026-10-13")


async def _finish(stage: Stage, number: int, who: str) -> None:
    await stage.say(who, f"{number}号已办结，批文 演〔2026〕{number}号")
    handed_in = stage.find(f"{number}号", "已交账", f"演〔2026〕{number}号")
    await stage.press("office", handed_in, "销号")


async def _expect_digest(stage: Stage, day: str, *words: str) -> None:
    """The morning says something once, however often the clock is looked at."""
    before = len(stage.posts())
    await stage.move_to(at(day, "08:29"))
    assert len(stage.posts()) == before
    for clock in ("08:30", "08:31", "11:00"):
        await stage.move_to(at(day, clock))
    said = [text_of(post) for post in stage.posts()[before:]]
    assert len(said) == 1, said
    assert all(word in said[0] for word in words), said[0]


async def _expect_silence(stage: Stage, day: str) -> None:
    before = len(stage.posts())
    for clock in ("08:30", "12:00", "18:00"):
        await stage.move_to(at(day, clock))
    assert len(stage.posts()) == before, text_of(stage.last())
