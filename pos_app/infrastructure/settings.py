"""The settings file: typed, written whole or not at all, and never a reason not to start."""

from __future__ import annotations

import contextlib
import time
from pathlib import Path
from typing import Any, Final

import msgspec

from pos_app.config import Settings
from pos_app.errors import KnownError
from pos_app.infrastructure.atomic_files import write_atomically


class LoadedSettings(msgspec.Struct, frozen=True):
    """Settings as they were found.

    Attributes:
        settings: In force.
        set_aside: Where a file went that could not be read; None when all was well.
        refused: Names of fields whose values were not taken; their defaults are in force.
        is_new: There was no file.
    """

    settings: Settings
    set_aside: Path | None = None
    refused: tuple[str, ...] = ()
    is_new: bool = False


def load_settings(path: Path) -> LoadedSettings:
    """Read the settings.

    A file that is not JSON is kept beside itself and the till starts with defaults; of a file that is, every field
    that can be read is taken. Either way the result says so.
    """
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return LoadedSettings(Settings(), is_new=True)
    except OSError:
        return LoadedSettings(Settings(), set_aside=path)
    try:
        found = _devices_together(msgspec.json.decode(content))
    except msgspec.DecodeError:
        found = None
    try:
        return LoadedSettings(msgspec.convert(found, type=Settings))
    except msgspec.ValidationError:
        pass  # what can be read of it is taken below, field by field
    aside = _set_aside(path)
    if not isinstance(found, dict):
        return LoadedSettings(Settings(), set_aside=aside)
    refused: list[str] = []
    settings = _salvage(Settings, found, "", refused)
    return LoadedSettings(settings, set_aside=aside, refused=tuple(refused))


def save_settings(path: Path, settings: Settings) -> None:
    """Write the settings.

    Raises:
        KnownError: ``settings.not_saved``; the old file is then still there.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(path, msgspec.json.format(msgspec.json.encode(settings), indent=2) + b"\n")
    except OSError as error:
        raise KnownError("settings.not_saved") from error


def _devices_together(found: Any) -> Any:
    """The settings with printer and scanner among the devices; earlier versions had them beside the rest."""
    if not isinstance(found, dict) or "devices" in found or not {"printer", "scanner"} & found.keys():
        return found
    devices: dict[str, Any] = {}
    if "printer" in found:
        devices["printer"] = found["printer"]
    scanner = found.get("scanner")
    if isinstance(scanner, dict):
        devices["wedge"] = {name[6:]: value for name, value in scanner.items() if name.startswith("wedge_")}
        if scanner.get("device"):
            port = {name: scanner[name] for name in ("device", "baud") if name in scanner}
            devices["scanners"] = [{"kind": "serial", **port}]
    return {**{name: value for name, value in found.items() if name not in ("printer", "scanner")}, "devices": devices}


def _salvage(expected: Any, found: dict[str, Any], prefix: str, refused: list[str]) -> Any:
    """Take field by field what fits its type."""
    taken: dict[str, Any] = {}
    for field in msgspec.structs.fields(expected):
        if field.encode_name not in found:
            continue
        value, name = found[field.encode_name], prefix + field.name
        if isinstance(value, dict) and isinstance(field.type, type) and issubclass(field.type, msgspec.Struct):
            taken[field.name] = _salvage(field.type, value, f"{name}.", refused)
            continue
        try:
            taken[field.name] = msgspec.convert(value, type=field.type)
        except msgspec.ValidationError:
            refused.append(name)
    return expected(**taken)


_KEPT: Final = 5


def _set_aside(path: Path) -> Path:
    """Keep a broken file under another name, and the last few of them."""
    aside = path.with_name(f"{path.stem}.broken-{time.time_ns() // 1_000_000}{path.suffix}")
    with contextlib.suppress(OSError):
        path.replace(aside)
        for old in sorted(path.parent.glob(f"{path.stem}.broken-*{path.suffix}"))[:-_KEPT]:
            old.unlink(missing_ok=True)
    return aside
