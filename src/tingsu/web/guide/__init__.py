"""The guide of a talk: its method on the case page, ticks by hand, whom a trainer holds to it."""
