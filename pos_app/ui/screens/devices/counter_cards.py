"""How each device stands, as cards: no Qt of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pos_app.config import ScreenPlace, Wire, WireKind
from pos_app.domain.quantity import UNIT_MILLI
from pos_app.runtime.device_board import DeviceRole
from pos_app.runtime.displaying import Seen, SeenKind
from pos_app.runtime.weighing import WeightState
from pos_app.ui.device_words import printer_notice
from pos_app.ui.screens.devices.state import DeviceCard, DeviceKind
from pos_app.ui.state import Notice, Tone

if TYPE_CHECKING:
    from pos_app.runtime.device_board import DeviceStanding
    from pos_app.ui.desk import Desk

#: What a display is tried with: every place of eight figures is used, and no two neighbours look alike.
SAMPLE_AMOUNT: Final = "123456.78"


def sample_seen() -> Seen:
    """What a display is tried with."""
    return Seen(SeenKind.TOTAL, SAMPLE_AMOUNT, "¥123,456.78", "欢迎光临 ABC 123", "合计")


def printer_card(desk: Desk, *, testing: bool) -> DeviceCard:
    """The receipts' printer."""
    settings, status = desk.settings.devices.printer, desk.printing.status
    if settings.kind is WireKind.NONE:
        return DeviceCard(DeviceKind.PRINTER, can_test=False)
    tone, notice = Tone.SUCCESS, None
    if status.failed:
        tone = Tone.DANGER
    elif not status.ready:
        tone = Tone.WARNING
    if status.reason:
        notice = printer_notice(status.reason, tone)
    return DeviceCard(DeviceKind.PRINTER, tone, settings.where, notice, can_test=not testing, testing=testing)


def scanner_card(desk: Desk, last_scan: str, testing: bool) -> DeviceCard:
    """All scanners, with what was read last."""
    device = ", ".join(each.where for each in desk.settings.devices.scanners)
    wrong = next((each for each in desk.devices.standings(DeviceRole.SCANNER) if each.is_wrong), None)
    gone, reason = wrong is not None, "" if wrong is None else wrong.reason
    tone = Tone.WARNING if gone else Tone.SUCCESS if device or last_scan else Tone.NEUTRAL
    notice = Notice(Tone.WARNING, "scanner.gone", {"reason": reason}) if gone else None
    # A scanner is tried by scanning; its button prints the sheet of codes that press keys.
    can_print = desk.settings.devices.printer.kind is not WireKind.NONE and not testing
    return DeviceCard(DeviceKind.SCANNER, tone, device, notice, last_scan, can_test=can_print)


def drawer_card(desk: Desk) -> DeviceCard:
    """The cash drawer: at a wire of its own, or as ready as the printer it hangs on."""
    wire, is_open = desk.settings.devices.drawer, desk.drawer.is_open
    if wire.kind is not WireKind.NONE:
        standing = _standing(desk, DeviceRole.DRAWER)
        notice = _notice(standing, "drawer.gone", wire)
        return DeviceCard(
            DeviceKind.DRAWER, _tone(standing), wire.where, notice, is_open=is_open, can_test=desk.drawer.has_wire
        )
    has_printer = desk.settings.devices.printer.kind is not WireKind.NONE
    ready = desk.printing.status.ready
    tone = (Tone.SUCCESS if ready else Tone.WARNING) if has_printer else Tone.NEUTRAL
    return DeviceCard(DeviceKind.DRAWER, tone, is_open=is_open, can_test=has_printer)


def scale_card(desk: Desk) -> DeviceCard | None:
    """The scale with what lies on it; None where none is set up."""
    wire = desk.settings.devices.scale
    if wire.kind is WireKind.NONE:
        return None
    standing = _standing(desk, DeviceRole.SCALE)
    garbled = standing is not None and standing.reason == "protocol"
    notice = _notice(standing, "scale.garbled" if garbled else "scale.gone", wire, reason=wire.protocol)
    weight, last = desk.scale.weight, ""
    if weight is not None and weight.state in (WeightState.STABLE, WeightState.MOVING):
        last = f"{weight.grams // UNIT_MILLI}.{weight.grams % UNIT_MILLI:03d} kg"
    elif weight is not None and weight.state is not WeightState.ZERO and notice is None:
        notice = Notice(Tone.WARNING, _UNUSABLE[weight.state])
    return DeviceCard(DeviceKind.SCALE, _tone(standing), wire.where, notice, last, can_test=False)


def display_card(desk: Desk) -> DeviceCard | None:
    """The customer's display; None where none is set up."""
    wire = desk.settings.devices.display
    if wire.kind is WireKind.NONE:
        return None
    standing = _standing(desk, DeviceRole.DISPLAY)
    notice = _notice(standing, "display.gone", wire, model=wire.model)
    return DeviceCard(DeviceKind.DISPLAY, _tone(standing), wire.where, notice, can_test=desk.display.is_set_up)


def customer_screen_card(desk: Desk) -> DeviceCard:
    """The customer's screen; in a window it can be looked at whether it is set up or not."""
    kind, wanted = DeviceKind.CUSTOMER_SCREEN, desk.settings.devices.customer_screen
    if wanted.place is ScreenPlace.OFF:
        return DeviceCard(kind)
    if wanted.place is ScreenPlace.WINDOW:
        return DeviceCard(kind, Tone.SUCCESS)
    standing = _standing(desk, DeviceRole.CUSTOMER_SCREEN)
    notice = None
    if standing is not None and standing.is_wrong:
        code = "none_free" if not wanted.monitor else standing.reason
        notice = Notice(Tone.WARNING, f"customer_screen.{code}", {"monitor": wanted.monitor})
    return DeviceCard(kind, _tone(standing), wanted.monitor, notice)


_UNUSABLE: Final = {
    WeightState.NEGATIVE: "scale.negative",
    WeightState.OVERLOAD: "scale.overload",
    WeightState.UNIT: "scale.wrong_unit",
}


def _standing(desk: Desk, role: DeviceRole) -> DeviceStanding | None:
    return next(iter(desk.devices.standings(role)), None)


def _tone(standing: DeviceStanding | None) -> Tone:
    if standing is None:
        return Tone.INFO  # it is being looked for
    return Tone.WARNING if standing.is_wrong else Tone.SUCCESS


def _notice(standing: DeviceStanding | None, gone: str, wire: Wire, **details: str) -> Notice | None:
    """Why a device is not ready; a code of the till's own is told as it is, a reason of the device's as gone."""
    if standing is None or not standing.is_wrong:
        return None
    if standing.reason == "device.not_configured":
        return Notice(Tone.WARNING, "device.no_address")
    return Notice(Tone.WARNING, standing.reason if "." in standing.reason else gone, {**details, "place": wire.where})
