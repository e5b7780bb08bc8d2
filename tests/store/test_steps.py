"""领账、对账、交账、销号、补账: who may take which step, in which order, and only once."""

import asyncio
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select, update

from policy.life import FINISHED, State, Step
from store.actions.steps import StepRequest, carry_out, take_for_department, take_steps
from store.context import View
from store.errors import Refusal, Why
from store.outbox import Kind
from store.queries.tasks import list_open
from store.tables import outbox, tasks
from tests.ledger import (
    ADMIN,
    COUNTY,
    ECOLOGY,
    ECOLOGY_2,
    HOUSING,
    LAND,
    LEADER,
    OFFICE,
    OFFICE_2,
    REFORM,
    STRANGER,
    TaskForce,
    at,
)

TUESDAY = at(2026, 11, 17, 10)


@pytest.fixture
async def started(force: TaskForce) -> TaskForce:
    """A registered project: tasks 1 and 2 are the commission's, 3 land, 4 ecology, 5 housing."""
    await force.register()
    return force


async def refused(doing: Any) -> Refusal:
    """The refusal that this ends with."""
    with pytest.raises(Refusal) as caught:
        await doing
    return caught.value


def queued(view: View) -> list[tuple[str, int | None]]:
    """Kind and subject of what is to be said."""
    rows = view.conn.execute(select(outbox).order_by(outbox.c.id))
    return [(row.kind, row.subject) for row in rows]


class TestTheWay:
    """From dispatch to close."""

    async def test_every_step_is_stamped(self, started: TaskForce) -> None:
        moments = [at(2026, 11, 16, hour) for hour in range(10, 15)]
        steps = (Step.ACKNOWLEDGE, Step.CONTACT, Step.ACCEPT, Step.DELIVER, Step.CLOSE)
        for step, moment in zip(steps, moments, strict=True):
            started.now = moment
            await started.step(4, step, OFFICE if step is Step.CLOSE else ECOLOGY)
        task = await started.task(4)
        assert task.state is State.CLOSED
        assert [
            task.acknowledged_at,
            task.contacted_at,
            task.accepted_at,
            task.delivered_at,
            task.closed_at,
        ] == moments
        assert (task.acknowledged_by, task.changed_by) == ("孙小环", "王小办")
        assert (task.next_at, task.next_what, task.due) == (None, None, None)
        assert task.version == 6

    async def test_acceptance_starts_the_approval_clock(self, started: TaskForce) -> None:
        await started.step(4, Step.ACCEPT, ECOLOGY)
        task = await started.task(4)
        assert task.limit_days == 10
        assert task.due == task.finish_due == date(2026, 11, 30)
        assert task.finish_due_version == 1
        assert task.left == 10

    async def test_a_department_may_skip_forward(self, started: TaskForce) -> None:
        done = await started.step(4, Step.DELIVER, ECOLOGY, "驻环审〔2026〕1号")
        assert done.skipped == (Step.ACKNOWLEDGE, Step.CONTACT, Step.ACCEPT)
        task = await started.task(4)
        assert task.state is State.DELIVERED
        assert task.acknowledged_at == task.accepted_at == task.delivered_at == started.now
        assert task.document == "驻环审〔2026〕1号"
        assert task.by_office
        assert task.due == task.office_due == date(2026, 11, 17)

    async def test_the_office_checks_and_sends_back(self, started: TaskForce) -> None:
        await started.step(4, Step.DELIVER, ECOLOGY)
        await started.step(4, Step.MAKE_GOOD, OFFICE, "缺少批复文件")
        task = await started.task(4)
        assert (task.state, task.reason) == (State.ACCEPTED, "缺少批复文件")
        await started.step(4, Step.DELIVER, ECOLOGY)
        await started.step(4, Step.CLOSE, ADMIN)
        assert (await started.task(4)).state is State.CLOSED

    async def test_a_return_is_dispatched_anew(self, started: TaskForce) -> None:
        await started.step(4, Step.ACKNOWLEDGE, ECOLOGY)
        await started.step(4, Step.RETURN, ECOLOGY, "不属于本局权限")
        task = await started.task(4)
        assert (task.state, task.reason, task.by_office) == (State.RETURNED, "不属于本局权限", True)
        assert task.due == date(2026, 11, 17)
        started.now = TUESDAY
        await started.step(4, Step.REDISPATCH, OFFICE)
        task = await started.task(4)
        assert task.state is State.DISPATCHED
        assert task.dispatched_at == TUESDAY
        assert task.due == task.take_due == date(2026, 11, 18)
        assert (task.acknowledged_at, task.acknowledged_by, task.returned_at) == (None, None, None)
        await started.step(4, Step.ACKNOWLEDGE, ECOLOGY_2)
        assert (await started.task(4)).acknowledged_by == "周小环"

    async def test_a_transfer_makes_a_linked_task(self, started: TaskForce) -> None:
        await started.step(4, Step.RETURN, ECOLOGY, "不属于本局权限")
        await started.step(4, Step.TRANSFER, OFFICE, department="城管局")
        old, new = await started.task(4), await started.task(6)
        assert old.state is State.TRANSFERRED
        assert (new.department, new.item.key, new.follows) == ("市城市管理局", "eia_form", old.id)
        assert (new.state, new.due) == (State.DISPATCHED, date(2026, 11, 17))

    async def test_a_transfer_to_nobody_leaves_it_where_it_is(self, started: TaskForce) -> None:
        refusal = await refused(started.step(4, Step.TRANSFER, OFFICE, department="月球局"))
        assert (refusal.why, refusal.data) == (Why.UNKNOWN_DEPARTMENT, {"said": "月球局"})
        assert (await started.task(4)).state is State.DISPATCHED

    async def test_the_office_cancels(self, started: TaskForce) -> None:
        await started.step(4, Step.CANCEL, OFFICE, "项目无需环评")
        assert (await started.task(4)).state is State.CANCELLED
        assert 4 not in [task.number for task in await started.ask(list_open, started.group)]


