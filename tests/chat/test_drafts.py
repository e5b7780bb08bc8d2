"""A draft between two people: what counts is what was shown, and whose it is."""

from tests.chat.projects import NAME, registration
from tests.chat.stage import Message, Stage, at, buttons_of, text_of

NEWER = f"{NAME}：已有新的一条"


async def hand_over(stage: Stage, who: str = "attraction", /, **lines: str | None) -> Message:
    """Somebody hands a project over; gives the draft's post."""
    return stage.answer_to(await stage.say(who, registration(**lines)))


class TestWhatWasShown:
    """确认建账 registers what stands above the button, or nothing."""

    async def test_an_old_post_loses_its_buttons_to_the_newer_one(self, stage: Stage) -> None:
        old = await hand_over(stage, 总投资="9300万元")
        new = stage.answer_to(await stage.say("attraction", "总投资：100亿元", old))
        assert text_of(stage.shown(old)) == NEWER
        assert not buttons_of(stage.shown(old))
        assert "100亿元" in text_of(new)
        assert buttons_of(new) == ["确认建账", "不建账"]

    async def test_a_press_on_what_was_changed_is_refused(self, stage: Stage) -> None:
        """The old buttons may stand for a moment more, and a press may be on its way."""
        old = await hand_over(stage, 总投资="9300万元")
        data = stage.sandbox.get_button(old, "确认建账")
        new = stage.answer_to(await stage.say("attraction", "总投资：100亿元", old))
        refused = await stage.forge("office", old, data)
        assert refused["text"] == "内容已改，请看最新一条"
        assert refused["show_alert"]
        assert not await stage.projects()
        await stage.press("office", new, "确认建账")
        assert (await stage.projects())[0].investment_yuan == 10_000_000_000

    async def test_only_the_last_of_many_keeps_its_buttons(self, stage: Stage) -> None:
        posts = [await hand_over(stage)]
        for amount in ("1亿元", "2亿元", "3亿元"):
            said = await stage.say("attraction", f"总投资：{amount}", posts[0])
            posts.append(stage.answer_to(said))
        assert [bool(buttons_of(stage.shown(post))) for post in posts] == [
            False,
            False,
            False,
            True,
        ]
        await stage.press("office", posts[-1], "确认建账")
        assert "已建账：#1" in text_of(stage.shown(posts[-1]))
        assert text_of(stage.shown(posts[0])) == NEWER

    async def test_a_reply_to_an_old_post_is_still_about_the_draft(self, stage: Stage) -> None:
        old = await hand_over(stage)
        await stage.say("attraction", "总投资：1亿元", old)
        newest = stage.answer_to(await stage.say("attraction", "联系人：演练乙", old))
        assert "1亿元" in text_of(newest)
        assert "演练乙" in text_of(newest)

    async def test_the_office_confirms_what_it_corrected_by_an_old_post(self, stage: Stage) -> None:
        """Its own correction counts at once, but not with changes that it did not see."""
        old = await hand_over(stage)
        await stage.say("attraction", "总投资：100亿元", old)
        draft = stage.answer_to(await stage.say("office", "联系人：演练乙", old))
        assert not await stage.projects()
        await stage.press("office", draft, "确认建账")
        assert (await stage.projects())[0].contact == "演练乙"

    async def test_the_office_s_own_correction_of_the_newest_counts_at_once(
        self, stage: Stage
    ) -> None:
        draft = await hand_over(stage, 项目名称=None)
        await stage.say("office", "项目名称：演练乙产业园", draft)
        assert (await stage.projects())[0].name == "演练乙产业园"
        assert "已建账：#1 演练乙产业园" in text_of(stage.shown(draft))

    async def test_the_post_in_the_other_chat_is_up_to_date(self, stage: Stage) -> None:
        await stage.whisper("attraction", registration(总投资="9300万元"))
        private = stage.last(stage.private("attraction"))
        group = stage.find("待确认建账")
        await stage.whisper("attraction", "总投资：100亿元", private)
        assert "100亿元" in text_of(stage.shown(group))
        newest = stage.answer_to(await stage.say("attraction", "总投资：7亿元", group))
        assert "7亿元" in text_of(stage.last(stage.private("attraction")))
        await stage.press("office", newest, "确认建账")
        assert (await stage.projects())[0].investment_yuan == 700_000_000


