"""One file per step of a case. None imports another; all write through ``cases._write``."""
