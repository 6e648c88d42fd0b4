"""What ends an audit."""

from __future__ import annotations

from typing import Final


class Wrong(Exception):  # noqa: N818 - it is not an error of the program
    """Something does not hold; ends the audit.

    Attributes:
        seq: The record at fault, where it is another one than the one being read.
    """

    def __init__(self, reason: str, seq: int | None = None) -> None:
        super().__init__(reason)
        self.seq: Final = seq
