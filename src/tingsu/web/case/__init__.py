"""One case: its page and every step on it."""
