"""Sync runs on the window's event loop; here there is no screen for it."""

from __future__ import annotations

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
