"""The case file. Alone writes case tables."""
