"""Every test of the repository."""