class TestWhoMay:
    """Authority comes from the account, its role and department, and this task."""

    @pytest.mark.parametrize(
        ("by", "step", "why"),
        [
            (STRANGER, Step.ACKNOWLEDGE, Why.STRANGER),
            (LAND, Step.ACKNOWLEDGE, Why.WRONG_DEPARTMENT),
            (LAND, Step.CLOSE, Why.WRONG_ROLE),
            (ECOLOGY, Step.CLOSE, Why.OFFICE_ONLY),
            (ECOLOGY, Step.MAKE_GOOD, Why.OFFICE_ONLY),
            (ECOLOGY, Step.TRANSFER, Why.OFFICE_ONLY),
            (OFFICE, Step.ACKNOWLEDGE, Why.WRONG_ROLE),
            (OFFICE, Step.DELIVER, Why.WRONG_ROLE),
            (COUNTY, Step.ACKNOWLEDGE, Why.WRONG_ROLE),
            (LEADER, Step.CLOSE, Why.WRONG_ROLE),
        ],
    )
    async def test_refusals(self, started: TaskForce, by: int, step: Step, why: Why) -> None:
        assert (await refused(started.step(4, step, by, "理由"))).why is why
        assert (await started.task(4)).version == 1

    async def test_a_wrong_department_hears_whose_it_is(self, started: TaskForce) -> None:
        refusal = await refused(started.step(4, Step.ACKNOWLEDGE, LAND))
        assert refusal.data == {
            "number": 4,
            "theirs": "市生态环境局",
            "yours": "市自然资源和规划局",
        }

    async def test_a_message_without_a_sender(self, started: TaskForce) -> None:
        """Anonymous administrators and channels have no account of their own."""
        asked = [StepRequest(4, Step.ACKNOWLEDGE)]
        refusal = await refused(started.do(take_steps, None, started.group, asked))
        assert refusal.why is Why.STRANGER

    async def test_an_unknown_task(self, started: TaskForce) -> None:
        refusal = await refused(started.step(99, Step.ACKNOWLEDGE, ECOLOGY))
        assert (refusal.why, refusal.data) == (Why.UNKNOWN_TASK, {"number": 99})


