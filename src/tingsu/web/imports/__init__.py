"""Bringing in existing records from files."""
