"""Every device set up by keyboard alone in the real window, at ports of the system: saved at once, and it works."""

import sys
import time

import pytest
from pos_testkit import builders
from pos_testkit.window import MANAGER, make_home, memory_folder, till_window
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication

from hardware.printers.profile import PAPER_80
from hardware.virtual.display import VirtualDisplay
from hardware.virtual.port import VirtualPort
from hardware.virtual.printer import VirtualPrinter
from hardware.virtual.scale import VirtualScale
from hardware.virtual.scanner import VirtualScanner
from pos_app.config import WireKind
from pos_app.infrastructure.paths import paths_below
from pos_app.infrastructure.settings import load_settings
from pos_app.ui import i18n
from pos_app.ui.screens.devices.state import DeviceKind
from pos_app.ui.widgets.buttons import Choice

pytestmark = [pytest.mark.gui, pytest.mark.skipif(sys.platform != "linux", reason="pseudo terminals are Linux")]
Key = Qt.Key
_MOST_TABS = 120


class Person:
    """Somebody at the devices screen with a keyboard and nothing else."""

    def __init__(self, window):
        self.window, self.shell = window, window.shell
        window.desk.go("devices")
        window.settle()
        self.view = window.view("devices")

    def key(self, *keys, modifier=Qt.KeyboardModifier.NoModifier):
        for key in keys:
            QTest.keyClick(self.shell.focusWidget(), key, modifier)
        QApplication.processEvents()

    def tab_to(self, arrived):
        for _ in range(_MOST_TABS):
            if arrived(self.shell.focusWidget()):
                return
            self.key(Key.Key_Tab)
        raise AssertionError("the keyboard does not come there")

    def type_into(self, name, text):
        """Replace what a box holds, found by the name that a screen reader says."""
        self.tab_to(lambda at: at.accessibleName() == name)
        self.key(Key.Key_A, modifier=Qt.KeyboardModifier.ControlModifier)
        QTest.keyClicks(self.shell.focusWidget(), text)

    def press(self, words):
        """Come to a button and press it; of a choice, one comes to the row and goes along it."""

        def there(at):
            return isinstance(at, QAbstractButton) and (
                at.text() == words
                or (isinstance(at.parent(), Choice) and words in [each.text() for each in at.parent()._buttons])
            )

        self.tab_to(there)
        for step in (*[Key.Key_Left] * 10, *[Key.Key_Right] * 10):
            if self.shell.focusWidget().text() == words:
                break
            self.key(step)
        assert self.shell.focusWidget().text() == words
        self.key(Key.Key_Space)

    def save(self):
        """F9; returns the devices as the settings file has them."""
        self.key(Key.Key_F9)
        self.window.settle()
        state = self.window.state("devices")
        assert (state.bad_field, state.notice.code) == ("", "settings.saved")
        saved = load_settings(self.window.paths.settings).settings
        assert saved.devices == self.window.desk.settings.devices
        return saved

    def card(self, kind):
        return next(each for each in self.window.state("devices").cards if each.kind is kind)


@pytest.fixture
def person(app):
    i18n.use("en")
    with memory_folder() as home:
        make_home(home)
        with till_window(paths_below(home)) as window:
            window.sit_down(MANAGER)
            yield Person(window)


@pytest.fixture
def printer():
    with VirtualPrinter(PAPER_80) as one:
        yield one


def _until(person, condition, what):
    person.window.until(condition, what)


def _lan(person, printer):
    person.press("LAN")
    person.type_into("Address", "127.0.0.1")
    person.type_into("Port", str(printer.port))


def test_the_printer(person, printer):
    person.key(Key.Key_F3)
    _lan(person, printer)
    person.press("42")
    person.press("UTF-8")
    devices = person.save().devices
    assert (devices.printer.kind, devices.printer.columns, devices.printer.charset) == (WireKind.TCP, 42, "utf8")
    person.press("Print a test page")
    _until(person, lambda: printer.papers, "the test page is printed")
    person.window.settle()
    assert person.window.state("devices").notice.code == "print.test_done"
    _until(person, lambda: person.window.state("devices").trial.png, "the receipt is drawn beside the form")


def test_what_is_wrong_stays_and_the_cursor_stands_there(person):
    person.key(Key.Key_F3)
    person.press("LAN")
    person.key(Key.Key_F9)
    assert person.window.state("devices").bad_field == "printer.host"
    assert person.shell.focusWidget().accessibleName() == "Address"
    QTest.keyClicks(person.shell.focusWidget(), "127.0.0.1")
    assert person.save().devices.printer.where == "127.0.0.1:9100"


