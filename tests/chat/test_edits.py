"""An edited message amends what it registered: by the office at once, by others as a proposal."""

from datetime import date
from typing import Any

import pytest

from store.context import View
from store.tables import drafts, journal
from tests.chat.projects import NAME, registration
from tests.chat.stage import Message, Stage, at, buttons_of, text_of

BY_OFFICE = "重点办·甲"


async def register(stage: Stage, who: str = "office", /, **lines: str | None) -> Message:
    """Somebody's message that is in the ledger as #1; gives the message."""
    message = await stage.say(who, registration(**lines))
    if who != "office":
        await stage.press("office", stage.answer_to(message), "确认建账")
    assert len(await stage.projects()) == 1
    return message


async def edit(stage: Stage, who: str, message: Message, /, **lines: str | None) -> list[str]:
    """The message is changed in these lines; gives what is said thereupon."""
    before = len(stage.posts())
    await stage.edit(who, message, registration(**lines))
    return [text_of(post) for post in stage.posts()[before:]]


class TestByTheOffice:
    """What the office plainly writes in its own message counts at once."""

    async def test_one_line_is_changed_and_told(self, stage: Stage) -> None:
        message = await register(stage)
        card = stage.answer_to(message)
        assert await edit(stage, "office", message, 总投资="9亿元") == [
            "✓ #1 已改：总投资 5.2亿元 → 9亿元"
        ]
        assert "9亿元" in text_of(stage.shown(card))
        (project,) = await stage.projects()
        assert (project.investment_yuan, project.version) == (900_000_000, 2)

    async def test_several_lines_are_one_notice(self, stage: Stage) -> None:
        message = await register(stage)
        changed = await edit(
            stage, "office", message,
            总投资="9亿元", 所在县区="西平县", 联系人="演练乙", 联系电话="13700009999",
        )  # fmt: skip
        assert [said.splitlines() for said in changed] == [
            [
                "✓ #1 已改",
                "所在县区：遂平县 → 西平县",
                "总投资：5.2亿元 → 9亿元",
                "联系人：演练员 → 演练乙",
                "联系电话：137****0000 → 137****9999",
            ]
        ]
        assert (await stage.projects())[0].phone == "13700009999"

    @pytest.mark.parametrize(
        ("label", "value", "column"),
        [
            ("业主单位", "演练新公司", "owner"),
            ("产业类别", "食品加工", "industry"),
            ("责任单位", "遂平县招商中心", "lead"),
            ("签约批次", "第三批", "batch"),
        ],
    )
    async def test_every_other_line(
        self, stage: Stage, label: str, value: str, column: str
    ) -> None:
        message = await register(stage)
        (said,) = await edit(stage, "office", message, **{label: value})
        assert label in said
        assert getattr((await stage.projects())[0], column) == value

    async def test_the_limits_follow_the_day_of_signing(self, stage: Stage) -> None:
        message = await register(stage)
        card = stage.answer_to(message)
        assert "目标 2027年2月17日" in text_of(stage.shown(card))
        (said,) = await edit(stage, "office", message, 签约日期="2026-11-10")
        assert said == "✓ #1 已改：签约日期 2026年11月19日 周四 → 2026年11月10日 周二"
        (project,) = await stage.projects()
        assert project.signed_on == date(2026, 11, 10)
        shown = text_of(stage.shown(card))
        assert "11月10日 周二签约" in shown
        assert "目标 2027年2月9日" in shown
        assert "11月17日" in shown  # the landing team

    async def test_a_new_name_is_known_at_once(self, stage: Stage) -> None:
        message = await register(stage)
        await edit(stage, "office", message, 总投资="9亿元")
        await stage.edit("office", message, registration("演练丁冷链物流园", 总投资="9亿元"))
        asked = await stage.say("land", "演练丁冷链的用地预审什么时候到期")
        assert "3号" in text_of(stage.answer_to(asked))

    async def test_an_edit_that_says_the_same_is_not_answered(self, stage: Stage) -> None:
        message = await register(stage)
        assert await edit(stage, "office", message, 总投资="52000万元") == []
        await stage.edit("office", message, registration() + "\n\n辛苦各位")
        assert len(stage.replies_to(message)) == 1
        assert (await stage.projects())[0].version == 1

    async def test_there_and_back(self, stage: Stage) -> None:
        message = await register(stage)
        await edit(stage, "office", message, 总投资="9亿元")
        assert await edit(stage, "office", message) == ["✓ #1 已改：总投资 9亿元 → 5.2亿元"]

    async def test_what_is_not_mentioned_any_more_stays_and_is_named_once(
        self, stage: Stage
    ) -> None:
        message = await register(stage)
        assert await edit(stage, "office", message, 总投资=None, 联系人=None) == [
            "#1 没有改\n总投资：这次没写，台账仍为 5.2亿元"
        ]
        assert await edit(stage, "office", message, 总投资=None) == []
        (project,) = await stage.projects()
        assert (project.investment_yuan, project.contact) == (520_000_000, "演练员")

    async def test_what_cannot_be_read_changes_nothing_and_is_named(self, stage: Stage) -> None:
        message = await register(stage)
        said = await edit(stage, "office", message, 总投资="很多", 联系人="演练乙")
        assert said == [
            "✓ #1 已改：联系人 演练员 → 演练乙\n没有改\n总投资“很多”看不出确切数额，请写成 5.2亿元"
        ]
        (project,) = await stage.projects()
        assert (project.investment_yuan, project.contact) == (520_000_000, "演练乙")

    async def test_another_one_s_name_is_refused(self, stage: Stage) -> None:
        await stage.say("office", registration("演练乙产业园"))
        message = await stage.say("office", registration())
        before = len(stage.replies_to(message))
        await stage.edit("office", message, registration("演练乙产业园", 总投资="9亿元"))
        (refused,) = stage.replies_to(message)[before:]
        assert "已建账，编号 #1" in text_of(refused)
        names = {p.number: (p.name, p.investment_yuan) for p in await stage.projects()}
        assert names[2] == (NAME, 520_000_000)

    async def test_what_decided_the_tasks_stays(self, stage: Stage) -> None:
        message = await register(stage)
        assert await edit(stage, "office", message, 项目类型="政府投资", 环评类别="报告书") == [
            "#1 没有改\n项目类型、环评类别：已据此下达任务，不再改。确需改的，请告诉管理员"
        ]
        assert len(await stage.open_tasks()) == 5
        assert (await stage.projects())[0].kind == "工业"

    async def test_before_there_are_tasks_the_kind_brings_them(self, stage: Stage) -> None:
        message = await register(stage, 项目类型="火箭", 环评类别=None)
        assert not await stage.open_tasks()
        await edit(stage, "office", message, 项目类型="工业", 环评类别="报告表")
        assert len(await stage.open_tasks()) == 5
        card = stage.find(f"#1 {NAME}", "领账")
        assert "领账 · 生态环境局" in buttons_of(card)

    async def test_what_was_interpreted_waits_for_a_button(self, stage: Stage) -> None:
        message = await register(stage)
        (said,) = await edit(stage, "office", message, 总投资="玖亿元整", 联系人="演练乙")
        assert said.startswith(f"待确认修改：#1 {NAME}")
        assert "总投资：5.2亿元 → 9亿元" in said
        assert "总投资：玖亿元整 → 9亿元" in said
        (project,) = await stage.projects()
        assert (project.investment_yuan, project.contact) == (520_000_000, "演练员")
        proposal = stage.last()
        toast = await stage.press("office", proposal, "确认修改")
        assert toast["text"] == "#1 已改，卡片已更新"
        (project,) = await stage.projects()
        assert (project.investment_yuan, project.contact) == (900_000_000, "演练乙")

    async def test_the_journal_has_old_and_new(self, stage: Stage) -> None:
        message = await register(stage)
        await edit(stage, "office", message, 总投资="9亿元")

        def last(view: View) -> dict[str, Any]:
            query = journal.select().order_by(journal.c.seq.desc()).limit(1)
            return dict(view.conn.execute(query).one()._mapping)

        entry = await stage.ledger.ask(last, stage.clock.now())
        assert entry["act"] == "amend_project"
        (change,) = [each for each in entry["changes"] if each["table"] == "projects"]
        assert change["before"]["investment_yuan"] == 520_000_000
        assert change["row"]["investment_yuan"] == 900_000_000
        assert entry["source"]["message"] == message["message_id"]

    async def test_in_private_the_group_is_told(self, stage: Stage) -> None:
        message = await stage.whisper("office", registration())
        await stage.edit("office", message, registration(联系电话="13700009999"))
        said = "✓ #1 已改：联系电话 137****0000 → 137****9999"
        assert stage.said() == f"{said}\n{BY_OFFICE} 改"
        assert text_of(stage.replies_to(message)[-1]) == said
        assert len(await stage.projects()) == 1

    async def test_a_redelivered_edit_counts_once(self, stage: Stage) -> None:
        message = await register(stage)
        await edit(stage, "office", message, 总投资="9亿元")
        await stage.restart()
        await stage.settle()
        assert (await stage.projects())[0].version == 2


