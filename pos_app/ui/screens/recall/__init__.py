"""Sales on hold."""
