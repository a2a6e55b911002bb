"""Public pages: complain, follow, confirm. No account."""
