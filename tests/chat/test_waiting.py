"""A draft waits, is listed, and expires with a notice: once, and on a working morning."""

import asyncio

from tests.chat.projects import NAME, registration
from tests.chat.stage import Message, Stage, at, buttons_of, count_rows, text_of

EXPIRED = "到期没补齐，1 条登记作废"
UNTIL = "等到 11月27日 周五 17:30，到时没补齐就作废"
LAPSED = "这条登记到期没补齐，已作废。请补齐后重新发一条登记"


async def hand_over(stage: Stage, who: str = "attraction", /, **lines: str | None) -> Message:
    """Somebody hands a project over without its sum; gives the draft's post."""
    message = await stage.say(who, registration(**{"总投资": None, **lines}))
    return stage.answer_to(message)


class TestExpiry:
    """After five working days what is incomplete ends, and its sender is told what to do."""

    async def test_the_post_says_until_when(self, stage: Stage) -> None:
        assert UNTIL in text_of(await hand_over(stage))

    async def test_on_the_next_working_morning_it_ends_with_one_notice(self, stage: Stage) -> None:
        draft = await hand_over(stage)
        await stage.move_to(at("2026-11-27", "17:31"))
        assert not stage.find_all(EXPIRED)
        await stage.move_to(at("2026-11-29", "10:00"))  # Sunday
        assert not stage.find_all(EXPIRED)
        await stage.move_to(at("2026-11-30", "08:29"))
        assert not stage.find_all(EXPIRED)
        await stage.move_to(at("2026-11-30", "08:31"))
        assert text_of(stage.find(EXPIRED)).splitlines() == [
            EXPIRED,
            f"{NAME}（招商局·辛，11月20日 周五）：差总投资",
            "要建账，补齐后重新发登记；回复原来那条已不算",
        ]
        assert text_of(stage.shown(draft)).startswith(f"{NAME} 到期没补齐，登记已作废")
        assert not buttons_of(stage.shown(draft))
        await stage.move_to(at("2026-11-30", "09:00"))
        await stage.restart()
        await stage.move_to(at("2026-12-01", "09:00"))
        assert len(stage.find_all(EXPIRED)) == 1

    async def test_after_weeks_off_once_and_together(self, stage: Stage) -> None:
        await hand_over(stage)
        await stage.say("suiping", registration("演练乙产业园", 签约日期=None, 总投资=None))
        await stage.stop()
        stage.clock.advance_to(at("2026-12-20", "03:00"))  # a Sunday night
        await stage.start()
        await stage.move_to(at("2026-12-20", "12:00"))
        assert not stage.find_all("登记作废")
        await stage.move_to(at("2026-12-21", "10:00"))
        (notice,) = stage.find_all("登记作废")
        assert text_of(notice).splitlines()[:3] == [
            "到期没补齐，2 条登记作废",
            f"{NAME}（招商局·辛，11月20日 周五）：差总投资",
            "演练乙产业园（遂平县·壬，11月20日 周五）：差签约日期、总投资",
        ]

    async def test_what_waits_for_the_office_does_not_expire(self, stage: Stage) -> None:
        draft = stage.answer_to(await stage.say("attraction", registration()))
        assert "作废" not in text_of(draft)
        await stage.move_to(at("2026-12-21", "09:00"))
        assert not stage.find_all("登记作废")
        assert f"待建账：{NAME}" in text_of(stage.find("周一", "重点办"))
        await stage.press("office", draft, "确认建账")
        assert len(await stage.projects()) == 1

    async def test_every_word_on_it_gives_it_more_time(self, stage: Stage) -> None:
        draft = await hand_over(stage, 签约日期=None)
        await stage.move_to(at("2026-11-26", "10:00"))
        again = stage.answer_to(await stage.say("attraction", "签约日期：2026-11-19", draft))
        assert "等到 12月3日 周四 17:30" in text_of(again)
        await stage.move_to(at("2026-12-03", "10:00"))
        assert not stage.find_all("登记作废")
        await stage.move_to(at("2026-12-04", "10:00"))
        assert stage.find_all("登记作废")

    async def test_a_reply_is_too_late_and_told_what_to_do(self, stage: Stage) -> None:
        draft = await hand_over(stage)
        data = stage.sandbox.get_button(draft, "不建账")
        await stage.move_to(at("2026-11-30", "09:00"))
        said = await stage.say("attraction", "总投资：3亿元", draft)
        assert text_of(stage.answer_to(said)) == LAPSED
        pressed = await stage.forge("attraction", draft, data)
        assert pressed["text"] == LAPSED
        assert not await stage.projects()

    async def test_an_edit_is_too_late_as_well(self, stage: Stage) -> None:
        message = await stage.say("attraction", registration(总投资=None))
        await stage.move_to(at("2026-11-30", "09:00"))
        await stage.edit("attraction", message, registration())
        assert text_of(stage.replies_to(message)[-1]) == LAPSED

    async def test_sent_anew_it_is_a_new_one(self, stage: Stage) -> None:
        await hand_over(stage)
        await stage.move_to(at("2026-11-30", "09:00"))
        draft = stage.answer_to(await stage.say("attraction", registration()))
        await stage.press("office", draft, "确认建账")
        assert len(await stage.projects()) == 1

    async def test_a_reply_in_time_that_comes_late_counts(self, stage: Stage) -> None:
        """The machine was off when it was written."""
        draft = await hand_over(stage)
        await stage.stop()
        stage.clock.advance_to(at("2026-11-27", "10:00"))
        said = stage.sandbox.say("attraction", None, "总投资：3亿元", draft["message_id"])
        stage.clock.advance_to(at("2026-11-30", "09:00"))
        await stage.start()
        await stage.assistant.tick()
        await stage.settle()
        assert "待确认建账" in text_of(stage.replies_to(said)[-1])
        assert not stage.find_all(LAPSED)

    async def test_who_wrote_in_private_is_told_there(self, stage: Stage) -> None:
        await stage.whisper("attraction", registration(总投资=None))
        await stage.move_to(at("2026-11-30", "09:00"))
        for chat in (None, stage.private("attraction")):
            assert len(stage.find_all("登记作废", chat=chat)) == 1


