"""Ending the day: count, Z report, head office, sheet."""
