"""What runs, what stands still, and what happens when a limit passes."""

import asyncio
from datetime import date, datetime, timedelta

import pytest

from policy.life import Running, State, Step
from policy.moments import Moment, PauseKind, Waiting
from store.actions.clock import pass_moment
from store.queries.projects import get_card
from store.queries.tasks import explain_finish, list_come, list_late, waits_for
from tests.ledger import ECOLOGY, HOUSING, LAND, OFFICE, REFORM, TaskForce, at, make_ledger

WEDNESDAY = at(2026, 11, 18)


@pytest.fixture
async def started(force: TaskForce) -> TaskForce:
    """A registered project; task 4 is ecology's, with ten working days."""
    await force.register()
    return force


async def tick(force: TaskForce, now: datetime) -> list[int]:
    """What the ticker does: every moment that has come; gives the tasks."""
    force.now = now
    come = await force.ask(list_come)
    for task_id in come:
        await force.do(pass_moment, None, task_id)
    return come


class TestPauses:
    """Law 4: while a task is paused its days do not count."""

    async def test_a_pause_stops_the_clock_and_says_for_whom(self, started: TaskForce) -> None:
        await started.step(4, Step.ACCEPT, ECOLOGY)
        await started.step(4, Step.PAUSE, ECOLOGY, "缺公众参与说明", PauseKind.CORRECTION)
        task = await started.task(4)
        assert (task.state, task.clock, task.due, task.finish_due) == (
            State.PAUSED,
            None,
            None,
            None,
        )
        assert (task.next_at, task.next_what) == (None, Waiting.OWNER)
        assert (task.late, task.left) == (0, None)

    async def test_its_days_are_added(self, started: TaskForce) -> None:
        """Accepted on Monday; paused on Wednesday morning, resumed on Friday: three days."""
        await started.step(4, Step.ACCEPT, ECOLOGY)
        assert (await started.task(4)).due == date(2026, 11, 30)
        started.now = WEDNESDAY
        await started.step(4, Step.PAUSE, ECOLOGY, "专家评审", PauseKind.PROCEDURE)
        assert (await started.task(4)).next_what == Waiting.PROCEDURE
        started.now = at(2026, 11, 20)
        await started.step(4, Step.RESUME, ECOLOGY)
        task = await started.task(4)
        assert task.due == date(2026, 12, 3)
        assert task.finish_due_version == 3, "given, suspended, given anew"
        assert task.next_what == Moment.FINISH_DUE

    async def test_handing_in_ends_it(self, started: TaskForce) -> None:
        await started.step(4, Step.ACCEPT, ECOLOGY)
        await started.step(4, Step.PAUSE, ECOLOGY, "缺材料")
        done = await started.step(4, Step.DELIVER, ECOLOGY)
        assert done.skipped == (Step.RESUME,)
        assert (await started.task(4)).state is State.DELIVERED

    async def test_one_of_an_earlier_round_does_not_count_in_the_next(
        self, started: TaskForce
    ) -> None:
        """Returned and dispatched anew, the task has all its days again, and no more."""
        await started.step(4, Step.ACCEPT, ECOLOGY)
        await started.step(4, Step.PAUSE, ECOLOGY, "缺材料")
        started.now = WEDNESDAY
        await started.step(4, Step.RESUME, ECOLOGY)
        await started.step(4, Step.RETURN, ECOLOGY, "不属于本局")
        await started.step(4, Step.REDISPATCH, OFFICE)
        task = await started.task(4)
        assert (task.accepted_at, task.finish_due) == (None, None)
        started.now = at(2026, 11, 23)
        await started.step(4, Step.ACCEPT, ECOLOGY)
        task = await started.task(4)
        assert task.due == date(2026, 12, 7)
        deadline = await started.ask(explain_finish, task)
        assert deadline is not None
        assert "pause" not in {left.cause for left in deadline.left_out}

    async def test_the_pause_of_a_transferred_task_is_over(self, started: TaskForce) -> None:
        await started.step(4, Step.ACCEPT, ECOLOGY)
        await started.step(4, Step.PAUSE, ECOLOGY, "缺材料")
        await started.step(4, Step.TRANSFER, OFFICE, department="城管局")
        assert (await started.task(4)).next_what is None


class TestChecks:
    """While the office checks, the department's days do not count."""

    async def test_a_failed_check_does_not_eat_them(self, started: TaskForce) -> None:
        """Handed in on Wednesday morning, sent back on Friday: three days are given back."""
        await started.step(4, Step.ACCEPT, ECOLOGY)
        started.now = WEDNESDAY
        await started.step(4, Step.DELIVER, ECOLOGY)
        started.now = at(2026, 11, 20)
        await started.step(4, Step.MAKE_GOOD, OFFICE, "缺少批复文件")
        assert (await started.task(4)).due == date(2026, 12, 3)

    async def test_the_offices_limit_passes_and_is_its_own(self, started: TaskForce) -> None:
        await started.step(4, Step.DELIVER, ECOLOGY)
        task = await started.task(4)
        assert (task.clock, task.next_what) == (Running.CHECK, Moment.CHECK_DUE)
        await tick(started, at(2026, 11, 17, 17, 30))
        task = await started.task(4)
        assert (task.next_at, task.next_what) == (None, Waiting.OFFICE)
        started.now = WEDNESDAY
        late = await started.ask(list_late, started.group, "市生态环境局")
        assert 4 not in [task.number for task in late]
        assert 4 in [task.number for task in await started.ask(list_late, started.group)]


