"""A new member in ten seconds."""
