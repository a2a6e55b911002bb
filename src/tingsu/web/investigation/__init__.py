"""The investigation wing of a case, and the page on which a respondent answers."""
