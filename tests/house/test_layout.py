"""Rules about where things are."""

from __future__ import annotations

import ast
import importlib
import re
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

from fontTools.ttLib import TTFont
from house.house_tree import PACKAGES, ROOT, files, name, report, text, tree, under

FOLDERS = {"pos_app", "sync", "hardware", "resources", "tests", "packaging", ".ci"}
FILES = {"pyproject.toml", "README.md", "CHANGELOG.md", "LICENSE", ".gitignore", ".gitattributes", ".editorconfig"}


def test_the_top_level_is_fixed() -> None:
    """A reader learns the house once; new rooms go inside the rooms that are there."""
    found = {name(path).split("/", 1)[0] for path in files()}
    report(
        "The top level holds only the seven rooms and a few files. Put this inside one of them:",
        sorted(found - FOLDERS - FILES),
    )


def test_packaging_and_resources_are_no_packages() -> None:
    """``packaging`` is also a library that half of our tools import; as a package, ours would hide it."""
    report(
        "packaging/ and resources/ must not be importable packages. Delete:",
        [
            name(path)
            for path in files()
            if path.name == "__init__.py" and path.parts[len(ROOT.parts)] in {"packaging", "resources"}
        ],
    )


def test_no_tool_is_named_like_a_standard_module() -> None:
    """dev.py runs with packaging/ first on the path, so ``packaging/io.py`` would replace Python's own io."""
    report(
        "A file in packaging/ hides a module of the standard library. Rename:",
        [name(path) for path in under("packaging") if path.stem in sys.stdlib_module_names],
    )


def test_the_imported_packages_are_ours() -> None:
    """``sync`` and ``hardware`` exist on the package index, too; a till must never run those."""
    strangers = []
    for package in PACKAGES:
        where = Path(str(importlib.import_module(package).__file__)).resolve()
        if not where.is_relative_to(ROOT):
            strangers.append(f"{package} comes from {where}")
    report("These were not imported from this checkout. Uninstall the strangers:", strangers)


def test_every_room_has_a_map() -> None:
    """A newcomer opens a folder and wants to know what is where."""
    rooms = [*PACKAGES, "tests", "packaging", "resources"]
    report(
        "Each top-level folder has a README.md that is its map. Missing:",
        [f"{room}/README.md" for room in rooms if not (ROOT / room / "README.md").is_file()],
    )


def test_the_changelog_knows_this_version() -> None:
    """Users read it to learn what an update brings."""
    version = re.search(r'^__version__\s*(?::[^=]+)?=\s*"([^"]+)"', text(ROOT / "pos_app" / "version.py"), re.MULTILINE)
    assert version, "pos_app/version.py has no __version__"
    headings = re.findall(r"^## (.+)$", text(ROOT / "CHANGELOG.md"), re.MULTILINE)
    wanted = (version[1], "Unreleased")
    assert any(word in heading for heading in headings for word in wanted), (
        f"CHANGELOG.md has no section for {version[1]} nor one called Unreleased. Add it, in the users' words."
    )


def test_decision_records_say_when_to_think_again() -> None:
    """A decision without its reason is repeated or undone by accident."""
    offences = []
    for path in files():
        if path.suffix != ".md" or path.parent.name != "decisions" or path.name == "README.md":
            continue
        pairs = re.findall(r"^#+ (.+)$|^\*\*(.+?)\*\*", text(path), re.MULTILINE)
        headings = " ".join(heading or bold for heading, bold in pairs).lower()
        missing = [part for part in ("context", "choice", "change our mind") if part not in headings]
        if missing:
            offences.append(f"{name(path)}: no section {', '.join(missing)}")
        if not re.match(r"\d{3}-[a-z0-9-]+\.md$", path.name):
            offences.append(f"{name(path)}: the name is not NNN-title.md")
    report("A decision record has the sections Context, Choice and What would change our mind:", offences)


RESOURCE = re.compile(r"^[\w./-]+\.(otf|svg|qss|ts|png|ico|wav)$")


def test_named_resources_exist() -> None:
    """A typing error in a file's name shows only on the screen that needs it."""
    there = {path.name for path in files() if name(path).startswith("resources/")}
    offences = []
    for path in under("pos_app", "hardware"):
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and RESOURCE.match(node.value):
                wanted = node.value.rsplit("/", 1)[-1]
                if "resources" in text(path) and not wanted.startswith(".") and wanted not in there:
                    offences.append(f"{name(path)}:{node.lineno}: {node.value}")
    report("These files are named but are not in resources/:", offences)


def test_the_fonts_can_write_every_translation() -> None:
    """On a bare machine there is no other font: a character that ours lack is an empty box."""
    with TTFont(str(ROOT / "resources/fonts/NotoSansCJKsc-Regular-GBK.otf"), lazy=True) as font:
        regular = set(font.getBestCmap())
    with TTFont(str(ROOT / "resources/fonts/NotoSansCJKsc-Bold-GBK.otf"), lazy=True) as font:
        bold = set(font.getBestCmap())
    assert regular == bold, "Both weights must hold the same characters. Type: python3 packaging/dev.py fonts"
    offences = []
    for path in files():
        if path.suffix != ".ts" or not name(path).startswith("resources/i18n/"):
            continue
        for message in ET.parse(path).getroot().iter("message"):
            for character in set("".join(message.itertext())):
                if character.isprintable() and ord(character) not in regular:
                    offences.append(
                        f"{path.name}: {character!r} (U+{ord(character):04X}) in {message.findtext('source')!r}"
                    )
    report("Our fonts lack these characters. Use another sign, or add it in packaging/make_fonts.py:", offences)