class TestList:
    """待补登记: who sent it, what it lacks or waits for, until when."""

    async def test_everything_that_waits(self, stage: Stage) -> None:
        await stage.say("attraction", registration("演练乙产业园"))
        await hand_over(stage, 签约日期="2026-13-45")
        card = stage.answer_to(await stage.say("office", registration("演练丙产业园")))
        await stage.say("suiping", "总投资：9亿元", card)
        for said in ("待补登记", "/drafts"):
            answer = stage.answer_to(await stage.say("land", said))
            assert text_of(answer).splitlines() == [
                "待补登记 3 条 · 11月20日 周五",
                f"{NAME}（招商局·辛）：差总投资、签约日期，等到 11月27日 周五 17:30",
                "演练乙产业园（招商局·辛）：待重点办确认，11月23日 周一 17:30 前",
                "#1 改总投资（遂平县·壬）：待重点办确认，11月23日 周一 17:30 前",
            ]
            assert buttons_of(answer) == [NAME, "演练乙产业园", "#1 修改"]

    async def test_a_button_brings_the_post_to_reply_to(self, stage: Stage) -> None:
        await hand_over(stage)
        listed = stage.answer_to(await stage.say("attraction", "待补登记"))
        await stage.press("attraction", listed, NAME)
        post = stage.last()
        assert UNTIL in text_of(post)
        said = await stage.say("attraction", "总投资：3亿元", post)
        assert "待确认建账" in text_of(stage.answer_to(said))

    async def test_when_nothing_waits(self, stage: Stage) -> None:
        answer = stage.answer_to(await stage.say("land", "待补登记"))
        assert text_of(answer) == "没有等着补齐或确认的登记。"

    async def test_a_stranger_is_told_nothing(self, stage: Stage) -> None:
        await hand_over(stage)
        answer = stage.answer_to(await stage.say("stranger", "/drafts"))
        assert NAME not in text_of(answer)

    async def test_many_come_in_pages(self, stage: Stage) -> None:
        for at_ in range(13):
            await stage.say("attraction", registration(f"演练{at_}号园", 总投资=None))
        answer = stage.answer_to(await stage.say("land", "待补登记"))
        assert len(text_of(answer).splitlines()) == 11
        await stage.press("land", answer, "另有 3 项")
        assert "演练12号园" in stage.said()

    async def test_the_morning_leads_to_it(self, stage: Stage) -> None:
        await hand_over(stage)
        await stage.move_to(at("2026-11-23", "08:31"))
        digest = stage.find("11月23日 周一", "待补登记")
        await stage.press("office", digest, "待补登记")
        assert "差总投资" in stage.said()


