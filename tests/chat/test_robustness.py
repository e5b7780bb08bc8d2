"""What goes wrong around the assistant: nothing is lost, and nothing comes twice unmarked."""

import asyncio
import logging
from collections import Counter
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from pydantic import SecretStr
from sqlalchemy import text

import bot.wiring
from bot.polling import Poller
from bot.sandbox import Fault
from bot.sandbox.world import Chat
from handlers import conversation
from handlers.reading.values import Registration
from store.actions import clock
from store.actions.groups import GroupSetup, MemberSetup, configure
from store.context import Request, Tx
from store.engine import open_engine
from tests.chat.projects import NAME, line_of, register, registration
from tests.chat.stage import (
    UNHURRIED,
    Stage,
    at,
    buttons_of,
    count_rows,
    make_assistant,
    open_stage,
    text_of,
)


@pytest.fixture
def quick_retries(monkeypatch: pytest.MonkeyPatch) -> None:
    """What waits for seconds before it tries again waits for hundredths."""
    monkeypatch.setattr(bot.wiring, "PAUSE", 0.01)
    monkeypatch.setattr(bot.wiring, "Poller", partial(Poller, pause=0.01))
    monkeypatch.setattr("bot.channels.telegram.SOON", 0.01)


def first_times(count: int, method: str, fault: Fault) -> Callable[[str], Fault | None]:
    """Lets the first calls of a method fail."""
    seen: Counter[str] = Counter()

    def decide(called: str) -> Fault | None:
        seen[called] += 1
        return fault if called == method and seen[called] <= count else None

    return decide


async def test_a_message_that_is_delivered_twice_counts_once(stage: Stage) -> None:
    message = await stage.say("attraction", registration())
    update = next(u for u in stage.sandbox.updates() if u.get("message", {}) == message)
    before = len(stage.posts())
    for _ in range(3):
        stage.sandbox.redeliver(update["update_id"])
        await stage.settle()
    assert len(stage.posts()) == before
    assert await count_rows(stage, "drafts") == 1


async def test_what_is_said_while_the_process_is_down_is_heard_later(stage: Stage) -> None:
    await stage.stop()
    stage.sandbox.say("office", None, registration())
    await stage.start()
    await stage.settle()
    assert len(stage.find_all(f"#1 {NAME}")) == 1


@pytest.mark.parametrize("moment", [0.0, 0.005, 0.01, 0.02, 0.03, 0.05])
async def test_a_restart_in_the_middle_loses_nothing_and_doubles_nothing(
    stage: Stage, moment: float
) -> None:
    for name in ("演练甲", "演练乙", "演练丙"):
        stage.sandbox.say("office", None, registration(name))
    await asyncio.sleep(moment)
    await stage.restart()
    await stage.settle()
    for name in ("演练甲", "演练乙", "演练丙"):
        assert len(stage.find_all(name)) == 1
    assert len(await stage.projects()) == 3
    assert not stage.find_all("补发")


async def test_what_a_crash_left_between_sending_and_marking_goes_out_again_marked(
    stage: Stage,
) -> None:
    await register(stage)
    answered = await stage.say("ecology", "/board")
    await stage.stop()
    left = "UPDATE outbox SET state = 'sending', done_at = NULL WHERE kind = 'answer'"
    with open_engine(stage.settings.store.url).begin() as conn:
        conn.execute(text(left))
    await stage.start()
    await stage.settle()
    first, again = stage.replies_to(answered)
    assert "补发" not in text_of(first)
    assert text_of(again).startswith(text_of(first))
    assert "补发" in text_of(again)


@pytest.mark.parametrize(
    ("kind", "fault"),
    [
        ("429", Fault(retry_after=1)),
        ("500", Fault(status=500)),
        ("502", Fault(status=502)),
        ("before", Fault(cut_before=True)),
        ("after", Fault(cut_after=True)),
    ],
)
@pytest.mark.usefixtures("quick_retries")
async def test_what_is_due_arrives_whatever_happens_to_a_call(
    stage: Stage, kind: str, fault: Fault
) -> None:
    stage.faulty = True
    stage.sandbox.set_faults(first_times(2, "sendMessage", fault))
    await stage.say("office", registration())
    await stage.say("ecology", "/board")
    cards = stage.find_all(f"#1 {NAME}", "审批")
    assert stage.find_all("看板")
    marked = [post for post in cards if "补发" in text_of(post)]
    # What may have arrived says so when it comes again, and a server that failed may have
    # taken it; what was refused cannot have arrived.
    assert len(marked) == {"429": 0, "500": 1, "502": 1, "before": 1, "after": 2}[kind]
    assert len(cards) == (3 if kind == "after" else 1)


