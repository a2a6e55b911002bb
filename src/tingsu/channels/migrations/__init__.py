"""Migrations of the channels' tables. They import nothing of ours."""
