"""Prepared solutions: the list, one, the page that writes one, what is like a case."""
