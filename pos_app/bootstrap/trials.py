"""What the wizard wants done, done with the devices themselves: looked for, tried, listened to."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

import msgspec

from pos_app.application.device_wizard.acts import Samples
from pos_app.application.device_wizard.state import (
    KNOWN_CODE,
    PRINTER_SPEEDS,
    Candidate,
    Done,
    FindScales,
    Heard,
    LightLamp,
    Look,
    Looked,
    OpenBox,
    OpenDrawer,
    PrintCode,
    PrintSpeeds,
    PrintTrial,
    ScalesFound,
    ShowNumbers,
    Trial,
)
from pos_app.bootstrap import counter_trials
from pos_app.bootstrap.devices import decoder_for, font_source, printer_profile, printer_transport
from pos_app.bootstrap.wires import transport_of
from pos_app.config import PrinterSettings, Wire, WireKind, usb_parts
from pos_app.errors import KnownError

if TYPE_CHECKING:
    from hardware.discovery import Discovery, Found
    from hardware.ports import Transport
    from hardware.scanners.finding import Node, ScannerFinder, ScannerHeard
    from hardware.virtual.printer import VirtualPrinter

_JOB: Final = "trial"
_LONGEST_CODE: Final = 512


def do(act: Trial, virtual: VirtualPrinter | None = None) -> Looked | Done | ScalesFound:
    """Do what the wizard wants; waits up to some seconds.

    Args:
        act: What.
        virtual: The printer made of software, where there is one.
    """
    match act:
        case Look():
            return Looked(candidates(look()))
        case PrintSpeeds(printer=printer):
            return Done(print_speeds(printer))
        case PrintTrial(printer=printer):
            return Done(print_trial(printer, virtual))
        case OpenDrawer(printer=printer):
            return Done(pulse(printer, virtual))
        case PrintCode(printer=printer, code=code):
            return Done(print_code(printer, code, virtual))
        case OpenBox(drawer=drawer):
            return Done(counter_trials.open_box(drawer))
        case ShowNumbers(wire=wire):
            return Done(counter_trials.show_numbers(wire))
        case LightLamp(display=display):
            return Done(counter_trials.light_lamp(display))
        case FindScales(but=but):
            return ScalesFound(counter_trials.find_scales(look(), but))


def samples() -> Samples:
    """What right papers look like."""
    from hardware.printers.barcodes import ean13_bits, qr_matrix
    from hardware.printers.trial_page import LINES, QR_TEXT, RULERS, ruler

    lines = {number: text.partition(" ")[2] for number, text in LINES.items()}
    lines |= {number: ruler(number)[1:] for number in RULERS}
    qr = tuple(tuple(row) for row in qr_matrix(QR_TEXT.encode("ascii")))
    return Samples(lines, qr, ean13_bits(KNOWN_CODE))


def look() -> Discovery:
    """What is connected; waits up to a few seconds."""
    from hardware.discovery import discover

    return discover()


def wire_of(found: Found) -> Wire:
    """The settings of the way to what was found."""
    kind = WireKind(found.way.value)
    match kind:
        case WireKind.USB:
            return msgspec.convert({"kind": kind.value, **(usb_parts(found.address) or {})}, type=Wire)
        case WireKind.SPOOLER:
            return Wire(kind=kind, queue=found.address)
        case _:
            return Wire(kind=kind, device=found.address)


def candidates(discovery: Discovery) -> tuple[Candidate, ...]:
    """What was found, as the wizard offers it."""
    return tuple(Candidate(wire_of(each), each.name, each.likely.value) for each in discovery.devices)


def print_speeds(printer: PrinterSettings) -> str:
    """Print each speed's number at that speed; why not, as a code, or empty."""
    from hardware.printers.trial_page import speed_line

    for number, baud in enumerate(PRINTER_SPEEDS, start=1):
        reason = _send(msgspec.structs.replace(printer, baud=baud), speed_line(number, baud), None, asks=False)
        if reason:
            return reason
    return ""


def print_trial(printer: PrinterSettings, virtual: VirtualPrinter | None = None) -> str:
    """Print the trial page; why not, as a code, or empty."""
    from hardware.printers.trial_page import trial_page

    return _send(printer, trial_page(font_source()), virtual)


def pulse(printer: PrinterSettings, virtual: VirtualPrinter | None = None) -> str:
    """Pulse the drawer at the printer's pin; why not, as a code, or empty."""
    from hardware.printers.escpos_encoder import drawer_pulse

    return _send(printer, drawer_pulse(printer_profile(printer)), virtual)


def print_code(printer: PrinterSettings, code: str, virtual: VirtualPrinter | None = None) -> str:
    """Print a code to be scanned; why not, as a code, or empty."""
    from hardware.printers.trial_page import code_page

    return _send(printer, code_page(code, printer_profile(printer), font_source()), virtual)


def _send(printer: PrinterSettings, data: bytes, virtual: VirtualPrinter | None, *, asks: bool = True) -> str:
    from hardware.printers.profile import StatusSupport
    from hardware.printers.receipt_printer import PrintState, ReceiptPrinter

    try:
        transport = printer_transport(printer, virtual)
    except KnownError as error:
        return error.code
    if transport is None:
        return "not_found"
    profile = printer_profile(printer)
    if not asks:  # at a wrong speed a question would be printed, and its answer nonsense
        profile = msgspec.structs.replace(profile, realtime_status=StatusSupport.NO, completion=StatusSupport.NO)
    device = ReceiptPrinter(transport, profile)
    try:
        outcome = device.print(_JOB, data, on_bytes_leaving=lambda: None)
    finally:
        device.close()
    if outcome.state in (PrintState.CONFIRMED, PrintState.SENT_UNCONFIRMED):
        return ""
    return outcome.reason.value.lower() if outcome.reason is not None else "offline"


def finder(discovery: Discovery) -> ScannerFinder:
    """Listens for the known code at every serial port there is, and at the nodes of what is a scanner by its name."""
    from hardware.scanners.finding import ScannerFinder

    ports = [each.address for each in discovery.devices if each.way.value == WireKind.SERIAL.value]
    nodes = [_node(wire_of(each)) for each in discovery.devices if _is_scanner_node(each)]
    return ScannerFinder(ports, KNOWN_CODE, _serial, nodes)


def _is_scanner_node(found: Found) -> bool:
    # A node of events is taken away from everybody else while it is read: never that of somebody's keyboard.
    return found.likely.value == "scanner" and found.way.value in (WireKind.HID.value, WireKind.INPUT.value)


def _node(wire: Wire) -> Node:
    from hardware.scanners.finding import Node

    return Node(wire.device, lambda: _wire_to(wire), decoder_for(wire.kind, _LONGEST_CODE))


def hears(discovery: Discovery, tell: Callable[[Heard], None]) -> Callable[[ScannerHeard], None]:
    """From what the finder tells to what the wizard hears."""
    kinds = {each.address: WireKind(each.way.value) for each in discovery.devices}

    def heard(said: ScannerHeard) -> None:
        wire = Wire(kind=kinds[said.address], device=said.address)
        if said.baud:
            line = {"baud": said.baud, "data_bits": said.data_bits, "parity": said.parity}
            wire = msgspec.structs.replace(wire, **line)
        tell(Heard(said.text, wire))

    return heard


def _serial(port: str, baud: int) -> Transport:
    return _wire_to(Wire(kind=WireKind.SERIAL, device=port, baud=baud))


def _wire_to(wire: Wire) -> Transport:
    made = transport_of(wire)
    if made is None:
        raise KnownError("device.not_configured")
    return made
