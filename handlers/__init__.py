"""Conversation: messages in, values, answers out."""