def test_the_printer_that_stands_in(person, printer):
    person.key(Key.Key_F3, Key.Key_F3)
    _lan(person, printer)
    person.type_into("After (seconds)", "3")
    devices = person.save().devices
    assert (devices.stand_in.where, devices.stand_in_after_s) == (f"127.0.0.1:{printer.port}", 3)


def test_slips_of_the_kitchen(person, printer):
    person.key(Key.Key_F3, Key.Key_F3, Key.Key_F3, Key.Key_Insert)
    person.type_into("Name, at the head of its slips", "KITCHEN")
    person.press("Printer")
    _lan(person, printer)
    (slip,) = person.save().devices.copies
    assert (slip.name, slip.printer.port, slip.categories) == ("KITCHEN", printer.port, ())
    person.window.desk.go("selling")
    person.window.scan(builders.ean13(1)).pay_cash()
    _until(person, lambda: any("KITCHEN" in each.text() for each in printer.papers), "the kitchen has its slip")


def test_a_scanner_at_a_port(person):
    with VirtualScanner() as scanner:
        person.key(Key.Key_F4, Key.Key_F4, Key.Key_Insert)
        person.type_into("Serial port", scanner.port)
        person.type_into("Before each code", "~")
        (saved,) = person.save().devices.scanners
        assert (saved.device, saved.prefix) == (scanner.port, "~")
        _until(person, lambda: _answers(person, scanner), "it is read")
        assert person.card(DeviceKind.SCANNER).last == "6901234567892"
        person.key(Key.Key_Delete)
        person.window.settle()
        assert person.window.desk.settings.devices.scanners == ()
        person.press("Undo")
        person.window.settle()
        assert person.window.desk.settings.devices.scanners == (saved,)


def _answers(person, scanner):
    scanner.send("~6901234567892")
    time.sleep(0.02)
    return person.card(DeviceKind.SCANNER).last


def test_a_scanner_that_types_and_chip_cards(person):
    person.key(Key.Key_F4)
    person.type_into("Before each code", "~")
    person.type_into("Longest pause within a code (thousandths of a second)", "80")
    assert person.save().devices.wedge.gap_ms == 80
    assert person.window.running.router._recogniser._config.prefix == "~", "it holds at once"
    person.key(Key.Key_F4, Key.Key_F4)
    person.press("Ten digits")
    assert person.save().chip_forms == ("decimal",)
    lookup = person.window.desk.till.lookup
    assert lookup._parser.parse("0003812345") is not None, "cards are read at once"


def test_the_scale(person):
    with VirtualScale("toledo_8217") as scale:
        person.key(Key.Key_F10)
        person.press("Serial")
        person.press("Toledo 8217")
        person.type_into("Serial port", scale.port)
        saved = person.save().devices.scale
        assert (saved.protocol, saved.data_bits, saved.parity) == ("toledo_8217", 7, "E"), "the table filled them in"
        scale.lay(285)
        _until(person, lambda: person.card(DeviceKind.SCALE).last == "0.285 kg", "its card shows what lies on it")


def test_the_line_display(person):
    with VirtualDisplay(columns=20) as display:
        person.key(Key.Key_F6, Key.Key_F6)
        person.press("Serial")
        person.press("CD5220")
        person.type_into("Serial port", display.port)
        person.type_into("Greeting while nothing is sold", "WELCOME")
        saved = person.save().devices.display
        assert (saved.model, saved.baud, saved.greeting) == ("cd5220", 9600, "WELCOME")
        person.press("Show a test line")
        _until(person, lambda: any("123456.78" in line for line in display.lines), "the test line")
        person.key(Key.Key_Escape)
        _until(person, lambda: any("WELCOME" in line for line in display.lines), "the greeting comes back")
        assert display.problems == ()


def test_the_drawer_at_a_port_of_its_own(person):
    got = bytearray()
    port = VirtualPort("drawer", on_data=got.extend)
    port.plug()
    try:
        person.key(Key.Key_F10, Key.Key_F10)
        person.press("Serial")
        person.type_into("Serial port", port.port)
        person.type_into("What opens it (hexadecimal)", "1B 70 00 19 FA")
        assert person.save().devices.drawer.pulse == "1B 70 00 19 FA"
        person.press("Open the drawer")
        _until(person, lambda: bytes(got) == b"\x1bp\x00\x19\xfa", "the drawer opens")
    finally:
        port.unplug()