@pytest.mark.parametrize(
    "fault", [Fault(status=500), Fault(cut_before=True), Fault(cut_after=True)]
)
@pytest.mark.usefixtures("quick_retries")
async def test_a_card_is_up_to_date_whatever_happens_to_its_edit(
    stage: Stage, fault: Fault
) -> None:
    card = await register(stage)
    stage.faulty = True
    stage.sandbox.set_faults(first_times(2, "editMessageText", fault))
    await stage.press("ecology", card, "领账 · 生态环境局")
    assert "4号 市生态环境局 环评报告表 · 已领账" in text_of(stage.shown(card))
    assert "补发" not in text_of(stage.shown(card))
    assert len(stage.find_all(f"#1 {NAME}")) == 1


@pytest.mark.usefixtures("quick_retries")
async def test_updates_are_fetched_whatever_happens_to_the_calls(stage: Stage) -> None:
    stage.faulty = True
    for fault in (Fault(status=502), Fault(cut_before=True), Fault(cut_after=True)):
        stage.sandbox.set_faults(first_times(2, "getUpdates", fault))
        message = await stage.say("ecology", "/board")
        assert len(stage.replies_to(message)) == 1


@pytest.fixture
def poison(monkeypatch: pytest.MonkeyPatch) -> None:
    """A registration that no handler survives."""

    async def fail(*_: object) -> None:
        raise RuntimeError("poison")

    monkeypatch.setitem(conversation.READINGS, Registration, fail)