class TestByOthers:
    """What anybody else edits is put to the office, and counts once it is confirmed."""

    async def test_a_proposal_shows_old_and_new(self, stage: Stage) -> None:
        message = await register(stage, "attraction")
        (said,) = await edit(stage, "attraction", message, 总投资="9亿元", 联系电话="13700009999")
        assert said.splitlines() == [
            f"待确认修改：#1 {NAME}",
            "总投资：5.2亿元 → 9亿元",
            "联系电话：137****0000 → 137****9999",
            "招商局·辛 今天 09:00 提出，重点办应于 11月23日 周一 17:30 前确认",
        ]
        assert buttons_of(stage.last()) == ["确认修改", "不改"]
        assert (await stage.projects())[0].investment_yuan == 520_000_000

    async def test_the_office_confirms(self, stage: Stage) -> None:
        message = await register(stage, "attraction")
        await edit(stage, "attraction", message, 总投资="9亿元")
        proposal = stage.last()
        refused = await stage.press("attraction", proposal, "确认修改")
        assert "重点办" in refused["text"]
        assert (await stage.projects())[0].version == 1
        await stage.press("office", proposal, "确认修改")
        assert (
            text_of(stage.shown(proposal)) == f"✓ #1 已改（{BY_OFFICE}）\n总投资：5.2亿元 → 9亿元"
        )
        assert "9亿元" in text_of(stage.find(f"#1 {NAME}", "领账"))
        assert (await stage.projects())[0].investment_yuan == 900_000_000

    async def test_the_office_leaves_it(self, stage: Stage) -> None:
        message = await register(stage, "attraction")
        await edit(stage, "attraction", message, 总投资="9亿元")
        proposal = stage.last()
        data = stage.sandbox.get_button(proposal, "确认修改")
        toast = await stage.press("office", proposal, "不改")
        assert toast["text"] == "没有改"
        assert text_of(stage.shown(proposal)) == f"#1 不改（{BY_OFFICE}）：总投资"
        refused = await stage.forge("office", proposal, data)
        assert BY_OFFICE in refused["text"]
        assert (await stage.projects())[0].investment_yuan == 520_000_000

    async def test_a_second_edit_is_one_list_with_the_first(self, stage: Stage) -> None:
        message = await register(stage, "attraction")
        await edit(stage, "attraction", message, 总投资="9亿元")
        old = stage.last()
        data = stage.sandbox.get_button(old, "确认修改")
        await edit(stage, "attraction", message, 总投资="9亿元", 联系人="演练乙")
        new = stage.last()
        assert "总投资：5.2亿元 → 9亿元\n联系人：演练员 → 演练乙" in text_of(new)
        assert text_of(stage.shown(old)) == f"#1 {NAME}：已有新的一条"
        refused = await stage.forge("office", old, data)
        assert refused["text"] == "内容已改，请看最新一条"
        await stage.press("office", new, "确认修改")
        (project,) = await stage.projects()
        assert (project.investment_yuan, project.contact) == (900_000_000, "演练乙")

    async def test_what_is_taken_back_is_proposed_no_more(self, stage: Stage) -> None:
        message = await register(stage, "attraction")
        await edit(stage, "attraction", message, 总投资="9亿元")
        proposal = stage.last()
        assert await edit(stage, "attraction", message) == []
        assert text_of(stage.shown(proposal)) == "#1 不改（招商局·辛）：总投资"
        assert not buttons_of(stage.shown(proposal))

    async def test_what_the_office_changed_meanwhile_is_shown(self, stage: Stage) -> None:
        """A press that was aimed at what stood there before is refused."""
        message = await register(stage, "attraction")
        await edit(stage, "attraction", message, 总投资="9亿元", 联系人="演练乙")
        proposal = stage.last()
        data = stage.sandbox.get_button(proposal, "确认修改")
        card = stage.find(f"#1 {NAME}", "领账")
        await stage.say("office", "总投资：7亿元", card)
        shown = text_of(stage.shown(proposal))
        assert "总投资" not in shown
        assert "联系人：演练员 → 演练乙" in shown
        refused = await stage.forge("office", proposal, data)
        assert refused["text"] == "内容已改，请看最新一条"
        await stage.press("office", proposal, "确认修改")
        (project,) = await stage.projects()
        assert (project.investment_yuan, project.contact) == (700_000_000, "演练乙")

    async def test_only_what_was_edited_is_proposed(self, stage: Stage) -> None:
        """上周五 means another day a week later, and a reply has put the sum right meanwhile."""
        message = await stage.say("attraction", registration(签约日期="上周五"))
        draft = stage.answer_to(message)
        draft = stage.answer_to(await stage.say("attraction", "总投资：7亿元", draft))
        await stage.press("office", draft, "确认建账")
        await stage.move_to(at("2026-11-27"))
        (said,) = await edit(stage, "attraction", message, 签约日期="上周五", 联系人="演练乙")
        assert "联系人：演练员 → 演练乙" in said
        assert "签约日期" not in said
        assert "总投资" not in said

    async def test_the_morning_reminds_the_office(self, stage: Stage) -> None:
        message = await register(stage, "attraction")
        await edit(stage, "attraction", message, 总投资="9亿元")
        await stage.move_to(at("2026-11-23", "08:31"))
        digest = stage.find("周一", "重点办")
        assert f"待确认修改：{NAME}，今天到期" in text_of(digest)
        assert "待补登记" in buttons_of(digest)
        own = stage.answer_to(await stage.say("office", "我的任务"))
        assert f"#1 {NAME}" in text_of(own)

    async def test_who_left_is_refused(self, stage: Stage) -> None:
        message = await stage.say("stranger", "演练甲马上签约")
        await stage.edit("stranger", message, registration())
        assert "加入" in text_of(stage.answer_to(message))


