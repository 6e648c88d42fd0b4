"""What the wizard knows, what it wants done, and what can be answered."""

from __future__ import annotations

import enum
from typing import Final

import msgspec

from pos_app.config import (
    DeviceSettings,
    DisplaySettings,
    DrawerSettings,
    PrinterSettings,
    ScaleSettings,
    Wire,
    WireKind,
)

#: What is scanned to learn how a scanner sends: a number that no goods carry, with a right check digit.
KNOWN_CODE: Final = "2912345678906"
SCANS_WANTED: Final = 3
#: A longer pause between two keys is a person's, or a scanner that no till can tell from one.
LONGEST_GAP_MS: Final = 150
#: Speeds of serial printers, the usual ones first; their places are the numbers printed beside them.
PRINTER_SPEEDS: Final = (9600, 19200, 38400, 115200)
#: What the numbered parts of the trial page show.
TRIAL_CHARSETS: Final = {1: "gbk", 2: "gb18030", 3: "utf8", 4: "raster"}
TRIAL_COLUMNS: Final = {5: 32, 6: 42, 7: 48}
TRIAL_QR: Final = 8
TRIAL_QR_DRAWN: Final = 9
#: Kinds of displays and speeds, in the order in which they are tried; their places are the numbers they show.
DISPLAY_TRIES: Final = (
    ("led8", 2400),
    ("led8", 9600),
    ("cd5220", 9600),
    ("escpos", 9600),
    ("cd5220", 19200),
    ("escpos", 19200),
)
#: Displays of figures that differ in what lights their lamps only.
LAMP_MODELS: Final = ("led8", "led8_bytes", "led8_plain")
#: What boxes between a serial port and a drawer take for a pulse, as hexadecimal bytes.
BOX_PULSES: Final = ("07", "1B700019FA")


class Kind(enum.StrEnum):
    """What can be set up, in the order in which it is offered."""

    PRINTER = "printer"
    DRAWER = "drawer"
    SCANNER = "scanner"
    SCALE = "scale"
    DISPLAY = "display"


class Step(enum.StrEnum):
    """Where the wizard is."""

    KIND = "kind"
    LOOKING = "looking"
    WHICH = "which"
    ADDRESS = "address"
    PRINTING_SPEEDS = "printing_speeds"
    SPEED = "speed"
    PRINTING = "printing"
    TRIAL = "trial"
    CUT = "cut"
    DRAWER_AT = "drawer_at"
    PULSING = "pulsing"
    DRAWER = "drawer"
    PRINTING_CODE = "printing_code"
    SCAN = "scan"
    LOAD = "load"
    SEARCHING = "searching"
    WEIGHING = "weighing"
    SHOWING = "showing"
    READ = "read"
    LIGHTING = "lighting"
    LAMP = "lamp"
    SUMMARY = "summary"
    SAVING = "saving"
    FINISHED = "finished"
    CANCELLED = "cancelled"


class Candidate(msgspec.Struct, frozen=True):
    """A device that is connected.

    Attributes:
        wire: How it is reached.
        name: What it calls itself.
        likely: What it probably is, as ``hardware.discovery`` names it.
    """

    wire: Wire
    name: str = ""
    likely: str = "unknown"


# What the wizard wants done; whoever shows it does it and answers with the result.


class Look(msgspec.Struct, frozen=True, tag="look"):
    """See what is connected; answered by :class:`Looked`."""


class PrintSpeeds(msgspec.Struct, frozen=True, tag="speeds"):
    """Print each speed's number at that speed; answered by :class:`Done`."""

    printer: PrinterSettings


class PrintTrial(msgspec.Struct, frozen=True, tag="trial"):
    """Print the trial page; answered by :class:`Done`."""

    printer: PrinterSettings


class OpenDrawer(msgspec.Struct, frozen=True, tag="drawer"):
    """Pulse the drawer at the printer's pin; answered by :class:`Done`."""

    printer: PrinterSettings


class OpenBox(msgspec.Struct, frozen=True, tag="box"):
    """Give a drawer at a wire of its own a pulse; answered by :class:`Done`."""

    drawer: DrawerSettings


class ShowNumbers(msgspec.Struct, frozen=True, tag="numbers"):
    """Show the number of each of ``DISPLAY_TRIES`` in its way for a moment; answered by :class:`Done`."""

    wire: Wire


class LightLamp(msgspec.Struct, frozen=True, tag="lamp"):
    """Show a total, with its lamp lit; answered by :class:`Done`."""

    display: DisplaySettings


class FindScales(msgspec.Struct, frozen=True, tag="scales"):
    """Look for scales at serial ports by all known tables; answered by :class:`ScalesFound`.

    Attributes:
        but: Ports of other devices, which are not to be asked for a weight.
    """

    but: tuple[str, ...] = ()


class Weigh(msgspec.Struct, frozen=True, tag="weigh"):
    """Read a scale until something else is wanted; answered by :class:`Weighed` each time it says another weight."""

    scale: ScaleSettings


class PrintCode(msgspec.Struct, frozen=True, tag="code"):
    """Print the known code, for scanners that read no screens; answered by :class:`Done`."""

    printer: PrinterSettings
    code: str = KNOWN_CODE


