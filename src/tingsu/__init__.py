"""Tingsu 听诉: complaint handling with the person first. Imports nothing."""

__version__ = "0.1.0"
