"""Every write of the ledger: one use case, one plain function, one transaction.

Each checks who asks, checks the rule in policy/, changes rows, writes the
journal and queues what is to be said; a `Refusal` leaves everything as it was.
"""