class TestSeveral:
    """Project by project: by its name, else by its place in the message."""

    async def test_each_is_amended_by_its_name(self, stage: Stage) -> None:
        one, two = registration("演练乙物流园"), registration("演练丙食品厂")
        message = await stage.say("office", f"{one}\n\n{two}")
        changed = registration("演练丙食品厂", 总投资="3亿元")
        await stage.edit("office", message, f"{changed}\n\n{one}")
        assert [text_of(post) for post in stage.replies_to(message)[2:]] == [
            "✓ #2 已改：总投资 5.2亿元 → 3亿元"
        ]
        assert len(await stage.projects()) == 2

    async def test_a_new_name_is_matched_by_its_place(self, stage: Stage) -> None:
        one, two = registration("演练乙物流园"), registration("演练丙食品厂")
        message = await stage.say("office", f"{one}\n\n{two}")
        await stage.edit("office", message, f"{one}\n\n{registration('演练丙食品园')}")
        assert [text_of(post) for post in stage.replies_to(message)[2:]] == [
            "✓ #2 已改：项目名称 演练丙食品厂 → 演练丙食品园"
        ]

    async def test_several_drafts_are_each_amended(self, stage: Stage) -> None:
        one, two = (registration(name, 总投资=None) for name in ("演练乙物流园", "演练丙食品厂"))
        message = await stage.say("attraction", f"{one}\n\n{two}")
        one = registration("演练乙物流园", 总投资="2亿元")
        two = registration("演练丙食品厂", 总投资="3亿元")
        await stage.edit("attraction", message, f"{one}\n\n{two}")
        assert "2亿元" in text_of(stage.find("待确认建账", "演练乙物流园"))
        assert "3亿元" in text_of(stage.find("待确认建账", "演练丙食品厂"))

    async def test_a_draft_and_a_project_of_one_message(self, stage: Stage) -> None:
        one, two = registration("演练乙物流园"), registration("演练丙食品厂", 总投资=None)
        message = await stage.say("office", f"{one}\n\n{two}")
        one = registration("演练乙物流园", 联系人="演练丁")
        two = registration("演练丙食品厂", 总投资="3亿元")
        await stage.edit("office", message, f"{one}\n\n{two}")
        assert stage.find("✓ #1 已改：联系人 演练员 → 演练丁")
        assert "3亿元" in text_of(stage.find("#2 演练丙食品厂"))

    async def test_one_that_comes_in_is_registered(self, stage: Stage) -> None:
        one, two = registration("演练乙物流园"), registration("演练丙食品厂")
        message = await stage.say("office", one)
        await stage.edit("office", message, f"{two}\n\n{one}")
        assert {p.name for p in await stage.projects()} == {"演练乙物流园", "演练丙食品厂"}

    async def test_one_that_goes_stays(self, stage: Stage) -> None:
        one, two = registration("演练乙物流园"), registration("演练丙食品厂")
        message = await stage.say("office", f"{one}\n\n{two}")
        await stage.edit("office", message, two)
        assert len(stage.replies_to(message)) == 2
        assert len(await stage.projects()) == 2

    async def test_a_duplicate_is_refused_once(self, stage: Stage) -> None:
        await stage.say("office", registration("演练乙物流园"))
        one, two = registration("演练乙物流园"), registration("演练丙食品厂")
        message = await stage.say("office", f"{one}\n\n{two}")
        for amount in ("2亿元", "3亿元", "4亿元"):
            two = registration("演练丙食品厂", 总投资=amount)
            await stage.edit("office", message, f"{one}\n\n{two}")
        said = [text_of(post) for post in stage.replies_to(message)]
        assert sum("没有重复登记" in each for each in said) <= 2


