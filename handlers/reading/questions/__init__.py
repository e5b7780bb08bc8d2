"""What is asked of the ledger, and commands in words; what is only said gets no answer."""
