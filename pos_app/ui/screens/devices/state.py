"""What the devices screen shows."""

from __future__ import annotations

import enum
from dataclasses import dataclass, field

from pos_app.config import DeviceSettings
from pos_app.infrastructure.device_tables import UsualLine
from pos_app.ui.state import Notice, Tone


class DeviceKind(enum.Enum):
    """A device."""

    PRINTER = "printer"
    SCANNER = "scanner"
    DRAWER = "drawer"
    SCALE = "scale"
    DISPLAY = "display"
    CUSTOMER_SCREEN = "customer_screen"


@dataclass(frozen=True, slots=True)
class DeviceCard:
    """How a device stands.

    Attributes:
        kind: Which.
        tone: SUCCESS ready, WARNING not now, DANGER a person is needed, NEUTRAL none is set up.
        where: How it is reached: ``192.168.1.50:9100``, ``/dev/ttyUSB0``; empty for none.
        notice: Why it is not ready; None when it is, or when there is none.
        last: For the scanner: what it read last, shortened; for the scale: what lies on it (``0.285 kg``).
        is_open: For the drawer: whether it stands open; None where nothing tells.
        can_test: The test button does something.
        testing: A test is under way.
    """

    kind: DeviceKind
    tone: Tone = Tone.NEUTRAL
    where: str = ""
    notice: Notice | None = None
    last: str = ""
    is_open: bool | None = None
    can_test: bool = True
    testing: bool = False


@dataclass(frozen=True, slots=True)
class JobRow:
    """A paper that failed or waits.

    Attributes:
        key: Carried by the signals.
        paper: A ``JobKind`` value; the view has the word.
        number: Receipt number, or number of the report; empty for none.
        when: ``HH:MM``, with the day where it is not today.
        failed: It waits for a person's decision; else for the printer.
        reason: Why, where known.
        copy: It is a copy.
    """

    key: object
    paper: str
    number: str
    when: str
    failed: bool = False
    reason: Notice | None = None
    copy: bool = False


@dataclass(frozen=True, slots=True)
class TrialState:
    """The receipt as the printer of the form would print it.

    Attributes:
        png: The picture; empty while it is made.
        text: The same for screen readers.
        missing: Characters of the receipt that the printer does not have.
    """

    png: bytes = field(default=b"", repr=False)
    text: str = ""
    missing: str = ""


@dataclass(frozen=True, slots=True)
class OwnState:
    """The shop's own of its receipts.

    Attributes:
        folder: Where it lies.
        logo: As paper will show it, a PNG file's content; empty for none.
        is_changed: Another logo was chosen than the one that is printed now.
        problems: What is wrong with what lies there.
    """

    folder: str = ""
    logo: bytes = field(default=b"", repr=False)
    is_changed: bool = False
    problems: tuple[Notice, ...] = ()


@dataclass(frozen=True, slots=True)
class DevicesState:
    """State of the devices screen.

    Attributes:
        cards: A card per device that exists.
        jobs: Papers that failed or wait, the oldest first.
        devices: As saved.
        chip_forms: How readers of chip cards write, as saved.
        session: Another number fills all forms again from what is saved; else only a form whose device has changed.
        ports: Serial ports found at this computer, to choose from.
        monitors: Names of this computer's monitors, to choose from.
        categories: ``(id, name)`` of the goods' categories, to choose from.
        scale_lines: Names of the scales' tables with their usual lines.
        display_lines: Names of the displays' tables with their usual lines.
        trial: The receipt as it would be printed.
        own: Logo and words of the shop's own.
        can_change: The settings may be changed by whoever is logged in; else they are shown and asked for.
        can_undo: What was removed last can be had back.
        training: Training is on: settings are real and it is not, so nothing is set up.
        bad_field: ``printer.host``, ``scanner.baud`` and so on when that is wrong; else empty.
        notice: What went wrong, or is to be known.
        busy: Being saved.
    """

    cards: tuple[DeviceCard, ...] = ()
    jobs: tuple[JobRow, ...] = ()
    devices: DeviceSettings = field(default_factory=DeviceSettings)
    chip_forms: tuple[str, ...] = ()
    session: int = 0
    ports: tuple[str, ...] = ()
    monitors: tuple[str, ...] = ()
    categories: tuple[tuple[str, str], ...] = ()
    scale_lines: dict[str, UsualLine] = field(default_factory=dict)
    display_lines: dict[str, UsualLine] = field(default_factory=dict)
    trial: TrialState = field(default_factory=TrialState)
    own: OwnState = field(default_factory=OwnState)
    can_change: bool = True
    can_undo: bool = False
    training: bool = False
    bad_field: str = ""
    notice: Notice | None = None
    busy: bool = False
