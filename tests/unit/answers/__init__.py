"""Questions and their answers, against a real ledger."""
