"""Translation catalogues: take new texts from the sources, compile, and see whether anything is left to translate."""

from __future__ import annotations

import shutil
import tempfile
import xml.etree.ElementTree as ET
from pathlib import Path

from dev_common import BIN, ON_WINDOWS, ROOT, Stop, capture, say, tail

CATALOGUES = ROOT / "resources" / "i18n"
# Only these packages speak to people through Qt; the rest carries codes.
SOURCES = ("pos_app",)


def _tool(name: str) -> Path:
    return BIN / (f"pyside6-{name}.exe" if ON_WINDOWS else f"pyside6-{name}")


def catalogues() -> list[Path]:
    """Every catalogue of the till."""
    return sorted(CATALOGUES.glob("*.ts"))


def source_files() -> list[Path]:
    """Every file that may hold a text for people."""
    return sorted(path for name in SOURCES for path in (ROOT / name).rglob("*.py"))


def compile_catalogues() -> None:
    """Make the ``.qm`` files that are older than their ``.ts``."""
    for source in catalogues():
        made = source.with_suffix(".qm")
        if made.exists() and made.stat().st_mtime >= source.stat().st_mtime:
            continue
        code, text = capture([_tool("lrelease"), "-silent", source, "-qm", made])
        if code != 0:
            raise Stop(
                f"{tail(text, 10)}\n{source.name} cannot be compiled. Mend it, then type: python3 packaging/dev.py i18n"
            )


def _update(targets: list[Path]) -> str:
    """Let Qt's lupdate put the texts of the sources into the catalogues; returns what it printed."""
    with tempfile.NamedTemporaryFile("w", suffix=".lst", encoding="utf-8", delete=False) as listing:
        listing.write("\n".join(str(path) for path in source_files()))
    try:
        # Line numbers would change with every edit and make two people's catalogues collide.
        command: list[str | Path] = [_tool("lupdate"), "-silent", "-locations", "none", "-no-obsolete"]
        command += [f"@{listing.name}", "-ts", *targets]
        code, text = capture(command)
    finally:
        Path(listing.name).unlink()
    if code != 0:
        raise Stop(f"{tail(text, 10)}\nThe texts cannot be read from the sources.")
    return text


def _messages(catalogue: Path) -> dict[tuple[str, str, str], ET.Element]:
    found: dict[tuple[str, str, str], ET.Element] = {}
    for context in ET.parse(catalogue).getroot().iter("context"):
        name = context.findtext("name", "")
        for message in context.iter("message"):
            translation = message.find("translation")
            if translation is not None and translation.get("type") in {"vanished", "obsolete"}:
                continue
            found[name, message.findtext("source", ""), message.findtext("comment", "")] = message
    return found


def _is_finished(message: ET.Element) -> bool:
    translation = message.find("translation")
    if translation is None or translation.get("type") == "unfinished":
        return False
    forms = translation.findall("numerusform")
    return all(form.text for form in forms) if forms else bool(translation.text)


def problems() -> list[str]:
    """What keeps the catalogues from being complete, one line each; nothing is written."""
    found: list[str] = []
    with tempfile.TemporaryDirectory(prefix="guitai-i18n-") as scratch:
        copies = [Path(shutil.copy(path, scratch)) for path in catalogues()]
        if not copies:
            return []
        _update(copies)
        for original, copy in zip(catalogues(), copies, strict=True):
            before, after = _messages(original), _messages(copy)
            found += [f"{original.name}: new text in {key[0]}: {key[1]!r}" for key in after if key not in before]
            found += [f"{original.name}: no longer used in {key[0]}: {key[1]!r}" for key in before if key not in after]
            unfinished = [key for key, message in before.items() if key in after and not _is_finished(message)]
            found += [f"{original.name}: not translated in {key[0]}: {key[1]!r}" for key in unfinished]
    return found


def task_i18n(arguments: list[str]) -> int:
    """The task ``i18n``: update the catalogues from the sources, compile them, list what is left to translate."""
    del arguments
    if not catalogues():
        say(f"There is no catalogue in {CATALOGUES.relative_to(ROOT)} yet.")
        return 0
    _update(catalogues())
    compile_catalogues()
    left = problems()
    for line in left:
        print(line)
    say(f"{len(left)} texts are left to translate." if left else "The catalogues are complete and compiled.")
    return 1 if left else 0
