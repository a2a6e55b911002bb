"""The screening wing of a case: the check list of first review and its outcome."""
