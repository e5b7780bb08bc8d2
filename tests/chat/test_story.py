"""The whole story, from a message in the group to the last task struck off."""

from pathlib import Path

from tests.chat.stage import Stage, at, buttons_of, open_stage, text_of

REGISTRATION = """【签约项目登记】
项目名称：演练甲食品产业园
签约日期：2026-02-10
所在县区：遂平县
总投资：5.2亿元
项目类型：工业
环评类别：报告表
业主单位：演练甲食品有限公司（虚构）
联系人：演练员
联系电话：13700000000"""


async def test_from_registration_to_close_across_the_spring_festival(tmp_path: Path) -> None:
    """2026-02-14 is a working Saturday, 02-15 to 02-23 is off: nobody is late because of it."""
    async with open_stage(tmp_path, at("2026-02-13")) as stage:
        await stage.say("office", REGISTRATION)
        card = stage.find("演练甲食品产业园", "环评报告表")
        assert "领账 · 生态环境局" in buttons_of(card)
        assert "2月14日" in text_of(card)  # one working day from Friday is the working Saturday

        toast = await stage.press("ecology", card, "领账 · 生态环境局")
        assert "号" in toast["text"]
        await stage.move_to(at("2026-02-14"))
        await stage.say("ecology", "已联系业主,材料清单已发", reply_to=card)
        number = _number_of(stage, "环评报告表")
        await stage.say("ecology", f"{number}号已受理")
        assert "3月" in text_of(stage.find(f"{number}号"))  # ten working days, the festival left out

        before = len(stage.posts())
        await stage.move_to(at("2026-02-16"))
        assert len(stage.posts()) == before  # a rest day: silence

        await stage.move_to(at("2026-02-24", "08:30"))
        digest = stage.find("逾期")
        assert "2月24日" in text_of(digest)
        assert f"{number}号" not in text_of(digest).split("未领")[0] or "环评" not in text_of(digest)

        await stage.say("ecology", f"{number}号已办结,批复文号 演环审〔2026〕1号")
        handed_in = stage.find(f"{number}号", "销号")
        await stage.press("office", handed_in, "销号")
        assert "已销号" in text_of(stage.shown(card))
    assert not stage.sandbox.refusals


def _number_of(stage: Stage, item: str) -> int:
    card = text_of(stage.find(item))
    line = next(line for line in card.splitlines() if item in line)
    return int("".join(c for c in line.split("号")[0] if c.isdigit()))
