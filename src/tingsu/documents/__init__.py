"""Papers that leave the house or stay in its file: filled from a case, rendered to PDF and Word."""
