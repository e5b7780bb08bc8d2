"""How well messages are understood: rows that were labelled by people, and how they are scored."""
