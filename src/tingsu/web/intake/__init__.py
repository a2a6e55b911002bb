"""Registering a complaint: call, visit, letter and the rest."""
