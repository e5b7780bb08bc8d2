"""The history of the ledger's tables; `store.migrate` runs it."""
