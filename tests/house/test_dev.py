"""dev.py is the first thing a newcomer meets."""

from __future__ import annotations

import re
import subprocess
import sys

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


def test_its_map_names_every_task() -> None:
    listed = re.findall(r"dev\.py (\w+)\s", _dev().stdout.split("\nArguments")[0])
    readme = text(ROOT / "packaging" / "README.md")
    assert [task for task in listed if f"`{task}`" not in readme] == [], "packaging/README.md lacks these tasks"


def test_ci_runs_the_commands_that_people_type() -> None:
    script = text(ROOT / ".ci" / "run")
    assert "python3 packaging/dev.py test" in script
    assert "python3 packaging/dev.py check" in script
