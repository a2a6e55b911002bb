"""The rules of a pack: to read for all, to change for those who may."""
