"""建账: who may register what, what is missing, and what the office still has to choose."""

import asyncio
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from policy.life import State
from store.actions.drafts import complete, confirm, decline
from store.actions.registration import ProjectInput, choose, receive
from store.context import View
from store.errors import Refusal, Why
from store.outbox import Kind
from store.queries.drafts import Draft, get_draft, list_open_drafts
from store.queries.projects import get_card, list_projects, list_undispatched
from store.tables import outbox
from tests.ledger import COUNTY, ITEMS, LEADER, OFFICE, STRANGER, TaskForce, at, fields

LATER = at(2026, 11, 17, 10)
MISSING_COUNTY = {"code": "missing", "field": "county", "said": ""}
INTERPRETED = {"field": "investment", "said": "伍亿元", "value": "5亿元"}


def notices(view: View) -> list[tuple[str, int | None, dict[str, Any]]]:
    """What is queued to be said, in order: kind, subject, data."""
    rows = view.conn.execute(select(outbox).order_by(outbox.c.id))
    return [(row.kind, row.subject, row.data) for row in rows]


async def hand_over(force: TaskForce, by: int = COUNTY, **changes: Any) -> Draft:
    """A draft, as somebody of the county sends it."""
    stated = fields(**changes)
    problems = [] if "county" in stated else [MISSING_COUNTY]
    await force.do(receive, by, force.group, [ProjectInput(stated, [], problems)])
    return (await force.ask(list_open_drafts, force.group))[-1]


async def refused(doing: Any) -> Refusal:
    """The refusal that this ends with."""
    with pytest.raises(Refusal) as caught:
        await doing
    return caught.value


class TestByTheOffice:
    """What is complete and needed no interpretation counts at once."""

    async def test_the_project_is_in_the_ledger(self, force: TaskForce) -> None:
        project = await force.register()
        assert (project.number, project.name, project.county) == (1, "宏达食品产业园", "遂平县")
        assert project.code == "ZMD-2026-0001"
        assert project.signed_on == date(2026, 11, 13)
        assert project.investment_yuan == 500_000_000
        assert project.registered_at == project.handed_over_at == force.now
        assert project.undecided == ()

    async def test_each_department_has_its_tasks_with_one_working_day_to_take_them(
        self, force: TaskForce
    ) -> None:
        tasks = await force.tasks(await force.register())
        assert tuple(task.item.key for task in tasks) == ITEMS
        assert [task.number for task in tasks] == [1, 2, 3, 4, 5]
        for task in tasks:
            assert task.state is State.DISPATCHED
            assert task.department == task.item.department
            assert task.due == task.take_due == date(2026, 11, 17)
            assert (task.late, task.left) == (0, 1)

    async def test_the_card_is_queued_as_a_reply_to_the_message(self, force: TaskForce) -> None:
        project = await force.register()
        (row,) = await force.ask(lambda view: view.conn.execute(select(outbox)).all())
        assert (row.kind, row.subject) == (Kind.CARD, project.id)
        draft = await force.ask(get_draft, 1)
        assert row.reply_to == draft.source_message_id is not None

    async def test_the_card_counts_the_limits_of_the_project(self, force: TaskForce) -> None:
        card = await force.ask(get_card, (await force.register()).id)
        assert card.start_target.due == date(2027, 2, 11)
        assert card.red_line.start == date(2026, 11, 13)
        assert card.landing_team.due == date(2026, 11, 20)
        assert (card.used_days, card.others_days, card.approvals_days) == (0, 0, 40)

    async def test_tasks_are_counted_through_the_group(self, force: TaskForce) -> None:
        await force.register()
        second = await force.register("恒昌冷链物流园", kind="物流")
        assert second.number == 2
        assert [task.number for task in await force.tasks(second)] == [6, 7, 8, 9]

    async def test_several_in_one_message(self, force: TaskForce) -> None:
        inputs = [ProjectInput(fields("甲项目")), ProjectInput(fields("乙项目", county="西平县"))]
        await force.do(receive, OFFICE, force.group, inputs)
        found = await force.ask(list_projects, force.group)
        assert [project.name for project in found] == ["乙项目", "甲项目"]

    async def test_an_interpreted_value_waits_to_be_confirmed(self, force: TaskForce) -> None:
        stated = ProjectInput(fields(), [INTERPRETED])
        await force.do(receive, OFFICE, force.group, [stated])
        (draft,) = await force.ask(list_open_drafts, force.group)
        assert (draft.state, draft.interpreted) == ("waiting", [INTERPRETED])
        assert await force.ask(list_projects, force.group) == []

    async def test_long_words_are_kept_whole(self, force: TaskForce) -> None:
        long = "很长的业主单位名称" * 100
        project = await force.register(owner=long, contact=long, industry=long)
        assert project.owner == project.contact == project.industry == long


