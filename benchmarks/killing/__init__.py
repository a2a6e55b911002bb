"""The proof by killing: complaints come in while everything is killed with -9, and none is lost."""
