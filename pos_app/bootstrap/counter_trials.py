"""What the wizard tries at the counter: drawers at ports of their own, line displays, scales."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Final

import msgspec

from pos_app.application.device_wizard.state import DISPLAY_TRIES, Weighed, shown_number
from pos_app.bootstrap.scales import scale_for
from pos_app.bootstrap.wires import transport_of
from pos_app.config import DisplaySettings, DrawerSettings, ScaleSettings, Wire, WireKind
from pos_app.errors import KnownError
from pos_app.infrastructure.device_tables import display_model, drawer_pulse_of
from pos_app.runtime.weighing import Weight, WeightState

if TYPE_CHECKING:
    from hardware.discovery import Discovery
    from hardware.displays.models import DisplayModel
    from hardware.ports import Transport
    from hardware.scales.finding import ScaleLine
    from pos_app.bootstrap.scales import ReadScale

_OPEN_MS: Final = 1000
_WRITE_MS: Final = 1000
_CLOSE_MS: Final = 500
#: So long each number stays, to be read and remembered.
SHOWN_S: Final = 2.0
_TOTAL: Final = "88.88"


def open_box(drawer: DrawerSettings) -> str:
    """Give the box of a drawer one pulse; why not, as a code, or empty."""
    return _written(drawer, drawer_pulse_of(drawer))


def show_numbers(wire: Wire) -> str:
    """Show each number in its way for a moment; why not, as a code, or empty."""
    for number, (model, baud) in enumerate(DISPLAY_TRIES, start=1):
        settings = DisplaySettings(**{**msgspec.structs.asdict(wire), "baud": baud}, model=model)
        reason = _show(settings, shown_number(number), clears=True)
        if reason:
            return reason
    return ""


def light_lamp(display: DisplaySettings) -> str:
    """Show a total with its lamp; why not, as a code, or empty."""
    return _show(display, _TOTAL)


def _show(settings: DisplaySettings, amount: str, *, clears: bool = False) -> str:
    from hardware.displays.codec import Picture, encode
    from hardware.displays.models import Shows

    model: DisplayModel = display_model(settings)
    shown = model.start + encode(Picture(shows=Shows.TOTAL, amount=amount), model, columns=settings.columns)
    # What is left standing would be taken for what the next way shows.
    return _written(settings, shown, model.blank if clears else b"")


def _written(wire: Wire, data: bytes, afterwards: bytes = b"") -> str:
    from hardware.ports import DeviceError

    try:
        with _opened(wire) as transport:
            transport.write(data, timeout_ms=_WRITE_MS)
            if afterwards:
                threading.Event().wait(SHOWN_S)
                transport.write(afterwards, timeout_ms=_WRITE_MS)
    except DeviceError as error:
        return error.reason.value.lower()
    except KnownError as error:
        return error.code
    return ""


@contextlib.contextmanager
def _opened(wire: Wire) -> Iterator[Transport]:
    transport = _transport(wire)
    transport.open(timeout_ms=_OPEN_MS)
    try:
        yield transport
    finally:
        transport.close(timeout_ms=_CLOSE_MS)


def _transport(wire: Wire) -> Transport:
    made = transport_of(wire)
    if made is None:
        raise KnownError("device.not_configured")
    return made


def find_scales(discovery: Discovery, but: tuple[str, ...]) -> tuple[ScaleSettings, ...]:
    """Scales that say something, at any serial port but some."""
    from hardware.scales import finding

    def make(port: str, line: ScaleLine) -> Transport:
        return _transport(_scale_wire(port, line))

    serial = (each.address for each in discovery.devices if each.way.value == WireKind.SERIAL.value)
    found = finding.find_scales((port for port in serial if port not in but), make)
    return tuple(
        ScaleSettings(**msgspec.structs.asdict(_scale_wire(each.port, each.line)), protocol=each.protocol)
        for each in found
    )


def _scale_wire(port: str, line: ScaleLine) -> Wire:
    return Wire(kind=WireKind.SERIAL, device=port, baud=line.baud, data_bits=line.data_bits, parity=line.parity)


def weigh(settings: ScaleSettings, tell: Callable[[Weighed], None]) -> ReadScale | None:
    """Read a scale until it is stopped; ``tell`` is called in a thread of the scale's.

    Raises:
        KnownError: As ``scale_for``.
    """
    scale = scale_for(settings)
    if scale is None:
        return None

    def heard(weight: Weight | None) -> None:
        if weight is not None:
            settled = weight.state in (WeightState.STABLE, WeightState.ZERO)
            tell(Weighed(weight.grams, is_stable=settled))

    scale.start(heard, lambda _state, _reason: None)
    scale.watch(on=True)
    return scale
