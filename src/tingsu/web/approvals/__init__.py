"""Approvals: what waits for a signature, signing, and who signs for whom."""
