"""Decisions of the house. Standard library only: no I/O, no Django, no now()."""