class TestByOthers:
    """Anybody else's message is a hand-over, from which the office's working day runs."""

    @pytest.mark.parametrize("by", [COUNTY, LEADER])
    async def test_it_waits_for_the_office(self, force: TaskForce, by: int) -> None:
        draft = await hand_over(force, by)
        assert (draft.state, draft.author_id, draft.due) == ("waiting", by, date(2026, 11, 17))
        assert await force.ask(list_projects, force.group) == []
        assert (Kind.DRAFT, draft.id, {}) in await force.ask(notices)

    async def test_the_clock_runs_from_the_message(self, force: TaskForce) -> None:
        """Confirmed a day later, the project was handed over when it was sent."""
        handed_over_at = force.now
        draft = await hand_over(force)
        force.now = LATER
        assert await force.do(confirm, OFFICE, draft.id, draft.revision) == 1
        (project,) = await force.ask(list_projects, force.group)
        assert project.handed_over_at == handed_over_at
        assert project.dispatch_due == date(2026, 11, 17)
        assert project.registered_at == project.dispatched_at == LATER
        assert (await force.task(1)).take_due == date(2026, 11, 18)

    async def test_late_is_counted_against_the_office(self, force: TaskForce) -> None:
        draft = await hand_over(force)
        force.now = at(2026, 11, 19)
        draft = await force.ask(get_draft, draft.id)
        assert (draft.late, draft.left) == (2, 0)

    async def test_a_stranger_is_told_so(self, force: TaskForce) -> None:
        assert (await refused(hand_over(force, STRANGER))).why is Why.STRANGER

    async def test_only_the_office_confirms(self, force: TaskForce) -> None:
        draft = await hand_over(force)
        assert (
            await refused(force.do(confirm, COUNTY, draft.id, draft.revision))
        ).why is Why.OFFICE_ONLY
        assert (
            await refused(force.do(confirm, STRANGER, draft.id, draft.revision))
        ).why is Why.STRANGER

    async def test_what_is_decided_stays_decided(self, force: TaskForce) -> None:
        draft = await hand_over(force)
        await force.do(confirm, OFFICE, draft.id, draft.revision)
        refusal = await refused(force.do(confirm, OFFICE, draft.id, draft.revision))
        assert refusal.why is Why.ALREADY_DECIDED
        assert refusal.data == {"state": "registered", "name": "王小办"}
        assert (await refused(force.do(decline, OFFICE, draft.id))).why is Why.ALREADY_DECIDED

    async def test_of_two_who_confirm_at_once_one_wins(self, force: TaskForce) -> None:
        draft = await hand_over(force)
        answers = await asyncio.gather(
            *(force.do(confirm, OFFICE, draft.id, draft.revision) for _ in range(4)),
            return_exceptions=True,
        )
        whys = [answer.why for answer in answers if isinstance(answer, Refusal)]
        assert whys == [Why.ALREADY_DECIDED] * 3
        assert len(await force.ask(list_projects, force.group)) == 1

    async def test_of_confirm_and_decline_at_once_one_wins(self, force: TaskForce) -> None:
        draft = await hand_over(force)
        await asyncio.gather(
            force.do(confirm, OFFICE, draft.id, draft.revision),
            force.do(decline, COUNTY, draft.id),
            return_exceptions=True,
        )
        registered = bool(await force.ask(list_projects, force.group))
        state = (await force.ask(get_draft, draft.id)).state
        assert state == ("registered" if registered else "declined")

    async def test_its_author_or_the_office_declines_it(self, force: TaskForce) -> None:
        draft = await hand_over(force)
        assert (await refused(force.do(decline, LEADER, draft.id))).why is Why.NOT_THEIRS
        await force.do(decline, COUNTY, draft.id)
        assert (await force.ask(get_draft, draft.id)).decided_by == "冯小县"
        assert await force.ask(list_open_drafts, force.group) == []

    async def test_an_old_button(self, force: TaskForce) -> None:
        assert (await refused(force.do(confirm, OFFICE, 4711, 1))).why is Why.OLD_BUTTON


