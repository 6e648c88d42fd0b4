"""Set-up of a checkout: system libraries, environment, locked packages, translations, npm packages.

It may be called before every task: when nothing is to do it only compares a few hashes.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import dev_system
from dev_common import (
    BIN,
    ON_WINDOWS,
    OUR_PACKAGES,
    PACKAGING,
    PRIVATE_LIBS,
    PYTHON,
    ROOT,
    VENV,
    Stop,
    capture,
    environment,
    has_display,
    say,
    tail,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

LOCK = PACKAGING / "requirements-dev.txt"
STAMP = VENV / "guitai-stamp.json"
NPOS = ROOT / "tests" / "golden" / "npos"
# Raise this when the set-up itself changes in a way that existing environments must follow.
SETUP_VERSION = 1


def _digest(*files: Path) -> str:
    result = hashlib.sha256()
    for file in files:
        if file.is_file():
            result.update(file.read_bytes())
    return result.hexdigest()


def _expected_stamp() -> dict[str, object]:
    return {"version": SETUP_VERSION, "lock": _digest(LOCK), "root": str(ROOT)}


def _read_stamp() -> dict[str, object]:
    try:
        found = json.loads(STAMP.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


@contextlib.contextmanager
def _alone() -> Iterator[None]:
    """Keep two set-ups of one checkout apart; the second waits and then finds nothing to do."""
    if ON_WINDOWS:
        yield
        return
    import fcntl

    VENV.mkdir(exist_ok=True)
    with (VENV / "guitai-setup.lock").open("w") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            say("Another set-up of this checkout is running; waiting for it.")
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def _kind(*, for_tests: bool) -> str:
    return "test" if for_tests else "run"


def _lacking(missing: dev_system.Missing) -> dict[str, list[str]]:
    """The packages that are still wanted, by what they are wanted for."""
    return {"run": sorted({*missing.vital, *missing.window}), "test": missing.packages}


def _environment_is_current(stamp: dict[str, object]) -> bool:
    return PYTHON.exists() and all(stamp.get(key) == value for key, value in _expected_stamp().items())


def ensure(*, anew: bool = False, for_tests: bool = False) -> None:
    """Make the checkout ready to run.

    Args:
        anew: throw the environment away first.
        for_tests: also see to what only tests need (test tools, npm packages).

    Raises:
        Stop: when something must be done by hand first; its message is the one command to type.
    """
    if anew and VENV.exists():
        shutil.rmtree(VENV)
    stamp = _read_stamp()
    lacking = stamp.get("lacking")
    complete = isinstance(lacking, dict) and not lacking.get(_kind(for_tests=for_tests))
    if not (complete and _environment_is_current(stamp)):
        with _alone():
            _set_up(for_tests=for_tests)
    if for_tests:
        ensure_npm()


def _set_up(*, for_tests: bool) -> None:
    stamp = _read_stamp()
    current = _environment_is_current(stamp)
    missing = dev_system.find_missing(need_venv=not PYTHON.exists())
    wanted = _lacking(missing)[_kind(for_tests=for_tests)]
    if wanted and stamp.get("refused") != wanted and dev_system.install(wanted):
        missing = dev_system.find_missing(need_venv=not PYTHON.exists())
    if not current:
        _make_environment(missing)
        _install_lock()
        _link_checkout()
        missing = dev_system.find_missing(need_venv=False)  # now Qt's own files can be asked, too
        new = sorted({*missing.vital, *missing.window} - set(wanted))
        if new and dev_system.install(new):
            missing = dev_system.find_missing(need_venv=False)
    if missing.vital or (missing.window and has_display()):
        missing = _unpack_privately(missing)
    lacking = _lacking(missing)
    refused = lacking[_kind(for_tests=for_tests)]
    found: dict[str, object] = {**_expected_stamp(), "lacking": lacking, "refused": refused}
    if found != stamp:
        STAMP.write_text(json.dumps(found, indent=1), encoding="utf-8")
    if not current or missing.vital:
        _check_qt(missing)
    if found != stamp or (missing.window and has_display()):
        _advise(missing, for_tests=for_tests)  # not again and again


def _advise(missing: dev_system.Missing, *, for_tests: bool) -> None:
    command = dev_system.install_command(missing.packages)
    if missing.window:
        say(f"No window opens here until Qt's X11 libraries are installed; off screen works. Type:\n  {command}")
    elif for_tests and missing.optional:
        say(f"Some tests will skip for want of tools. To have them all, type:\n  {command}")


def _unpack_privately(missing: dev_system.Missing) -> dev_system.Missing:
    """Help a user who may not install: unpack the libraries beside the environment. Each may want more of them."""
    for _ in range(6):
        wanted = [*missing.vital, *(missing.window if has_display() else ())]
        if not wanted or not dev_system.unpack_privately(wanted):
            break
        again = dev_system.find_missing(need_venv=False)
        if again == missing:
            break
        missing = again
    if PRIVATE_LIBS.is_dir() and not missing.vital:
        say(f"Qt's libraries were unpacked into {PRIVATE_LIBS.relative_to(ROOT)}: this user may not install them.")
    return missing


def _check_qt(missing: dev_system.Missing) -> None:
    trouble = dev_system.qt_starts(PYTHON)
    if trouble is None:
        return
    packages = missing.packages or sorted({*dev_system.QT_LIBRARIES.values()})
    raise Stop(
        f"Qt does not start on this machine: {trouble.splitlines()[-1]}\n"
        f"Type this one command, then the same again:\n  {dev_system.install_command(packages)}"
    )


def _base_python_works() -> bool:
    return PYTHON.exists() and capture([PYTHON, "-c", "import pip"])[0] == 0


def _make_environment(missing: dev_system.Missing) -> None:
    if _base_python_works():
        return
    say(f"Making the environment in {VENV.name}")
    for leftover in ("bin", "lib", "lib64", "include", "Scripts", "Lib", "pyvenv.cfg"):
        path = VENV / leftover
        if path.is_symlink() or path.is_file():
            path.unlink()
        elif path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
    problem = ""
    if dev_system.can_make_venv():
        code, problem = capture([sys.executable, "-m", "venv", VENV])
        if code == 0:
            return
    # Debian's Python without python3-venv: another tool on this machine may still do it.
    if capture([sys.executable, "-m", "venv", "--without-pip", VENV])[0] == 0:
        code, _ = capture([sys.executable, "-m", "pip", "--python", PYTHON, "install", "--quiet", "pip"])
        if code == 0 and _base_python_works():
            return
    for maker in ([sys.executable, "-m", "virtualenv"], ["virtualenv"], ["uv", "venv", "--seed", "--allow-existing"]):
        if capture([*maker, VENV])[0] == 0 and _base_python_works():
            return
    packages = sorted({*missing.packages, "python3-venv"})
    raise Stop(
        "No Python environment can be made here"
        + (f" ({problem.strip().splitlines()[-1]})" if problem.strip() else "")
        + f". Type this one command, then the same again:\n  {dev_system.install_command(packages)}"
    )


def _install_lock() -> None:
    count = sum(1 for line in LOCK.read_text(encoding="utf-8").splitlines() if "==" in line)
    say(f"Installing {count} Python packages (a minute or two)")
    command: list[str | Path] = [PYTHON, "-m", "pip", "install", "--quiet", "--no-input", "--disable-pip-version-check"]
    # Only ready-made packages: a newcomer's machine has no compiler, and nothing is run that was not locked.
    command += ["--only-binary=:all:", "--require-hashes", "--requirement", LOCK]
    code, text = capture(command)
    if code != 0:
        code, text = capture(command)  # a hiccup of the network deserves one more try
    if code != 0:
        raise Stop(
            f"{tail(text, 15)}\nThe Python packages could not be installed. Is the package index reachable? "
            "Then type: python3 packaging/dev.py setup"
        )
    # pip may be told not to write bytecode; without it the till takes twice as long to start.
    compile_bytecode(next(iter(VENV.glob("lib/python3*/site-packages")), VENV / "Lib" / "site-packages"))


def compile_bytecode(*folders: Path) -> None:
    """Compile to bytecode what has changed, also where the environment forbids Python to do so by itself."""
    env = environment()
    env.pop("PYTHONDONTWRITEBYTECODE", None)
    # Exit codes are of no interest: some packages ship templates that are no valid Python.
    capture([PYTHON, "-m", "compileall", "-q", "-j", "0", *folders], env=env)


def compile_ours() -> None:
    """Compile our own packages before a run whose start is looked at."""
    folders = [ROOT / name for name in OUR_PACKAGES]
    if all(_compiled(folder) for folder in folders):
        return
    compile_bytecode(*folders)


def _compiled(folder: Path) -> bool:
    tag = _cache_tag()
    for source in folder.rglob("*.py"):
        cached = source.parent / "__pycache__" / f"{source.stem}.{tag}.pyc"
        try:
            if cached.stat().st_mtime < source.stat().st_mtime:
                return False
        except OSError:
            return False
    return True


def _cache_tag() -> str:
    library = next(iter(VENV.glob("lib/python3.*")), None)
    return (
        f"cpython-{library.name.removeprefix('python').replace('.', '')}" if library else sys.implementation.cache_tag
    )


def _link_checkout() -> None:
    """Make the environment find the checkout from any folder, and give it a ``guitai`` command."""
    packages = next(iter(VENV.glob("lib/python3*/site-packages")), VENV / "Lib" / "site-packages")
    (packages / "guitai-checkout.pth").write_text(f"{ROOT}\n", encoding="utf-8")
    if ON_WINDOWS:
        (BIN / "guitai.cmd").write_text(f'@"{PYTHON}" -m pos_app %*\r\n', encoding="utf-8")
        return
    launcher = BIN / "guitai"
    launcher.write_text(
        "#!/bin/sh\n"
        f'if [ -d "{PRIVATE_LIBS}" ]; then\n'
        f'  LD_LIBRARY_PATH="{PRIVATE_LIBS}${{LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}}"\n'
        "  export LD_LIBRARY_PATH\n"
        "fi\n"
        f'exec "{PYTHON}" -m pos_app "$@"\n',
        encoding="utf-8",
    )
    launcher.chmod(0o755)


def ensure_npm(folder: Path = NPOS, what: str = "the receipt decoder for the tests") -> bool:
    """Install locked npm packages into their folder where Node is there.

    Args:
        folder: with ``package.json`` and ``package-lock.json``.
        what: for people; what needs them skips or is left out where they cannot be had.

    Returns:
        Whether they are there.
    """
    lock = folder / "package-lock.json"
    if not lock.is_file():
        return False
    stamp = folder / "node_modules" / ".guitai-stamp"
    wanted = _digest(folder / "package.json", lock)
    with contextlib.suppress(OSError):  # no stamp: not installed yet
        if stamp.read_text(encoding="utf-8") == wanted:
            return True
    if not (shutil.which("node") and shutil.which("npm")):
        say(f"Node and npm are not here: going on without {what}.")
        return False
    say(f"Installing {what} (npm)")
    env = environment()
    env["npm_config_update_notifier"] = "false"
    code, text = capture(
        ["npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts"], env=env, folder=folder, timeout_s=600
    )
    if code != 0:
        say(f"npm could not install it; going on without {what}: {tail(text, 2)}")
        return False
    stamp.write_text(wanted, encoding="utf-8")
    return True


def task_setup(arguments: list[str]) -> int:
    """The task ``setup``; ``--anew`` starts from nothing."""
    already = bool(_read_stamp()) and "--anew" not in arguments
    before = STAMP.stat().st_mtime if already and STAMP.exists() else 0.0
    ensure(anew="--anew" in arguments, for_tests=True)
    unchanged = already and STAMP.stat().st_mtime == before
    say(
        "Nothing to do: everything is set up."
        if unchanged
        else "Everything is set up. Next: python3 packaging/dev.py run"
    )
    return 0
