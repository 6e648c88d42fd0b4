"""What the tables of known devices say, and a shop's own ones checked: scales, displays, what opens a drawer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from pos_app.errors import KnownError

if TYPE_CHECKING:
    from hardware.displays.models import DisplayModel
    from hardware.scales.protocols import ScaleProtocol
    from pos_app.config import DisplaySettings, DrawerSettings, OwnScaleSettings, ScaleSettings

#: Name of the table that the shop has written itself.
OWN: Final = "own"
#: Longer is no pulse.
_MOST_PULSE: Final = 32


class UsualLine(NamedTuple):
    """How a device of a table is usually set at its serial port.

    Attributes:
        baud: Bits per second.
        data_bits: 7 or 8.
        parity: N, E or O.
    """

    baud: int
    data_bits: int = 8
    parity: str = "N"


def scale_lines() -> dict[str, UsualLine]:
    """Names of the scales' tables, each with its usual line."""
    from hardware.scales.protocols import PROTOCOLS

    return {name: UsualLine(each.baud, each.data_bits, each.parity) for name, each in PROTOCOLS.items()}


def display_lines() -> dict[str, UsualLine]:
    """Names of the displays' tables, each with its usual line."""
    from hardware.displays.models import MODELS

    return {name: UsualLine(each.baud) for name, each in MODELS.items()}


def scale_protocol(settings: ScaleSettings) -> ScaleProtocol:
    """How the scale of these settings speaks.

    Raises:
        KnownError: ``scale.table_wrong`` for a name nobody knows or a table of the shop's that cannot work.
    """
    from hardware.scales.protocols import PROTOCOLS

    if settings.protocol == OWN:
        return own_protocol(settings.own)
    protocol = PROTOCOLS.get(settings.protocol)
    if protocol is None:
        raise KnownError("scale.table_wrong", reason=settings.protocol)
    return protocol


def own_protocol(own: OwnScaleSettings) -> ScaleProtocol:
    """The shop's own table.

    Raises:
        KnownError: ``scale.table_wrong``.
    """
    from hardware.scales.protocols import ScaleProtocol

    try:
        ask = bytes.fromhex(own.ask)
        protocol = ScaleProtocol(
            name=OWN,
            ask=(ask,) if ask else (),
            pattern=own.pattern.encode("latin-1"),
            unit=own.unit,
            repeat=own.repeat,
        )
        protocol.check()
    except ValueError as error:  # hexadecimal, Latin-1 and the table itself say no by it
        raise KnownError("scale.table_wrong", reason=str(error)) from error
    return protocol


def display_model(settings: DisplaySettings) -> DisplayModel:
    """What the display of these settings speaks.

    Raises:
        KnownError: ``display.model_unknown``.
    """
    from hardware.displays.models import MODELS

    model = MODELS.get(settings.model)
    if model is None:
        raise KnownError("display.model_unknown", model=settings.model)
    return model


def drawer_pulse_of(settings: DrawerSettings) -> bytes:
    """The bytes that open the drawer of these settings.

    Raises:
        KnownError: ``drawer.setting_wrong``.
    """
    try:
        pulse = bytes.fromhex(settings.pulse)
    except ValueError as error:
        raise KnownError("drawer.setting_wrong") from error
    if not 1 <= len(pulse) <= _MOST_PULSE:
        raise KnownError("drawer.setting_wrong")
    return pulse