class Listen(msgspec.Struct, frozen=True, tag="listen"):
    """Hear scans of the known code until something else is wanted; each answered by :class:`Heard`."""

    code: str = KNOWN_CODE


class Save(msgspec.Struct, frozen=True, tag="save"):
    """Keep these settings; answered by :class:`Done`."""

    devices: DeviceSettings


#: What waits for a device and then answers.
Trial = Look | PrintSpeeds | PrintTrial | OpenDrawer | OpenBox | PrintCode | ShowNumbers | LightLamp | FindScales
#: What goes on until something else is wanted.
Stream = Listen | Weigh
Act = Trial | Stream | Save


# What can be answered.


class Choose(msgspec.Struct, frozen=True):
    """A number of those offered, from 1; 0 for none of them."""

    number: int


class Mark(msgspec.Struct, frozen=True):
    """A numbered line of the trial page looks right, or is not chosen any more."""

    number: int


class Marked(msgspec.Struct, frozen=True):
    """That is all."""


class Said(msgspec.Struct, frozen=True):
    """Yes or no."""

    yes: bool


class Typed(msgspec.Struct, frozen=True):
    """An address."""

    text: str


class Looked(msgspec.Struct, frozen=True):
    """What is connected."""

    candidates: tuple[Candidate, ...]


class Done(msgspec.Struct, frozen=True):
    """What was wanted is done, or failed for a reason."""

    reason: str = ""


class Heard(msgspec.Struct, frozen=True):
    """Something was scanned.

    Attributes:
        text: As it came, with whatever stands around the code.
        wire: The port it came from; none for a scanner that types.
        gap_ms: Longest pause between keys that a recogniser should allow; 0 where none was measured.
    """

    text: str
    wire: Wire = Wire()
    gap_ms: int = 0


class ScalesFound(msgspec.Struct, frozen=True):
    """Scales that said something."""

    scales: tuple[ScaleSettings, ...]


class Weighed(msgspec.Struct, frozen=True):
    """What a scale says.

    Attributes:
        grams: The figure.
        is_stable: It does not move.
    """

    grams: int = 0
    is_stable: bool = False


class Cancel(msgspec.Struct, frozen=True):
    """Leave everything as it was."""


class Again(msgspec.Struct, frozen=True):
    """Begin anew with the choice of a device."""


#: What a stream tells.
News = Heard | Weighed
Answer = Choose | Mark | Marked | Said | Typed | Looked | Done | ScalesFound | News | Cancel | Again


class WizardState(msgspec.Struct, frozen=True):
    """Everything the wizard knows.

    Attributes:
        before: The devices as they were; they stay in force until the end.
        devices: As they will be.
        step: Where it is.
        kind: What is set up.
        act: What is to be done now; None while a person is asked.
        candidates: What is connected and may be the device, as numbered from 1.
        printer: The printer that is tried.
        drawer: The drawer at a wire of its own that is tried.
        display: The display that is tried.
        scales: Scales that were found; the first is tried.
        weighed: What that says; None while it says nothing.
        marks: Numbers of the trial page that look right, or that were read on the display.
        heard: Scans of the known code so far.
        notice: Code of what is to be known; empty for nothing.
    """

    before: DeviceSettings = DeviceSettings()
    devices: DeviceSettings = DeviceSettings()
    step: Step = Step.KIND
    kind: Kind = Kind.PRINTER
    act: Act | None = None
    candidates: tuple[Candidate, ...] = ()
    printer: PrinterSettings = PrinterSettings()
    drawer: DrawerSettings = DrawerSettings()
    display: DisplaySettings = DisplaySettings()
    scales: tuple[ScaleSettings, ...] = ()
    weighed: Weighed | None = None
    marks: frozenset[int] = frozenset()
    heard: tuple[Heard, ...] = ()
    notice: str = ""

    @property
    def is_over(self) -> bool:
        """Whether there is nothing more to ask."""
        return self.step in (Step.FINISHED, Step.CANCELLED)

    @property
    def choices(self) -> int:
        """How many numbers are offered now."""
        match self.step:
            case Step.KIND:
                return len(Kind)
            case Step.WHICH:
                return len(self.candidates) + (self.kind is Kind.PRINTER)  # the last is one in the network
            case Step.SPEED:
                return len(PRINTER_SPEEDS)
            case Step.DRAWER_AT:
                return 2
            case Step.READ:
                return len(DISPLAY_TRIES)
            case Step.TRIAL:
                return TRIAL_QR_DRAWN
            case _:
                return 0


def may_be(kind: Kind, candidate: Candidate) -> bool:
    """Whether something that was found may be such a device: it says so, or is a port that says nothing."""
    own = {Kind.PRINTER: "printer", Kind.DISPLAY: "display"}.get(kind)
    return candidate.likely == own or (candidate.likely == "unknown" and candidate.wire.kind is WireKind.SERIAL)


def shown_number(number: int) -> str:
    """How a display shows a number of ``DISPLAY_TRIES``: so that no piece of it passes for another."""
    return f"{number}{number}{number}.{number}{number}"


def ask(state: WizardState, step: Step, notice: str = "") -> WizardState:
    """The state in which a person is asked, and nothing is done meanwhile."""
    return msgspec.structs.replace(state, step=step, act=None, notice=notice)
