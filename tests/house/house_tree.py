"""The files of the project, for rules that look at them."""

from __future__ import annotations

import ast
import functools
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("pos_app", "sync", "hardware")
SKIPPED_FOLDERS = {".git", ".venv", "node_modules", "__pycache__", "dist", "build", ".demo", ".artifacts"}


@functools.cache
def files() -> tuple[Path, ...]:
    """Every file that is under version control; in an unpacked archive, every file."""
    try:
        listing = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout
        found = [ROOT / name for name in listing.decode().split("\0") if name]
    except (OSError, subprocess.CalledProcessError):
        found = [path for path in ROOT.rglob("*") if not SKIPPED_FOLDERS.intersection(path.relative_to(ROOT).parts)]
    return tuple(sorted(path for path in found if path.is_file()))


def under(*folders: str, suffix: str = ".py") -> list[Path]:
    """The files with ``suffix`` in any of the folders."""
    return [path for path in files() if path.suffix == suffix and name(path).split("/", 1)[0] in folders]


def name(path: Path) -> str:
    """How a message calls a file."""
    return path.relative_to(ROOT).as_posix()


@functools.cache
def text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


@functools.cache
def tree(path: Path) -> ast.Module:
    return ast.parse(text(path), filename=str(path))


def report(rule: str, offences: list[str]) -> None:
    """Fail with the rule, its reason and every offence, each on a line of its own."""
    if offences:
        pytest.fail("\n".join([rule, *(f"  {offence}" for offence in offences)]), pytrace=False)
