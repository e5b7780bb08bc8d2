"""The rules as data and pure functions; it knows nothing of chats or databases."""
