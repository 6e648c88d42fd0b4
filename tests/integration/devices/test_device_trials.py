"""The wizard with virtual devices: it finds what they are, judged by what they print and send."""

import sys
import threading

import msgspec
import pytest
from pos_testkit.trial_paper import look_at

from hardware.discovery import Discovery, Found, Likely, Way
from hardware.printers.profile import BUILTIN, Charset
from hardware.printers.trial_page import LINES, QR_DRAWN, QR_NATIVE, RULERS
from hardware.scanners.finding import SPEEDS, ScannerFinder
from hardware.transports.serial_port import SerialSettings, SerialTransport
from hardware.virtual.paper import CutMark
from hardware.virtual.printer import VirtualPrinter
from pos_app.application.device_wizard.state import (
    KNOWN_CODE,
    TRIAL_CHARSETS,
    TRIAL_COLUMNS,
    TRIAL_QR,
    TRIAL_QR_DRAWN,
    Choose,
    Done,
    Heard,
    Looked,
    Mark,
    Marked,
    Said,
    Step,
    Typed,
)
from pos_app.application.device_wizard.steps import answer, begin
from pos_app.bootstrap import trials
from pos_app.config import DeviceSettings

WAIT_MS = 10_000


def test_page_and_questions_have_the_same_numbers():
    assert set(TRIAL_CHARSETS) == set(LINES)
    assert TRIAL_COLUMNS == RULERS
    assert (TRIAL_QR, TRIAL_QR_DRAWN) == (QR_NATIVE, QR_DRAWN)


@pytest.mark.parametrize("charset", [Charset.GBK, Charset.GB18030, Charset.UTF8])
@pytest.mark.parametrize(("paper", "columns"), [("58mm", 32), ("80mm", 48), ("80mm", 42)])
def test_the_wizard_finds_what_a_virtual_printer_can_do(charset, paper, columns):
    profile = msgspec.structs.replace(BUILTIN[paper], charset=charset, drawer_pin=5, columns=columns)
    with VirtualPrinter(profile) as printer:
        state = begin(DeviceSettings())
        for given in (Choose(1), Looked(()), Choose(1), Typed(f"{printer.host}:{printer.port}")):
            state = answer(state, given)
        state = answer(state, Done(trials.print_trial(state.act.printer)))
        paper_out = printer.wait_for_papers(1, timeout_ms=WAIT_MS)[0]
        for number in sorted(look_at(paper_out)):
            state = answer(state, Mark(number))
        state = answer(state, Marked())
        state = answer(state, Said(yes=any(isinstance(block, CutMark) for block in paper_out.blocks)))
        while state.step is Step.PULSING:
            was = printer.drawer.is_open
            state = answer(state, Done(trials.pulse(state.act.printer)))
            assert state.step is Step.DRAWER
            opened = not was and wait_until(lambda: printer.drawer.is_open, 2 if state.printer.drawer_pin == 5 else 0.3)
            state = answer(state, Said(yes=opened))
    made = state.devices.printer
    assert state.step is Step.SUMMARY
    assert (made.charset, made.drawer_pin, made.has_cutter) == (charset.value, 5, True)
    assert (made.paper_mm, made.columns) == (58 if columns == 32 else 80, columns if columns == 42 else 0)


def wait_until(true, seconds):
    pause = threading.Event()
    for _ in range(int(seconds * 100)):
        if true():
            return True
        pause.wait(0.01)
    return true()


def test_a_printer_that_is_not_there_is_told():
    assert trials.print_trial(msgspec.convert({"kind": "tcp", "host": "127.0.0.1", "port": 1}, type=_PRINTER)) in (
        "offline",
        "not_found",
    )


_PRINTER = type(DeviceSettings().printer)


@pytest.mark.skipif(sys.platform == "win32", reason="pseudo terminals are POSIX")
@pytest.mark.parametrize(("speed", "parity"), [(9600, "N"), (115200, "E"), (57600, "O")])
def test_a_serial_scanner_is_found_with_its_line_and_what_it_sends(speed, parity):
    from pos_testkit.pty_scanner import PtyScanner

    scanner, silent = PtyScanner(speed, parity), PtyScanner(9600)
    heard = []

    def make(port, baud):
        return SerialTransport(SerialSettings(port=port, baud=baud))

    finder = ScannerFinder(["/dev/ttyNOWHERE", silent.port, scanner.port], KNOWN_CODE, make)
    found = Discovery(tuple(Found(Likely.UNKNOWN, Way.SERIAL, each.port) for each in (silent, scanner)))
    tell = trials.hears(found, heard.append)
    thread = threading.Thread(target=finder.run, args=(tell,))
    thread.start()
    state, pause = answer(begin(DeviceSettings()), Choose(3)), threading.Event()
    for _ in range(40):
        pause.wait(0.3)
        scanner.scan(f"\x02{KNOWN_CODE}\x03\r")
        while heard:
            state = answer(state, heard.pop(0))
        if state.step is Step.SUMMARY:
            break
    finder.stop()
    thread.join(10)
    scanner.close()
    silent.close()
    assert not thread.is_alive()
    [made] = state.devices.scanners
    assert (made.device, made.baud, made.prefix, made.suffix) == (scanner.port, speed, "\x02", "\x03")
    assert (made.data_bits, made.parity) == (8 if parity == "N" else 7, parity)
    assert speed in SPEEDS
    assert isinstance(state.heard[0], Heard)
