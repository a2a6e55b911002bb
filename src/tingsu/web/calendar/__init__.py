"""The calendar: a year's days, what is due on which, and new holiday notices."""
