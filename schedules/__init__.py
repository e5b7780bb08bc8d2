"""What happens by the clock: the ticker and its jobs."""
