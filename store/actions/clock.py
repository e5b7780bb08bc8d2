"""What happens by the clock: the morning's digest, and moments that have come."""

from datetime import date

from sqlalchemy import and_, insert, select

from policy.life import Moment

from .. import outbox
from ..context import Tx
from ..outbox import Kind, Priority
from ..queries.digest import get_digest
from ..queries.drafts import Draft, list_expired
from ..queries.people import Group, find_member, is_active
from ..queries.tasks import get_task_by_id
from ..tables import drafts, runs, tasks
from .dispatch import lock_project, refresh_task, settle

DIGEST = "digest"


def send_digest(tx: Tx, group: Group) -> bool:
    """Queues today's digest, once a local day and group; gives whether this was the time.

    Nothing is queued when there is nothing to say, on a rest day, or for a former group.
    """
    if not tx.rules.calendar.is_working(tx.today) or not is_active(tx, group.id):
        return False
    if not claim_run(tx, DIGEST, group.id, tx.today):
        return False
    digest = get_digest(tx, group)
    if not digest.is_empty:
        outbox.queue(
            tx,
            Kind.DIGEST,
            group.chat_id,
            group_id=group.id,
            data={"day": tx.today.isoformat()},
            priority=Priority.DIGEST,
            key=f"digest:{group.id}:{tx.today}",
        )
    # Their cards name days overdue, and turn amber: both are another story each morning.
    for project_id in sorted({t.project_id for t in (*digest.late, *digest.today, *digest.soon)}):
        outbox.refresh(tx, Kind.CARD, project_id, group.id)
    return True


def expire_drafts(tx: Tx, group: Group) -> bool:
    """Ends what was waited for long enough; gives whether this was the time.

    Once for each registration, whenever the clock comes to it, with one notice for all of
    them: to the group, and to whoever sent theirs in private. Not on a rest day, nor for a
    former group.
    """
    if not tx.rules.calendar.is_working(tx.today) or not is_active(tx, group.id):
        return False
    tx.lock(drafts, and_(drafts.c.group_id == group.id, drafts.c.state == "incomplete"))
    over = list_expired(tx, group)
    told: dict[int, list[int]] = {}
    for draft in over:
        tx.update(drafts, draft.id, state="expired")
        outbox.refresh(tx, Kind.DRAFT, draft.id, group.id)
        for chat_id in _list_chats(tx, group, draft):
            told.setdefault(chat_id, []).append(draft.id)
    if over:
        tx.write_entry("expire_drafts", group.id)
    for chat_id, ids in told.items():
        outbox.queue(
            tx,
            Kind.EXPIRED,
            chat_id,
            group_id=group.id,
            data={"drafts": ids},
            priority=Priority.DIGEST,
        )
    return bool(over)


def _list_chats(tx: Tx, group: Group, draft: Draft) -> list[int]:
    """Where a draft was spoken of, if its author still belongs to the task force."""
    author = find_member(tx, draft.author_id)
    private = draft.source_chat_id == draft.author_id
    if private and author is not None and author.state == "active":
        return [group.chat_id, draft.author_id]
    return [group.chat_id]


def claim_run(tx: Tx, job: str, group_id: int, day: date) -> bool:
    """Takes a job's run of this day; False when it was taken before."""
    same = and_(runs.c.job == job, runs.c.group_id == group_id, runs.c.day == day)
    if tx.conn.execute(select(runs.c.job).where(same)).first() is not None:
        return False
    tx.conn.execute(insert(runs).values(job=job, group_id=group_id, day=day, at=tx.now))
    return True


def pass_moment(tx: Tx, task_id: int) -> None:
    """Acts upon a task's moment: it is late now, or goes on the board (挂牌, 第二十二条).

    The morning's digest says so; nothing is sent at the close of business.
    """
    lock_project(tx, tasks.c.id == task_id)
    task = get_task_by_id(tx, task_id)  # as it is now that no step can come in between
    if task.next_at is None or task.next_at > tx.now or task.next_what is None:
        return
    moment = Moment(task.next_what)
    values: dict[str, object] = {"handled": moment}
    if moment is Moment.BOARD:
        values["boarded_on"] = tx.rules.today(task.next_at)  # also when that is caught up with
    tx.compare_and_set(tasks, task.id, task.version, **values)
    settle(tx, task.id)
    tx.write_entry(moment, task.group_id)
    refresh_task(tx, task)
