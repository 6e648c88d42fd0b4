"""The task ``lock``: pin every package, with hashes, for Linux and Windows and Python 3.11 and later."""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

from dev_common import PACKAGING, ROOT, Stop, capture, say, tail

RUNTIME = PACKAGING / "requirements.txt"
HEAD_OFFICE = PACKAGING / "requirements-head-office.txt"
DEVELOPMENT = PACKAGING / "requirements-dev.txt"

EXTRAS = {HEAD_OFFICE: "head-office", DEVELOPMENT: "dev"}
HEADERS = {
    RUNTIME: "# What the till needs at run time; the installers are built from this.\n",
    HEAD_OFFICE: "# What the head office server needs at run time.\n",
    DEVELOPMENT: "# Everything for working in the checkout: run time, tests, checks.\n",
}
COMMON = "# Made by: python3 packaging/dev.py lock   (add --upgrade to take newer versions). Not edited by hand.\n"


def _find_uv(scratch: Path) -> Path:
    found = shutil.which("uv")
    if found:
        return Path(found)
    say("Fetching uv into a throwaway environment")
    code, text = capture([sys.executable, "-m", "venv", scratch / "uv"])
    python = next(iter([*scratch.glob("uv/bin/python"), *scratch.glob("uv/Scripts/python.exe")]), None)
    if code == 0 and python is not None:
        code, text = capture([python, "-m", "pip", "install", "--quiet", "uv"])
    made = next(iter([*scratch.glob("uv/bin/uv"), *scratch.glob("uv/Scripts/uv.exe")]), None)
    if code != 0 or made is None:
        raise Stop(f"{tail(text, 5)}\nuv cannot be had. Install it (pip install uv), then type the same again.")
    return made


def task_lock(arguments: list[str]) -> int:
    """The task ``lock``: write all lock files anew from ``pyproject.toml``."""
    with tempfile.TemporaryDirectory(prefix="guitai-lock-") as scratch:
        uv = _find_uv(Path(scratch))
        for target in (RUNTIME, HEAD_OFFICE, DEVELOPMENT):
            command: list[str | Path] = [uv, "pip", "compile", "pyproject.toml", "--quiet", "--universal"]
            command += ["--python-version", "3.11", "--generate-hashes", "--no-header", "--no-emit-index-url"]
            command += ["--no-emit-find-links", "--output-file", target]
            if target in EXTRAS:
                # One version of everything: what is tested is what is shipped.
                command += ["--extra", EXTRAS[target], "--constraint", RUNTIME.relative_to(ROOT)]
            if target is DEVELOPMENT:
                command += ["--constraint", HEAD_OFFICE.relative_to(ROOT)]
            if "--upgrade" in arguments:
                command.append("--upgrade")
            code, text = capture(command)
            if code != 0:
                raise Stop(f"{tail(text, 15)}\nThe lock could not be made; the old one is unchanged.")
            body = "\n".join(line for line in target.read_text(encoding="utf-8").splitlines() if not _is_noise(line))
            target.write_text(HEADERS[target] + COMMON + body + "\n", encoding="utf-8")
            say(f"{target.name}: {body.count('==')} packages")
    return 0


def _is_noise(line: str) -> bool:
    return line.startswith("#") or line.strip().startswith("#   -c ")
