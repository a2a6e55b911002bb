"""An optional language model outside: asked by a person, answered beside the house (PL-8)."""
