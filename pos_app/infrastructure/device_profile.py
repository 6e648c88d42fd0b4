"""A till's devices as a file that other tills can take: JSON with a version."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import msgspec

from pos_app.config import DeviceSettings, PrinterSettings, Wire
from pos_app.errors import KnownError
from pos_app.infrastructure.atomic_files import write_atomically

_KIND: Final = "guitai-devices"
_VERSION: Final = 1
#: Larger is no profile.
_MOST_BYTES: Final = 262_144
_MOST_BAUD: Final = 4_000_000
_MOST_PORT: Final = 65_535
_MOST_ID: Final = 0xFFFF


class DeviceProfile(msgspec.Struct, frozen=True):
    """The file.

    Attributes:
        kind: What this file is.
        version: Of its form.
        devices: All devices of the till.
    """

    kind: str
    version: int
    devices: DeviceSettings


def profile_bytes(devices: DeviceSettings) -> bytes:
    """The content of the file."""
    return msgspec.json.format(msgspec.json.encode(DeviceProfile(_KIND, _VERSION, devices)), indent=2) + b"\n"


def write_profile(path: Path, devices: DeviceSettings) -> None:
    """Write the file; an older one of this name is replaced whole.

    Raises:
        KnownError: ``file.not_written``.
    """
    try:
        write_atomically(path, profile_bytes(devices))
    except OSError as error:
        raise KnownError("file.not_written", reason=str(error)) from error


def read_profile(path: Path) -> DeviceSettings:
    """Read a file and check it.

    Raises:
        KnownError: ``profile.unreadable``, ``profile.none``, ``profile.too_new``, ``profile.wrong`` with the place.
    """
    try:
        with path.open("rb") as file:
            content = file.read(_MOST_BYTES + 1)
    except OSError as error:
        raise KnownError("profile.unreadable", reason=str(error)) from error
    found = _decoded(content)
    version = found.get("version")
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        raise KnownError("profile.none")
    if version > _VERSION:
        raise KnownError("profile.too_new", version=version)
    try:
        devices = msgspec.convert(found, type=DeviceProfile).devices
    except msgspec.ValidationError as error:
        raise KnownError("profile.wrong", reason=str(error)) from error
    for place, wire in wires_of(devices):
        wrong = _wrong(wire)
        if wrong:
            raise KnownError("profile.wrong", reason=f"{place}.{wrong}")
    return devices


def wires_of(devices: DeviceSettings) -> Iterator[tuple[str, Wire]]:
    """All ways to devices, each with its place in the settings."""
    yield from (
        ("printer", devices.printer),
        ("stand_in", devices.stand_in),
        *((f"copies[{number}]", each.printer) for number, each in enumerate(devices.copies)),
        *((f"scanners[{number}]", each) for number, each in enumerate(devices.scanners)),
        ("scale", devices.scale),
        ("display", devices.display),
        ("drawer", devices.drawer),
    )


def _decoded(content: bytes) -> dict[str, Any]:
    if len(content) > _MOST_BYTES:
        raise KnownError("profile.none")
    try:
        found = msgspec.json.decode(content)
    except (msgspec.DecodeError, RecursionError):
        raise KnownError("profile.none") from None
    if not isinstance(found, dict) or found.get("kind") != _KIND or not isinstance(found.get("devices"), dict):
        raise KnownError("profile.none")
    return found


def _wrong(wire: Wire) -> str:
    """The field that cannot be, or empty."""
    checks = {
        "port": 1 <= wire.port <= _MOST_PORT,
        "baud": 1 <= wire.baud <= _MOST_BAUD,
        "data_bits": wire.data_bits in (7, 8),
        "stop_bits": wire.stop_bits in (1, 2),
        "parity": wire.parity in ("N", "E", "O"),
        "flow": wire.flow in ("none", "rts_cts", "dsr_dtr", "xon_xoff"),
        "vendor": 0 <= wire.vendor <= _MOST_ID,
        "product": 0 <= wire.product <= _MOST_ID,
    }
    if isinstance(wire, PrinterSettings):
        checks |= {
            "paper_mm": wire.paper_mm in (58, 80),
            "charset": wire.charset in ("gbk", "gb18030", "utf8", "raster"),
            "drawer_pin": wire.drawer_pin in (2, 5),
            "columns": wire.columns in (0, 32, 42, 48),
        }
    return next((name for name, good in checks.items() if not good), "")


def taken_over(profile: DeviceSettings, before: DeviceSettings) -> DeviceSettings:
    """The devices of a profile at this till; a sheet of keys that was printed here goes on working with them."""
    return profile if profile.key_mark else msgspec.structs.replace(profile, key_mark=before.key_mark)