class TestWhose:
    """A draft is its author's, the author's unit's and the office's."""

    async def test_others_are_told_whom_to_ask(self, stage: Stage) -> None:
        draft = await hand_over(stage, 总投资="9300万元")
        refused = stage.answer_to(await stage.say("suiping", "总投资：100亿元", draft))
        assert text_of(refused) == "这条由招商局·辛或重点办来改，请告诉他们"
        assert "9300万元" in text_of(stage.shown(draft))
        assert buttons_of(stage.shown(draft))
        toast = await stage.press("suiping", draft, "不建账")
        assert "招商局·辛" in toast["text"]

    async def test_a_colleague_s_change_is_shown_with_the_name(self, stage: Stage) -> None:
        draft = await hand_over(stage, "ecology", 总投资="9300万元")
        changed = stage.answer_to(await stage.say("ecology2", "总投资：100亿元", draft))
        assert "总投资：9300万元 → 100亿元（环境局·戊）" in text_of(changed)

    async def test_what_is_changed_twice_shows_the_first_and_the_last(self, stage: Stage) -> None:
        draft = await hand_over(stage, "ecology", 总投资="9300万元")
        draft = stage.answer_to(await stage.say("ecology2", "总投资：100亿元", draft))
        draft = stage.answer_to(await stage.say("ecology2", "总投资：1亿元", draft))
        assert "总投资：9300万元 → 1亿元（环境局·戊）" in text_of(draft)
        draft = stage.answer_to(await stage.say("ecology2", "总投资：很多", draft))
        assert "总投资“很多”看不出确切数额" in text_of(draft)
        assert "总投资：9300万元 → 1亿元（环境局·戊）" in text_of(draft)
        draft = stage.answer_to(await stage.say("ecology", "总投资：2亿元", draft))
        assert "环境局·戊" not in text_of(draft)

    async def test_what_was_missing_shows_who_supplied_it(self, stage: Stage) -> None:
        draft = await hand_over(stage, "ecology", 联系电话=None)
        said = await stage.say("ecology2", "联系电话：13700009999", draft)
        assert "联系电话：137****9999（环境局·戊）" in text_of(stage.answer_to(said))

    async def test_the_office_s_interpreted_change_is_shown(self, stage: Stage) -> None:
        draft = await hand_over(stage)
        changed = stage.answer_to(await stage.say("office", "总投资：壹亿元", draft))
        assert "总投资：5.2亿元 → 1亿元（重点办·甲）" in text_of(changed)


class TestWhatIsShown:
    """The office sees all that it confirms, and nobody the owner's phone."""

    async def test_everything_that_would_be_registered(self, stage: Stage) -> None:
        draft = text_of(await hand_over(stage, 责任单位="遂平县招商中心", 签约批次="第三批"))
        assert "项目类型：工业 · 环评类别：报告表" in draft
        assert "责任单位：遂平县招商中心 · 签约批次：第三批" in draft
        assert "业主 演练食品有限公司（虚构） 演练员 137****0000" in draft
        assert "13700000000" not in draft

    async def test_what_is_read_of_an_incomplete_one(self, stage: Stage) -> None:
        draft = text_of(await hand_over(stage, 总投资=None))
        assert "项目类型：工业" in draft
        assert "137****0000" in draft

    async def test_a_phone_that_had_to_be_interpreted_is_masked(self, stage: Stage) -> None:
        lines = registration(联系电话=None) + "\n联系电活：13700000000"
        await stage.say("attraction", lines)
        assert not [post for post in stage.posts() if "13700000000" in text_of(post)]

    async def test_the_office_hands_nothing_over_to_itself(self, stage: Stage) -> None:
        draft = await hand_over(stage, "office", 签约日期="上周五")
        assert "应于 11月23日 周一 17:30 前建账" in text_of(draft)
        assert "移交" not in text_of(draft)
        assert "重点办·甲" not in text_of(draft)
        await stage.move_to(at("2026-11-24", "10:00"))
        again = stage.answer_to(await stage.say("office", "环评类别：报告书", draft))
        assert "重点办建账逾期 1 个工作日" in text_of(again)
        assert "移交" not in text_of(again)

    async def test_an_amount_that_can_be_read_is_told_what_is_wrong_with_it(
        self, stage: Stage
    ) -> None:
        large = await hand_over(stage, 总投资="99999999亿元")
        assert "总投资“99999999亿元”过大，请核对" in text_of(large)
        zero = stage.answer_to(await stage.say("attraction", "总投资：0元", large))
        assert "总投资“0元”应大于 0" in text_of(zero)

    async def test_a_name_that_is_too_long_is_told_the_limit(self, stage: Stage) -> None:
        draft = stage.answer_to(await stage.say("attraction", registration("演" * 101)))
        assert "过长，请缩到 100 个字以内" in text_of(draft)

    async def test_what_is_missing_and_what_is_wrong_are_counted_apart(self, stage: Stage) -> None:
        wrong = await hand_over(stage, 签约日期="2026-13-45")
        assert text_of(wrong).startswith("要改 1 项才能建账")
        both = await hand_over(stage, 签约日期="2026-13-45", 总投资=None, 所在县区=None)
        assert text_of(both).startswith("还差 2 项、要改 1 项才能建账")

    async def test_a_kind_of_project_that_nobody_knows(self, stage: Stage) -> None:
        draft = await hand_over(stage, 项目类型="火箭")
        assert "项目类型“火箭”没看懂，建账后由重点办选定" in text_of(draft)
        await stage.press("office", draft, "确认建账")
        card = stage.find(f"#1 {NAME}")
        assert "项目类型“火箭”没看懂" in text_of(card)
        await stage.press("office", card, "工业")
        assert "火箭" not in text_of(stage.shown(card))


async def test_the_morning_says_what_is_missing_and_whose_it_is(stage: Stage) -> None:
    await hand_over(stage, 总投资=None)
    await stage.move_to(at("2026-11-25", "08:31"))
    said = text_of(stage.find("11月25日"))
    assert "差总投资，等招商局·辛补" in said
    assert "逾期" not in said
    assert "重点办" not in said
    await stage.move_to(at("2026-11-27", "08:31"))
    assert "等招商局·辛补，今天 17:30 作废" in text_of(stage.find("11月27日"))
