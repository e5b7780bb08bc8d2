"""The sandbox's page, in Chromium."""
