"""From settings, queue and states to what the devices screen shows: no Qt."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Final

import msgspec

from pos_app.application.ports import JobState
from pos_app.config import DeviceSettings, PrinterSettings, ScannerSettings, WireKind, usb_parts
from pos_app.domain.ledger.bodies import DayClosed, Refund, Sale, ShiftClosed, XReport
from pos_app.errors import KnownError
from pos_app.ui.device_words import printer_notice
from pos_app.ui.formats import clock, day_and_time
from pos_app.ui.screens.devices.state import JobRow, PrinterForm, ScannerForm

if TYPE_CHECKING:
    from pos_app.application.ports import PrintJob
    from pos_app.application.till import Till

_MOST_PORT: Final = 65_535
_MOST_BAUD: Final = 4_000_000
_LONGEST_AFFIX: Final = 16


class FormError(Exception):
    """A form that cannot be used.

    Attributes:
        field: Name of the field that is wrong.
        error: Why.
    """

    def __init__(self, field: str, code: str) -> None:
        super().__init__(code)
        self.field = field
        self.error = KnownError(code)


def read_jobs(till: Till) -> tuple[JobRow, ...]:
    """The papers that failed or wait, the oldest first."""
    context = till.context
    today = context.local_now().date()
    rows: list[JobRow] = []
    for job in till.queue.open_jobs():
        if job.state not in (JobState.FAILED, JobState.QUEUED):
            continue
        asked = dt.datetime.fromtimestamp(job.created_ms / 1000, tz=context.zone)
        rows.append(
            JobRow(
                key=job.job_id,
                paper=job.kind.value,
                number=_number(till, job),
                when=clock(asked) if asked.date() == today else day_and_time(asked),
                failed=job.state is JobState.FAILED,
                reason=printer_notice(job.reason) if job.reason else None,
                copy=job.copy > 0,
            )
        )
    return tuple(rows)


def _number(till: Till, job: PrintJob) -> str:
    try:
        body = till.contents.content(job).body
    except KnownError:
        return ""
    match body:
        case Sale() | Refund():
            return body.receipt_no
        case XReport() | ShiftClosed():
            return str(body.number)
        case DayClosed():
            return str(body.z_number)
        case _:
            return ""


def serial_ports() -> tuple[str, ...]:
    """Serial ports that Linux shows; elsewhere they are typed."""
    found = [*Path("/dev").glob("ttyUSB*"), *Path("/dev").glob("ttyACM*")]
    return tuple(sorted(str(path) for path in found))


def read_printer_form(form: PrinterForm, before: PrinterSettings) -> PrinterSettings:
    """The printer as typed.

    Raises:
        FormError: With the field that cannot be used.
    """
    host, device = form.host.strip(), form.device.strip()
    if form.kind is WireKind.TCP and (not host or any(c.isspace() for c in host)):
        raise FormError("host", "device.not_configured")
    if form.kind in (WireKind.SERIAL, WireKind.FILE, WireKind.SPOOLER) and not device:
        raise FormError("device", "device.not_configured")
    usb = usb_parts(device) if form.kind is WireKind.USB else {}
    if usb is None:
        raise FormError("device", "settings.usb_wrong")
    port = _number_in(form.port, "port", _MOST_PORT, "settings.port_wrong", before.port)
    baud = _number_in(form.baud, "baud", _MOST_BAUD, "settings.baud_wrong", before.baud)
    return msgspec.structs.replace(
        before,
        kind=form.kind,
        host=host,
        port=port,
        device=device if form.kind in (WireKind.SERIAL, WireKind.FILE) else before.device,
        queue=device if form.kind is WireKind.SPOOLER else before.queue,
        **usb,
        baud=baud,
        paper_mm=form.paper_mm,
        charset=form.charset,
        drawer_pin=form.drawer_pin,
    )


def scanner_form(devices: DeviceSettings) -> ScannerForm:
    """The scanners as they are, to be typed over."""
    first = devices.scanners[0] if devices.scanners else ScannerSettings()
    return ScannerForm(first.device, str(first.baud), devices.wedge.prefix, devices.wedge.suffix)


def read_scanner_form(form: ScannerForm, before: DeviceSettings) -> DeviceSettings:
    """The scanners as typed; of those with ports of their own, the first.

    Raises:
        FormError: With the field that cannot be used.
    """
    for field, text in (("prefix", form.prefix), ("suffix", form.suffix)):
        if len(text) > _LONGEST_AFFIX:
            raise FormError(field, "settings.affix_wrong")
    first, *more = before.scanners or (ScannerSettings(),)
    device, baud = form.device.strip(), _number_in(form.baud, "baud", _MOST_BAUD, "settings.baud_wrong", first.baud)
    kind = first.kind if device == first.device and first.kind is not WireKind.NONE else _kind_of_port(device)
    changed = msgspec.structs.replace(first, kind=kind, device=device, baud=baud)
    return msgspec.structs.replace(
        before,
        wedge=msgspec.structs.replace(before.wedge, prefix=form.prefix, suffix=form.suffix),
        scanners=(changed, *more) if device else tuple(more),
    )


def _kind_of_port(device: str) -> WireKind:
    """How a port is reached that somebody has typed: a keyboard's or report node by its name, else a serial port."""
    if device.startswith("/dev/input/"):
        return WireKind.INPUT
    return WireKind.HID if device.startswith("/dev/hidraw") or usb_parts(device) else WireKind.SERIAL


def _number_in(text: str, field: str, most: int, code: str, empty: int) -> int:
    text = text.strip()
    if not text:
        return empty
    if not (text.isascii() and text.isdigit() and len(text) <= 7 and 0 < int(text) <= most):
        raise FormError(field, code)
    return int(text)
