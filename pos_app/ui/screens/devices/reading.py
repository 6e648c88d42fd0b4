"""From a form as typed to settings, or to the field that cannot be used: no widgets, no disk."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

import msgspec

from pos_app.config import (
    DeviceSettings,
    DisplaySettings,
    DrawerSettings,
    OwnScaleSettings,
    PrinterSettings,
    ScaleSettings,
    ScannerSettings,
    SlipSettings,
    Wire,
    WireKind,
    usb_parts,
)
from pos_app.errors import KnownError
from pos_app.infrastructure.device_tables import OWN, display_model, drawer_pulse_of, scale_protocol
from pos_app.ui.screens.devices.form_state import (
    ChipForm,
    DisplayForm,
    DrawerForm,
    PrinterForm,
    ScaleForm,
    ScannerForm,
    SlipForm,
    StandInForm,
    WedgeForm,
    WireForm,
)

if TYPE_CHECKING:
    from pos_app.config import Settings
    from pos_app.ui.screens.devices.form_state import DeviceForm

MOST_PORT: Final = 65_535
MOST_BAUD: Final = 4_000_000
MOST_AFFIX: Final = 16
MOST_GAP_MS: Final = 500
MOST_ECHO_MS: Final = 5_000
MOST_AFTER_S: Final = 600
MOST_REPEAT: Final = 50
MOST_NAME: Final = 20
LEAST_COLUMNS: Final = 8
MOST_COLUMNS: Final = 40
#: Characters in a line by paper; fewer is a printer with a wider margin.
USUAL_COLUMNS: Final = {80: 48, 58: 32}
#: Which of a drawer's sensors can be read through which way to it.
SENSORS: Final = {
    WireKind.NONE: ("none", "printer"),
    WireKind.SERIAL: ("none", "cts", "dsr"),
    WireKind.VIRTUAL: ("none", "cts", "dsr"),
}
_MISSING: Final = {
    WireKind.SERIAL: "settings.serial_missing",
    WireKind.FILE: "settings.file_missing",
    WireKind.SPOOLER: "settings.queue_missing",
    WireKind.INPUT: "settings.node_missing",
    WireKind.HID: "settings.node_missing",
}
_HEX: Final = re.compile(r"(?:[0-9A-Fa-f]{2}\s*)*")


class FormError(Exception):
    """A form that cannot be used.

    Attributes:
        field: Name of the field that is wrong.
        error: Why, and what to do.
    """

    def __init__(self, field: str, code: str, **details: object) -> None:
        super().__init__(code)
        self.field = field
        self.error = KnownError(code, **details)


#: What each form's fields are called before the point of ``DevicesState.bad_field``.
PREFIXES: Final[dict[type[Any], str]] = {
    PrinterForm: "printer",
    StandInForm: "stand_in",
    SlipForm: "slip",
    WedgeForm: "wedge",
    ScannerForm: "scanner",
    ChipForm: "chips",
    ScaleForm: "scale",
    DisplayForm: "display",
    DrawerForm: "drawer",
}


def read_form(form: DeviceForm, settings: Settings) -> Settings:
    """The settings with what a form says.

    Raises:
        FormError: With the field that cannot be used.
    """
    if isinstance(form, ChipForm):
        return msgspec.structs.replace(settings, chip_forms=form.forms)
    return msgspec.structs.replace(settings, devices=_devices(form, settings.devices))


def _devices(form: DeviceForm, before: DeviceSettings) -> DeviceSettings:
    changes: dict[str, Any]
    match form:
        case PrinterForm():
            changes = {"printer": read_printer(form, before.printer)}
        case StandInForm():
            after = whole_in(form.after_s, "after_s", MOST_AFTER_S, DeviceSettings().stand_in_after_s, least=1)
            changes = {"stand_in": read_printer(form.printer, before.stand_in), "stand_in_after_s": after}
        case SlipForm():
            changes = {"copies": _read_slip(form, before.copies)}
        case WedgeForm():
            gap = whole_in(form.gap_ms, "gap_ms", MOST_GAP_MS, before.wedge.gap_ms, least=5)
            _check_affixes(form.prefix, form.suffix)
            wedge = msgspec.structs.replace(before.wedge, prefix=form.prefix, suffix=form.suffix, gap_ms=gap)
            changes = {"wedge": wedge}
        case ScannerForm():
            changes = {"scanners": _read_scanner(form, before.scanners)}
        case ScaleForm():
            changes = {"scale": _read_scale(form, before.scale)}
        case DisplayForm():
            changes = {"display": _read_display(form, before.display)}
        case DrawerForm():
            changes = {"drawer": _read_drawer(form, before.drawer)}
        case _:
            raise TypeError(f"{type(form).__name__} is read elsewhere")
    return msgspec.structs.replace(before, **changes)


def paper_of(form: PrinterForm) -> PrinterSettings:
    """What a form says of paper and printing; the way to the printer is not looked at.

    Raises:
        FormError: With the field that cannot be used.
    """
    return read_printer(replace(form, wire=WireForm()), PrinterSettings())


def read_printer(form: PrinterForm, before: PrinterSettings) -> PrinterSettings:
    """A printer as typed.

    Raises:
        FormError: With the field that cannot be used.
    """
    if form.columns > USUAL_COLUMNS[form.paper_mm]:
        raise FormError("columns", "settings.columns_wrong", paper=form.paper_mm, most=USUAL_COLUMNS[form.paper_mm])
    return msgspec.structs.replace(
        before,
        **wire_changes(form.wire, before),
        paper_mm=form.paper_mm,
        columns=0 if form.columns == USUAL_COLUMNS[form.paper_mm] else form.columns,
        charset=form.charset,
        drawer_pin=form.drawer_pin,
        has_cutter=form.has_cutter,
        native_qr=form.native_qr,
    )


def wire_changes(form: WireForm, before: Wire) -> dict[str, Any]:
    """The fields of a wire as typed; what the chosen way does not need stays as it was.

    Raises:
        FormError: With the field that cannot be used.
    """
    kind, host, device = form.kind, form.host.strip(), form.device.strip()
    changes: dict[str, Any] = {"kind": kind}
    match kind:
        case WireKind.TCP:
            if not host or any(c.isspace() for c in host):
                raise FormError("host", "settings.host_missing")
            port = whole_in(form.port, "port", MOST_PORT, before.port, code="settings.port_wrong", least=1)
            changes |= {"host": host, "port": port}
        case WireKind.USB:
            parts = usb_parts(device)
            if parts is None:
                raise FormError("device", "settings.usb_wrong")
            changes |= parts
        case WireKind.SPOOLER:
            changes["queue"] = _address(kind, device)
        case WireKind.SERIAL | WireKind.FILE | WireKind.INPUT | WireKind.HID:
            changes["device"] = _address(kind, device)
    if kind is WireKind.SERIAL:
        changes |= {
            "baud": whole_in(form.baud, "baud", MOST_BAUD, before.baud, code="settings.baud_wrong", least=1),
            "data_bits": form.data_bits,
            "parity": form.parity,
            "stop_bits": form.stop_bits,
            "flow": form.flow,
        }
    return changes


def _address(kind: WireKind, device: str) -> str:
    if not device:
        raise FormError("device", _MISSING[kind])
    return device


def _read_slip(form: SlipForm, before: tuple[SlipSettings, ...]) -> tuple[SlipSettings, ...]:
    name = form.name.strip()
    if not name:
        raise FormError("name", "slip.name_missing")
    if len(name) > MOST_NAME or not name.isprintable():
        raise FormError("name", "settings.text_wrong", limit=MOST_NAME)
    number = len(before) if form.number is None else form.number
    if any(each.name == name for place, each in enumerate(before) if place != number):
        raise FormError("name", "slip.name_taken", name=name)
    if form.printer.wire.kind is WireKind.NONE:
        raise FormError("kind", "slip.no_printer")
    old = before[number] if number < len(before) else SlipSettings(name)
    new = SlipSettings(name, read_printer(form.printer, old.printer), form.categories)
    return (*before[:number], new, *before[number + 1 :])


def _read_scanner(form: ScannerForm, before: tuple[ScannerSettings, ...]) -> tuple[ScannerSettings, ...]:
    number = len(before) if form.number is None else form.number
    old = before[number] if number < len(before) else ScannerSettings()
    wire = wire_changes(form.wire, old)
    echo = whole_in(form.echo_ms, "echo_ms", MOST_ECHO_MS, ScannerSettings().echo_ms)
    _check_affixes(form.prefix, form.suffix)
    new = msgspec.structs.replace(old, **wire, echo_ms=echo, prefix=form.prefix, suffix=form.suffix)
    if any(each.where == new.where for place, each in enumerate(before) if place != number):
        raise FormError("device", "scanner.port_taken", place=new.where)
    return (*before[:number], new, *before[number + 1 :])


def _read_scale(form: ScaleForm, before: ScaleSettings) -> ScaleSettings:
    own = before.own
    if form.protocol == OWN and form.wire.kind is not WireKind.NONE:
        if not _HEX.fullmatch(form.own_ask.strip()):
            raise FormError("own_ask", "scale.ask_wrong")
        if not form.own_pattern.strip():
            raise FormError("own_pattern", "scale.pattern_missing")
        repeat = whole_in(form.own_repeat, "own_repeat", MOST_REPEAT, OwnScaleSettings().repeat, least=1)
        own = OwnScaleSettings(form.own_ask.strip(), form.own_pattern.strip(), form.own_unit, repeat)
    new = msgspec.structs.replace(before, **wire_changes(form.wire, before), protocol=form.protocol, own=own)
    if new.kind is not WireKind.NONE:
        try:
            scale_protocol(new)
        except KnownError as error:
            raise FormError("own_pattern", error.code, **error.details) from error
    return new


def _read_display(form: DisplayForm, before: DisplaySettings) -> DisplaySettings:
    columns = whole_in(form.columns, "columns", MOST_COLUMNS, before.columns, least=LEAST_COLUMNS)
    greeting = form.greeting.strip()
    if not greeting.isprintable():
        raise FormError("greeting", "settings.text_wrong", limit=MOST_COLUMNS)
    new = msgspec.structs.replace(
        before,
        **wire_changes(form.wire, before),
        model=form.model,
        columns=columns,
        charset=form.charset,
        greeting=greeting,
    )
    try:
        display_model(new)
    except KnownError as error:
        raise FormError("model", error.code, **error.details) from error
    return new


def _read_drawer(form: DrawerForm, before: DrawerSettings) -> DrawerSettings:
    wire = wire_changes(form.wire, before)
    if form.sensor not in SENSORS.get(form.wire.kind, ("none",)):
        raise FormError("sensor", "drawer.sensor_wrong")
    changes: dict[str, Any] = {}
    if form.wire.kind is not WireKind.NONE:
        changes["pulse"] = form.pulse.strip()
    new = msgspec.structs.replace(
        before,
        **wire,
        **changes,
        sensor=form.sensor,
        open_when_high=form.open_when_high,
        warns_open=form.warns_open,
    )
    if new.kind is not WireKind.NONE:
        try:
            drawer_pulse_of(new)
        except KnownError as error:
            raise FormError("pulse", error.code) from error
    return new


def _check_affixes(prefix: str, suffix: str) -> None:
    for field, text in (("prefix", prefix), ("suffix", suffix)):
        if len(text) > MOST_AFFIX:
            raise FormError(field, "settings.affix_wrong")


def whole_in(
    text: str, field: str, most: int, empty: int, *, least: int = 0, code: str = "settings.whole_wrong"
) -> int:
    """A number as typed.

    Args:
        text: As typed.
        field: Of the form.
        most: The largest that can be.
        empty: What nothing typed means.
        least: The smallest that can be.
        code: Of what is said where it cannot be used.

    Raises:
        FormError: For anything else.
    """
    text = text.strip()
    if not text:
        return empty
    if not (text.isascii() and text.isdigit() and len(text) <= 7 and least <= int(text) <= most):
        raise FormError(field, code, least=least, most=most)
    return int(text)
