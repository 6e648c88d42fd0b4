"""dev.py is the first thing a newcomer meets."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest
from house.house_tree import ROOT, text

DEV = ROOT / "packaging" / "dev.py"
TASKS = ("run", "test", "check", "bench", "i18n", "lock", "fonts", "setup")


def _dev(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(DEV), *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=60,
    )


def test_without_an_argument_it_lists_every_task() -> None:
    done = _dev()
    assert done.returncode == 0
    for task in TASKS:
        assert re.search(rf"dev\.py {task}\s+\S", done.stdout), f"{task} has no line of its own"


def test_an_unknown_task_is_refused_with_the_list() -> None:
    done = _dev("tset")
    assert done.returncode == 2
    assert "There is no task 'tset'." in done.stderr
    assert "dev.py test" in done.stdout


@pytest.mark.parametrize("wish", ["-h", "--help"])
@pytest.mark.parametrize("task", [*TASKS, "shots"])
def test_help_on_a_task_is_one_line_and_does_nothing(task: str, wish: str) -> None:
    done = _dev(task, wish)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith(f"python3 packaging/dev.py {task}: ")
    assert done.stdout.count("\n") == 1


def test_an_unknown_check_is_refused_with_those_there_are() -> None:
    done = _dev("check", "types", "tpyes")
    assert done.returncode == 1
    assert "There is no check 'tpyes'." in done.stderr
    for name in ("style", "imports", "house rules", "types of the tools"):
        assert name in done.stderr
    assert done.stdout == ""


def test_its_map_names_every_task() -> None:
    listed = re.findall(r"dev\.py (\w+)\s", _dev().stdout.split("\nArguments")[0])
    readme = text(ROOT / "packaging" / "README.md")
    assert [task for task in listed if f"`{task}`" not in readme] == [], "packaging/README.md lacks these tasks"


def test_ci_runs_the_commands_that_people_type() -> None:
    script = text(ROOT / ".ci" / "run")
    assert "python3 packaging/dev.py test" in script
    assert "python3 packaging/dev.py check" in script
