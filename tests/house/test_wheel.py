"""What a built package contains."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from typing import TYPE_CHECKING

import pytest
from house.house_tree import ROOT, files, name

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.slow
def test_the_wheel_holds_our_packages_and_the_resources(tmp_path: Path) -> None:
    """Tests, tools and stray folders must not land in site-packages, where their names belong to others."""
    done = subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        inside = set(archive.namelist())
    tops = {entry.split("/", 1)[0] for entry in inside}
    information = {top for top in tops if top.endswith(".dist-info")}
    assert tops - information == {"pos_app", "sync", "hardware"}
    assert len(information) == 1
    wanted = {
        "pos_app/_resources/" + name(path).removeprefix("resources/")
        for path in files()
        if name(path).startswith("resources/")
    }
    assert wanted - inside == set(), "resources are missing from the wheel"
    sources = {name(path) for path in files() if path.suffix == ".py" and name(path).split("/")[0] in tops}
    assert sources - inside == set(), "modules are missing from the wheel"
    assert not {entry for entry in inside if "__pycache__" in entry}
