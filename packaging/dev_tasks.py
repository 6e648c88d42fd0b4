"""The table of tasks, and those that only start a program of the checkout."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

import dev_checks
import dev_i18n
import dev_lock
import dev_setup
from dev_common import ON_WINDOWS, PACKAGING, PYTHON, ROOT, call, environment, has_display, say

if TYPE_CHECKING:
    from collections.abc import Callable

TESTS = ROOT / "tests"
# Quick ones first; what is not named here comes last. The benchmarks are a task of their own.
TEST_ORDER = ("unit", "contract", "house", "golden", "integration", "gui", "simulation", "e2e")


@dataclass(frozen=True, slots=True)
class Task:
    """One task.

    Attributes:
        name: first argument on the command line.
        summary: one line for the list.
        action: takes the remaining arguments and returns the exit code.
    """

    name: str
    summary: str
    action: Callable[[list[str]], int]


def _prepare() -> None:
    dev_setup.ensure()
    dev_i18n.compile_catalogues()
    dev_setup.compile_ours()


def task_setup(arguments: list[str]) -> int:
    """Set up, also what the till needs that is made and not kept: without its words it would speak English alone."""
    code = dev_setup.task_setup(arguments)
    dev_i18n.compile_catalogues()
    return code


def _become(command: list[str], env: dict[str, str]) -> int:
    """Start the till in place of this process, so that signals and the exit code are its own."""
    if not ON_WINDOWS:
        os.chdir(ROOT)
        os.execve(command[0], command, env)
    return call(command, env=env)


def task_run(arguments: list[str]) -> int:
    """Open the demo shop, or walk through it off screen where there is nobody to see it."""
    _prepare()
    if has_display():
        return _become([str(PYTHON), "-m", "pos_app", "--demo", *arguments], environment())
    say("There is no display here: the same window runs off screen through a guided day.")
    return _become([str(PYTHON), "-m", "pos_app", "demo-tour", *arguments], environment(QT_QPA_PLATFORM="offscreen"))


def _till_task(name: str) -> Callable[[list[str]], int]:
    """A task that is a command of the till itself, off screen unless told otherwise."""

    def action(arguments: list[str]) -> int:
        _prepare()
        return _become([str(PYTHON), "-m", "pos_app", name, *arguments], environment(QT_QPA_PLATFORM="offscreen"))

    return action


def _test_folders() -> list[str]:
    present = {
        path.name
        for path in TESTS.iterdir()
        if path.name not in {"benchmarks", "pos_testkit"} and path.is_dir() and any(path.rglob("test_*.py"))
    }
    ordered = [name for name in TEST_ORDER if name in present]
    return [f"tests/{name}" for name in [*ordered, *sorted(present - set(ordered))]]


def task_test(arguments: list[str]) -> int:
    """Run the tests; arguments go to pytest."""
    dev_setup.ensure(for_tests=True)
    dev_i18n.compile_catalogues()
    dev_setup.compile_ours()
    command = [str(PYTHON), "-m", "pytest"]
    if arguments:
        command += arguments
    else:
        # Two processes; tests that share a group (@pytest.mark.xdist_group) stay together in one of them.
        command += ["-n", "2", "--dist", "loadgroup", "--benchmark-disable", "--durations=10", *_test_folders()]
    # Nothing is printed after pytest: its closing line is the result.
    return call(command, env=environment(QT_QPA_PLATFORM="offscreen"))


def task_check(arguments: list[str]) -> int:
    """Run the checks, or those whose names contain an argument."""
    dev_checks.refuse_unknown(arguments)
    dev_setup.ensure(for_tests=True)
    return dev_checks.task_check(arguments)


def task_i18n(arguments: list[str]) -> int:
    """Update the catalogues."""
    dev_setup.ensure()
    return dev_i18n.task_i18n(arguments)


def task_bench(arguments: list[str]) -> int:
    """Measure."""
    _prepare()
    if not arguments or "sync" in arguments:
        dev_setup.ensure_npm(TESTS / "benchmarks" / "pouch", "PouchDB, beside which sync is measured")
    env = environment(QT_QPA_PLATFORM="offscreen")
    env["PYTHONPATH"] = os.pathsep.join([str(ROOT), str(TESTS)])
    return call([str(PYTHON), "-m", "benchmarks", *arguments], env=env)


def task_simulate(arguments: list[str]) -> int:
    """Run random worlds of tills and head office."""
    dev_setup.ensure(for_tests=True)
    env = environment()
    env["PYTHONPATH"] = os.pathsep.join([str(ROOT), str(TESTS)])
    return call([str(PYTHON), "-m", "simulation", *arguments], env=env)


def task_fonts(arguments: list[str]) -> int:
    """Cut the fonts."""
    dev_setup.ensure()
    return call([str(PYTHON), str(PACKAGING / "make_fonts.py"), *arguments])


TASKS = (
    Task("run", "open the cashier window on a demo shop (without a display: a guided day, off screen)", task_run),
    Task("test", "run the tests; further arguments go to pytest", task_test),
    Task(
        "check",
        "style, types, import contracts, catalogues, lock, house rules (what CI runs after the tests); a word chooses",
        task_check,
    ),
    Task(
        "simulate",
        "tills and head office through faults, many random worlds (--seeds N, --from S, --steps K, --mutant NAME)",
        task_simulate,
    ),
    Task("bench", "measure speed and memory, each figure beside its floor", task_bench),
    Task("shots", "take screenshots of every screen in both languages", _till_task("screenshots")),
    Task("i18n", "take new texts into the translation catalogues, compile them, list what is left", task_i18n),
    Task("lock", "pin the Python packages anew from pyproject.toml (--upgrade for newer versions)", dev_lock.task_lock),
    Task("fonts", "cut the fonts that the till carries out of Noto Sans CJK", task_fonts),
    Task("setup", "only set up (--anew: from nothing); every other task does it by itself", task_setup),
)
