"""Promises: the call at the promised time, and how many are kept."""
