"""From settings, queue and states to what the devices screen shows: no widgets."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Final

import msgspec

from pos_app.application.ports import JobState
from pos_app.config import CustomerScreenSettings, DeviceSettings, PrinterSettings, ScannerSettings, WireKind, usb_parts
from pos_app.domain.ledger.bodies import DayClosed, Refund, Sale, ShiftClosed, XReport
from pos_app.errors import KnownError
from pos_app.ui.customer_screen.pictures import is_picture
from pos_app.ui.device_words import printer_notice
from pos_app.ui.formats import clock, day_and_time
from pos_app.ui.screens.devices.state import CustomerForm, JobRow, PrinterForm, ScannerForm

if TYPE_CHECKING:
    from pos_app.application.ports import PrintJob
    from pos_app.application.till import Till

_MOST_PORT: Final = 65_535
_MOST_BAUD: Final = 4_000_000
_LONGEST_AFFIX: Final = 16
_LEAST_SECONDS: Final = 3
_MOST_SECONDS: Final = 3_600
#: Of longer codes the modules become too small for the camera of a telephone.
_MOST_CODE: Final = 300


class FormError(Exception):
    """A form that cannot be used.

    Attributes:
        field: Name of the field that is wrong.
        error: Why.
    """

    def __init__(self, field: str, code: str, **details: object) -> None:
        super().__init__(code)
        self.field = field
        self.error = KnownError(code, **details)


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
        columns=before.columns if form.paper_mm == before.paper_mm else 0,
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


def read_customer_form(form: CustomerForm) -> CustomerScreenSettings | FormError:
    """The customer's screen as typed, or the field that cannot be used. Asks the disk: not for the window's thread."""
    seconds = form.seconds.strip() or str(CustomerScreenSettings().seconds)
    if not (seconds.isascii() and seconds.isdigit() and _LEAST_SECONDS <= int(seconds) <= _MOST_SECONDS):
        return FormError("seconds", "customer_screen.seconds_wrong", least=_LEAST_SECONDS, most=_MOST_SECONDS)
    if form.pictures and not Path(form.pictures).is_dir():
        return FormError("pictures", "customer_screen.no_folder", folder=form.pictures)
    for field, code in (("payment_code", form.payment_code), ("sign_up_code", form.sign_up_code)):
        if is_picture(code) and not Path(code).is_file():
            return FormError(field, "customer_screen.no_picture", path=code)
        if not is_picture(code) and len(code.encode()) > _MOST_CODE:
            return FormError(field, "customer_screen.code_too_long", most=_MOST_CODE)
    return CustomerScreenSettings(
        place=form.place,
        monitor=form.monitor.strip(),
        pictures=form.pictures,
        seconds=int(seconds),
        opening=form.opening,
        payment_code=form.payment_code,
        sign_up_code=form.sign_up_code,
        greets=form.greets,
        shows_points=form.shows_points,
        shows_balance=form.shows_balance,
    )


def _number_in(text: str, field: str, most: int, code: str, empty: int) -> int:
    text = text.strip()
    if not text:
        return empty
    if not (text.isascii() and text.isdigit() and len(text) <= 7 and 0 < int(text) <= most):
        raise FormError(field, code)
    return int(text)
