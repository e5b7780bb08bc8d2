"""What cannot be changed any more, and what can still be added: to acts and to projects."""

from policy.life import State
from tests.chat.projects import NAME, register, registration
from tests.chat.stage import Message, Stage, text_of

NOT_CARRIED_OUT = "改过的消息不办理，还没办成的请重发一条"


class TestEditedActs:
    """An edited message acts on nothing, and says so."""

    async def test_a_corrected_act_is_told_to_be_sent_anew(self, stage: Stage) -> None:
        await register(stage)
        message = await stage.say("ecology", "4号那个项目")
        await stage.edit("ecology", message, "4号受理")
        assert text_of(stage.replies_to(message)[-1]) == NOT_CARRIED_OUT
        assert (await stage.task(4)).state is State.DISPATCHED

    async def test_once_a_message(self, stage: Stage) -> None:
        await register(stage)
        message = await stage.say("ecology", "4号受里")
        for text in ("4号受理", "4号已受理", "4号受理了"):
            await stage.edit("ecology", message, text)
        said = [text_of(post) for post in stage.replies_to(message)]
        assert said.count(NOT_CARRIED_OUT) == 1

    async def test_what_is_edited_into_talk_is_not_answered(self, stage: Stage) -> None:
        await register(stage)
        message = await stage.say("ecology", "早上好")
        await stage.edit("ecology", message, "各位早上好")
        assert not stage.replies_to(message)


async def reply(stage: Stage, who: str, text: str, card: Message) -> list[str]:
    """What somebody who replies to a card is answered."""
    message = await stage.say(who, text, card)
    return [text_of(post) for post in stage.replies_to(message)]


class TestLinesToACard:
    """Whom to reach may be added where it is not known; the rest is the office's to change."""

    async def test_a_missing_contact_is_added_by_the_office(self, stage: Stage) -> None:
        card = await register(stage, 联系人=None, 联系电话=None)
        assert await reply(stage, "office", "联系人：演练乙\n联系电话：13700009999", card) == [
            "✓ #1 已补上：联系人、联系电话"
        ]
        assert "演练乙 137****9999" in text_of(stage.shown(card))
        (project,) = await stage.projects()
        assert (project.contact, project.phone) == ("演练乙", "13700009999")

    async def test_by_the_county(self, stage: Stage) -> None:
        card = await register(stage, 联系电话=None)
        assert await reply(stage, "suiping", "联系电话：13700009999", card) == [
            "✓ #1 已补上：联系电话"
        ]
        assert (await stage.projects())[0].phone == "13700009999"

    async def test_by_who_handed_it_over_also_to_the_draft_s_post(self, stage: Stage) -> None:
        said = await stage.say("attraction", registration(联系电话=None, 业主单位=None))
        draft = stage.answer_to(said)
        await stage.press("office", draft, "确认建账")
        card = stage.find(f"#1 {NAME}")
        assert await reply(stage, "attraction", "联系电话：13700009999", card) == [
            "✓ #1 已补上：联系电话"
        ]
        assert await reply(stage, "attraction", "业主单位：演练公司", draft) == [
            "✓ #1 已补上：业主单位"
        ]

    async def test_by_nobody_else(self, stage: Stage) -> None:
        card = await register(stage, 联系电话=None)
        for who in ("xiping", "ecology", "attraction"):
            assert await reply(stage, who, "联系电话：13700009999", card) == [
                "这条由遂平县或重点办来改，请告诉他们"
            ]
        refused = await reply(stage, "stranger", "联系电话：13700009999", card)
        assert "加入" in refused[0]
        assert (await stage.projects())[0].phone is None

    async def test_what_is_known_is_proposed_to_the_office(self, stage: Stage) -> None:
        card = await register(stage)
        said = await reply(stage, "suiping", "总投资：10亿元\n联系电话：13700009999", card)
        assert said[0].splitlines()[:3] == [
            f"待确认修改：#1 {NAME}",
            "总投资：5.2亿元 → 10亿元",
            "联系电话：137****0000 → 137****9999",
        ]
        (project,) = await stage.projects()
        assert (project.investment_yuan, project.phone) == (520_000_000, "13700000000")

    async def test_by_the_office_it_is_changed(self, stage: Stage) -> None:
        card = await register(stage)
        assert await reply(stage, "office", "总投资：10亿元", card) == [
            "✓ #1 已改：总投资 5.2亿元 → 10亿元"
        ]
        assert "10亿元" in text_of(stage.shown(card))

    async def test_three_lines_are_no_new_project(self, stage: Stage) -> None:
        card = await register(stage)
        lines = "签约日期：2026-11-18\n总投资：10亿元\n所在县区：西平县"
        said = await reply(stage, "office", lines, card)
        assert said[0].splitlines() == [
            "✓ #1 已改",
            "签约日期：2026年11月19日 周四 → 2026年11月18日 周三",
            "所在县区：遂平县 → 西平县",
            "总投资：5.2亿元 → 10亿元",
        ]
        assert len(await stage.projects()) == 1

    async def test_a_part_that_can_be_added_is(self, stage: Stage) -> None:
        card = await register(stage, 联系电话=None)
        said = await reply(stage, "suiping", "总投资：10亿元\n联系电话：13700009999", card)
        assert "✓ #1 已补上：联系电话" in said
        assert any("总投资：5.2亿元 → 10亿元" in each for each in said)
        (project,) = await stage.projects()
        assert (project.investment_yuan, project.phone) == (520_000_000, "13700009999")

    async def test_what_is_so_already(self, stage: Stage) -> None:
        card = await register(stage)
        assert await reply(stage, "office", "联系电话：13700000000", card) == [
            "#1 已是这样，无需更改"
        ]

    async def test_another_registration_is_one(self, stage: Stage) -> None:
        card = await register(stage)
        await stage.say("office", registration("演练乙产业园"), card)
        assert len(await stage.projects()) == 2

    async def test_talk_stays_talk(self, stage: Stage) -> None:
        card = await register(stage)
        for text in ("遂平县", "11月25日", "10亿元真不少", "辛苦各位"):
            assert await reply(stage, "suiping", text, card) == []


class TestAllOrNothing:
    """A message of several steps is carried out whole, or the refusal says that nothing was."""

    async def test_one_that_is_another_s_stops_the_others(self, stage: Stage) -> None:
        await register(stage)
        message = await stage.say("land", "3号、4号收到")
        said = text_of(stage.answer_to(message))
        assert said.startswith("4号任务是市生态环境局的")
        assert said.endswith("；这条消息其余各号也没有记")
        assert (await stage.task(3)).state is State.DISPATCHED

    async def test_a_single_one_is_just_refused(self, stage: Stage) -> None:
        await register(stage)
        said = text_of(stage.answer_to(await stage.say("land", "4号收到")))
        assert "其余各号" not in said

    async def test_what_is_closed_is_said_to_be(self, stage: Stage) -> None:
        await register(stage)
        await stage.say("ecology", "4号已办结")
        await stage.say("office", "4号销号")
        said = text_of(stage.answer_to(await stage.say("ecology", "4号重新交账")))
        assert "4号现在是“已销号”" in said
        assert "重点办·甲" not in said
        again = text_of(stage.answer_to(await stage.say("office", "4号销号")))
        assert "重点办·甲" in again