class TestOrder:
    """The construction permit waits for what the law puts before it."""

    async def test_it_waits_for_the_others(self, started: TaskForce) -> None:
        await started.step(5, Step.CONTACT, HOUSING)
        task = await started.task(5)
        assert [t.number for t in await started.ask(waits_for, task)] == [1, 2, 3, 4]
        assert task.next_what == Waiting.PREDECESSOR

    async def test_when_the_last_of_them_closes_it_waits_for_acceptance(
        self, started: TaskForce
    ) -> None:
        await started.step(5, Step.CONTACT, HOUSING)
        for number, by in ((1, REFORM), (2, REFORM), (3, LAND)):
            await started.finish(number, by)
        assert (await started.task(5)).next_what == Waiting.PREDECESSOR
        await started.finish(4, ECOLOGY)
        task = await started.task(5)
        assert await started.ask(waits_for, task) == []
        assert task.next_what == Waiting.ACCEPTANCE

    async def test_what_closes_at_once_is_seen_by_the_one_that_waits(
        self, started: TaskForce
    ) -> None:
        await started.step(5, Step.CONTACT, HOUSING)
        for number, by in ((1, REFORM), (2, REFORM), (3, LAND), (4, ECOLOGY)):
            await started.step(number, Step.DELIVER, by)
        await asyncio.gather(*(started.step(n, Step.CLOSE, OFFICE) for n in (1, 2, 3, 4)))
        assert (await started.task(5)).next_what == Waiting.ACCEPTANCE

    async def test_a_cancelled_one_is_not_waited_for(self, started: TaskForce) -> None:
        await started.step(5, Step.CONTACT, HOUSING)
        for number in (1, 2, 3, 4):
            await started.step(number, Step.CANCEL, OFFICE, "无需办理")
        assert (await started.task(5)).next_what == Waiting.ACCEPTANCE


class TestMoments:
    """A limit passes at the close of business on its last day."""

    async def test_nothing_before(self, started: TaskForce) -> None:
        assert await tick(started, at(2026, 11, 17, 17, 29)) == []

    async def test_late_and_then_on_the_board(self, started: TaskForce) -> None:
        assert len(await tick(started, at(2026, 11, 17, 17, 30))) == 5
        task = await started.task(4)
        assert (task.handled, task.next_what) == (Moment.TAKE_DUE, Moment.BOARD)
        assert task.next_at == at(2026, 11, 18, 17, 30)
        assert await tick(started, at(2026, 11, 18, 17, 29)) == []
        await tick(started, at(2026, 11, 18, 17, 30))
        task = await started.task(4)
        assert (task.boarded_on, task.next_what) == (date(2026, 11, 18), Waiting.ON_BOARD)
        assert await tick(started, at(2026, 12, 18)) == []

    async def test_after_a_stop_each_moment_is_passed_in_turn(self, started: TaskForce) -> None:
        """A machine that was off for a week catches up with two ticks."""
        await tick(started, at(2026, 11, 24))
        await tick(started, at(2026, 11, 24))
        assert (await started.task(4)).next_what == Waiting.ON_BOARD

    async def test_a_late_task_that_is_acknowledged_is_not_late_anew(
        self, started: TaskForce
    ) -> None:
        await tick(started, at(2026, 11, 17, 18))
        await started.step(4, Step.ACKNOWLEDGE, ECOLOGY)
        task = await started.task(4)
        assert (task.handled, task.next_what) == (Moment.TAKE_DUE, Moment.BOARD)

    async def test_it_leaves_the_board_with_the_limit_it_was_there_for(
        self, started: TaskForce
    ) -> None:
        await tick(started, at(2026, 11, 17, 18))
        await tick(started, at(2026, 11, 18, 18))
        await started.step(4, Step.ACKNOWLEDGE, ECOLOGY)
        assert (await started.task(4)).boarded_on == date(2026, 11, 18)
        await started.step(4, Step.ACCEPT, ECOLOGY)
        task = await started.task(4)
        assert (task.boarded_on, task.handled, task.late) == (None, None, 0)
        assert task.next_what == Moment.FINISH_DUE

    async def test_the_approval_has_moments_of_its_own(self, started: TaskForce) -> None:
        await started.step(4, Step.ACCEPT, ECOLOGY)
        await tick(started, at(2026, 11, 30, 17, 30))
        assert (await started.task(4)).next_what == Moment.BOARD

    async def test_what_was_passed_already_is_passed_over(self, started: TaskForce) -> None:
        await tick(started, at(2026, 11, 17, 18))
        task = await started.task(4)
        await started.do(pass_moment, None, task.id)
        assert (await started.task(4)).version == task.version

    async def test_a_step_that_comes_first_makes_it_void(self, started: TaskForce) -> None:
        started.now = at(2026, 11, 17, 18)
        (come,) = [t for t in await started.ask(list_come) if t == (await started.task(4)).id]
        await started.step(4, Step.CONTACT, ECOLOGY)
        await started.do(pass_moment, None, come)
        assert (await started.task(4)).handled is None

    async def test_a_step_and_a_moment_at_once_leave_both_in_order(
        self, started: TaskForce
    ) -> None:
        started.now = at(2026, 11, 17, 18)
        task = await started.task(4)
        for number, by in ((3, LAND), (4, ECOLOGY)):
            task = await started.task(number)
            await asyncio.gather(
                started.do(pass_moment, None, task.id), started.step(number, Step.CONTACT, by)
            )
            task = await started.task(number)
            assert (task.state, task.next_what) == (State.CONTACTED, Waiting.ACCEPTANCE)
            assert task.handled is None