class TestLines:
    """A reply with a few lines completes a draft."""

    async def test_one_line_wrong_and_one_right(self, stage: Stage) -> None:
        draft = await hand_over(stage, 签约日期=None)
        said = await stage.say("attraction", "总投资：很多\n签约日期：2026-11-19", draft)
        again = text_of(stage.answer_to(said))
        assert again.startswith("要改 1 项才能建账")
        assert "总投资“很多”看不出确切数额" in again
        assert "11月19日 周四签约" in again
        said = await stage.say("attraction", "总投资：3亿元", stage.last())
        assert "待确认建账" in text_of(stage.answer_to(said))

    async def test_a_wrong_line_does_not_take_what_was_right(self, stage: Stage) -> None:
        draft = stage.answer_to(await stage.say("attraction", registration()))
        again = stage.answer_to(await stage.say("attraction", "总投资：很多", draft))
        assert text_of(again).startswith("要改 1 项才能建账")

    async def test_by_the_unit_by_others_and_by_strangers(self, stage: Stage) -> None:
        draft = await hand_over(stage, "ecology")
        for who, answer in (
            ("land", "请告诉他们"),
            ("suiping", "请告诉他们"),
            ("stranger", "加入"),
        ):
            said = await stage.say(who, "总投资：3亿元", draft)
            assert answer in text_of(stage.answer_to(said))
        assert "才能建账" in text_of(stage.shown(draft))
        said = await stage.say("ecology2", "总投资：3亿元", draft)
        assert "总投资：3亿元（环境局·戊）" in text_of(stage.answer_to(said))

    async def test_by_the_office_it_is_registered(self, stage: Stage) -> None:
        draft = await hand_over(stage)
        await stage.say("office", "总投资：3亿元", draft)
        assert (await stage.projects())[0].investment_yuan == 300_000_000

    async def test_twice_the_same(self, stage: Stage) -> None:
        draft = await hand_over(stage)
        first = stage.answer_to(await stage.say("attraction", "总投资：3亿元", draft))
        second = stage.answer_to(await stage.say("attraction", "总投资：3亿元", draft))
        assert text_of(stage.shown(first)) == f"{NAME}：已有新的一条"
        await stage.press("office", second, "确认建账")
        assert len(await stage.projects()) == 1

    async def test_at_the_same_time(self, stage: Stage) -> None:
        """Both lines are there, in whatever order they came, and nothing is registered twice."""
        draft = await hand_over(stage, 签约日期=None)
        number = draft["message_id"]
        stage.sandbox.say("attraction", None, "总投资：3亿元", number)
        stage.sandbox.say("office", None, "签约日期：2026-11-19", number)
        stage.sandbox.say("attraction", None, "总投资：3亿元", number)
        await stage.settle()
        if not await stage.projects():
            await stage.press("office", stage.find("待确认建账"), "确认建账")
        (project,) = await stage.projects()
        assert project.investment_yuan == 300_000_000

    async def test_two_presses_and_a_reply_at_once(self, stage: Stage) -> None:
        draft = stage.answer_to(await stage.say("attraction", registration()))
        data = stage.sandbox.get_button(draft, "确认建账")
        chat, number = draft["chat"]["id"], draft["message_id"]
        stage.sandbox.say("attraction", None, "联系人：演练乙", number)
        await asyncio.gather(
            *(stage.sandbox.press("office", chat, number, data, forged=True) for _ in range(2))
        )
        await stage.settle()
        assert len(await stage.projects()) <= 1
        assert await count_rows(stage, "drafts") == 1

    async def test_a_reply_after_the_registration_goes_to_the_project(self, stage: Stage) -> None:
        draft = stage.answer_to(await stage.say("attraction", registration()))
        await stage.press("office", draft, "确认建账")
        said = await stage.say("attraction", "总投资：3亿元", draft)
        assert text_of(stage.answer_to(said)).startswith(f"待确认修改：#1 {NAME}")
        said = await stage.say("office", "总投资：4亿元", draft)
        assert text_of(stage.answer_to(said)) == "✓ #1 已改：总投资 5.2亿元 → 4亿元"

    async def test_a_line_with_a_phone_is_masked(self, stage: Stage) -> None:
        draft = await hand_over(stage, 联系电话=None)
        await stage.say("attraction", "联系电话：13700009999", draft)
        assert not [post for post in stage.posts() if "13700009999" in text_of(post)]

    async def test_another_form_in_a_reply_is_another_project(self, stage: Stage) -> None:
        """A whole form with another name is no correction of this one."""
        draft = await hand_over(stage)
        await stage.say("attraction", registration("演练乙产业园"), draft)
        assert "演练乙产业园" in stage.said()
        assert text_of(stage.shown(draft)) == text_of(draft)
        assert await count_rows(stage, "drafts") == 2

    async def test_and_what_it_lacks_is_asked_for(self, stage: Stage) -> None:
        draft = await hand_over(stage)
        form = registration("演练乙产业园", 总投资=None)
        said = await stage.say("attraction", form, draft)
        asked = stage.answer_to(said)
        assert text_of(asked).startswith("还差 1 项才能建账")
        assert "演练乙产业园" in text_of(asked)
        await stage.edit("attraction", said, registration("演练乙产业园", 总投资="3亿元"))
        assert "3亿元" in text_of(stage.find("待确认建账", "演练乙产业园"))
        assert text_of(stage.shown(draft)) == text_of(draft)
        assert await count_rows(stage, "drafts") == 2

    async def test_a_name_is_corrected_by_a_line(self, stage: Stage) -> None:
        draft = await hand_over(stage)
        said = await stage.say("attraction", "项目名称：演练乙产业园\n总投资：3亿元", draft)
        assert "演练乙产业园" in text_of(stage.answer_to(said))
        assert await count_rows(stage, "drafts") == 1