@pytest.mark.usefixtures("quick_retries", "poison")
async def test_a_poison_update_is_set_aside_and_the_rest_goes_on(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with open_stage(tmp_path, at("2026-11-20")) as stage:
        people = [
            MemberSetup(m.id, m.name, "admin" if m.id == 1001 else m.role, None, m.department)
            for m in stage.settings.members
        ]
        groups = [GroupSetup(g.chat_id, g.title, g.pack, g.locale) for g in stage.settings.groups]
        await stage.ledger.do(configure, Request(stage.clock.now(), "config"), groups, people)
        await stage.whisper("office", "/start")
        with caplog.at_level(logging.CRITICAL, "bot.polling"):
            stage.sandbox.say("office", None, registration())
            after = await stage.say("ecology", "/board")
        assert stage.replies_to(after)
        told = text_of(stage.find("poison", chat=stage.private("office")))
        assert "请" in told
        assert await count_rows(stage, "processed_updates WHERE outcome = 'set_aside'") == 1
        assert await count_rows(stage, "journal WHERE act = 'set_aside'") == 1
        await stage.restart()
        await stage.settle()
        assert await count_rows(stage, "journal WHERE act = 'set_aside'") == 1


@pytest.mark.usefixtures("quick_retries")
async def test_an_update_that_cannot_be_understood_blocks_nothing(stage: Stage) -> None:
    stage.sandbox.send_raw_update({"message": {"message_id": "none", "text": "演练机密"}})
    message = await stage.say("ecology", "/board")
    assert stage.replies_to(message)
    assert await count_rows(stage, "processed_updates WHERE outcome = 'set_aside'") == 1
    assert await count_rows(stage, "processed_updates WHERE error LIKE '%演练机密%'") == 0


@pytest.mark.parametrize("method", ["getMe", "deleteWebhook", "setMyCommands"])
@pytest.mark.usefixtures("quick_retries")
async def test_an_api_that_does_not_answer_at_the_start_is_waited_out(
    stage: Stage, method: str
) -> None:
    stage.faulty = True
    await stage.stop()
    stage.sandbox.set_faults(first_times(3, method, Fault(cut_before=True)))
    stage.sandbox.say("office", None, registration())
    await stage.start()
    await stage.settle()
    assert len(stage.find_all(f"#1 {NAME}")) == 1


async def test_a_token_that_is_refused_ends_the_start(stage: Stage) -> None:
    await stage.stop()
    wrong = stage.settings.telegram.model_copy(update={"token": SecretStr("1:wrong")})
    settings = stage.settings.model_copy(update={"telegram": wrong})
    with pytest.raises(bot.wiring.TokenRefused):
        await make_assistant(settings, stage.clock).start()
    await stage.start()


async def test_edits_that_follow_each_other_become_one(stage: Stage) -> None:
    card = await register(stage)
    stage.sandbox.set_faults(
        lambda method: Fault(delay=0.3) if method == "editMessageText" else None
    )
    before = _count_calls(stage, "editMessageText")
    for words in ("4号收到", "4号已联系业主", "4号已受理", "3号收到", "1、2号收到"):
        stage.sandbox.say({"3": "land", "1": "reform"}.get(words[0], "ecology"), None, words)
    await stage.settle()
    assert _count_calls(stage, "editMessageText") - before <= 3
    assert "12月4日" in line_of(stage, card, 4)
    assert "1号 市发改委 企业投资项目核准 · 已领账" in text_of(stage.shown(card))


async def test_a_group_gets_no_more_than_its_budget_and_the_urgent_first(tmp_path: Path) -> None:
    """Answers before new tasks, these before the digest, and edits of the card last."""
    budget = 8
    async with open_stage(tmp_path, at("2026-11-20"), per_minute=budget) as stage:
        card = await register(stage)
        await stage.move_to(at("2026-11-23", "08:30"))
        while len(_said(stage)) < budget:
            await stage.say("ecology", "/board")
        await stage.tap("ecology", card, "领账 · 生态环境局")
        await stage.sandbox.move_clock_to(at("2026-11-24", "08:30"))
        await stage.assistant.tick()
        stage.sandbox.say("office", None, registration("演练乙"))
        stage.sandbox.say("ecology", None, "/mine")
        await stage.wait_confirmed()
        await asyncio.sleep(0.3)
        assert len(_said(stage)) == budget

        await stage.stop()
        await stage.start(per_minute=UNHURRIED)
        await stage.settle()
        assert _said(stage)[budget:] == ["answer", "card", "digest", "edit"]


async def test_a_clock_that_jumps_over_a_week_brings_one_digest(stage: Stage) -> None:
    await register(stage)
    before = len(stage.posts())
    await stage.move_to(at("2026-12-02", "09:00"))
    said = [text_of(post) for post in stage.posts()[before:]]
    assert len(said) == 1
    assert said[0].startswith("12月2日 周三")
    assert "挂牌" in said[0]


async def test_two_ticks_at_once_bring_one_digest(stage: Stage) -> None:
    await register(stage)
    await stage.sandbox.move_clock_to(at("2026-11-23", "08:30"))
    before = len(stage.posts())
    await asyncio.gather(*(stage.assistant.tick() for _ in range(5)))
    await stage.settle()
    assert len(stage.posts()) == before + 1


async def test_after_the_close_of_business_no_digest_is_made_up_for(stage: Stage) -> None:
    await register(stage)
    before = len(stage.posts())
    await stage.move_to(at("2026-11-23", "18:00"))
    assert len(stage.posts()) == before
    await stage.move_to(at("2026-11-24", "08:30"))
    assert len(stage.posts()) == before + 1


async def test_a_digest_that_could_not_be_sent_that_day_is_not_sent_the_next(
    stage: Stage,
) -> None:
    await register(stage)
    await stage.sandbox.move_clock_to(at("2026-11-23", "08:30"))
    await stage.stop()
    with open_engine(stage.settings.store.url).begin() as conn:
        conn.execute(text("DELETE FROM runs"))
    await stage.start()
    stage.sandbox.set_faults(lambda m: Fault(status=500) if m == "sendMessage" else None)
    await stage.assistant.tick()
    await asyncio.sleep(0.1)
    await stage.stop()
    stage.faulty = True
    stage.sandbox.set_faults(None)
    await stage.sandbox.move_clock_to(at("2026-11-24", "08:30"))
    before = len(stage.posts())
    await stage.start()
    await stage.move_to(at("2026-11-24", "08:31"))
    said = [text_of(post) for post in stage.posts()[before:]]
    assert [line for post in said for line in post.splitlines()[:1]] == ["11月24日 周二"]


async def test_one_task_s_fault_does_not_keep_the_others_from_their_moments(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    await register(stage)
    passing = clock.pass_moment

    def fail(tx: Tx, task_id: int) -> None:
        if task_id == 1:
            raise RuntimeError("poison")
        passing(tx, task_id)

    monkeypatch.setattr("store.actions.clock.pass_moment", fail)
    with caplog.at_level(logging.CRITICAL, "schedules.ticker"):
        await stage.move_to(at("2026-11-24", "18:00"))
    assert [(await stage.task(n)).boarded_on is not None for n in range(1, 6)] == [
        False,
        True,
        True,
        True,
        True,
    ]


async def test_a_group_that_becomes_a_supergroup_is_followed(stage: Stage) -> None:
    old = stage.sandbox.group
    await register(stage)
    new = -1009000000777
    stage.sandbox.world.chats[new] = Chat(new, "supergroup", 1, title="演练")
    message = stage.sandbox.say("office", None, "早")
    stage.sandbox.send_raw_update({"message": {**message, "text": None, "migrate_to_chat_id": new}})
    await stage.settle()
    before = len(stage.posts(old))

    moved = stage.sandbox.say("ecology", new, "4号收到")
    await stage.settle()
    assert "4号已领账" in text_of(stage.answer_to(moved))
    cards = [p for p in stage.posts(new) if text_of(p).startswith(f"#1 {NAME}")]
    assert len(cards) == 1  # its card stands in the new chat from now on
    await stage.say("ecology", "4号已联系业主", chat=new)
    assert "待受理" in text_of(stage.shown(cards[0]))
    await stage.move_to(at("2026-11-24", "08:30"))
    assert stage.find("11月24日", chat=new)
    assert len(stage.posts(old)) == before

    await stage.restart()  # the config still has the old id
    await stage.say("ecology", "4号已受理", chat=new)
    assert "办理 · 生态环境局" in buttons_of(stage.shown(cards[0]))
    assert "12月8日" in text_of(stage.shown(cards[0]))  # accepted on 24 November


async def test_a_button_of_another_group_s_ledger_is_no_button_here(stage: Stage) -> None:
    await register(stage)
    elsewhere = -1009000000888
    stage.sandbox.world.chats[elsewhere] = Chat(elsewhere, "supergroup", 1, title="演练二")
    await stage.stop()
    other = stage.settings.groups[0].model_copy(update={"chat_id": elsewhere, "title": "演练二"})
    groups = (*stage.settings.groups, other)
    stage.settings = stage.settings.model_copy(update={"groups": groups})
    await stage.start()
    message = await stage.say("office", registration("演练乙"), chat=elsewhere)
    card = stage.answer_to(message)
    before = await stage.task(4)
    for data in ("step:4:acknowledge", "card:1", "task:4", "take:1:市生态环境局"):
        refused = await stage.forge("ecology", card, data)
        assert refused["show_alert"], data
    assert not [p for p in stage.posts(elsewhere) if NAME in text_of(p)]
    assert await stage.task(4) == before
    await stage.press("ecology", card, "领账 · 生态环境局")
    assert (await stage.task(4)) == before


async def test_a_chat_without_a_ledger_is_told_so_when_it_asks(stage: Stage) -> None:
    elsewhere = -1009000000999
    stage.sandbox.world.chats[elsewhere] = Chat(elsewhere, "supergroup", 1, title="演练三")
    silent = await stage.say("office", "早", chat=elsewhere)
    assert not stage.replies_to(silent)
    asked = await stage.say("office", "/board", chat=elsewhere)
    assert str(elsewhere) in text_of(stage.answer_to(asked))


async def test_a_lost_card_is_sent_anew(stage: Stage) -> None:
    card = await register(stage)
    del stage.sandbox.world.group.messages[card["message_id"]]
    stage.faulty = True  # the edit of what is gone is refused
    await stage.say("ecology", "4号收到")
    assert "4号 市生态环境局 环评报告表 · 已领账" in text_of(stage.find(f"#1 {NAME}"))


async def test_a_person_who_blocked_the_assistant_does_not_hold_it_up(stage: Stage) -> None:
    stage.faulty = True
    await register(stage)
    stage.sandbox.set_faults(lambda m: Fault(delay=0.2) if m == "sendMessage" else None)
    stage.sandbox.say("ecology", stage.private("ecology"), "/mine")
    await stage.wait_confirmed()
    stage.sandbox.block("ecology")
    stage.sandbox.set_faults(None)
    await stage.settle()
    assert stage.replies_to(await stage.say("office", "/board"))


def _count_calls(stage: Stage, method: str) -> int:
    return sum(call.method == method for call in stage.sandbox.calls)


def _said(stage: Stage) -> list[str]:
    """What the group was told, post by post and edit by edit."""
    calls = [call for call in stage.sandbox.calls if "Message" in call.method]
    return [_kind_of(str(call.params.get("text")), call.method) for call in calls]


def _kind_of(said: str, method: str) -> str:
    if method == "editMessageText":
        return "edit"
    if "待办" in said:
        return "answer"
    return "card" if "演练乙" in said.splitlines()[0] else "digest"


async def test_a_hand_in_that_waited_over_night_counts_from_when_it_was_written(
    stage: Stage,
) -> None:
    """The assistant was off: 4号已办结 was written in time, and read the morning after."""
    await register(stage)
    await stage.say("ecology", "4号已受理")
    await stage.stop()
    await stage.sandbox.move_clock_to(at("2026-12-04", "16:00"))
    stage.sandbox.say("ecology", None, "4号已办结")
    await stage.sandbox.move_clock_to(at("2026-12-07", "09:00"))
    await stage.start()
    await stage.settle()
    task = await stage.task(4)
    assert task.delivered_at == at("2026-12-04", "16:00")


async def test_a_stranger_who_floods_the_group_is_told_once_a_minute(stage: Stage) -> None:
    for _ in range(5):
        await stage.say("stranger", "4号收到")
    assert len(stage.find_all("还没有登记")) == 1
