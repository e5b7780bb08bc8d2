"""The ledger's tables: groups, members, projects, tasks, the journal, the outbox."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

# SQLite numbers a primary key by itself only when its type is INTEGER.
ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    _create_groups()
    _create_journal()
    _create_journal_head()
    _create_posts()
    _create_processed_updates()
    _create_runs()
    _create_members()
    _create_outbox()
    _create_projects()
    _create_drafts()
    _create_tasks()
    _create_pauses()


def downgrade() -> None:
    for table in (
        "pauses",
        "tasks",
        "drafts",
        "projects",
        "outbox",
        "members",
        "runs",
        "processed_updates",
        "posts",
        "journal_head",
        "journal",
        "groups",
    ):
        op.drop_table(table)


def _create_groups() -> None:
    op.create_table(
        "groups",
        sa.Column("id", ID, nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("former_chat_id", sa.BigInteger()),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("pack", sa.String(length=64), nullable=False),
        sa.Column("locale", sa.String(length=16), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("last_project", sa.Integer(), nullable=False),
        sa.Column("last_task", sa.Integer(), nullable=False),
        sa.Column("renames", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_groups"),
        sa.UniqueConstraint("chat_id", name="uq_groups_chat_id"),
    )


def _create_journal() -> None:
    op.create_table(
        "journal",
        sa.Column("seq", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("group_id", sa.BigInteger()),
        sa.Column("actor", sa.String(length=64), nullable=False),
        sa.Column("act", sa.String(length=64), nullable=False),
        sa.Column("changes", sa.JSON(), nullable=False),
        sa.Column("source", sa.JSON(), nullable=False),
        sa.Column("previous", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_journal"),
    )


def _create_journal_head() -> None:
    head = op.create_table(
        "journal_head",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_journal_head"),
    )
    # Where the chain begins.
    op.bulk_insert(head, [{"id": 1, "seq": 0, "hash": "0" * 64}])


def _create_posts() -> None:
    op.create_table(
        "posts",
        sa.Column("id", ID, nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("message_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("subject", sa.BigInteger()),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("sent_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_posts"),
        sa.UniqueConstraint("chat_id", "message_id", name="uq_posts_chat_id_message_id"),
    )
    op.create_index("ix_posts_subject", "posts", ["kind", "subject", "chat_id"])


def _create_processed_updates() -> None:
    op.create_table(
        "processed_updates",
        sa.Column("update_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("outcome", sa.String(length=16), nullable=False),
        sa.Column("error", sa.Text()),
        sa.PrimaryKeyConstraint("update_id", name="pk_processed_updates"),
    )


def _create_runs() -> None:
    op.create_table(
        "runs",
        sa.Column("job", sa.String(length=32), nullable=False),
        sa.Column("group_id", sa.BigInteger(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("job", "group_id", "day", name="pk_runs"),
    )


def _create_members() -> None:
    op.create_table(
        "members",
        sa.Column("id", ID, nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("username", sa.Text()),
        sa.Column("role", sa.String(length=16), nullable=False),
        sa.Column("department", sa.Text()),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("home_group_id", ID),
        sa.Column("private_chat", sa.Boolean(), nullable=False),
        sa.Column("from_config", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["home_group_id"], ["groups.id"], name="fk_members_home_group_id"),
        sa.PrimaryKeyConstraint("id", name="pk_members"),
        sa.UniqueConstraint("user_id", name="uq_members_user_id"),
    )


def _create_outbox() -> None:
    op.create_table(
        "outbox",
        sa.Column("id", ID, nullable=False),
        sa.Column("key", sa.String(length=200)),
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("group_id", ID),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("subject", sa.BigInteger()),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.Column("reply_to", sa.BigInteger()),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("queued_at", sa.DateTime(), nullable=False),
        sa.Column("done_at", sa.DateTime()),
        sa.Column("error", sa.Text()),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name="fk_outbox_group_id"),
        sa.PrimaryKeyConstraint("id", name="pk_outbox"),
        sa.UniqueConstraint("key", name="uq_outbox_key"),
    )
    condition = sa.text("state IN ('queued', 'sending')")
    op.create_index(
        "ix_outbox_waiting",
        "outbox",
        ["priority", "id"],
        sqlite_where=condition,
        postgresql_where=condition,
    )


def _create_projects() -> None:
    op.create_table(
        "projects",
        sa.Column("id", ID, nullable=False),
        sa.Column("group_id", ID, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=32), nullable=False),
        sa.Column("stage", sa.String(length=16), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("county", sa.Text(), nullable=False),
        sa.Column("signed_on", sa.Date(), nullable=False),
        sa.Column("investment_yuan", sa.BigInteger()),
        sa.Column("currency", sa.String(length=3)),
        sa.Column("amount", sa.BigInteger()),
        sa.Column("industry", sa.Text()),
        sa.Column("kind", sa.Text()),
        sa.Column("owner", sa.Text()),
        sa.Column("contact", sa.Text()),
        sa.Column("phone", sa.Text()),
        sa.Column("lead", sa.Text()),
        sa.Column("batch", sa.Text()),
        sa.Column("template", sa.String(length=64)),
        sa.Column("choices", sa.JSON(), nullable=False),
        sa.Column("handed_over_at", sa.DateTime(), nullable=False),
        sa.Column("dispatch_due", sa.Date(), nullable=False),
        sa.Column("registered_at", sa.DateTime(), nullable=False),
        sa.Column("dispatched_at", sa.DateTime()),
        sa.Column("team_formed_on", sa.Date()),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name="fk_projects_group_id"),
        sa.PrimaryKeyConstraint("id", name="pk_projects"),
        sa.UniqueConstraint("group_id", "name", "county", name="uq_projects_group_id_name_county"),
        sa.UniqueConstraint("group_id", "number", name="uq_projects_group_id_number"),
    )


def _create_drafts() -> None:
    op.create_table(
        "drafts",
        sa.Column("id", ID, nullable=False),
        sa.Column("group_id", ID, nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("author_id", sa.BigInteger(), nullable=False),
        sa.Column("author_name", sa.Text(), nullable=False),
        sa.Column("source_chat_id", sa.BigInteger()),
        sa.Column("source_message_id", sa.BigInteger()),
        sa.Column("source_position", sa.Integer(), nullable=False),
        sa.Column("stated", sa.JSON(), nullable=False),
        sa.Column("received_at", sa.DateTime(), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("expires_on", sa.Date()),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("interpreted", sa.JSON(), nullable=False),
        sa.Column("problems", sa.JSON(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("amended", sa.JSON(), nullable=False),
        sa.Column("project_id", ID),
        sa.Column("decided_by", sa.Text()),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name="fk_drafts_group_id"),
        sa.ForeignKeyConstraint(["project_id"], ["projects.id"], name="fk_drafts_project_id"),
        sa.PrimaryKeyConstraint("id", name="pk_drafts"),
    )
    op.create_index("ix_drafts_open", "drafts", ["group_id", "state"])
    op.create_index("ix_drafts_project_id", "drafts", ["project_id"])
    op.create_index("ix_drafts_source", "drafts", ["source_chat_id", "source_message_id"])


def _create_tasks() -> None:
    op.create_table(
        "tasks",
        sa.Column("id", ID, nullable=False),
        sa.Column("group_id", ID, nullable=False),
        sa.Column("project_id", ID, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("item", sa.String(length=64), nullable=False),
        sa.Column("department", sa.Text(), nullable=False),
        sa.Column("limit_days", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime()),
        sa.Column("changed_by", sa.Text()),
        sa.Column("dispatched_at", sa.DateTime(), nullable=False),
        sa.Column("acknowledged_at", sa.DateTime()),
        sa.Column("acknowledged_by", sa.Text()),
        sa.Column("contacted_at", sa.DateTime()),
        sa.Column("accepted_at", sa.DateTime()),
        sa.Column("delivered_at", sa.DateTime()),
        sa.Column("closed_at", sa.DateTime()),
        sa.Column("returned_at", sa.DateTime()),
        sa.Column("reason", sa.Text()),
        sa.Column("report", sa.Text()),
        sa.Column("document", sa.Text()),
        sa.Column("take_due", sa.Date(), nullable=False),
        sa.Column("finish_due", sa.Date()),
        sa.Column("finish_due_version", sa.Integer(), nullable=False),
        sa.Column("office_due", sa.Date()),
        sa.Column("due", sa.Date()),
        sa.Column("provisional", sa.Boolean(), nullable=False),
        sa.Column("boarded_on", sa.Date()),
        sa.Column("follows", ID),
        sa.Column("handled", sa.String(length=32)),
        sa.Column("next_at", sa.DateTime()),
        sa.Column("next_what", sa.String(length=32)),
        sa.CheckConstraint(
            "state IN ('closed', 'transferred', 'cancelled') OR next_what IS NOT NULL",
            name=op.f("ck_tasks_open_has_next"),
        ),
        sa.ForeignKeyConstraint(["follows"], ["tasks.id"], name="fk_tasks_follows"),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name="fk_tasks_group_id"),
        sa.ForeignKeyConstraint(["project_id"], ["projects.id"], name="fk_tasks_project_id"),
        sa.PrimaryKeyConstraint("id", name="pk_tasks"),
        sa.UniqueConstraint("group_id", "number", name="uq_tasks_group_id_number"),
    )
    op.create_index("ix_tasks_next_at", "tasks", ["next_at"])
    condition = sa.text("state NOT IN ('closed', 'transferred', 'cancelled')")
    op.create_index(
        "ix_tasks_open",
        "tasks",
        ["group_id", "due", "department"],
        sqlite_where=condition,
        postgresql_where=condition,
    )
    op.create_index("ix_tasks_project_id", "tasks", ["project_id"])


def _create_pauses() -> None:
    op.create_table(
        "pauses",
        sa.Column("id", ID, nullable=False),
        sa.Column("task_id", ID, nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("began_at", sa.DateTime(), nullable=False),
        sa.Column("ended_at", sa.DateTime()),
        sa.ForeignKeyConstraint(["task_id"], ["tasks.id"], name="fk_pauses_task_id"),
        sa.PrimaryKeyConstraint("id", name="pk_pauses"),
    )
    op.create_index("ix_pauses_task_id", "pauses", ["task_id"])
