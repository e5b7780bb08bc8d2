"""Reading: from a message's text to a value that says what it means."""
