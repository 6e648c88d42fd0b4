"""What every task shares: where things are, how to say something, how to start a program."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

ROOT = Path(__file__).resolve().parent.parent
PACKAGING = ROOT / "packaging"
VENV = ROOT / ".venv"
ON_WINDOWS = os.name == "nt"
BIN = VENV / ("Scripts" if ON_WINDOWS else "bin")
PYTHON = BIN / ("python.exe" if ON_WINDOWS else "python")
# Libraries of the system that could only be unpacked beside the environment, for want of the right to install them.
PRIVATE_LIBS = VENV / "system-libs"
OUR_PACKAGES = ("hardware", "sync", "pos_app")


class Stop(Exception):  # noqa: N818 - it is not an error of the program: it ends the task with advice
    """The task cannot go on; the message says in one sentence what to do."""


def say(text: str) -> None:
    """Print a line of progress or advice, at once and apart from what the programs print."""
    print(f"guitai: {text}", file=sys.stderr, flush=True)


def environment(**more: str) -> dict[str, str]:
    """The environment for programs of the checkout.

    Args:
        **more: variables to set unless the caller's environment has them already.
    """
    result = dict(os.environ)
    # A virtual environment that happens to be active, or a PYTHONHOME, must not leak into ours.
    for name in ("PYTHONHOME", "VIRTUAL_ENV", "PYTHONPATH"):
        result.pop(name, None)
    result["PATH"] = str(BIN) + os.pathsep + result.get("PATH", os.defpath)
    if PRIVATE_LIBS.is_dir():
        known = result.get("LD_LIBRARY_PATH")
        result["LD_LIBRARY_PATH"] = str(PRIVATE_LIBS) + (os.pathsep + known if known else "")
    for name, value in more.items():
        result.setdefault(name, value)
    return result


def call(command: Sequence[str | Path], *, env: dict[str, str] | None = None, folder: Path = ROOT) -> int:
    """Run a program in the foreground and return its exit code."""
    sys.stdout.flush()
    try:
        return subprocess.call([str(part) for part in command], env=env or environment(), cwd=folder)
    except OSError as error:
        raise Stop(f"{command[0]} cannot be started ({error}). Type: python3 packaging/dev.py setup --anew") from error


def capture(
    command: Sequence[str | Path], *, env: dict[str, str] | None = None, folder: Path = ROOT, timeout_s: float = 1800
) -> tuple[int, str]:
    """Run a program silently.

    Returns:
        Its exit code and everything it printed. A program that cannot be started or does not end counts as failed.
    """
    try:
        done = subprocess.run(
            [str(part) for part in command],
            env=env or environment(),
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            timeout=timeout_s,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return 1, str(error)
    return done.returncode, done.stdout


def tail(text: str, lines: int = 40) -> str:
    """The last lines of a program's output, which is where it says what went wrong."""
    kept = text.strip().splitlines()
    if len(kept) > lines:
        kept = [f"... {len(kept) - lines} lines before", *kept[-lines:]]
    return "\n".join(kept)


def has_display() -> bool:
    """Whether a window could be shown to somebody."""
    return not sys.platform.startswith("linux") or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
