"""One of several: what the one box found, to choose from."""
