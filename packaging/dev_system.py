"""What the operating system must have: Qt's libraries and a few tools, found by trying, not by package names.

Only Debian's and Ubuntu's packages are known by name. On other Linuxes the message names the libraries.
"""

from __future__ import annotations

import ctypes
import importlib.util
import os
import re
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from dev_common import PRIVATE_LIBS, VENV, capture, environment, say

# Library file -> Debian package. Ubuntu 24.04 calls some of them ...t64; apt-get finds those under the old name.
QT_LIBRARIES = {
    "libEGL.so.1": "libegl1",
    "libGLdispatch.so.0": "libglvnd0",
    "libGLX.so.0": "libglx0",
    "libGL.so.1": "libgl1",
    "libX11.so.6": "libx11-6",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libgssapi_krb5.so.2": "libgssapi-krb5-2",
    "libbrotlidec.so.1": "libbrotli1",
    "libzstd.so.1": "libzstd1",
}
WINDOW_LIBRARIES = {
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-glx.so.0": "libxcb-glx0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xinerama.so.0": "libxcb-xinerama0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
}
DEVICE_LIBRARIES = {"libusb-1.0.so.0": "libusb-1.0-0"}
# Tools that tests drive the real window, and print, with. Without them those tests skip and say so.
TEST_TOOLS = {
    "Xvfb": "xvfb",
    "xdotool": "xdotool",
    "xwininfo": "x11-utils",
    "zbarimg": "zbar-tools",
    "umockdev-run": "umockdev",
    "cupsd": "cups",
    "lp": "cups-client",
}
# Debian keeps servers where only root looks.
_PLACES = os.pathsep.join([os.environ.get("PATH", os.defpath), "/usr/sbin", "/sbin"])


@dataclass(frozen=True, slots=True)
class Missing:
    """What this machine lacks.

    Attributes:
        vital: Debian packages without which nothing of Qt starts, or no environment can be made.
        window: packages without which no window opens on X11; off screen works.
        optional: packages without which some tests skip or USB devices stay unseen.
    """

    vital: tuple[str, ...]
    window: tuple[str, ...]
    optional: tuple[str, ...]

    @property
    def packages(self) -> list[str]:
        """All of them, each once."""
        return sorted({*self.vital, *self.window, *self.optional})


def _loads(library: str) -> bool:
    if (PRIVATE_LIBS / library).exists():
        return True
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def _absent(libraries: dict[str, str]) -> set[str]:
    return {package for library, package in libraries.items() if not _loads(library)}


def can_make_venv() -> bool:
    """Whether this Python has what ``python -m venv`` needs; Debian ships it in a package of its own."""
    return importlib.util.find_spec("ensurepip") is not None and importlib.util.find_spec("venv") is not None


def find_missing(*, need_venv: bool) -> Missing:
    """Look for what Qt and the tests need.

    Args:
        need_venv: an environment has yet to be made.
    """
    if not sys.platform.startswith("linux"):
        return Missing((), (), ())
    vital = _absent(QT_LIBRARIES)
    if need_venv and not can_make_venv():
        vital.add("python3-venv")
    window = _absent(WINDOW_LIBRARIES)
    unlisted = _qt_says_missing()
    if "libqoffscreen" in unlisted:
        vital |= unlisted["libqoffscreen"]
    if "libqxcb" in unlisted:
        window |= unlisted["libqxcb"] - vital
    tools = {package for tool, package in TEST_TOOLS.items() if not shutil.which(tool, path=_PLACES)}
    optional = _absent(DEVICE_LIBRARIES) | tools
    return Missing(tuple(sorted(vital)), tuple(sorted(window)), tuple(sorted(optional)))


def _qt_says_missing() -> dict[str, set[str]]:
    """Ask the loader what Qt's own files want, once they are installed: the tables above may be behind Qt."""
    known = QT_LIBRARIES | WINDOW_LIBRARIES
    result: dict[str, set[str]] = {}
    for plugin in VENV.glob("lib/python3*/site-packages/PySide6/Qt/plugins/platforms/*.so"):
        if plugin.stem not in {"libqxcb", "libqoffscreen"}:
            continue
        code, text = capture(["ldd", plugin])
        names = re.findall(r"^\s*(\S+) => not found", text, re.MULTILINE) if code == 0 else []
        result[plugin.stem] = {known.get(name) or _guess_package(name) for name in names}
    return result


