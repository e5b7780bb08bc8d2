"""The forty days of the departments (Z3): they run while a department has the task."""

from datetime import date

from policy.life import Step
from policy.moments import PauseKind
from store.actions.clock import pass_moment
from store.queries.projects import get_card
from store.queries.tasks import list_come
from tests.ledger import ECOLOGY, LAND, OFFICE, TaskForce, at

LAND_USE = 3


async def spent(force: TaskForce, project_id: int) -> tuple[int, int]:
    """Working days of the departments, and of the others."""
    card = await force.ask(get_card, project_id)
    return card.used_days, card.others_days


async def test_a_return_ends_them(force: TaskForce) -> None:
    project = await force.register()
    await force.step(LAND_USE, Step.ACCEPT, LAND)
    force.now = at(2026, 11, 23)
    await force.step(LAND_USE, Step.RETURN, LAND, note="不归我们")
    assert await spent(force, project.id) == (5, 0)
    force.now = at(2026, 11, 30)  # the office has had it for a week
    assert await spent(force, project.id) == (5, 0)
    await force.step(LAND_USE, Step.TRANSFER, OFFICE, department="市生态环境局")
    force.now = at(2026, 12, 7)
    assert await spent(force, project.id) == (5, 0)


async def test_after_a_new_dispatch_they_run_from_the_next_acceptance(force: TaskForce) -> None:
    project = await force.register()
    await force.step(LAND_USE, Step.ACCEPT, LAND)
    await force.step(LAND_USE, Step.RETURN, LAND, note="不归我们")
    await force.step(LAND_USE, Step.REDISPATCH, OFFICE)
    force.now = at(2026, 11, 23)
    assert await spent(force, project.id) == (0, 0)
    await force.step(LAND_USE, Step.ACCEPT, LAND)
    force.now = at(2026, 11, 30)
    assert await spent(force, project.id) == (5, 0)


async def test_what_was_done_before_a_transfer_counts(force: TaskForce) -> None:
    project = await force.register()
    await force.step(LAND_USE, Step.ACCEPT, LAND)
    force.now = at(2026, 11, 19)
    await force.step(LAND_USE, Step.PAUSE, LAND, note="补正", pause=PauseKind.CORRECTION)
    force.now = at(2026, 11, 23)
    await force.step(LAND_USE, Step.TRANSFER, OFFICE, department="市生态环境局")
    assert await spent(force, project.id) == (2, 3)
    force.now = at(2026, 11, 30)
    assert await spent(force, project.id) == (2, 3)
    await force.step(6, Step.ACCEPT, ECOLOGY)
    force.now = at(2026, 12, 2)
    assert await spent(force, project.id) == (4, 3)


async def test_what_was_cancelled_does_not(force: TaskForce) -> None:
    project = await force.register()
    await force.step(LAND_USE, Step.ACCEPT, LAND)
    force.now = at(2026, 11, 23)
    await force.step(LAND_USE, Step.CANCEL, OFFICE, note="不需要")
    assert await spent(force, project.id) == (0, 0)


async def test_the_board_shows_the_day_itself_also_when_it_is_caught_up_with(
    force: TaskForce,
) -> None:
    await force.register()
    force.now = at(2026, 11, 27)  # the machine was off since the dispatch, due on the 17th
    while come := await force.ask(list_come):
        for task_id in come:
            await force.do(pass_moment, None, task_id)
    assert (await force.task(4)).boarded_on == date(2026, 11, 18)
