"""What all parts of a scenario file have in common."""

from __future__ import annotations

import msgspec


class Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Common shape: a misspelt key is an error, never an expectation that is silently not checked."""
