"""Key help (F1)."""
