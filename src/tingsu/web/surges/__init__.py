"""Surges: matters of which suddenly many complain, with the cases behind them."""
