"""Settings of this till."""
