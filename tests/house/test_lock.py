"""Rules about the pinned packages: the lock agrees with pyproject.toml and installs on every machine we promise."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass

from house.house_tree import ROOT, report, text
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

MEND = "Type: python3 packaging/dev.py lock"
# Names that our own folders bear; on the index they belong to strangers.
OUR_NAMES = {"sync", "hardware", "resources", "pos-app", "tests", "guitai-pos", "guitai"}


@dataclass(frozen=True)
class Pin:
    name: str
    version: Version
    hashes: int
    line: str


LOCKS = ("requirements.txt", "requirements-head-office.txt", "requirements-dev.txt")


def _read(file: str) -> dict[str, Pin]:
    pins: dict[str, Pin] = {}
    joined = text(ROOT / "packaging" / file).replace("\\\n", " ")
    for line in joined.splitlines():
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        found = re.match(r"([A-Za-z0-9._-]+)==(\S+)", line)
        assert found, f"{file}: this line pins nothing: {line[:80]}. {MEND}"
        name = canonicalize_name(found[1])
        pins[name] = Pin(name, Version(found[2]), line.count("--hash=sha256:"), line)
    return pins


def _project() -> dict[str, object]:
    return tomllib.loads(text(ROOT / "pyproject.toml"))["project"]


def _disagreements(wanted: list[str], pins: dict[str, Pin]) -> list[str]:
    found = []
    for requirement in map(Requirement, wanted):
        pin = pins.get(canonicalize_name(requirement.name))
        if pin is None:
            found.append(f"{requirement} is not in the lock")
        elif not requirement.specifier.contains(pin.version, prereleases=True):
            found.append(f"{requirement} is locked at {pin.version}")
    return found


def test_the_runtime_lock_has_every_dependency() -> None:
    report(
        f"The lock is behind pyproject.toml. {MEND}",
        _disagreements(_project()["dependencies"], _read("requirements.txt")),
    )


def test_the_servers_lock_has_every_dependency() -> None:
    project = _project()
    wanted = [*project["dependencies"], *project["optional-dependencies"]["head-office"]]
    report(f"The lock is behind pyproject.toml. {MEND}", _disagreements(wanted, _read("requirements-head-office.txt")))


def test_the_development_lock_has_every_dependency() -> None:
    project = _project()
    extras = project["optional-dependencies"]
    dev = [each for each in extras["dev"] if not each.startswith("guitai-pos[")]
    wanted = [*project["dependencies"], *extras["head-office"], *dev]
    report(f"The lock is behind pyproject.toml. {MEND}", _disagreements(wanted, _read("requirements-dev.txt")))


def test_what_is_tested_is_what_is_shipped() -> None:
    """All locks pin the same versions."""
    shipped, tested = _read("requirements.txt"), _read("requirements-dev.txt")
    shipped |= _read("requirements-head-office.txt")
    offences = [
        f"{name}: ships {pin.version}, tested with {tested[name].version if name in tested else 'nothing'}"
        for name, pin in shipped.items()
        if name not in tested or tested[name].version != pin.version
    ]
    report(f"The two locks disagree. {MEND}", offences)


def test_every_package_is_pinned_with_hashes() -> None:
    """pip then refuses anything that is not byte for byte what was locked."""
    for file in LOCKS:
        report(f"{file}: no hash. {MEND}", [pin.name for pin in _read(file).values() if pin.hashes == 0])


def test_the_lock_names_no_host_and_no_machine() -> None:
    """It must install from whatever index the machine is set up for."""
    for file in LOCKS:
        content = text(ROOT / "packaging" / file)
        bad = re.findall(
            r"\S*://\S*|^\s*-{1,2}(?:extra-)?(?:index-url|find-links|i|f)\b.*|/tmp/\S*", content, re.MULTILINE
        )
        report(f"{file} names a place. {MEND}", bad)


def test_no_stranger_bears_our_names() -> None:
    """``sync`` and ``hardware`` exist on the index; installed, they could be imported instead of ours."""
    report("Remove these from the dependencies:", sorted(OUR_NAMES.intersection(_read("requirements-dev.txt"))))


def test_pyside_stays_below_6_12() -> None:
    """6.12.0 aborts on Python 3.11 after some hundred signal emissions, each of which loses a reference to True."""
    pins = _read("requirements.txt")
    for name in ("pyside6-essentials", "shiboken6"):
        assert pins[name].version < Version("6.12"), f"{name} {pins[name].version}: see pyproject.toml. {MEND}"


def test_the_whole_of_qt_is_not_pulled_in() -> None:
    """PySide6 with all add-ons is 600 MB more, of which the till uses nothing."""
    report(
        "Only PySide6-Essentials is used:",
        sorted({"pyside6", "pyside6-addons"}.intersection(_read("requirements.txt"))),
    )
