"""What Alembic runs: the revisions, on the connection and in the transaction of store.migrate."""

from alembic import context

from store.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,  # SQLite changes a table by copying it
    transactional_ddl=True,  # SQLite as well, since the transaction is begun by us
)
with context.begin_transaction():
    context.run_migrations()
