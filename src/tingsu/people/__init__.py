"""Organisations, departments, members and their rights. Alone answers "may this person?"."""
