"""The running process: settings, the clock, the log."""
