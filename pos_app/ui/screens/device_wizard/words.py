"""What the wizard asks, offers and sums up, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication

from pos_app.application.device_wizard.scanner_steps import readable
from pos_app.application.device_wizard.state import DISPLAY_TRIES, PRINTER_SPEEDS, Kind, Step, shown_number
from pos_app.config import WireKind
from pos_app.ui.formats import one_line
from pos_app.ui.screens.device_wizard.state import ANOTHER, LEAVE, NO, YES

if TYPE_CHECKING:
    from pos_app.application.device_wizard.state import WizardState
    from pos_app.config import DeviceSettings, PrinterSettings, Wire

#: The drawer is tried here first.
FIRST_PIN = 2
#: Longer names would widen the window.
_LONGEST_NAME = 40
_SIGNS: Final = {each: each.value for each in Kind}
#: What is offered: number, sign, name, note.
Offer = tuple[int, str, str, str]


def question(state: WizardState) -> tuple[str, str]:
    """The question, and what helps to answer it."""
    words = {
        Step.KIND: (
            QCoreApplication.translate("DeviceWizard", "What do you want to set up?"),
            QCoreApplication.translate(
                "DeviceWizard", "Plug it in and switch it on first. Nothing changes until you save at the end."
            ),
        ),
        Step.LOOKING: (
            QCoreApplication.translate("DeviceWizard", "Looking at what is connected"),
            QCoreApplication.translate("DeviceWizard", "This takes up to five seconds."),
        ),
        Step.WHICH: (
            _which(state.kind),
            QCoreApplication.translate(
                "DeviceWizard", "Is it not in the list? Check cable and power, then go back and choose it again."
            ),
        ),
        Step.ADDRESS: (
            QCoreApplication.translate("DeviceWizard", "What is the printer's address?"),
            QCoreApplication.translate(
                "DeviceWizard", "Hold its feed key while you switch it on: the page it prints has the address on it."
            ),
        ),
        Step.PRINTING_SPEEDS: (
            QCoreApplication.translate("DeviceWizard", "The printer is tried at four speeds"),
            QCoreApplication.translate("DeviceWizard", "Watch the paper. This takes up to ten seconds."),
        ),
        Step.SPEED: (
            QCoreApplication.translate("DeviceWizard", "Which line can you read on the paper?"),
            QCoreApplication.translate("DeviceWizard", "One of the four is clear; the others are garbage or missing."),
        ),
        Step.PRINTING: (
            QCoreApplication.translate("DeviceWizard", "A trial page is being printed"),
            QCoreApplication.translate("DeviceWizard", "It has nine numbered parts. This takes up to ten seconds."),
        ),
        Step.TRIAL: (
            QCoreApplication.translate("DeviceWizard", "Which parts look on the paper as they do here?"),
            QCoreApplication.translate(
                "DeviceWizard", "Touch all that do. 5, 6 and 7 have to end in their own line; 4 and 9 may be drawn."
            ),
        ),
        Step.CUT: (
            QCoreApplication.translate("DeviceWizard", "Was the paper cut?"),
            QCoreApplication.translate("DeviceWizard", "Some printers leave a corner standing; that is cut, too."),
        ),
        Step.PULSING: (
            QCoreApplication.translate("DeviceWizard", "The drawer is being opened"),
            QCoreApplication.translate("DeviceWizard", "Keep your hands off it and watch."),
        ),
        Step.DRAWER: (
            QCoreApplication.translate("DeviceWizard", "Did the drawer open?"),
            QCoreApplication.translate("DeviceWizard", "If not, it is tried once more at the other wire of its plug.")
            if state.printer.drawer_pin == FIRST_PIN
            else QCoreApplication.translate("DeviceWizard", "This time the other wire of its plug was tried."),
        ),
        Step.PRINTING_CODE: (
            QCoreApplication.translate("DeviceWizard", "A code to scan is being printed"),
            QCoreApplication.translate("DeviceWizard", "This takes up to ten seconds."),
        ),
        Step.SCAN: (
            QCoreApplication.translate("DeviceWizard", "Scan this code three times with the scanner"),
            QCoreApplication.translate(
                "DeviceWizard", "From the paper or from here; scanners with a red line read paper only."
            ),
        ),
        Step.DRAWER_AT: (
            QCoreApplication.translate("DeviceWizard", "Where is the drawer plugged in?"),
            QCoreApplication.translate(
                "DeviceWizard", "Follow its cable: most end in a socket of the receipt printer, like a telephone's."
            ),
        ),
        Step.LOAD: (
            QCoreApplication.translate("DeviceWizard", "Switch the scale on and lay something on it"),
            QCoreApplication.translate("DeviceWizard", "Whatever you sell by weight. Then it is looked for."),
        ),
        Step.SEARCHING: (
            QCoreApplication.translate("DeviceWizard", "Looking for the scale"),
            QCoreApplication.translate(
                "DeviceWizard", "At every free serial port, in every known way. This takes up to fifteen seconds."
            ),
        ),
        Step.WEIGHING: (
            QCoreApplication.translate("DeviceWizard", "Does the scale show the same weight?"),
            QCoreApplication.translate("DeviceWizard", "Lay something else on it: the weight here has to follow."),
        ),
        Step.SHOWING: (
            QCoreApplication.translate("DeviceWizard", "Watch the customer's display"),
            QCoreApplication.translate(
                "DeviceWizard", "Numbers come one after another, for two seconds each. Remember those you can read."
            ),
        ),
        Step.READ: (
            QCoreApplication.translate("DeviceWizard", "Which numbers did you read on the display?"),
            QCoreApplication.translate(
                "DeviceWizard", "Touch all that were whole. Garbage, and parts of a number, do not count."
            ),
        ),
        Step.LIGHTING: (
            QCoreApplication.translate("DeviceWizard", "The display shows a total"),
            QCoreApplication.translate("DeviceWizard", "Watch the small lamps beside its figures."),
        ),
        Step.LAMP: (
            QCoreApplication.translate("DeviceWizard", "Is the lamp for the total lit?"),
            QCoreApplication.translate(
                "DeviceWizard", "It stands beside or below the figures (总计, TOTAL). Some displays have none."
            ),
        ),
        Step.SUMMARY: (
            QCoreApplication.translate("DeviceWizard", "Is that right?"),
            QCoreApplication.translate("DeviceWizard", "Nothing was changed so far. Save, and it is used at once."),
        ),
        Step.SAVING: (
            QCoreApplication.translate("DeviceWizard", "Saving"),
            QCoreApplication.translate("DeviceWizard", "The devices are used at once."),
        ),
        Step.FINISHED: (
            QCoreApplication.translate("DeviceWizard", "Saved. The device is in use."),
            QCoreApplication.translate(
                "DeviceWizard", "The devices screen shows how it stands, and tries it again at any time."
            ),
        ),
    }
    return words.get(state.step, ("", ""))


def offers(state: WizardState) -> tuple[Offer, ...]:
    """What can be chosen by number; empty where nothing is."""
    match state.step:
        case Step.KIND:
            return tuple((number, *_kind(kind)) for number, kind in enumerate(Kind, start=1))
        case Step.WHICH:
            found = (
                (
                    number,
                    _SIGNS[state.kind],
                    _name(each.name, each.wire),
                    f"{way(each.wire)}  {one_line(each.wire.where, _LONGEST_NAME)}".strip(),
                )
                for number, each in enumerate(state.candidates, start=1)
            )
            if state.kind is not Kind.PRINTER:
                return tuple(found)
            network = (
                QCoreApplication.translate("DeviceWizard", "A printer in the network"),
                QCoreApplication.translate("DeviceWizard", "You type its address"),
            )
            return (*found, (len(state.candidates) + 1, "sync", *network))
        case Step.SPEED:
            lines = ((number, "report", f"{number}   {baud}", "") for number, baud in enumerate(PRINTER_SPEEDS, 1))
            return (*lines, (0, "neutral", QCoreApplication.translate("DeviceWizard", "None of them"), ""))
        case Step.CUT:
            return (
                (YES, "success", QCoreApplication.translate("DeviceWizard", "Yes, it was cut"), ""),
                (NO, "danger", QCoreApplication.translate("DeviceWizard", "No, I tear it off"), ""),
            )
        case Step.DRAWER:
            return (
                (YES, "success", QCoreApplication.translate("DeviceWizard", "Yes, it opened"), ""),
                (NO, "danger", QCoreApplication.translate("DeviceWizard", "No, it stayed shut"), ""),
            )
        case Step.DRAWER_AT:
            return (
                (
                    1,
                    "printer",
                    QCoreApplication.translate("DeviceWizard", "At the receipt printer"),
                    QCoreApplication.translate("DeviceWizard", "By a cable like a telephone's"),
                ),
                (
                    2,
                    "drawer",
                    QCoreApplication.translate("DeviceWizard", "At the computer"),
                    QCoreApplication.translate("DeviceWizard", "By a box at a serial port"),
                ),
            )
        case Step.WEIGHING:
            return (
                (YES, "success", QCoreApplication.translate("DeviceWizard", "Yes, the same"), ""),
                (NO, "danger", QCoreApplication.translate("DeviceWizard", "No, or nothing"), ""),
            )
        case Step.LAMP:
            return (
                (YES, "success", QCoreApplication.translate("DeviceWizard", "Yes, it is lit"), ""),
                (NO, "danger", QCoreApplication.translate("DeviceWizard", "No, or another one"), ""),
            )
        case Step.READ:
            numbers = range(1, len(DISPLAY_TRIES) + 1)
            return tuple(
                (number, "success" if number in state.marks else "open", shown_number(number), "") for number in numbers
            )
        case Step.FINISHED:
            return (
                (ANOTHER, "settings", QCoreApplication.translate("DeviceWizard", "Set up another device"), ""),
                (LEAVE, "success", QCoreApplication.translate("DeviceWizard", "That is all"), ""),
            )
        case _:
            return ()


def _kind(kind: Kind) -> tuple[str, str, str]:
    words = {
        Kind.PRINTER: (
            QCoreApplication.translate("DeviceWizard", "Receipt printer"),
            QCoreApplication.translate("DeviceWizard", "And the drawer at it"),
        ),
        Kind.DRAWER: (
            QCoreApplication.translate("DeviceWizard", "Cash drawer"),
            QCoreApplication.translate("DeviceWizard", "At the printer, or at a port of its own"),
        ),
        Kind.SCANNER: (
            QCoreApplication.translate("DeviceWizard", "Scanner"),
            QCoreApplication.translate("DeviceWizard", "With or without a port of its own"),
        ),
        Kind.SCALE: (
            QCoreApplication.translate("DeviceWizard", "Scale"),
            QCoreApplication.translate("DeviceWizard", "At a serial port"),
        ),
        Kind.DISPLAY: (
            QCoreApplication.translate("DeviceWizard", "Customer's display"),
            QCoreApplication.translate("DeviceWizard", "Lines of figures or text, at a serial port"),
        ),
    }
    return (_SIGNS[kind], *words[kind])


def _which(kind: Kind) -> str:
    match kind:
        case Kind.DRAWER:
            return QCoreApplication.translate("DeviceWizard", "Which port is the drawer's box at?")
        case Kind.DISPLAY:
            return QCoreApplication.translate("DeviceWizard", "Which port is the display at?")
        case _:
            return QCoreApplication.translate("DeviceWizard", "Which one is the printer?")


def _name(name: str, wire: Wire) -> str:
    if wire.kind is WireKind.VIRTUAL:
        return QCoreApplication.translate("DeviceWizard", "Printer on the screen")
    return one_line(name, _LONGEST_NAME) or one_line(wire.where, _LONGEST_NAME)


def way(wire: Wire) -> str:
    """How a device is reached."""
    words = {
        WireKind.VIRTUAL: QCoreApplication.translate("DeviceWizard", "Made of software"),
        WireKind.TCP: QCoreApplication.translate("DeviceWizard", "Network"),
        WireKind.SERIAL: QCoreApplication.translate("DeviceWizard", "Serial port"),
        WireKind.FILE: QCoreApplication.translate("DeviceWizard", "Device file"),
        WireKind.INPUT: QCoreApplication.translate("DeviceWizard", "Read at its own plug"),
        WireKind.HID: QCoreApplication.translate("DeviceWizard", "Read at its own plug"),
        WireKind.USB: "USB",
        WireKind.SPOOLER: QCoreApplication.translate("DeviceWizard", "Print queue"),
    }
    return words.get(wire.kind, "")


def summary(state: WizardState) -> tuple[tuple[str, str], ...]:
    """What will be saved, as pairs of word and value."""
    devices = state.devices
    match state.kind:
        case Kind.SCANNER:
            return _scanner_rows(state, devices)
        case Kind.SCALE:
            return (*_reached(devices.scale), (_speaks(), _tables().get(devices.scale.protocol, "")))
        case Kind.DISPLAY:
            return (*_reached(devices.display), (_speaks(), _tables().get(devices.display.model, "")))
        case Kind.DRAWER if devices.drawer.kind is not WireKind.NONE:
            opened = QCoreApplication.translate("DeviceWizard", "Opened by")
            return (*_reached(devices.drawer), (opened, devices.drawer.pulse))
        case _:
            return _printer_rows(devices.printer)


def _tables() -> dict[str, str]:
    """Names of the ways in which scales and displays speak, as their manuals have them."""
    return {
        "general": "ST,GS,+1.234kg",
        "toledo_8217": "Toledo 8217",
        "cas_22": "CAS 22",
        "ecr": "ECR (ENQ, DC1)",
        "xk3190_a9": "XK3190-A9",
        "xk3190_a12": "XK3190-A12",
        "led8": "LED8",
        "led8_bytes": QCoreApplication.translate("DeviceWizard", "LED8 (lamps by byte)"),
        "led8_plain": QCoreApplication.translate("DeviceWizard", "LED8 (no lamps)"),
        "cd5220": "CD5220",
        "escpos": "ESC/POS",
    }


def _speaks() -> str:
    return QCoreApplication.translate("DeviceWizard", "Speaks")


def _reached(wire: Wire) -> tuple[tuple[str, str], ...]:
    word = QCoreApplication.translate("DeviceWizard", "Reached by")
    return ((word, f"{way(wire)}  {one_line(wire.where, _LONGEST_NAME)}".strip()), *_speed_row(wire))


def _printer_rows(printer: PrinterSettings) -> tuple[tuple[str, str], ...]:
    columns = printer.columns or {58: 32}.get(printer.paper_mm, 48)
    charsets = {
        "gbk": "GBK",
        "gb18030": "GB18030",
        "utf8": "UTF-8",
        "raster": QCoreApplication.translate("DeviceWizard", "Drawn by the till"),
    }
    yes, no = QCoreApplication.translate("DeviceWizard", "yes"), QCoreApplication.translate("DeviceWizard", "no")
    return (
        (
            QCoreApplication.translate("DeviceWizard", "Reached by"),
            f"{way(printer)}  {one_line(printer.where, _LONGEST_NAME)}".strip(),
        ),
        *_speed_row(printer),
        (
            QCoreApplication.translate("DeviceWizard", "Chinese characters"),
            charsets.get(printer.charset, printer.charset),
        ),
        (QCoreApplication.translate("DeviceWizard", "Characters in a line"), f"{columns}"),
        (QCoreApplication.translate("DeviceWizard", "Draws square codes itself"), yes if printer.native_qr else no),
        (QCoreApplication.translate("DeviceWizard", "Cuts the paper"), yes if printer.has_cutter else no),
        (QCoreApplication.translate("DeviceWizard", "Drawer at pin"), f"{printer.drawer_pin}"),
    )


def _speed_row(wire: Wire) -> tuple[tuple[str, str], ...]:
    if wire.kind is not WireKind.SERIAL:
        return ()
    line = "" if (wire.data_bits, wire.parity) == (8, "N") else f"  {wire.data_bits}{wire.parity}{wire.stop_bits}"
    return ((QCoreApplication.translate("DeviceWizard", "Speed"), f"{wire.baud}{line}"),)


def _scanner_rows(state: WizardState, devices: DeviceSettings) -> tuple[tuple[str, str], ...]:
    wire = state.heard[-1].wire if state.heard else None
    before, after = (
        QCoreApplication.translate("DeviceWizard", "Sends before each code"),
        QCoreApplication.translate("DeviceWizard", "Sends after each code"),
    )
    nothing = QCoreApplication.translate("DeviceWizard", "nothing")
    if wire is None or wire.kind is WireKind.NONE:
        wedge = devices.wedge
        pause = QCoreApplication.translate("DeviceWizard", "{count} ms").format(count=wedge.gap_ms)
        return (
            (
                QCoreApplication.translate("DeviceWizard", "Reached by"),
                QCoreApplication.translate("DeviceWizard", "It types like a keyboard"),
            ),
            (before, readable(wedge.prefix) or nothing),
            (after, readable(wedge.suffix) or nothing),
            (QCoreApplication.translate("DeviceWizard", "Longest pause between keys"), pause),
        )
    scanner = devices.scanners[-1]
    return (
        (
            QCoreApplication.translate("DeviceWizard", "Reached by"),
            f"{way(scanner)}  {one_line(scanner.where, _LONGEST_NAME)}",
        ),
        *_speed_row(scanner),
        (before, readable(scanner.prefix) or nothing),
        (after, readable(scanner.suffix) or nothing),
    )
