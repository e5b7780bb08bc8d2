"""The ledger's tables (SQLAlchemy Core).

Instants are stored in UTC and come back aware; days are local days of the
configured time zone. Amounts are whole yuan (or whole units of `currency`).
What people wrote has no limited length: SQLite would not mind and PostgreSQL would.
Defaults are set by the program, so that the journal has the whole row.
"""

from datetime import UTC, datetime

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
    text,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class Instant(TypeDecorator[datetime]):
    """An aware datetime, kept as naive UTC so that both databases agree."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else value.replace(tzinfo=UTC)


# SQLite numbers a primary key by itself only when its type is INTEGER.
Id = BigInteger().with_variant(Integer(), "sqlite")

# Conditions of partial indexes. A query has to use the same words, since SQLite
# cannot tell what a parameter will be.
IS_OPEN = "state NOT IN ('closed', 'transferred', 'cancelled')"
IS_WAITING = "state IN ('queued', 'sending')"

groups = Table(
    "groups",
    metadata,
    Column("id", Id, primary_key=True),
    Column("chat_id", BigInteger, nullable=False, unique=True),
    # Before it became a supergroup; the config may still say so
    Column("former_chat_id", BigInteger),
    Column("title", Text, nullable=False),
    Column("pack", String(64), nullable=False),
    Column("locale", String(16), nullable=False),
    Column("active", Boolean, nullable=False, default=True),  # whether the config still has it
    Column("last_project", Integer, nullable=False, default=0),
    Column("last_task", Integer, nullable=False, default=0),
    Column("renames", Integer, nullable=False, default=0),  # of its projects, so far
)

members = Table(
    "members",
    metadata,
    Column("id", Id, primary_key=True),
    Column("user_id", BigInteger, nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("username", Text),
    Column("role", String(16), nullable=False),
    Column("department", Text),
    Column("state", String(16), nullable=False),  # asked, active, refused, removed
    Column("home_group_id", ForeignKey("groups.id")),
    Column("private_chat", Boolean, nullable=False, default=False),
    Column("from_config", Boolean, nullable=False, default=False),  # admitted by the config
)

projects = Table(
    "projects",
    metadata,
    Column("id", Id, primary_key=True),
    Column("group_id", ForeignKey("groups.id"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("code", String(32), nullable=False),
    Column("stage", String(16), nullable=False),
    Column("version", Integer, nullable=False, default=1),
    Column("name", Text, nullable=False),
    Column("county", Text, nullable=False),
    Column("signed_on", Date, nullable=False),
    Column("investment_yuan", BigInteger),
    Column("currency", String(3)),
    Column("amount", BigInteger),
    Column("industry", Text),
    Column("kind", Text),
    Column("owner", Text),
    Column("contact", Text),
    Column("phone", Text),
    Column("lead", Text),
    Column("batch", Text),
    Column("template", String(64)),  # key in the pack; None until the office has chosen
    Column("choices", JSON, nullable=False),  # decided so far: key of a template's choice → item
    # The message from which the office's clock runs
    Column("handed_over_at", Instant, nullable=False),
    Column("dispatch_due", Date, nullable=False),
    Column("registered_at", Instant, nullable=False),
    Column("dispatched_at", Instant),  # when nothing was left for the office to decide
    Column("team_formed_on", Date),
    UniqueConstraint("group_id", "number"),
    UniqueConstraint("group_id", "name", "county"),
)

tasks = Table(
    "tasks",
    metadata,
    Column("id", Id, primary_key=True),
    Column("group_id", ForeignKey("groups.id"), nullable=False),
    Column("project_id", ForeignKey("projects.id"), nullable=False, index=True),
    Column("number", Integer, nullable=False),
    Column("item", String(64), nullable=False),
    Column("department", Text, nullable=False),
    Column("limit_days", Integer, nullable=False),  # working days, frozen at dispatch
    Column("state", String(16), nullable=False),
    Column("version", Integer, nullable=False, default=1),
    Column("changed_at", Instant),  # the last step of a person, and whose it was
    Column("changed_by", Text),
    Column("dispatched_at", Instant, nullable=False),
    Column("acknowledged_at", Instant),
    Column("acknowledged_by", Text),
    Column("contacted_at", Instant),
    Column("accepted_at", Instant),
    Column("delivered_at", Instant),
    Column("closed_at", Instant),
    Column("returned_at", Instant),
    Column("reason", Text),  # of the last pause, return or cancellation
    Column("report", Text),  # the last progress report
    Column("document", Text),  # what was said at the hand-in, such as a document number
    Column("take_due", Date, nullable=False),
    Column("finish_due", Date),
    Column("finish_due_version", Integer, nullable=False, default=0),
    Column("office_due", Date),  # for the check after a hand-in, or a new dispatch after a return
    Column("due", Date),  # the limit of the clock that runs: one of the three above, or None
    Column("provisional", Boolean, nullable=False, default=False),
    Column("boarded_on", Date),  # since when it is on the board
    Column("follows", ForeignKey("tasks.id")),  # the task that was transferred into this one
    Column("handled", String(32)),  # the last Moment of the running clock that was acted upon
    Column("next_at", Instant),
    Column("next_what", String(32)),  # a Moment when next_at is set, otherwise a Waiting
    UniqueConstraint("group_id", "number"),
    CheckConstraint(
        "state IN ('closed', 'transferred', 'cancelled') OR next_what IS NOT NULL",
        name="open_has_next",
    ),
)
Index("ix_tasks_next_at", tasks.c.next_at)
Index(
    "ix_tasks_open",
    tasks.c.group_id,
    tasks.c.due,
    tasks.c.department,
    sqlite_where=text(IS_OPEN),
    postgresql_where=text(IS_OPEN),
)

pauses = Table(
    "pauses",
    metadata,
    Column("id", Id, primary_key=True),
    Column("task_id", ForeignKey("tasks.id"), nullable=False, index=True),
    Column("kind", String(16), nullable=False),  # correction, procedure, check
    Column("reason", Text, nullable=False),
    Column("began_at", Instant, nullable=False),
    Column("ended_at", Instant),
)

# What a message states of one project, and what became of it: it waits (something is missing,
# had to be interpreted, or was sent by somebody who may not register), or is in the ledger as
# `project_id`. The office's working day runs from `received_at`. One that is proposed, amended
# or, with a project, declined is a change of that project which the office has to confirm.
drafts = Table(
    "drafts",
    metadata,
    Column("id", Id, primary_key=True),
    Column("group_id", ForeignKey("groups.id"), nullable=False),
    # incomplete, waiting, registered, declined, expired; proposed, amended
    Column("state", String(16), nullable=False),
    Column("author_id", BigInteger, nullable=False),
    Column("author_name", Text, nullable=False),
    Column("source_chat_id", BigInteger),  # the message that states it, and where in it
    Column("source_message_id", BigInteger),
    Column("source_position", Integer, nullable=False, default=0),
    Column("stated", JSON, nullable=False),  # what that message says by now
    Column("received_at", Instant, nullable=False),
    Column("due", Date, nullable=False),
    Column("expires_on", Date),  # the last day on which an incomplete one is waited for
    Column("fields", JSON, nullable=False),
    Column("interpreted", JSON, nullable=False),
    Column("problems", JSON, nullable=False),
    Column("revision", Integer, nullable=False, default=1),  # counts what was changed in it
    Column("amended", JSON, nullable=False),  # what others than its author changed
    Column("project_id", ForeignKey("projects.id"), index=True),
    Column("decided_by", Text),
    Index("ix_drafts_open", "group_id", "state"),
    Index("ix_drafts_source", "source_chat_id", "source_message_id"),
)

journal = Table(
    "journal",
    metadata,
    Column("seq", BigInteger, primary_key=True, autoincrement=False),
    Column("at", Instant, nullable=False),
    Column("group_id", BigInteger),
    Column("actor", String(64), nullable=False),  # user:<id>, clock, config
    Column("act", String(64), nullable=False),
    Column("changes", JSON, nullable=False),
    Column("source", JSON, nullable=False),  # chat, message and update it came with
    Column("previous", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
)

journal_head = Table(
    "journal_head",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("seq", BigInteger, nullable=False),
    Column("hash", String(64), nullable=False),
)

outbox = Table(
    "outbox",
    metadata,
    Column("id", Id, primary_key=True),
    Column("key", String(200), unique=True),  # what, rung, recipient, deadline version, local day
    Column("chat_id", BigInteger, nullable=False),
    Column("group_id", ForeignKey("groups.id")),
    Column("kind", String(32), nullable=False),
    Column("subject", BigInteger),  # id of the project, draft, task or member
    Column("data", JSON, nullable=False),
    Column("reply_to", BigInteger),
    Column("priority", Integer, nullable=False),
    Column("state", String(16), nullable=False),  # queued, sending, sent, dropped, failed
    Column("attempts", Integer, nullable=False, default=0),
    Column("queued_at", Instant, nullable=False),
    Column("done_at", Instant),
    Column("error", Text),
)
Index(
    "ix_outbox_waiting",
    outbox.c.priority,
    outbox.c.id,
    sqlite_where=text(IS_WAITING),
    postgresql_where=text(IS_WAITING),
)

# What stands in the chats, to edit it in place and to know what a reply is about.
posts = Table(
    "posts",
    metadata,
    Column("id", Id, primary_key=True),
    Column("chat_id", BigInteger, nullable=False),
    Column("message_id", BigInteger, nullable=False),
    Column("kind", String(32), nullable=False),
    Column("subject", BigInteger),
    Column("fingerprint", String(64), nullable=False),
    Column("sent_at", Instant, nullable=False),
    UniqueConstraint("chat_id", "message_id"),
    Index("ix_posts_subject", "kind", "subject", "chat_id"),
)

processed_updates = Table(
    "processed_updates",
    metadata,
    Column("update_id", BigInteger, primary_key=True, autoincrement=False),
    Column("at", Instant, nullable=False),
    Column("outcome", String(16), nullable=False),  # done, refused, set_aside
    Column("error", Text),
)

runs = Table(
    "runs",
    metadata,
    Column("job", String(32), primary_key=True),
    Column("group_id", BigInteger, primary_key=True),
    Column("day", Date, primary_key=True),
    Column("at", Instant, nullable=False),
)