def _guess_package(library: str) -> str:
    """Debian's naming rule: libfoo-bar.so.2 is in libfoo-bar2."""
    stem, _, version = library.partition(".so.")
    return stem.lower() + ("-" if stem[-1:].isdigit() else "") + version


def install_command(packages: list[str]) -> str:
    """The one command that a person types."""
    command = f"apt-get update && apt-get install -y --no-install-recommends {' '.join(packages)}"
    if shutil.which("sudo"):
        return f"sudo sh -c '{command}'"
    return f"su -c '{command}'"


def _privilege() -> list[str] | None:
    """The prefix that lets a command run as root, or None."""
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo") and capture(["sudo", "-n", "true"])[0] == 0:
        return ["sudo", "-n"]
    return None


def install(packages: list[str]) -> bool:
    """Install Debian packages if this user may.

    Returns:
        Whether it was tried and succeeded.
    """
    prefix = _privilege() if shutil.which("apt-get") else None
    if prefix is None:
        return False
    say(f"Installing {len(packages)} system packages: {' '.join(packages)}")
    quiet = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq", "-o", "DPkg::Lock::Timeout=300"]
    code, text = capture([*quiet, "update"])
    wanted = list(packages)
    code, text = capture([*quiet, "install", "-y", "--no-install-recommends", *wanted])
    if code != 0 and len(wanted) > 1:
        # One unknown name makes apt-get refuse the rest: go on one by one and keep what can be had.
        failed = [
            name for name in wanted if capture([*quiet, "install", "-y", "--no-install-recommends", name])[0] != 0
        ]
        if failed:
            say(f"Could not be installed: {' '.join(failed)}. {text.strip().splitlines()[-1] if text.strip() else ''}")
        return not failed
    if code != 0:
        say(f"apt-get could not install {wanted[0]}: {text.strip().splitlines()[-1] if text.strip() else code}")
    return code == 0


def unpack_privately(packages: list[str]) -> bool:
    """Fetch packages without installing them and put their libraries beside the environment.

    For a user who may not install anything: apt-get lets everybody download, and Qt finds the libraries through
    LD_LIBRARY_PATH, which ``dev.py`` and the ``guitai`` launcher set.

    Returns:
        Whether every package could be had.
    """
    if not (shutil.which("apt-get") and shutil.which("dpkg-deb")):
        return False
    # A simulated installation needs no rights and names what the packages need in turn.
    code, text = capture(["apt-get", "-s", "install", "--no-install-recommends", *packages])
    if code != 0:
        return False
    # Graphics drivers are large, and Qt's widgets draw without them.
    names = [
        name for name in re.findall(r"^Inst (\S+)", text, re.MULTILINE) if not re.search("mesa|llvm|drm|-data", name)
    ]
    with tempfile.TemporaryDirectory(prefix="guitai-libs-") as scratch:
        folder = Path(scratch)
        code, _ = capture(["apt-get", "-qq", "download", *names], folder=folder)
        if code != 0:
            return False
        for archive in folder.glob("*.deb"):
            capture(["dpkg-deb", "-x", archive, folder / "tree"])
        PRIVATE_LIBS.mkdir(parents=True, exist_ok=True)
        for library in [*folder.glob("tree/usr/lib/*/*.so*"), *folder.glob("tree/lib/*/*.so*")]:
            target = PRIVATE_LIBS / library.name
            if not target.exists():
                shutil.copy(library, target)
    return True


def qt_starts(python: Path) -> str | None:
    """Try Qt off screen.

    Returns:
        None when it works, otherwise what it said.
    """
    program = "from PySide6.QtWidgets import QApplication; QApplication([])"
    try:
        done = subprocess.run(
            [str(python), "-c", program],
            env={**environment(), "QT_QPA_PLATFORM": "offscreen"},
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return str(error)
    return None if done.returncode == 0 else (done.stderr.strip() or f"exit code {done.returncode}")