class TestCompletion:
    """What is missing can be supplied by replying with just those lines."""

    async def test_the_draft_is_then_as_if_it_had_been_whole(self, force: TaskForce) -> None:
        draft = await hand_over(force, county=None)
        assert (draft.state, draft.problems) == ("incomplete", [MISSING_COUNTY])
        assert (
            await refused(force.do(confirm, OFFICE, draft.id, draft.revision))
        ).why is Why.STILL_INCOMPLETE
        await force.do(complete, COUNTY, draft.id, ProjectInput({"county": "西平县"}))
        draft = await force.ask(get_draft, draft.id)
        assert (draft.state, draft.problems) == ("waiting", [])
        assert draft.fields == fields(county="西平县")

    async def test_of_the_office_counts_at_once(self, force: TaskForce) -> None:
        draft = await hand_over(force, OFFICE, county=None)
        await force.do(complete, OFFICE, draft.id, ProjectInput({"county": "西平县"}))
        assert (await force.ask(get_draft, draft.id)).state == "registered"
        (project,) = await force.ask(list_projects, force.group)
        assert project.county == "西平县"

    async def test_a_part_of_it_leaves_the_rest_missing(self, force: TaskForce) -> None:
        draft = await hand_over(force, county=None)
        await force.do(complete, COUNTY, draft.id, ProjectInput({"contact": "张三"}))
        draft = await force.ask(get_draft, draft.id)
        assert (draft.state, draft.problems) == ("incomplete", [MISSING_COUNTY])
        assert draft.fields["contact"] == "张三"

    async def test_what_the_reply_does_not_mention_is_not_missing(self, force: TaskForce) -> None:
        """The reading of three lines may itself name all that they lack."""
        draft = await hand_over(force, county=None)
        missing = [{"code": "missing", "field": "name", "said": ""}]
        await force.do(complete, COUNTY, draft.id, ProjectInput({"county": "西平县"}, [], missing))
        draft = await force.ask(get_draft, draft.id)
        assert (draft.state, draft.fields["name"]) == ("waiting", "宏达食品产业园")

    async def test_a_field_given_anew_replaces_what_was_said(self, force: TaskForce) -> None:
        await force.do(receive, OFFICE, force.group, [ProjectInput(fields(), [INTERPRETED])])
        (draft,) = await force.ask(list_open_drafts, force.group)
        anew = {"investment_yuan": 600_000_000, "currency": "CNY", "amount": 600_000_000}
        await force.do(complete, OFFICE, draft.id, ProjectInput(anew))
        (project,) = await force.ask(list_projects, force.group)
        assert project.investment_yuan == 600_000_000

    async def test_a_field_given_wrongly_is_a_problem_again(self, force: TaskForce) -> None:
        draft = await hand_over(force)
        wrong = {"code": "unknown_county", "field": "county", "said": "远方县"}
        await force.do(complete, COUNTY, draft.id, ProjectInput({}, [], [wrong]))
        draft = await force.ask(get_draft, draft.id)
        assert (draft.state, draft.problems) == ("incomplete", [wrong])
        assert draft.fields == fields()  # what stood is not wiped by what cannot be read

    async def test_by_a_stranger(self, force: TaskForce) -> None:
        draft = await hand_over(force, county=None)
        addition = ProjectInput({"county": "西平县"})
        assert (await refused(force.do(complete, STRANGER, draft.id, addition))).why is Why.STRANGER

    async def test_of_what_was_decided(self, force: TaskForce) -> None:
        draft = await hand_over(force)
        await force.do(decline, COUNTY, draft.id)
        addition = ProjectInput({"contact": "张三"})
        refusal = await refused(force.do(complete, COUNTY, draft.id, addition))
        assert refusal.why is Why.DECLINED


