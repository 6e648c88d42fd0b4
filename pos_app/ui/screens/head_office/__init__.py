"""The line to head office, for whoever wants to know more."""
