"""Edited messages and expiry in the ledger: whole or not at all, and once, on both databases."""

import asyncio
from typing import Any

from sqlalchemy import select

from store import journal
from store.actions.amendments import amend
from store.actions.clock import expire_drafts
from store.actions.drafts import complete, confirm, decline
from store.actions.edits import receive_edit
from store.actions.registration import ProjectInput, receive
from store.context import Request, View
from store.errors import Refusal
from store.outbox import Kind
from store.queries.drafts import (
    Draft,
    get_draft,
    list_expired,
    list_open_drafts,
    list_proposals,
)
from store.queries.projects import Project, list_projects
from store.tables import outbox
from tests.ledger import COUNTY, OFFICE, OFFICE_2, TaskForce, at, fields

MISSING = {"code": "missing", "field": "county", "said": ""}


async def send(force: TaskForce, by: int, *stated: ProjectInput) -> Request:
    """A message that registers; gives the request, whose message can be edited."""
    request = force.request(by)
    await force.ledger.do(receive, request, force.group, list(stated))
    return request


async def edit(force: TaskForce, request: Request, *stated: ProjectInput) -> None:
    """The same message, changed."""
    await force.ledger.do(receive_edit, request, force.group, list(stated))


async def only(force: TaskForce) -> Project:
    """The one project that there is."""
    (project,) = await force.ask(list_projects, force.group)
    return project


async def proposed(force: TaskForce, **changes: Any) -> Draft:
    """A proposal of the county's, whose own message was confirmed."""
    request = await send(force, COUNTY, ProjectInput(fields()))
    (draft,) = await force.ask(list_open_drafts, force.group)
    await force.do(confirm, OFFICE, draft.id, draft.revision)
    await edit(force, request, ProjectInput(fields(**changes)))
    (proposal,) = await force.ask(list_proposals, force.group)
    return proposal


async def outcomes(*doing: Any) -> list[str]:
    """What came of things that were done at the same time."""
    results = await asyncio.gather(*doing, return_exceptions=True)
    assert all(not isinstance(r, BaseException) or isinstance(r, Refusal) for r in results), results
    return [r.why.value if isinstance(r, Refusal) else "done" for r in results]


def count_notices(view: View, kind: Kind) -> int:
    """How many notices of a kind were ever queued."""
    return len(view.conn.execute(select(outbox.c.id).where(outbox.c.kind == kind)).all())


async def test_a_foreign_sum_takes_the_place_of_yuan(force: TaskForce) -> None:
    yuan = ProjectInput(fields(currency=None, amount=None))
    request = await send(force, OFFICE, yuan)
    dollars = fields(investment_yuan=None, currency="USD", amount=500_000_000)
    await edit(force, request, ProjectInput(dollars))
    project = await only(force)
    assert (project.investment_yuan, project.currency, project.amount) == (
        None,
        "USD",
        500_000_000,
    )
    await edit(force, request, yuan)
    project = await only(force)
    assert (project.investment_yuan, project.currency, project.amount) == (500_000_000, None, None)


async def test_a_proposal_is_confirmed_once(force: TaskForce) -> None:
    proposal = await proposed(force, contact="张三")
    told = await outcomes(
        *(force.do(confirm, by, proposal.id, proposal.revision) for by in (OFFICE, OFFICE_2) * 2)
    )
    assert sorted(told) == ["already_decided"] * 3 + ["done"]
    assert ((await only(force)).contact, (await only(force)).version) == ("张三", 2)


async def test_confirmed_and_declined_at_the_same_time(force: TaskForce) -> None:
    proposal = await proposed(force, contact="张三")
    told = await outcomes(
        force.do(confirm, OFFICE, proposal.id, proposal.revision),
        force.do(decline, OFFICE_2, proposal.id),
    )
    assert sorted(told) == ["already_decided", "done"]
    state = (await force.ask(get_draft, proposal.id)).state
    assert (await only(force)).contact == ("张三" if state == "amended" else None)


