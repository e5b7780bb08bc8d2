"""Asks as the conversation does: the question becomes data, the data a post."""

import json
from dataclasses import dataclass
from typing import Any

from handlers.answers import question_to_data, render_answer
from handlers.presses import Press, Verb, read_press
from handlers.reading.values import Intent, Query, Slots
from handlers.texts.post import Button, Post
from handlers.texts.speech import Speech
from policy.life import Step
from policy.moments import PauseKind
from store.actions.clock import pass_moment
from store.context import View
from store.outbox import Kind, Notice
from store.queries.tasks import list_come
from tests.ledger import CHAT, ECOLOGY, LAND, OFFICE, REFORM, TaskForce, at

HONGDA, JINMAI = "宏达食品加工产业园", "金麦面业智能化生产线"


@dataclass
class Desk:
    """Where questions are asked of one ledger."""

    force: TaskForce

    async def ask(
        self,
        intent: Intent,
        by: int | None = OFFICE,
        *,
        private: bool = False,
        offset: int = 0,
        **slots: Any,
    ) -> Post:
        """The post that answers a question in the group, or in private."""
        data = question_to_data(Query(intent, Slots(**slots)), by, offset)
        return await self.answer(data, by if private else None)

    async def answer(self, data: dict[str, Any], private_chat: int | None = None) -> Post:
        """The post for a question's data, after it went through the database as JSON."""
        notice = Notice(
            1,
            private_chat or CHAT,
            self.force.group.id,
            Kind.ANSWER,
            None,
            json.loads(json.dumps(data)),
            None,
            1,
            False,
        )
        post = await self.force.ask(_render, notice)
        assert post is not None
        return post

    async def pass_moments(self) -> None:
        """What the ticker does: tasks whose moment has come are late, then on the board."""
        for _ in range(2):
            for task_id in await self.force.ask(list_come):
                await self.force.do(pass_moment, None, task_id)


async def set_up_week(desk: Desk) -> None:
    """Two projects on Thursday, 26 November 2026, 08:30.

    1 核准 closed, 2 节能 contacted, 3 用地 paused, 4 报告书 accepted on the 20th,
    5 施工许可 waits; 6 核准 handed in and late at the office, 7 节能 due on the 30th,
    8 用地 due on 7 December, 9 报告表 not taken and on the board, 10 returned.
    """
    force = desk.force
    force.now = at(2026, 11, 20)
    await force.register(HONGDA, signed_on="2026-11-20", investment_yuan=520_000_000, eia="report")
    await force.register(JINMAI, signed_on="2026-11-18", county="西平县", phone="13700000001")
    await force.step(4, Step.ACCEPT, ECOLOGY)
    await force.step(7, Step.ACCEPT, REFORM)
    force.now = at(2026, 11, 23)
    await force.step(2, Step.CONTACT, REFORM)
    await force.step(3, Step.ACCEPT, LAND)
    await force.step(8, Step.ACCEPT, LAND)
    await force.step(5, Step.CONTACT, 205)
    force.now = at(2026, 11, 24)
    await force.step(3, Step.PAUSE, LAND, "缺用地红线图", PauseKind.CORRECTION)
    await force.finish(1, REFORM)
    await force.step(6, Step.DELIVER, REFORM, "驻发改〔2026〕1号")
    await force.step(10, Step.RETURN, 205, "不归我局")
    force.now = at(2026, 11, 26, 8, 30)
    await desk.pass_moments()


def text(post: Post) -> str:
    """All that is said, a line each."""
    return "\n".join(line.text for line in post.lines)


def buttons(post: Post) -> list[Button]:
    """All buttons, row by row."""
    return [button for row in post.buttons for button in row]


def pressed(post: Post, label: str) -> Press:
    """What the button with this label says."""
    found = next(button for button in buttons(post) if button.label == label)
    read = read_press(found.press)
    assert read is not None
    return read


def asked(post: Post, label: str) -> str:
    """The question on the button with this label."""
    found = pressed(post, label)
    assert found.verb is Verb.ASK
    return found.args[0]


def _render(view: View, notice: Notice) -> Post | None:
    return render_answer(view, notice, Speech("zh_Hans", view.today, view.rules.hours))
