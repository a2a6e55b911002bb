"""Figures of speed and size. Imports tingsu; never run by the test command (``make bench``)."""
