"""The task ``check``: everything that a machine can say about the code without running the till."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

import dev_i18n
from dev_common import BIN, OUR_PACKAGES, PACKAGING, PYTHON, ROOT, Stop, capture, tail

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

TESTS_HOUSE = ROOT / "tests" / "house"


@dataclass(frozen=True, slots=True)
class Check:
    """One check.

    Attributes:
        name: what the summary calls it.
        run: returns whether all is well, and what to show when not.
        mend: what to type or do when it fails.
    """

    name: str
    run: Callable[[], tuple[bool, str]]
    mend: str


def _program(*command: str | Path) -> Callable[[], tuple[bool, str]]:
    def run() -> tuple[bool, str]:
        code, text = capture(command)
        return code == 0, text

    return run


def _tool(name: str) -> Path:
    return BIN / name


def _house(*more: str) -> Callable[[], tuple[bool, str]]:
    # One process is quicker than two for such short tests; the slow ones belong to the task test.
    return _program(PYTHON, "-m", "pytest", "-q", "--no-header", "-m", "not slow", *more)


def _catalogues() -> tuple[bool, str]:
    found = dev_i18n.problems()
    return not found, "\n".join(found)


def checks() -> list[Check]:
    """All checks, quickest first."""
    ours = [str(path.relative_to(ROOT)) for path in sorted(PACKAGING.glob("*.py"))]
    lock = str((TESTS_HOUSE / "test_lock.py").relative_to(ROOT))
    house = str(TESTS_HOUSE.relative_to(ROOT))
    return [
        Check("style", _program(_tool("ruff"), "check", "."), "type: .venv/bin/ruff check --fix . and mend the rest"),
        Check("format", _program(_tool("ruff"), "format", "--check", "."), "type: .venv/bin/ruff format ."),
        Check(
            "imports", _program(_tool("lint-imports"), "--no-cache"), "move the code to the package that may import it"
        ),
        Check("catalogues", _catalogues, "type: python3 packaging/dev.py i18n and translate what it lists"),
        Check("lock", _house(lock), "type: python3 packaging/dev.py lock"),
        Check("house rules", _house(house, "--ignore", lock), "each rule says why it is there and what to do"),
        Check(
            "types",
            _program(PYTHON, "-m", "mypy", *(part for name in OUR_PACKAGES for part in ("-p", name))),
            "mend the types",
        ),
        Check("types of the tools", _program(PYTHON, "-m", "mypy", *ours), "mend the types in packaging/"),
    ]


def refuse_unknown(words: list[str]) -> None:
    """Stop where a word is in no check's name, before anything is set up or run.

    Raises:
        Stop: Naming the checks there are.
    """
    names = [check.name for check in checks()]
    for word in words:
        if not any(word in name for name in names):
            raise Stop(f"There is no check '{word}'. The checks are: {', '.join(names)}.")


def task_check(arguments: list[str]) -> int:
    """The task ``check``: run all checks, or those whose names contain an argument."""
    failed: list[Check] = []
    chosen = [check for check in checks() if not arguments or any(word in check.name for word in arguments)]
    for check in chosen:
        begun = time.monotonic()
        fine, text = check.run()
        print(f"{'ok    ' if fine else 'FAILED'}  {check.name} ({time.monotonic() - begun:.1f} s)", flush=True)
        if not fine:
            failed.append(check)
            print("\n".join("        " + line for line in tail(text, 60).splitlines()), flush=True)
    print()
    for check in failed:
        print(f"To mend {check.name}: {check.mend}")
    if failed:
        print(f"{len(failed)} of {len(chosen)} checks failed: {', '.join(check.name for check in failed)}.")
        return 1
    print(f"All {len(chosen)} checks are fine.")
    return 0
