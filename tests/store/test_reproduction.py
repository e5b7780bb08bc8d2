"""Any past moment can be put together from the journal: after whatever people did."""

import random
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from policy.life import Step
from policy.moments import PauseKind
from store import journal
from store.actions.amendments import amend
from store.actions.clock import expire_drafts, pass_moment
from store.actions.drafts import complete, confirm, decline
from store.actions.edits import receive_edit
from store.actions.groups import migrate_group
from store.actions.members import Person, ask_to_join, decide_join, open_private_chat
from store.actions.registration import ProjectInput, choose, receive
from store.actions.steps import carry_out
from store.context import View
from store.errors import Refusal, Why
from store.queries.drafts import get_draft, list_open_drafts, list_proposals
from store.queries.projects import list_projects
from store.queries.tasks import list_come
from store.tables import drafts, groups, members, pauses, projects, tasks
from tests.ledger import (
    COUNTY,
    DEPARTMENT_OF,
    OFFICE,
    PEOPLE,
    TaskForce,
    fields,
)

JOURNALLED = (groups, members, projects, tasks, pauses, drafts)
Rows = dict[str, dict[int, dict[str, Any]]]
STORIES, ACTS = 4, 60


def snapshot(view: View) -> Rows:
    """Every journalled row as it is, in the journal's terms."""
    found: Rows = {}
    for table in JOURNALLED:
        for row in view.conn.execute(select(table)).mappings():
            columns = [column.name for column in table.columns if column.name != "id"]
            values = {name: journal.plain(row[name]) for name in columns}
            found.setdefault(table.name, {})[row["id"]] = values
    return found


def reproduce(view: View, until: datetime) -> Rows:
    """The same from the journal alone."""
    return journal.reproduce(view.conn, until)


class Story:
    """People and the clock do whatever comes to their minds."""

    def __init__(self, force: TaskForce, seed: int) -> None:
        self.force = force
        self.dice = random.Random(seed)
        self.done: set[str] = set()

    async def act(self) -> None:
        """One act, possible or not, and then some time passes."""
        acts: list[Callable[[], Awaitable[object]]] = [
            self.register, self.hand_over, self.complete, self.decide, self.choose,
            self.amend, self.edit, self.expire, self.join, self.move, self.pass_moments,
            *[self.step] * 8,
        ]  # fmt: skip
        act = self.dice.choice(acts)
        try:
            await act()
            self.done.add(act.__name__)
        except Refusal:
            pass
        self.force.now += timedelta(minutes=self.dice.choice((1, 50, 400, 3000)))

    async def register(self) -> None:
        kind = self.dice.choice(("工业", "政府投资", "没有见过的"))
        eia = self.dice.choice(("form", "report", None))
        stated = fields(f"项目{self.dice.randrange(9)}", kind=kind, eia=eia)
        await self.force.do(receive, OFFICE, self.force.group, [ProjectInput(stated)])

    async def hand_over(self) -> None:
        stated = fields(f"项目{self.dice.randrange(99)}", county=self.dice.choice((None, "遂平县")))
        problems = (
            [] if "county" in stated else [{"code": "missing", "field": "county", "said": ""}]
        )
        handed_over = ProjectInput(stated, [], problems)
        await self.force.do(receive, COUNTY, self.force.group, [handed_over])

    async def complete(self) -> None:
        draft = self.dice.choice(await self._drafts())
        addition = ProjectInput({"county": "西平县", "contact": "张“三”\\\n\t😀"})
        await self.force.do(complete, COUNTY, draft, addition)

    async def decide(self) -> None:
        draft = self.dice.choice(await self._drafts())
        if self.dice.random() < 0.5:
            await self.force.do(decline, OFFICE, draft)
        else:
            revision = (await self.force.ask(get_draft, draft)).revision
            await self.force.do(confirm, OFFICE, draft, revision)

    async def choose(self) -> None:
        for project in await self.force.ask(list_projects, self.force.group):
            for choice in project.undecided:
                option = self.dice.choice(choice.options)
                await self.force.do(choose, OFFICE, project.id, choice.key, option.key)
                return

    async def amend(self) -> None:
        for project in await self.force.ask(list_projects, self.force.group):
            by = self.dice.choice((OFFICE, COUNTY))
            changed = {"contact": self.dice.choice("甲乙"), "name": f"项目{self.dice.randrange(9)}"}
            await self.force.do(amend, by, project.id, ProjectInput(changed))
            return

    async def edit(self) -> None:
        by = self.dice.choice((OFFICE, COUNTY))
        request = self.force.request(by)
        for _ in range(3):
            amount = self.dice.randrange(1, 9)
            stated = ProjectInput(fields(f"项目{self.dice.randrange(9)}", investment_yuan=amount))
            await self.force.ledger.do(receive_edit, request, self.force.group, [stated])

    async def expire(self) -> None:
        if not await self.force.do(expire_drafts, None, self.force.group):
            raise Refusal(Why.EXPIRED)

    async def join(self) -> None:
        person = Person(self.dice.randrange(900, 950), "新来的", None)
        await self.force.do(ask_to_join, person.user_id, self.force.group, person, "住建局")
        asked = await self.force.ask(lambda view: max(snapshot(view)["members"]))
        await self.force.do(decide_join, OFFICE, asked, admit=self.dice.random() < 0.5)
        await self.force.do(open_private_chat, person.user_id, self.force.group, {"intent": "help"})

    async def move(self) -> None:
        chat = self.force.group.chat_id
        await self.force.do(migrate_group, None, chat, chat - 1)

    async def step(self) -> None:
        number = self.dice.randrange(1, 12)
        step = self.dice.choice(list(Step))
        by = self.dice.choice((OFFICE, *set(DEPARTMENT_OF.values())))
        note = "因故"
        if self.dice.random() < 0.2:
            await self.force.do(carry_out, by, self.force.group, [], [(number, "办理中")])
        await self.force.step(number, step, by, note, self.dice.choice(list(PauseKind)), "城管局")

    async def pass_moments(self) -> None:
        for task_id in await self.force.ask(list_come):
            await self.force.do(pass_moment, None, task_id)

    async def _drafts(self) -> list[int]:
        found = await self.force.ask(list_open_drafts, self.force.group)
        found += await self.force.ask(list_proposals, self.force.group)
        return [draft.id for draft in found] or [4711]


@pytest.mark.parametrize("seed", range(STORIES))
async def test_the_journal_has_every_moment(force: TaskForce, seed: int) -> None:
    story = Story(force, seed)
    remembered = []
    for _ in range(ACTS):
        at = force.now
        await story.act()
        remembered.append((at, await force.ask(snapshot)))
    for at, rows in remembered:
        assert await force.ask(reproduce, at) == rows
    assert await force.ask(lambda view: journal.verify(view.conn)) is None
    assert len(story.done) >= 6, story.done


async def test_before_the_first_entry_there_was_nothing(force: TaskForce) -> None:
    long_ago = force.now - timedelta(days=1)
    assert await force.ask(reproduce, long_ago) == {}


async def test_after_the_setup_there_are_its_people(force: TaskForce) -> None:
    rows = await force.ask(reproduce, force.now)
    assert len(rows["members"]) == len(PEOPLE)
