"""The first picture waits for nothing that it does not show."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.gui
ROOT = Path(__file__).resolve().parents[2]
#: Slow to import, and for later: each of them alone costs 10 to 250 ms.
LATER = {"sqlalchemy", "sqlcipher3", "msgspec", "argon2", "structlog", "keyring", "escpos", "PIL", "serial"}
_PROGRAM = """
import sys
from pos_app.__main__ import main
from pos_app.bootstrap import window

def begin(opening):
    print("painted", *sorted({name.partition(".")[0] for name in sys.modules}))
    opening.leave()

window.Opening.begin = begin
raise SystemExit(main([]))
"""


def test_the_log_in_is_painted_before_the_books_and_their_libraries_are_loaded(tmp_path: Path) -> None:
    env = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "GUITAI_HOME": str(tmp_path), "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", _PROGRAM], env=env, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    first, *loaded = done.stdout.split()
    assert first == "painted"
    assert not LATER & set(loaded)
