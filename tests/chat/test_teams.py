"""Landing teams: within seven days of signing, reported by the county or the office (第十条)."""

from tests.chat.projects import register
from tests.chat.stage import Stage, at, buttons_of, text_of

LABEL = "登记落地小组成立"


async def test_the_projects_county_reports_its_landing_team_with_one_tap(stage: Stage) -> None:
    card = await register(stage)
    assert "落地推进小组 11月26日 周四 前成立" in text_of(card)
    refused = await stage.press("xiping", card, LABEL)
    assert refused["show_alert"]
    assert "遂平县" in refused["text"]
    await stage.press("suiping", card, LABEL)
    assert "落地推进小组" not in text_of(stage.shown(card))
    assert LABEL not in buttons_of(stage.shown(card))


async def test_a_team_reported_twice_is_refused(stage: Stage) -> None:
    card = await register(stage)
    data = stage.sandbox.get_button(card, LABEL)
    await stage.press("office", card, LABEL)
    again = await stage.forge("suiping", card, data)
    assert again["show_alert"]


async def test_the_digest_names_counties_whose_team_is_due_or_late(stage: Stage) -> None:
    await register(stage)
    await stage.move_to(at("2026-11-24", "08:30"))
    assert "未成立" not in text_of(stage.last())
    await stage.move_to(at("2026-11-25", "08:30"))
    assert "遂平县：#1 未成立落地推进小组，还剩 1 个工作日" in text_of(stage.last())
    await stage.move_to(at("2026-11-27", "08:30"))
    assert "🔴 遂平县：#1 未成立落地推进小组，逾期 1 个工作日" in text_of(stage.last())
