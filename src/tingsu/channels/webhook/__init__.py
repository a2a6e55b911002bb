"""Webhooks: what happens in the house is told to other systems, signed, until they have it."""
