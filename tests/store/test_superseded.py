"""Of several posts about one draft only the newest can be pressed."""

import pytest

from handlers.notices import render
from store import outbox
from store.actions.drafts import complete, confirm
from store.actions.registration import ProjectInput, receive
from store.context import View
from store.errors import Refusal, Why
from store.outbox import Kind, Notice
from store.queries.drafts import Draft, list_open_drafts
from tests.ledger import CHAT, COUNTY, OFFICE, TaskForce, fields

ADDITION = ProjectInput({"contact": "张三"})


async def hand_over(force: TaskForce) -> Draft:
    """A draft whose post stands as message 41."""
    await force.do(receive, COUNTY, force.group, [ProjectInput(fields())])
    await send(force, 41)
    (draft,) = await force.ask(list_open_drafts, force.group)
    return draft


async def take(force: TaskForce) -> Notice:
    """The next notice, of which there is one."""
    notice = await force.do(outbox.take, None)
    assert notice is not None
    return notice


async def send(force: TaskForce, message_id: int) -> Notice:
    """The next notice, sent as a new message."""
    notice = await take(force)
    await force.do(outbox.sent, None, notice, message_id, "f", edited=False)
    return notice


async def next_superseded(force: TaskForce) -> Notice:
    """The notice for the post that a newer one has replaced; the edit of that one is unchanged."""
    kinds = {}
    for _ in range(2):
        notice = await take(force)
        kinds[notice.kind] = notice
        await force.do(outbox.dropped, None, notice, "read by a test")
    assert set(kinds) == {Kind.DRAFT, Kind.SUPERSEDED}
    return kinds[Kind.SUPERSEDED]


def said(view: View, notice: Notice) -> list[str] | None:
    """What the notice says now, and the labels below."""
    post = render(view, notice)
    if post is None:
        return None
    return [line.text for line in post.lines] + [b.label for row in post.buttons for b in row]


async def test_the_older_post_is_edited(force: TaskForce) -> None:
    draft = await hand_over(force)
    await force.do(complete, COUNTY, draft.id, ADDITION)
    await send(force, 42)
    notice = await next_superseded(force)
    standing = await force.ask(outbox.find_standing, CHAT, notice.kind, notice.subject)
    assert standing is not None
    assert (standing.message_id, notice.edits) == (41, True)
    assert await force.ask(said, notice) == ["宏达食品产业园：已有新的一条"]
    newest = await force.ask(outbox.find_standing, CHAT, Kind.DRAFT, draft.id)
    assert newest is not None
    assert newest.message_id == 42


async def test_a_deleted_one_is_not_sent_anew(force: TaskForce) -> None:
    draft = await hand_over(force)
    await force.do(complete, COUNTY, draft.id, ADDITION)
    await send(force, 42)
    notice = await next_superseded(force)
    standing = await force.ask(outbox.find_standing, CHAT, notice.kind, notice.subject)
    assert standing is not None
    await force.do(outbox.forget, None, standing)
    assert await force.ask(said, notice) is None


async def test_each_is_edited_once(force: TaskForce) -> None:
    draft = await hand_over(force)
    for message_id in (42, 43):
        await force.do(complete, COUNTY, draft.id, ADDITION)
        await send(force, message_id)
        await next_superseded(force)
    assert await force.do(outbox.take, None) is None


async def test_only_the_newest_revision_is_confirmed(force: TaskForce) -> None:
    draft = await hand_over(force)
    await force.do(complete, COUNTY, draft.id, ADDITION)
    with pytest.raises(Refusal) as refused:
        await force.do(confirm, OFFICE, draft.id, draft.revision)
    assert refused.value.why is Why.CHANGED
    assert await force.do(confirm, OFFICE, draft.id, draft.revision + 1) == 1
