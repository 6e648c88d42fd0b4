"""One device of the settings tried by itself, without the window."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable
from typing import Final

from pos_app.bootstrap.devices import scanner_for
from pos_app.bootstrap.displays import display_for
from pos_app.bootstrap.drawers import drawer_for
from pos_app.bootstrap.scales import scale_for
from pos_app.bootstrap.trials import print_trial, pulse
from pos_app.config import DeviceSettings, PrinterSettings, ScannerSettings, WireKind
from pos_app.errors import KnownError
from pos_app.runtime.displaying import Seen, SeenKind
from pos_app.runtime.weighing import Weight

ROLES: Final = ("printer", "stand_in", "drawer", "scanner", "scale", "display")
LISTEN_S: Final = 20.0
_SETTLE_S: Final = 2.0
Tell = Callable[[str | Weight | bool], None]


def try_device(devices: DeviceSettings, role: str, tell: Tell, *, listen_s: float | None = None) -> None:
    """Try what plays a role: print, open, show, or listen.

    Args:
        devices: The settings.
        role: One of ``ROLES``.
        tell: Told what a scanner reads, a scale weighs, or whether the drawer's sensor says that it is open.
        listen_s: How long scanners and scales are listened to; ``LISTEN_S`` where nothing is said.

    Raises:
        KnownError: ``device.role_unknown``, ``device.not_configured``, ``device.only_in_window``,
            ``device.not_tested`` with the reason; as the device's settings.
    """
    listen_s = LISTEN_S if listen_s is None else listen_s
    match role:
        case "printer":
            _print(devices.printer)
        case "stand_in":
            _print(devices.stand_in)
        case "drawer":
            _open(devices, tell)
        case "scanner":
            _scan(devices.scanners, tell, listen_s)
        case "scale":
            _weigh(devices, tell, listen_s)
        case "display":
            _show(devices)
        case _:
            raise KnownError("device.role_unknown", role=role, roles=", ".join(ROLES))


def _there(kind: WireKind) -> None:
    if kind is WireKind.NONE:
        raise KnownError("device.not_configured")
    if kind is WireKind.VIRTUAL:
        raise KnownError("device.only_in_window")


def _or_refuse(reason: str) -> None:
    if reason:
        raise KnownError("device.not_tested", reason=reason)


def _print(printer: PrinterSettings) -> None:
    _there(printer.kind)
    _or_refuse(print_trial(printer))


def _open(devices: DeviceSettings, tell: Tell) -> None:
    if devices.drawer.kind is WireKind.NONE:
        _there(devices.printer.kind)
        _or_refuse(pulse(devices.printer))
        return
    _there(devices.drawer.kind)
    drawer = drawer_for(devices.drawer)
    if drawer is None:
        raise KnownError("device.not_configured")
    states = _States()
    drawer.start(lambda is_open: None if is_open is None else tell(is_open), states.tell)
    try:
        _or_refuse(states.first())
        if not drawer.open_drawer():
            raise KnownError("device.not_tested", reason="offline")
        _or_refuse(states.first())
    finally:
        drawer.stop()


def _show(devices: DeviceSettings) -> None:
    _there(devices.display.kind)
    display = display_for(devices.display)
    if display is None:
        raise KnownError("device.not_configured")
    states = _States()
    display.start(states.tell)
    try:
        display.show(Seen(SeenKind.TOTAL, "12.34", "¥12.34", "GUITAI", "TOTAL"))
        _or_refuse(states.first())
    finally:
        display.stop()


def _weigh(devices: DeviceSettings, tell: Tell, listen_s: float) -> None:
    _there(devices.scale.kind)
    scale = scale_for(devices.scale)
    if scale is None:
        raise KnownError("device.not_configured")
    states = _States()
    scale.start(lambda said: None if said is None else tell(said), states.tell)
    try:
        scale.watch(on=True)
        _or_refuse(states.first())
        threading.Event().wait(listen_s)
    finally:
        scale.stop()


def _scan(scanners: tuple[ScannerSettings, ...], tell: Tell, listen_s: float) -> None:
    if not scanners:
        raise KnownError("device.not_configured")
    running = []
    states = _States()
    for each in scanners:
        _there(each.kind)
        scanner = scanner_for(each)
        if scanner is not None:
            thread = threading.Thread(target=scanner.run, args=(tell, states.tell), daemon=True)
            thread.start()
            running.append((scanner, thread))
    try:
        _or_refuse(states.first())
        threading.Event().wait(listen_s)
    finally:
        for scanner, thread in running:
            scanner.stop()
            thread.join(_SETTLE_S)


class _States:
    """What a device says of itself first."""

    def __init__(self) -> None:
        self._said: queue.SimpleQueue[tuple[str, str]] = queue.SimpleQueue()

    def tell(self, state: str, reason: str) -> None:
        self._said.put((state, reason))

    def first(self) -> str:
        """Why it does not work, or empty; silence is no complaint."""
        try:
            while True:
                state, reason = self._said.get(timeout=_SETTLE_S)
                if state == "error":
                    return reason or "offline"
                if state == "idle":
                    return ""
        except queue.Empty:
            return ""
