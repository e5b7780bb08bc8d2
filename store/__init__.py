"""The ledger: tables, migrations, actions (every write), queries (every read)."""
