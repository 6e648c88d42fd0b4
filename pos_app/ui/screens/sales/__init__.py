"""Sales of the day."""
