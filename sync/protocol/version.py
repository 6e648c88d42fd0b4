"""Versions of the wire. Uploads are never refused for their version; see ``PROTOCOL.md``."""

from __future__ import annotations

from typing import Final

#: Of this software; sent in every request and answer (:data:`HEADER`).
PROTOCOL: Final = 1
HEADER: Final = "Guitai-Protocol"
#: Under it, every path begins.
PREFIX: Final = "/v1"
JSON: Final = "application/json"
PROBLEM: Final = "application/problem+json"
JOURNAL: Final = "application/vnd.guitai.journal"
PAGE: Final = "application/vnd.guitai.page"
