"""Ways to harm a file."""

from __future__ import annotations

from pathlib import Path


def flip(path: Path, at: int) -> None:
    """Turn one bit round."""
    with path.open("r+b") as file:
        file.seek(at)
        byte = file.read(1)
        file.seek(at)
        file.write(bytes([byte[0] ^ 0x10]))
