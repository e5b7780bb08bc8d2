"""Every kind of notice becomes a post from the ledger as it is at the moment of sending."""

from dataclasses import replace
from typing import Any

from handlers.notices import _ANYWHERE, _OF_GROUP, render
from handlers.texts.post import Post
from policy.life import Step
from policy.moments import PauseKind
from store import outbox
from store.actions.clock import send_digest
from store.actions.drafts import decline
from store.actions.members import Person, ask_to_join, decide_join
from store.actions.registration import ProjectInput, receive
from store.actions.steps import StepRequest, carry_out
from store.actions.updates import refuse, warn
from store.context import Tx, View
from store.errors import Refusal, Why
from store.outbox import Kind, Notice
from store.queries.drafts import list_open_drafts
from tests.ledger import (
    CHAT,
    COUNTY,
    ECOLOGY,
    LAND,
    OFFICE,
    REFORM,
    STRANGER,
    TaskForce,
    at,
    fields,
)


async def said(force: TaskForce) -> dict[Kind, Post | None]:
    """What is waiting to be said, by kind; everything is taken out of the outbox."""
    found: dict[Kind, Post | None] = {}
    while True:
        notice = await force.do(outbox.take, None)
        if notice is None:
            return found
        found[notice.kind] = await force.ask(_render, notice)
        await force.do(_done, None, notice)


def _render(view: View, notice: Notice) -> Post | None:
    return render(view, notice)


def _done(tx: Tx, notice: Notice) -> None:
    outbox.dropped(tx, notice, "read by a test")


def text(post: Post | None) -> str:
    """Its lines, or that there was nothing to say."""
    return "nothing" if post is None else "\n".join(line.text for line in post.lines)


def about(kind: Kind, subject: int | None, **values: Any) -> Notice:
    """A notice in the group."""
    plain = Notice(1, CHAT, 1, kind, subject, {}, None, 1, again=False)
    return replace(plain, **values)


async def test_a_registered_project_has_its_card(on_sqlite: TaskForce) -> None:
    await on_sqlite.register(phone="13700000001")
    posts = await said(on_sqlite)
    card = posts[Kind.CARD]
    assert text(card).startswith("#1 宏达食品产业园\n请于 11月17日 周二 17:30 前领账并联系业主")
    assert "遂平县 · 5亿元 · 11月13日 周五签约" in text(card)
    assert card is not None
    assert len(card.buttons) == 3


async def test_the_phone_is_whole_for_who_needs_it(on_sqlite: TaskForce) -> None:
    project = await on_sqlite.register(phone="13700000001")
    for chat, whole in ((CHAT, False), (OFFICE, True), (LAND, True), (COUNTY, False)):
        notice = about(Kind.CARD, project.id, chat_id=chat)
        assert ("13700000001" in text(await on_sqlite.ask(render, notice))) is whole
    assert "13700000001" not in text(
        await on_sqlite.ask(render, about(Kind.CARD, project.id, chat_id=STRANGER))
    )


async def test_a_draft_through_its_life(on_sqlite: TaskForce) -> None:
    await on_sqlite.do(receive, COUNTY, on_sqlite.group, [ProjectInput(fields())])
    draft = (await on_sqlite.ask(list_open_drafts, on_sqlite.group))[0]
    assert text((await said(on_sqlite))[Kind.DRAFT]).startswith("待确认建账：宏达食品产业园")
    await on_sqlite.do(decline, OFFICE, draft.id)
    post = await on_sqlite.ask(render, about(Kind.DRAFT, draft.id))
    assert text(post) == "宏达食品产业园 不建账（王小办）。要建账，重新发登记即可"


async def test_a_task_from_hand_in_to_close(on_sqlite: TaskForce) -> None:
    await on_sqlite.register()
    task = await on_sqlite.task(3)
    await said(on_sqlite)
    await on_sqlite.step(3, Step.ACCEPT, LAND)
    await on_sqlite.step(3, Step.PAUSE, LAND, "缺图", PauseKind.CORRECTION)
    paused = text(await on_sqlite.ask(render, about(Kind.TASK, task.id)))
    assert "停表，等业主补正" in paused
    assert "原因：缺图" in paused
    await on_sqlite.step(3, Step.DELIVER, LAND, "批文1号")
    assert "交账" in text((await said(on_sqlite))[Kind.DELIVERED])
    await on_sqlite.step(3, Step.MAKE_GOOD, OFFICE, "没有盖章")
    assert "没有盖章" in text((await said(on_sqlite))[Kind.MADE_GOOD])
    await on_sqlite.finish(3, LAND)
    assert text((await said(on_sqlite))[Kind.DELIVERED]) == "nothing"