class TestOnlyOnce:
    """A step that was taken is not taken again; whoever comes second reads who was first."""

    async def test_twice(self, started: TaskForce) -> None:
        await started.step(4, Step.ACKNOWLEDGE, ECOLOGY)
        taken_at, started.now = started.now, TUESDAY
        refusal = await refused(started.step(4, Step.ACKNOWLEDGE, ECOLOGY_2))
        assert refusal.why is Why.ALREADY_DONE
        assert refusal.data["by"] == "孙小环"
        assert refusal.data["at"] == (await started.task(4)).acknowledged_at.isoformat()  # type: ignore[union-attr]
        assert (await started.task(4)).acknowledged_at == taken_at

    @pytest.mark.parametrize(
        ("step", "by"), [(Step.CONTACT, ECOLOGY), (Step.DELIVER, ECOLOGY), (Step.RETURN, ECOLOGY)]
    )
    async def test_the_name_of_who_took_the_last_step(
        self, started: TaskForce, step: Step, by: int
    ) -> None:
        await started.step(4, step, by, "原因")
        refusal = await refused(started.step(4, step, ECOLOGY_2, "原因"))
        assert (refusal.why, refusal.data["by"]) == (Why.ALREADY_DONE, "孙小环")

    async def test_what_is_finished_is_said_to_be(self, started: TaskForce) -> None:
        """Not that somebody had handed it in, and not who closed it in the same moment."""
        await started.finish(4, ECOLOGY)
        refusal = await refused(started.step(4, Step.DELIVER, ECOLOGY))
        assert refusal.why is Why.STEP_NOT_POSSIBLE
        assert refusal.data["state"] is State.CLOSED
        refusal = await refused(started.step(4, Step.CLOSE, OFFICE_2))
        assert (refusal.why, refusal.data["by"]) == (Why.ALREADY_DONE, "王小办")

    async def test_who_took_a_later_step_in_the_same_moment_is_not_named(
        self, started: TaskForce
    ) -> None:
        await started.step(4, Step.CONTACT, ECOLOGY)
        await started.step(4, Step.ACCEPT, ECOLOGY_2)
        refusal = await refused(started.step(4, Step.CONTACT, ECOLOGY_2))
        assert (refusal.why, refusal.data["by"]) == (Why.ALREADY_DONE, None)

    async def test_of_two_at_once_exactly_one_wins(self, started: TaskForce) -> None:
        answers = await asyncio.gather(
            *(started.step(4, Step.DELIVER, by) for by in (ECOLOGY, ECOLOGY_2) * 3),
            return_exceptions=True,
        )
        losers = [answer for answer in answers if isinstance(answer, BaseException)]
        assert len(losers) == 5
        assert all(isinstance(e, Refusal) and e.why is Why.ALREADY_DONE for e in losers)
        assert (await started.task(4)).version == 2

    async def test_of_close_and_make_good_at_once_exactly_one_wins(
        self, started: TaskForce
    ) -> None:
        await started.step(4, Step.DELIVER, ECOLOGY)
        answers = await asyncio.gather(
            started.step(4, Step.CLOSE, OFFICE),
            started.step(4, Step.MAKE_GOOD, OFFICE_2, "缺少文件"),
            return_exceptions=True,
        )
        assert sum(isinstance(answer, Refusal) for answer in answers) == 1

    async def test_on_several_tasks_of_a_project_at_once_all_win(self, started: TaskForce) -> None:
        who = {1: REFORM, 2: REFORM, 3: LAND, 4: ECOLOGY, 5: HOUSING}
        await asyncio.gather(*(started.step(n, Step.ACKNOWLEDGE, by) for n, by in who.items()))
        found = await started.ask(list_open, started.group)
        assert {task.state for task in found} == {State.ACKNOWLEDGED}

    async def test_backwards(self, started: TaskForce) -> None:
        await started.step(4, Step.CONTACT, ECOLOGY)
        refusal = await refused(started.step(4, Step.RESUME, ECOLOGY))
        assert refusal.why is Why.STEP_NOT_POSSIBLE
        assert refusal.data == {"number": 4, "state": "contacted", "step": "resume"}

    @pytest.mark.parametrize(
        ("step", "by"),
        [(Step.RETURN, ECOLOGY), (Step.CANCEL, OFFICE), (Step.PAUSE, ECOLOGY)],
    )
    async def test_without_a_reason(self, started: TaskForce, step: Step, by: int) -> None:
        if step is Step.PAUSE:
            await started.step(4, Step.ACCEPT, ECOLOGY)
        refusal = await refused(started.step(4, step, by))
        assert refusal.why is Why.REASON_NEEDED