async def test_changed_and_confirmed_at_the_same_time(force: TaskForce) -> None:
    """Whoever is first, what was confirmed is what was shown."""
    proposal = await proposed(force, contact="张三")
    project = await only(force)
    told = await outcomes(
        force.do(confirm, OFFICE, proposal.id, proposal.revision),
        *(
            force.do(amend, OFFICE_2, project.id, ProjectInput({"contact": name}))
            for name in ("李四", "王五")
        ),
    )
    assert told[1:] == ["done", "done"]
    assert (await only(force)).contact in {"李四", "王五", "张三"}
    if told[0] == "done":
        assert (await force.ask(get_draft, proposal.id)).state == "amended"
    assert await force.ask(lambda view: journal.verify(view.conn)) is None


async def test_edits_and_confirmation_at_the_same_time(force: TaskForce) -> None:
    """One project comes of it, and no edit is lost without a word."""
    request = await send(force, COUNTY, ProjectInput(fields()))
    (draft,) = await force.ask(list_open_drafts, force.group)
    await outcomes(
        force.do(confirm, OFFICE, draft.id, draft.revision),
        edit(force, request, ProjectInput(fields(contact="张三"))),
    )
    open_ = await force.ask(list_open_drafts, force.group)
    if open_:  # the edit was first, so that the confirmation did not count
        assert open_[0].fields["contact"] == "张三"
        assert not await force.ask(list_projects, force.group)
    else:
        (proposal,) = await force.ask(list_proposals, force.group)
        assert proposal.fields == {"contact": "张三"}
        assert (await only(force)).contact is None


async def test_lines_of_two_at_the_same_time_are_both_there(force: TaskForce) -> None:
    lacking = ProjectInput(
        fields(county=None, signed_on=None), [], [MISSING, {**MISSING, "field": "signed_on"}]
    )
    await send(force, COUNTY, lacking)
    (draft,) = await force.ask(list_open_drafts, force.group)
    await outcomes(
        force.do(complete, COUNTY, draft.id, ProjectInput({"county": "遂平县"})),
        force.do(complete, OFFICE, draft.id, ProjectInput({"signed_on": "2026-11-13"})),
        force.do(complete, COUNTY, draft.id, ProjectInput({"contact": "张三"})),
    )
    draft = await force.ask(get_draft, draft.id)
    assert not draft.problems
    assert draft.state in ("waiting", "registered")
    assert (draft.fields["county"], draft.fields["signed_on"]) == ("遂平县", "2026-11-13")


async def test_a_draft_expires_once_with_one_notice(force: TaskForce) -> None:
    await send(force, COUNTY, ProjectInput(fields(county=None), [], [MISSING]))
    (draft,) = await force.ask(list_open_drafts, force.group)
    assert draft.expires_on == at(2026, 11, 23).date()
    force.now = at(2026, 11, 23, 18)
    assert not await force.ask(list_expired, force.group)
    force.now = at(2026, 11, 28)  # a Saturday
    assert not await force.do(expire_drafts, None, force.group)
    force.now = at(2026, 11, 30)
    await asyncio.gather(*(force.do(expire_drafts, None, force.group) for _ in range(3)))
    assert (await force.ask(get_draft, draft.id)).state == "expired"
    assert await force.ask(count_notices, Kind.EXPIRED) == 1


async def test_it_expires_or_is_completed(force: TaskForce) -> None:
    await send(force, COUNTY, ProjectInput(fields(county=None), [], [MISSING]))
    (draft,) = await force.ask(list_open_drafts, force.group)
    force.now = at(2026, 11, 24)
    addition = ProjectInput({"county": "遂平县"})
    told = await outcomes(
        force.do(expire_drafts, None, force.group),
        force.do(complete, COUNTY, draft.id, addition),
    )
    state = (await force.ask(get_draft, draft.id)).state
    assert (state, told[1]) in {("expired", "expired"), ("waiting", "done")}
    assert await force.ask(count_notices, Kind.EXPIRED) == (state == "expired")


async def test_of_what_is_left_of_a_proposal_nothing_stands(force: TaskForce) -> None:
    """The office has written the same itself: it is done, by whom it says."""
    proposal = await proposed(force, contact="张三")
    project = await only(force)
    await force.do(amend, OFFICE, project.id, ProjectInput({"contact": "张三"}))
    settled = await force.ask(get_draft, proposal.id)
    assert (settled.state, settled.decided_by) == ("amended", "王小办")
    assert not await force.ask(list_proposals, force.group)