async def test_a_return_that_was_answered_meanwhile_says_nothing(on_sqlite: TaskForce) -> None:
    await on_sqlite.register()
    await on_sqlite.step(4, Step.RETURN, ECOLOGY, "不归本局")
    assert "不归本局" in text((await said(on_sqlite))[Kind.RETURNED])
    await on_sqlite.step(4, Step.REDISPATCH, OFFICE)
    returned = about(Kind.RETURNED, (await on_sqlite.task(4)).id, data={"anew": True})
    assert await on_sqlite.ask(render, returned) is None


async def test_a_return_that_stands_says_what_became_of_it(on_sqlite: TaskForce) -> None:
    await on_sqlite.register()
    await on_sqlite.step(4, Step.RETURN, ECOLOGY, "不归本局")
    await on_sqlite.step(4, Step.REDISPATCH, OFFICE)
    standing = about(Kind.RETURNED, (await on_sqlite.task(4)).id)
    post = await on_sqlite.ask(render, standing)
    assert post is not None
    assert text(post).startswith("4号 环评报告表 待领账")
    assert post.buttons == ()


async def test_steps_by_text_are_confirmed(on_sqlite: TaskForce) -> None:
    await on_sqlite.register()
    asked = [StepRequest(1, Step.ACKNOWLEDGE)]
    await on_sqlite.do(carry_out, REFORM, on_sqlite.group, asked, [(2, "2号对账:正在办")])
    post = (await said(on_sqlite))[Kind.STEPS_DONE]
    assert text(post) == "1号已领账。下一步：联系业主、送材料清单\n2号对账已记下"


async def test_the_digest_of_another_day_says_nothing(on_sqlite: TaskForce) -> None:
    await on_sqlite.register()
    on_sqlite.now = at(2026, 11, 18, 8, 30)
    await on_sqlite.do(send_digest, None, on_sqlite.group)
    post = text((await said(on_sqlite))[Kind.DIGEST])
    assert post.startswith("11月18日 周三\n逾期 5 · 未领 5")
    assert "未领账，逾期 1 个工作日" in post
    late = about(Kind.DIGEST, None, data={"day": "2026-11-17"})
    assert await on_sqlite.ask(render, late) is None


async def test_joining(on_sqlite: TaskForce) -> None:
    person = Person(STRANGER, "路人·癸", None)
    await on_sqlite.do(ask_to_join, STRANGER, on_sqlite.group, person, None)
    await on_sqlite.do(ask_to_join, STRANGER, on_sqlite.group, person, "市住建局")
    posts = await said(on_sqlite)
    assert text(posts[Kind.JOIN_FORM]).startswith("您是哪个单位的？")
    assert text(posts[Kind.JOIN_REQUEST]).startswith("路人·癸 申请加入，单位：市住房和城乡建设局")
    request = posts[Kind.JOIN_REQUEST]
    assert request is not None
    member_id = int(request.buttons[0][0].press.split(":")[1])
    await on_sqlite.do(decide_join, OFFICE, member_id, admit=True)
    assert "您已登记在" in text((await said(on_sqlite))[Kind.JOIN_DECIDED])


async def test_refusals_and_warnings_are_the_same_in_a_chat_without_a_ledger(
    on_sqlite: TaskForce,
) -> None:
    await on_sqlite.do(refuse, STRANGER, None, Refusal(Why.STRANGER))
    await on_sqlite.do(warn, STRANGER, None, "unknown_group", {"chat_id": -5})
    posts = await said(on_sqlite)
    assert text(posts[Kind.REFUSAL]).startswith("您还没有登记。")
    assert "chat_id = -5" in text(posts[Kind.WARNING])


async def test_the_arrival(on_sqlite: TaskForce) -> None:
    rights = {"reads_all": False, "pins": True}
    greeting = text(await on_sqlite.ask(render, about(Kind.GREETING, None, data=rights)))
    assert "/setprivacy" in greeting
    assert "不能置顶" not in greeting
    stranger = about(Kind.GREETING, None, chat_id=-7, group_id=None, data=rights)
    assert "chat_id = -7" in text(await on_sqlite.ask(render, stranger))


async def test_what_is_gone_says_nothing_and_what_was_cut_off_is_marked(
    on_sqlite: TaskForce,
) -> None:
    assert await on_sqlite.ask(render, about(Kind.TASK, 999)) is None
    assert await on_sqlite.ask(render, about(Kind.CARD, 999)) is None
    project = await on_sqlite.register()
    again = about(Kind.CARD, project.id, again=True)
    assert text(await on_sqlite.ask(render, again)).endswith("补发：上次发送中断，可能重复")


async def test_every_kind_has_a_renderer() -> None:
    assert set(_ANYWHERE) | set(_OF_GROUP) == set(Kind)
