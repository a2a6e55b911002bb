"""Touches nothing: words that hurt, how to find them, and what helps instead (CO-1 to CO-5)."""
