"""The outside world, a folder a channel. Reads what comes in, hands it to ``cases.actions``."""
