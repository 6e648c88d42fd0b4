"""The customer's screen of a whole till on a real X server, whose second monitor is pulled out and plugged in again."""

import ctypes
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.gui
PROBE = Path(__file__).resolve().parent / "probe_monitor.py"


def _has_randr() -> bool:
    try:
        ctypes.CDLL("libXrandr.so.2")
    except OSError:
        return False
    return shutil.which("xvfb-run") is not None


@pytest.mark.skipif(not _has_randr(), reason="needs xvfb-run and libXrandr, with which monitors are plugged in and out")
def test_the_monitor_is_pulled_out_in_the_middle_of_a_sale_and_comes_back():
    command = ["xvfb-run", "-a", "-s", "-screen 0 2048x768x24", sys.executable, str(PROBE)]
    env = {**os.environ, "QT_QPA_PLATFORM": "xcb"}
    done = subprocess.run(command, env=env, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    seen = json.loads(done.stdout.strip().splitlines()[-1])
    assert seen["wrong"] == ["customer_screen"]
    assert seen["told"] == ["customer_screen.gone", "customer_screen.back"]
    assert seen["focus"], "the keyboard stays with the till"
