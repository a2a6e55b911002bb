"""One file for each kind of step; none imports another."""
