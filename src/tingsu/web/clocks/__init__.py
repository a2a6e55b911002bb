"""The clocks wing of a case: every time limit, day by day, with all that was done to it."""
