"""Whole conversations over real HTTP, with the sandbox as the server."""