ONE = registration("演练乙园", 总投资="1亿元", 业主单位="演练乙公司")
TWO = registration("演练丙园", 所在县区="西平县", 总投资="2亿元", 业主单位="演练丙公司")
SECOND = registration("演练丙园（二期）", 所在县区="西平县", 总投资="2亿元", 业主单位="演练丙公司")
THIRD = registration(
    "演练戊园", 所在县区="上蔡县", 总投资="7亿元", 业主单位="演练戊公司", 签约日期="2026-11-18"
)


class TestPlaces:
    """The place in a message does not let one project overwrite another."""

    async def test_one_block_of_two_is_asked_back(self, stage: Stage) -> None:
        message = await stage.say("office", f"{ONE}\n\n{TWO}")
        await stage.edit("office", message, SECOND)
        said = text_of(stage.replies_to(message)[-1])
        assert "没有改" in said
        assert "可能是：#2 演练丙园" in said
        assert "卡片" in said
        assert {p.name: p.version for p in await stage.projects()} == {"演练乙园": 1, "演练丙园": 1}
        before = len(stage.posts())
        await stage.edit("office", message, f"{SECOND}\n\n辛苦各位")
        assert len(stage.posts()) == before

    async def test_blocks_that_changed_places_and_names_are_asked_back(self, stage: Stage) -> None:
        message = await stage.say("office", f"{ONE}\n\n{TWO}")
        other = registration("演练乙物流", 总投资="1亿元", 业主单位="演练乙公司")
        await stage.edit("office", message, f"{SECOND}\n\n{other}")
        assert stage.find("没有改", "演练丙园（二期）")
        assert {p.name for p in await stage.projects()} == {"演练乙园", "演练丙园"}

    async def test_what_has_nothing_in_common_is_registered(self, stage: Stage) -> None:
        message = await stage.say("office", f"{ONE}\n\n{TWO}")
        await stage.edit("office", message, f"{THIRD}\n\n{TWO}")
        assert {p.name for p in await stage.projects()} == {"演练乙园", "演练丙园", "演练戊园"}

    async def test_one_that_becomes_another_waits_for_the_office(self, stage: Stage) -> None:
        message = await stage.say("office", ONE)
        await stage.edit("office", message, THIRD)
        assert text_of(stage.last()).startswith("待确认修改：#1 演练乙园")
        (project,) = await stage.projects()
        assert (project.name, project.version) == ("演练乙园", 1)
        await stage.edit("office", message, THIRD.replace("7亿元", "8亿元"))
        assert (await stage.projects())[0].version == 1
        await stage.press("office", stage.last(), "确认修改")
        (project,) = await stage.projects()
        assert (project.name, project.investment_yuan) == ("演练戊园", 800_000_000)

    async def test_one_that_becomes_another_and_back_is_left(self, stage: Stage) -> None:
        message = await stage.say("office", ONE)
        await stage.edit("office", message, THIRD)
        proposal = stage.last()
        await stage.edit("office", message, ONE)
        assert "不改" in text_of(stage.shown(proposal))
        assert (await stage.projects())[0].version == 1


