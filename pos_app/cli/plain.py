"""What others wrote (names of devices, what a till sent), as a terminal may show it."""

from __future__ import annotations


def plain(text: object) -> str:
    """Without what could steer the terminal: no control characters, no direction, no line end; each becomes ``·``."""
    return "".join(each if each.isprintable() else "·" for each in str(text))
