"""Days on which the clock stands still are nobody's delay (law 4 comes before law 6)."""

from datetime import date, datetime

from policy.life import Step
from policy.moments import Moment, PauseKind, Waiting
from store.actions.clock import pass_moment
from store.queries.digest import get_digest
from store.queries.tasks import list_come, list_late
from tests.ledger import ECOLOGY, OFFICE, TaskForce, at

AIR = 4  # the task with ten working days, of the ecology bureau: from 16 November to the 30th


async def tick(force: TaskForce, moment: datetime) -> None:
    """What the ticker does at this moment."""
    force.now = moment
    while come := await force.ask(list_come):
        for task_id in come:
            await force.do(pass_moment, None, task_id)


async def let_it_be_late_and_pause(force: TaskForce) -> None:
    """Due on Monday, 30 November; the next morning it waits for the owner, until 15 December."""
    await force.register()
    await force.step(AIR, Step.ACCEPT, ECOLOGY)
    assert (await force.task(AIR)).finish_due == date(2026, 11, 30)
    await tick(force, at(2026, 12, 1))
    assert (await force.task(AIR)).late == 1
    await force.step(AIR, Step.PAUSE, ECOLOGY, note="补正材料", pause=PauseKind.CORRECTION)
    await tick(force, at(2026, 12, 15))
    assert (await force.task(AIR)).next_what == Waiting.OWNER
    await force.step(AIR, Step.RESUME, ECOLOGY)
    await tick(force, at(2026, 12, 15, 12))


async def test_they_do_not_count_as_overdue(force: TaskForce) -> None:
    await let_it_be_late_and_pause(force)
    task = await force.task(AIR)
    assert (task.finish_due, task.late, task.left) == (date(2026, 11, 30), 1, 0)
    force.now = at(2026, 12, 17)
    assert (await force.task(AIR)).late == 2
    (late,) = await force.ask(list_late, force.group, "市生态环境局")
    (told,) = [t for t in (await force.ask(get_digest, force.group)).late if t.number == AIR]
    assert late.late == told.late == 2


async def test_they_put_nothing_on_the_board(force: TaskForce) -> None:
    await let_it_be_late_and_pause(force)
    task = await force.task(AIR)
    assert (task.boarded_on, task.next_what) == (None, Moment.BOARD)
    assert task.next_at == at(2026, 12, 16, 17, 30)
    await tick(force, at(2026, 12, 16, 17, 30))
    assert (await force.task(AIR)).boarded_on == date(2026, 12, 16)


async def test_nor_do_those_of_a_check(force: TaskForce) -> None:
    await force.register()
    await force.step(AIR, Step.ACCEPT, ECOLOGY)
    await tick(force, at(2026, 12, 1))
    await force.step(AIR, Step.DELIVER, ECOLOGY)
    await tick(force, at(2026, 12, 8))
    await force.step(AIR, Step.MAKE_GOOD, OFFICE, note="缺附件")
    await tick(force, at(2026, 12, 8, 9, 1))
    task = await force.task(AIR)
    assert (task.late, task.next_what) == (1, Moment.BOARD)
    assert task.next_at == at(2026, 12, 9, 17, 30)


async def test_a_task_without_a_pause_is_late_as_before(force: TaskForce) -> None:
    await force.register()
    await force.step(AIR, Step.ACCEPT, ECOLOGY)
    await tick(force, at(2026, 12, 15))
    assert (await force.task(AIR)).late == 11
    assert (await force.task(AIR)).boarded_on is not None
