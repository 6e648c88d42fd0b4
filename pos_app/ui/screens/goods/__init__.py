"""Goods by touch: categories and tiles, for what has no code and for tills without a keyboard."""
