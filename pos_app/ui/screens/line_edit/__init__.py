"""Quantity, price or discount of a line."""