class TestSeveral:
    """1、3号收到: all of a message, or nothing of it."""

    async def test_all(self, started: TaskForce) -> None:
        asked = [StepRequest(1, Step.ACKNOWLEDGE), StepRequest(2, Step.CONTACT)]
        await started.do(carry_out, REFORM, started.group, asked, [(1, "已与企业对接")])
        assert (await started.task(1)).report == "已与企业对接"
        assert (await started.task(2)).state is State.CONTACTED
        assert (await started.ask(queued))[-1][0] == Kind.STEPS_DONE

    async def test_the_refusal_says_how_much_was_asked_for(self, started: TaskForce) -> None:
        steps = [StepRequest(number, Step.ACKNOWLEDGE) for number in (3, 4)]
        for asked, of in ((steps, 2), (steps[1:], None)):
            refusal = await refused(started.do(carry_out, LAND, started.group, asked, []))
            assert (refusal.why, refusal.data.get("of")) == (Why.WRONG_DEPARTMENT, of)
        assert (await started.task(3)).state is State.DISPATCHED

    async def test_nothing(self, started: TaskForce) -> None:
        asked = [StepRequest(1, Step.ACKNOWLEDGE), StepRequest(4, Step.ACKNOWLEDGE)]
        refusal = await refused(started.do(carry_out, REFORM, started.group, asked, []))
        assert refusal.why is Why.WRONG_DEPARTMENT
        assert (await started.task(1)).state is State.DISPATCHED

    async def test_a_report_needs_the_task_in_hand(self, started: TaskForce) -> None:
        await started.step(4, Step.DELIVER, ECOLOGY)
        refusal = await refused(started.do(carry_out, ECOLOGY, started.group, [], [(4, "在办")]))
        assert (refusal.why, refusal.data["step"]) == (Why.STEP_NOT_POSSIBLE, "report")

    async def test_only_the_department_reports(self, started: TaskForce) -> None:
        refusal = await refused(started.do(carry_out, LAND, started.group, [], [(4, "在办")]))
        assert refusal.why is Why.WRONG_DEPARTMENT


class TestOneTapForADepartment:
    """领账 on a project's card takes all of the department's tasks."""

    async def test_it_takes_them_all(self, started: TaskForce) -> None:
        done = await started.do(
            take_for_department, REFORM, 1, "市发展和改革委员会", Step.ACKNOWLEDGE
        )
        assert [each.number for each in done] == [1, 2]

    async def test_it_takes_what_is_left(self, started: TaskForce) -> None:
        await started.step(1, Step.ACCEPT, REFORM)
        done = await started.do(take_for_department, REFORM, 1, "市发展和改革委员会", Step.CONTACT)
        assert [each.number for each in done] == [2]

    async def test_who_comes_second_reads_who_was_first(self, started: TaskForce) -> None:
        await started.do(take_for_department, ECOLOGY, 1, "市生态环境局", Step.ACKNOWLEDGE)
        taking = started.do(take_for_department, ECOLOGY_2, 1, "市生态环境局", Step.ACKNOWLEDGE)
        refusal = await refused(taking)
        assert (refusal.why, refusal.data["by"]) == (Why.NOTHING_TO_TAKE, "孙小环")

    async def test_two_at_once(self, started: TaskForce) -> None:
        answers = await asyncio.gather(
            *(
                started.do(take_for_department, by, 1, "市生态环境局", Step.ACKNOWLEDGE)
                for by in (ECOLOGY, ECOLOGY_2)
            ),
            return_exceptions=True,
        )
        (loser,) = [answer for answer in answers if isinstance(answer, Refusal)]
        assert loser.why is Why.NOTHING_TO_TAKE

    @pytest.mark.parametrize(
        ("by", "department", "why"),
        [
            (STRANGER, "市生态环境局", Why.STRANGER),
            (STRANGER, "市城市管理局", Why.STRANGER),
            (LAND, "市生态环境局", Why.WRONG_DEPARTMENT),
            (OFFICE, "市生态环境局", Why.WRONG_ROLE),
            (LAND, "市城市管理局", Why.NOTHING_TO_TAKE),
        ],
    )
    async def test_refusals(self, started: TaskForce, by: int, department: str, why: Why) -> None:
        taking = started.do(take_for_department, by, 1, department, Step.ACKNOWLEDGE)
        assert (await refused(taking)).why is why


