"""The one entry for everybody who works on Guitai: set up, run, test, check.

``python3 packaging/dev.py`` lists every task. Nothing but Python 3.11 and this checkout is needed to start; every task
sets up what it needs first.
"""

import io
import os
import shutil
import subprocess
import sys

OLDEST = (3, 11)


def _newer_python() -> "str | None":
    """Find a Python that is new enough under another name on this machine.

    This much of the file is also understood by Python 3.6.
    """
    for minor in range(14, OLDEST[1] - 1, -1):
        found = shutil.which(f"python3.{minor}")
        if found and subprocess.call([found, "-c", "import venv"], stderr=subprocess.DEVNULL) == 0:
            return found
    return None


if sys.version_info < OLDEST:
    # Everything below is imported only by a Python that is new enough to understand it.
    other = _newer_python()
    if other:
        os.execv(other, [other, *sys.argv])
    sys.exit(
        f"Guitai needs Python 3.11 or later; this is {sys.version.split()[0]} ({sys.executable}).\n"
        "On Debian 12 or Ubuntu 24.04 type: sudo apt-get install python3 python3-venv"
    )

from dev_common import Stop, say  # noqa: E402
from dev_tasks import TASKS  # noqa: E402


def _list_tasks() -> None:
    print("Guitai 柜台: tasks. Each sets up what it needs by itself.\n")
    width = max(len(task.name) for task in TASKS)
    for task in TASKS:
        print(f"  python3 packaging/dev.py {task.name:<{width}}  {task.summary}")
    print("\nArguments after the name go to the task: python3 packaging/dev.py test tests/unit -k money")


def main(arguments: list[str]) -> int:
    """Run the task named by the first argument.

    Args:
        arguments: the command line without the program's name.

    Returns:
        The exit code.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a console that knows no Chinese shows question marks instead
    if not arguments or arguments[0] in {"-h", "--help", "help"}:
        _list_tasks()
        return 0
    chosen = next((task for task in TASKS if task.name == arguments[0]), None)
    if chosen is None:
        _list_tasks()
        say(f"There is no task '{arguments[0]}'.")
        return 2
    if {"-h", "--help"} & set(arguments[1:]):
        print(f"python3 packaging/dev.py {chosen.name}: {chosen.summary}")
        return 0
    try:
        return chosen.action(arguments[1:])
    except Stop as stop:
        say(str(stop))
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
