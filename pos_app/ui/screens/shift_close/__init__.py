"""Counting the drawer at the end of a shift."""