class TestWhatIsSaid:
    """Each step edits the posts that stand, and tells whoever has to act next."""

    @pytest.mark.parametrize(
        ("step", "kind"), [(Step.DELIVER, Kind.DELIVERED), (Step.RETURN, Kind.RETURNED)]
    )
    async def test_the_office_hears_of_it(self, started: TaskForce, step: Step, kind: Kind) -> None:
        await started.step(4, step, ECOLOGY, "原因")
        assert (kind, (await started.task(4)).id) in await started.ask(queued)

    async def test_a_department_hears_of_a_task_that_is_new_to_it(self, started: TaskForce) -> None:
        await started.step(3, Step.RETURN, LAND, "原因")
        await started.step(3, Step.REDISPATCH, OFFICE)
        await started.step(4, Step.TRANSFER, OFFICE, department="城管局")
        said = await started.ask(queued)
        for number in (3, 6):
            assert (Kind.TASK, (await started.task(number)).id) in said

    async def test_the_department_hears_of_a_failed_check(self, started: TaskForce) -> None:
        await started.step(4, Step.DELIVER, ECOLOGY)
        await started.step(4, Step.MAKE_GOOD, OFFICE, "缺少文件")
        assert (Kind.MADE_GOOD, (await started.task(4)).id) in await started.ask(queued)


class TestNext:
    """Every open task has a next moment, or a reason why not."""

    async def test_the_database_refuses_one_without(self, started: TaskForce) -> None:
        def forget(view: View) -> None:
            view.conn.execute(update(tasks).values(next_what=None))

        with pytest.raises(Exception, match="ck_tasks_open_has_next"):
            await started.ask(forget)

    async def test_in_every_state(self, started: TaskForce) -> None:
        """Walked through by whatever step is possible, from task to task."""
        seen = set()
        walks = (
            (Step.ACKNOWLEDGE, Step.CONTACT, Step.ACCEPT, Step.PAUSE, Step.RESUME, Step.DELIVER),
            (Step.RETURN, Step.REDISPATCH, Step.ACCEPT, Step.RETURN, Step.TRANSFER),
            (Step.DELIVER, Step.MAKE_GOOD, Step.PAUSE, Step.DELIVER, Step.CLOSE),
            (Step.ACCEPT, Step.PAUSE, Step.CANCEL),
        )
        who = {1: REFORM, 3: LAND, 4: ECOLOGY, 5: HOUSING}
        by_office = {Step.REDISPATCH, Step.TRANSFER, Step.MAKE_GOOD, Step.CLOSE, Step.CANCEL}
        for (number, department), walk in zip(who.items(), walks, strict=True):
            for step in walk:
                by = OFFICE if step in by_office else department
                await started.step(number, step, by, "原因", department="城管局")
                task = await started.task(number)
                seen.add(task.state)
                assert (task.next_what is None) == (task.state in FINISHED), task
        assert seen == set(State)
