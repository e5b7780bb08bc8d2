"""The rules: calendar, deadlines, packs, the life of a task, rights, targets."""
