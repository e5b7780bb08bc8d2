"""Every read of the ledger: plain functions from a View and ids to frozen values."""
