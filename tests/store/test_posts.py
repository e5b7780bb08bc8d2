"""What stands in the chats: one post a message, edited where somebody may read it."""

from sqlalchemy import select, update

from store import outbox
from store.context import Tx, View
from store.outbox import Kind, Notice
from store.tables import groups, members
from store.tables import outbox as table
from tests.ledger import CHAT, LAND, STRANGER, TaskForce

OTHER = -5


async def put(force: TaskForce, kind: Kind, subject: int, chat: int, message_id: int) -> None:
    """Queues and sends a post."""

    def say(tx: Tx) -> Notice:
        outbox.queue(tx, kind, chat, subject=subject, anew=True)
        notice = outbox.take(tx)
        assert notice is not None
        return notice

    notice = await force.do(say, None)
    await force.do(outbox.sent, None, notice, message_id, "f", edited=False)


def waiting_in(view: View) -> set[int]:
    """The chats for which something waits."""
    return set(
        view.conn.execute(select(table.c.chat_id).where(table.c.state == "queued")).scalars()
    )


async def refresh(force: TaskForce, kind: Kind, subject: int) -> set[int]:
    """The chats in which posts about the subject are to be edited."""
    await force.do(outbox.refresh, None, kind, subject, force.group.id)
    return await force.ask(waiting_in)


class TestSameNumber:
    """A chat that was emptied may count its messages from the beginning."""

    async def test_the_new_post_takes_the_old_ones_place(self, force: TaskForce) -> None:
        await put(force, Kind.TASK, 1, CHAT, 7)
        await put(force, Kind.DELIVERED, 2, CHAT, 7)
        found = await force.ask(outbox.find_post, CHAT, 7)
        assert found is not None
        assert (found.kind, found.subject) == (Kind.DELIVERED, 2)
        assert await force.ask(outbox.find_standing, CHAT, Kind.TASK, 1) is None

    async def test_in_another_chat_both_stand(self, force: TaskForce) -> None:
        await put(force, Kind.TASK, 1, CHAT, 7)
        await put(force, Kind.TASK, 1, LAND, 7)
        assert await force.ask(outbox.find_standing, CHAT, Kind.TASK, 1) is not None

    async def test_what_is_gone_is_not_superseded(self, force: TaskForce) -> None:
        await put(force, Kind.DRAFT, 1, CHAT, 7)
        await put(force, Kind.DRAFT, 1, CHAT, 7)
        assert await force.ask(waiting_in) == set()


class TestWhose:
    """Posts are edited in our groups, and in the private chats of who is a member."""

    async def test_members_keep_theirs_up_to_date(self, force: TaskForce) -> None:
        await put(force, Kind.TASK, 1, LAND, 7)
        assert await refresh(force, Kind.TASK, 1) == {LAND}

    async def test_who_is_no_member_any_more_reads_nothing_new(self, force: TaskForce) -> None:
        await put(force, Kind.TASK, 1, CHAT, 7)
        await put(force, Kind.TASK, 1, LAND, 7)
        await put(force, Kind.TASK, 1, STRANGER, 7)

        def remove(tx: Tx) -> None:
            tx.conn.execute(
                update(members).where(members.c.user_id == LAND).values(state="removed")
            )

        await force.do(remove, None)
        assert await refresh(force, Kind.TASK, 1) == {CHAT}

    async def test_nor_does_a_group_that_is_none_of_ours(self, force: TaskForce) -> None:
        await put(force, Kind.CARD, 1, CHAT, 7)
        await put(force, Kind.CARD, 1, OTHER, 7)

        def close(tx: Tx) -> None:
            tx.conn.execute(update(groups).values(active=False))

        await force.do(close, None)
        assert await refresh(force, Kind.CARD, 1) == set()
