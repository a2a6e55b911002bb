"""The optional language model: its settings, and what it writes for a case, always marked."""
