"""Registrations: forms, tables, lists and prose, from text to the fields of projects."""
