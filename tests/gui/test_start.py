"""The log-in is painted before the rest of the program is there: what it imports is counted."""

import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.gui
ROOT = Path(__file__).resolve().parents[2]
#: What the first window can do without; together they cost more than the window.
LATE = (
    "sqlalchemy",
    "msgspec",
    "structlog",
    "PIL",
    "httpx",
    "escpos",
    "pydantic",
    "PySide6.QtSvg",
    "PySide6.QtNetwork",
)


def test_the_first_window_imports_nothing_heavy():
    code = (
        "import sys, pos_app.ui.shell, pos_app.ui.screens.login.view, pos_app.ui.fonts;"
        f"print(*(name for name in {LATE!r} if name in sys.modules));"
        "print(*sorted(m for m in sys.modules if m.startswith('pos_app.') and not m.startswith('pos_app.ui')))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    heavy, ours = (line.split() for line in done.stdout.split("\n")[:2])
    assert heavy == []
    assert [m for m in ours if m.split(".")[1] in ("application", "infrastructure", "runtime", "bootstrap")] == []
