"""Plans side by side, offers, the negotiation of a case."""
