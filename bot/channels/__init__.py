"""Channels: what turns a post into a platform's own markup, and its updates into values."""
