"""Joining, arriving, moving: who is in the ledger, and in which chat."""

import pytest

from store.queries.people import find_member
from tests.chat.projects import register, registration
from tests.chat.stage import Message, Stage, buttons_of, data_of, text_of

STRANGER = 1099


async def ask_to_join(stage: Stage, unit: str = "市住建局") -> Message:
    """A stranger asks; gives the office's question."""
    await stage.say("stranger", f"加入 {unit}")
    return stage.find("路人·癸", "申请加入")


async def member_state(stage: Stage) -> tuple[str, str | None] | None:
    """The stranger's state and unit in the ledger."""
    member = await stage.ledger.ask(find_member, stage.clock.now(), STRANGER)
    return None if member is None else (member.state, member.department)


async def test_somebody_asks_by_word_and_the_office_admits(stage: Stage) -> None:
    request = await ask_to_join(stage)
    assert "市住房和城乡建设局" in text_of(request)
    assert await member_state(stage) == ("asked", "市住房和城乡建设局")
    await stage.press("office", request, "同意")
    assert await member_state(stage) == ("active", "市住房和城乡建设局")
    assert not buttons_of(stage.shown(request))
    card = await register(stage)
    await stage.press("stranger", card, "领账 · 住建局")
    assert (await stage.task(5)).acknowledged_by == "路人·癸"


async def test_somebody_asks_by_the_buttons_of_the_form(stage: Stage) -> None:
    await stage.press("stranger", stage.find("台账助手已进群"), "申请加入")
    form = stage.last()
    assert "哪个单位" in text_of(form)
    toast = await stage.press("stranger", form, "城管局")
    assert "重点办" in toast["text"]
    assert await member_state(stage) == ("asked", "市城市管理局")


async def test_a_refused_stranger_finds_the_button_to_join(stage: Stage) -> None:
    refused = stage.answer_to(await stage.say("stranger", "/board"))
    await stage.press("stranger", refused, "申请加入")
    assert "哪个单位" in stage.said()


async def test_the_office_may_refuse(stage: Stage) -> None:
    request = await ask_to_join(stage)
    await stage.press("office", request, "不同意")
    assert await member_state(stage) == ("refused", "市住房和城乡建设局")
    card = await register(stage)
    refused = await stage.press("stranger", card, "领账 · 住建局")
    assert refused["show_alert"]
    await ask_to_join(stage)
    assert await member_state(stage) == ("asked", "市住房和城乡建设局")


@pytest.mark.parametrize("who", ["ecology", "suiping", "stranger"])
async def test_only_the_office_decides(stage: Stage, who: str) -> None:
    request = await ask_to_join(stage)
    for label in ("同意", "不同意"):
        refused = await stage.press(who, request, label)
        assert refused["show_alert"]
    assert await member_state(stage) == ("asked", "市住房和城乡建设局")


async def test_a_decision_counts_once(stage: Stage) -> None:
    request = await ask_to_join(stage)
    refuse = next(data for data in data_of(request) if data.startswith("refuse"))
    await stage.press("office", request, "同意")
    again = await stage.forge("office", request, refuse)
    assert again["show_alert"]
    assert await member_state(stage) == ("active", "市住房和城乡建设局")


async def test_who_asked_already_is_told(stage: Stage) -> None:
    await ask_to_join(stage)
    again = await stage.say("stranger", "加入 市住建局")
    assert "重点办" in text_of(stage.answer_to(again))
    known = await stage.say("ecology", "加入 市住建局")
    assert "市生态环境局" in text_of(stage.answer_to(known))


async def test_an_unknown_unit_is_quoted(stage: Stage) -> None:
    message = await stage.say("stranger", "加入 市不存在局")
    assert "市不存在局" in text_of(stage.answer_to(message))
    assert await member_state(stage) is None


async def test_somebody_asks_in_private_and_is_answered_there(stage: Stage) -> None:
    message = await stage.whisper("stranger", "加入 市住建局")
    assert "重点办" in text_of(stage.answer_to(message))
    request = stage.find("路人·癸", "申请加入")
    await stage.press("office", request, "同意")
    assert "已登记" in stage.said(stage.private("stranger"))


async def test_the_arrival_is_greeted_with_what_is_missing(stage: Stage) -> None:
    assert "已就绪" in text_of(stage.find("台账助手已进群"))
    stage.sandbox.people.remove_bot(stage.sandbox.cast.get_person("office"))
    await stage.settle()
    stage.sandbox.rights.administrator = False
    stage.sandbox.rights.privacy_mode = True
    stage.sandbox.add_bot()
    await stage.settle()
    greeting = stage.said()
    assert "/setprivacy" in greeting
    assert "置顶" in greeting


async def test_a_change_of_rights_is_not_greeted(stage: Stage) -> None:
    before = len(stage.posts())
    office = stage.sandbox.cast.get_person("office")
    stage.sandbox.people.change_rights(office, can_pin=False)
    await stage.settle()
    assert len(stage.posts()) == before


async def test_privacy_mode_leaves_commands_and_replies(stage: Stage) -> None:
    stage.sandbox.rights.administrator = False
    stage.sandbox.rights.privacy_mode = True
    silent = await stage.say("office", registration())
    assert not stage.replies_to(silent)
    assert stage.replies_to(await stage.say("office", "/board"))


async def test_the_menus_are_set_for_each_scope_and_language(stage: Stage) -> None:
    sandbox = stage.sandbox
    menus = await sandbox.wait_until(lambda: len(sandbox.world.commands) >= 6 and sandbox.world)
    names = {key: [c["command"] for c in found] for key, found in menus.commands.items()}
    for scope in ("all_group_chats", "all_private_chats"):
        for language in ("", "zh", "en"):
            found = names[f'{{"type": "{scope}"}}', language]
            assert found[:1] == ["mine"]
            assert ("join" in found) is (scope == "all_private_chats")
    described = menus.commands['{"type": "all_group_chats"}', ""]
    assert described[0]["description"] == "我的任务"
    english = menus.commands['{"type": "all_group_chats"}', "en"]
    assert english[0]["description"] == "My tasks"


async def test_whoever_asks_again_after_a_refusal_reaches_the_office(stage: Stage) -> None:
    await stage.say("stranger", "加入 市住建局")
    await stage.press("office", stage.find("申请加入"), "不同意")
    before = len(stage.posts())
    await stage.say("stranger", "加入 市住建局")
    asked = [post for post in stage.posts()[before:] if "同意" in buttons_of(post)]
    assert len(asked) == 1


async def test_the_first_word_in_a_group_makes_it_the_one_of_the_private_chat(
    stage: Stage,
) -> None:
    async def home() -> int | None:
        member = await stage.ledger.ask(find_member, stage.clock.now(), stage.private("suiping"))
        return None if member is None else member.home_group_id

    assert await home() is None
    await stage.say("suiping", "大家早")
    assert await home() == (await stage.group()).id