class TestLate:
    """Law 6: counted in working days, from the day after the deadline."""

    async def test_over_a_weekend(self, started: TaskForce) -> None:
        await started.step(1, Step.ACCEPT, REFORM)  # one working day: due on Tuesday
        started.now = at(2026, 11, 23)
        (first, *_) = await started.ask(list_late, started.group, "市发展和改革委员会")
        assert (first.number, first.late) == (1, 4)

    async def test_on_a_rest_day_nothing_became_late(self, started: TaskForce) -> None:
        started.now = at(2026, 11, 20)
        await started.register("乙项目")  # to be taken until Monday
        started.now = at(2026, 11, 22)
        late = await started.ask(list_late, started.group)
        assert {task.project_number for task in late} == {1}

    async def test_a_paused_task_is_not(self, started: TaskForce) -> None:
        await started.step(4, Step.ACCEPT, ECOLOGY)
        await started.step(4, Step.PAUSE, ECOLOGY, "缺材料")
        started.now = at(2026, 12, 31)
        assert 4 not in [t.number for t in await started.ask(list_late, started.group)]


class TestProvisional:
    """Where the year is not published yet, the date may move and says so."""

    async def test_only_the_limit_that_runs_counts(self, migrated_url: str) -> None:
        force = await make_ledger(migrated_url, now=at(2026, 12, 28))
        await force.register()
        assert not (await force.task(4)).provisional, "to be taken until the 29th"
        await force.step(4, Step.ACCEPT, ECOLOGY)
        task = await force.task(4)
        assert task.due is not None
        assert (task.due.year, task.provisional) == (2027, True)
        await force.step(4, Step.PAUSE, ECOLOGY, "缺材料")
        assert not (await force.task(4)).provisional, "there is no date"
        await force.step(4, Step.RESUME, ECOLOGY)
        assert (await force.task(4)).provisional
        await force.step(4, Step.DELIVER, ECOLOGY)
        assert not (await force.task(4)).provisional, "to be checked until the 29th"
        force.close()

    async def test_a_new_task_over_the_turn_of_the_year(self, migrated_url: str) -> None:
        force = await make_ledger(migrated_url, now=at(2026, 12, 31))
        await force.register()
        task = await force.task(1)
        assert (task.due, task.provisional) == (date(2027, 1, 4), True)
        force.close()


class TestWhoseTime:
    """Two clocks a project: the departments' time against 40 working days, and the others'."""

    async def spent(self, force: TaskForce, now: datetime) -> tuple[int, int]:
        """Departments' and others' days."""
        force.now = now
        card = await force.ask(get_card, 1)
        return card.used_days, card.others_days

    async def test_side_by_side_a_day_counts_once(self, started: TaskForce) -> None:
        await started.step(3, Step.ACCEPT, LAND)
        await started.step(4, Step.ACCEPT, ECOLOGY)
        assert await self.spent(started, at(2026, 11, 20)) == (4, 0)

    async def test_a_pause_is_the_owners(self, started: TaskForce) -> None:
        await started.step(4, Step.ACCEPT, ECOLOGY)
        started.now = WEDNESDAY
        await started.step(4, Step.PAUSE, ECOLOGY, "缺材料")
        assert await self.spent(started, at(2026, 11, 20)) == (1, 3)

    async def test_the_check_is_nobodys(self, started: TaskForce) -> None:
        """Handed in on Wednesday, sent back on Friday, and handed in on Monday again."""
        await started.step(4, Step.ACCEPT, ECOLOGY)
        started.now = WEDNESDAY
        await started.step(4, Step.DELIVER, ECOLOGY)
        started.now = at(2026, 11, 20)
        await started.step(4, Step.MAKE_GOOD, OFFICE, "缺文件")
        started.now = at(2026, 11, 23)
        await started.step(4, Step.DELIVER, ECOLOGY)
        assert await self.spent(started, at(2026, 12, 31)) == (3, 0)


async def test_the_clock_asks_for_nothing_twice(started: TaskForce) -> None:
    """Every open task's next moment lies ahead after the ticker caught up."""
    for day in range(1, 40):
        now = at(2026, 11, 17) + timedelta(days=day)
        while await tick(started, now):
            pass
        assert await started.ask(list_come) == []
