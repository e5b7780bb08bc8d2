"""How Hypothesis runs here."""

from hypothesis import settings

# The first example builds the years of a calendar, and a busy machine may take its time: how
# long an example takes says nothing about the rule.
settings.register_profile("zhuanban", deadline=None, print_blob=True)
settings.load_profile("zhuanban")
