"""The language itself: one writing for many, numbers, days, words and their sounds."""
