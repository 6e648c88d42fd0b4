"""Joining a head office."""