class TestDrafts:
    """An edit of what is not in the ledger yet amends the draft."""

    async def test_a_private_message_amends_its_draft(self, stage: Stage) -> None:
        message = await stage.whisper("attraction", registration(总投资=None))
        await stage.edit("attraction", message, registration(总投资="3亿元"))

        def count(view: View) -> int:
            return len(view.conn.execute(drafts.select()).all())

        assert await stage.ledger.ask(count, stage.clock.now()) == 1
        await stage.press("office", stage.find("待确认建账"), "确认建账")
        assert (await stage.projects())[0].investment_yuan == 300_000_000

    async def test_an_edit_that_says_the_same_is_not_answered(self, stage: Stage) -> None:
        message = await stage.say("attraction", registration(总投资=None))
        await stage.edit("attraction", message, registration(总投资=None) + "\n\n辛苦了")
        assert len(stage.replies_to(message)) == 1

    async def test_what_was_declined_stays_so(self, stage: Stage) -> None:
        message = await stage.say("attraction", registration())
        await stage.press("office", stage.answer_to(message), "不建账")
        await stage.edit("attraction", message, registration(总投资="3亿元"))
        said = text_of(stage.replies_to(message)[-1])
        assert BY_OFFICE in said
        assert "重新发一条" in said
        assert "不用再点" not in said
        assert not stage.find_all("3亿元")

    async def test_an_edited_reply_amends_as_well(self, stage: Stage) -> None:
        draft = stage.answer_to(await stage.say("attraction", registration(总投资=None)))
        said = await stage.say("attraction", "总投资：3亿元", draft)
        await stage.edit("attraction", said, "总投资：4亿元")
        assert "4亿元" in text_of(stage.replies_to(said)[-1])
        await stage.edit("attraction", said, "总投资： 4亿元")
        assert len(stage.replies_to(said)) == 2

    async def test_an_edited_reply_to_what_is_in_the_ledger_is_to_be_sent_anew(
        self, stage: Stage
    ) -> None:
        message = await register(stage)
        card = stage.answer_to(message)
        said = await stage.say("office", "总投资：3亿元", card)
        await stage.edit("office", said, "总投资：4亿元")
        assert "请重发一条" in text_of(stage.replies_to(said)[-1])
        assert (await stage.projects())[0].investment_yuan == 300_000_000
