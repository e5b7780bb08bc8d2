"""What is said, as whoever reads it sees it."""
