"""Remedies: the trial calculation and the proposals of a case, and the public's own trial."""
