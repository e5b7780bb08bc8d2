"""One function at a time, without a database or a network."""
