"""Bytes of a scanner as text."""

from __future__ import annotations

import contextlib


def text_of(data: bytes) -> str:
    """Return scanned bytes as text: UTF-8, else GB 18030, else one character per byte."""
    for codec in ("utf-8", "gb18030"):
        with contextlib.suppress(UnicodeDecodeError):
            return data.decode(codec)
    return data.decode("latin-1")
