"""Care of the house: how it is (health, figures, doctor), a copy of it, and back from the copy.

Reads every table it needs, writes none: restoring goes through the database's own tools.
"""
