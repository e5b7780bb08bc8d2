"""A project whose dates cannot be counted takes nothing down with it."""

from datetime import date

import pytest

from store.actions.clock import send_digest
from store.queries.digest import get_digest
from store.queries.projects import get_card
from tests.ledger import TaskForce, at


@pytest.mark.parametrize("signed_on", ["1999-11-19", "2003-12-31"])
async def test_the_digest_passes_over_it(force: TaskForce, signed_on: str) -> None:
    await force.register("演练旧项目", signed_on=signed_on)
    await force.register("演练新项目")
    force.now = at(2026, 11, 24, 8, 30)
    found = await force.ask(get_digest, force.group)
    assert [one.project.name for one in found.without_team] == ["演练新项目"]
    assert len(found.late) == 10
    assert await force.do(send_digest, None, force.group)


async def test_its_card_has_no_targets(force: TaskForce) -> None:
    project = await force.register(signed_on="1999-11-19")
    card = await force.ask(get_card, project.id)
    limits = (card.start_target, card.red_line, card.landing_team)
    assert [limit.due for limit in limits] == [None, None, None]
    assert card.project.signed_on == date(1999, 11, 19)
    assert len(card.tasks) == 5