class TestDuplicates:
    """The same name in the same county is the same project."""

    async def test_a_second_message_is_answered_with_the_first_ones_number(
        self, force: TaskForce
    ) -> None:
        await force.register()
        await force.register()
        assert len(await force.ask(list_projects, force.group)) == 1
        values = {"number": 1, "name": "宏达食品产业园"}
        said = (await force.ask(notices))[-1]
        assert said == (Kind.REFUSAL, None, {"why": "duplicate_project", "values": values})

    async def test_the_others_of_the_message_count(self, force: TaskForce) -> None:
        await force.register()
        both = [ProjectInput(fields()), ProjectInput(fields("乙项目"))]
        await force.do(receive, OFFICE, force.group, both)
        assert len(await force.ask(list_projects, force.group)) == 2

    async def test_in_another_county_it_is_another_one(self, force: TaskForce) -> None:
        await force.register()
        await force.register(county="西平县")
        assert len(await force.ask(list_projects, force.group)) == 2

    async def test_a_draft_of_what_is_registered_meanwhile(self, force: TaskForce) -> None:
        draft = await hand_over(force)
        await force.register()
        assert (
            await refused(force.do(confirm, OFFICE, draft.id, draft.revision))
        ).why is Why.DUPLICATE_PROJECT

    async def test_the_same_draft_sent_again_stays_one(self, force: TaskForce) -> None:
        first = await hand_over(force)
        await hand_over(force)
        assert [d.id for d in await force.ask(list_open_drafts, force.group)] == [first.id]

    async def test_at_once(self, force: TaskForce) -> None:
        await asyncio.gather(*(force.register() for _ in range(4)))
        assert len(await force.ask(list_projects, force.group)) == 1


class TestChoosing:
    """What the message leaves open, the office decides; nothing is assumed."""

    async def test_without_an_eia_its_task_waits(self, force: TaskForce) -> None:
        project = await force.register(eia=None)
        assert [choice.key for choice in project.undecided] == ["eia"]
        assert [option.key for option in project.undecided[0].options] == ["report", "form"]
        assert project.dispatched_at is None
        keys = [task.item.key for task in await force.tasks(project)]
        assert keys == ["enterprise_approval", "energy", "land", "construction_permit"]
        assert [p.id for p in await force.ask(list_undispatched, force.group)] == [project.id]

    async def test_the_office_decides_and_the_task_is_dispatched(self, force: TaskForce) -> None:
        project = await force.register(eia=None)
        force.now = LATER
        project = await force.do(choose, OFFICE, project.id, "eia", "report")
        assert (project.undecided, project.dispatched_at) == ((), LATER)
        assert (await force.tasks(project))[-1].item.key == "eia_report"
        assert await force.ask(list_undispatched, force.group) == []

    async def test_an_unknown_kind_leaves_the_template_open(self, force: TaskForce) -> None:
        project = await force.register(kind="没有见过的")
        assert [choice.key for choice in project.undecided] == ["template"]
        assert await force.tasks(project) == []
        project = await force.do(choose, OFFICE, project.id, "template", "industrial")
        assert project.undecided == (), "the eia was said in the message"
        assert tuple(t.item.key for t in await force.tasks(project)) == ITEMS

    async def test_the_office_is_late_until_all_is_decided(self, force: TaskForce) -> None:
        project = await force.register(eia=None)
        force.now = at(2026, 11, 19)
        assert (await force.ask(list_projects, force.group))[0].late == 2
        project = await force.do(choose, OFFICE, project.id, "eia", "form")
        assert project.late == 0

    @pytest.mark.parametrize(
        ("by", "choice", "option", "why"),
        [
            (COUNTY, "eia", "form", Why.OFFICE_ONLY),
            (STRANGER, "eia", "form", Why.STRANGER),
            (OFFICE, "eia", "novel", Why.OLD_BUTTON),
            (OFFICE, "template", "industrial", Why.ALREADY_DECIDED),
        ],
    )
    async def test_refusals(
        self, force: TaskForce, by: int, choice: str, option: str, why: Why
    ) -> None:
        project = await force.register(eia=None)
        assert (await refused(force.do(choose, by, project.id, choice, option))).why is why

    async def test_of_two_at_once_one_wins(self, force: TaskForce) -> None:
        project = await force.register(eia=None)
        answers = await asyncio.gather(
            force.do(choose, OFFICE, project.id, "eia", "form"),
            force.do(choose, OFFICE, project.id, "eia", "report"),
            return_exceptions=True,
        )
        assert sum(isinstance(answer, Refusal) for answer in answers) == 1
        keys = [task.item.key for task in await force.tasks(project)]
        assert len({"eia_form", "eia_report"} & set(keys)) == 1
