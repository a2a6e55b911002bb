"""了结: the wing in which a case comes to its end, from the agreement to the last thing done."""
