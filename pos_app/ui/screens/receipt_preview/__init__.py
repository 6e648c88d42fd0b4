"""The receipt before it is printed."""
