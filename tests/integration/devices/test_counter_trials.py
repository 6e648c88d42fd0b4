"""Scales, line displays and drawer boxes made of software: found and tried as the wizard does it."""

import os
import sys
import threading
import tty

import pytest

from hardware.discovery import Discovery, Found, Likely, Way
from hardware.scales import finding
from hardware.scales.protocols import PROTOCOLS
from hardware.virtual.display import VirtualDisplay
from hardware.virtual.port import VirtualPort
from hardware.virtual.scale import ScaleFault, VirtualScale
from pos_app.application.device_wizard.state import BOX_PULSES, DISPLAY_TRIES, shown_number
from pos_app.bootstrap import counter_trials
from pos_app.config import DisplaySettings, DrawerSettings, Wire, WireKind

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="pseudo terminals are POSIX")


@pytest.fixture
def hasty(monkeypatch):
    """Silence and pauses in tenths of a second: what is waited for is the same."""
    monkeypatch.setattr(finding, "_LISTEN_MS", 400)
    monkeypatch.setattr(finding, "_ANSWER_MS", 100)
    monkeypatch.setattr(counter_trials, "SHOWN_S", 0.2)


def at(*ports):
    return Discovery(tuple(Found(Likely.UNKNOWN, Way.SERIAL, port) for port in ports))


@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_a_scale_is_found_by_what_it_says(hasty, protocol):
    """At a wire in memory, which takes every parity; pseudo terminals take none."""
    with VirtualScale(protocol, in_memory=True) as scale:
        scale.lay(285)
        [found] = finding.find_scales(("scale",), lambda _port, _line: scale.transport())
        table = PROTOCOLS[protocol]
        assert (found.protocol, found.line.baud) == (protocol, table.baud)
        assert (found.line.data_bits, found.line.parity) == (table.data_bits, table.parity)
        assert found.reading.grams == 285


@pytest.mark.parametrize("protocol", ["general", "ecr"])
def test_a_scale_that_was_found_says_what_lies_on_it(hasty, protocol):
    with VirtualScale(protocol) as scale, VirtualPort("silent") as silent:
        scale.lay(285)
        [found] = counter_trials.find_scales(at(silent.port, "/dev/ttyNOWHERE", scale.port), ())
        assert (found.kind, found.device, found.protocol) == (WireKind.SERIAL, scale.port, protocol)
        heard, right = [], threading.Event()

        def tell(weighed):
            heard.append(weighed)
            if (weighed.grams, weighed.is_stable) == (285, True):
                right.set()

        read = counter_trials.weigh(found, tell)
        assert right.wait(5), heard
        read.stop()


def test_a_scale_with_seven_bits_that_speaks_by_itself(hasty):
    master, slave = os.openpty()
    tty.setraw(slave)
    over = threading.Event()

    def speak():
        frame = b"ST,GS,+  0.285kg\r\n"
        while not over.wait(0.05):
            os.write(master, bytes(each | 0x80 if each.bit_count() % 2 else each for each in frame))

    speaking = threading.Thread(target=speak)
    speaking.start()
    try:
        [found] = counter_trials.find_scales(at(os.ttyname(slave)), ())
    finally:
        over.set()
        speaking.join()
        os.close(master)
        os.close(slave)
    assert (found.protocol, found.data_bits, found.parity) == ("general", 7, "E")


@pytest.mark.parametrize("fault", [ScaleFault.SILENT, ScaleFault.GARBAGE])
def test_what_says_no_weight_is_no_scale(hasty, fault):
    with VirtualScale("general") as scale:
        scale.fault = fault
        assert counter_trials.find_scales(at(scale.port), ()) == ()


def test_a_port_of_another_device_is_not_asked(hasty):
    written = []
    with VirtualPort("printer", on_data=written.append) as port:
        assert counter_trials.find_scales(at(port.port), (port.port,)) == ()
    assert written == []


@pytest.mark.parametrize(("figures", "readable"), [(8, {"led8"}), (0, {"cd5220", "escpos", "led8"})])
def test_a_display_shows_the_number_of_the_way_it_understands(hasty, figures, readable):
    seen = []
    with VirtualDisplay(figures=figures, on_change=lambda lines, _lamp: seen.append("".join(lines))) as display:
        wire = Wire(kind=WireKind.SERIAL, device=display.port)
        assert counter_trials.show_numbers(wire) == ""
        numbers = {n for n in range(1, len(DISPLAY_TRIES) + 1) if any(shown_number(n) in text for text in seen)}
        # A pseudo terminal has no speed, so every speed of a way is read.
        assert {DISPLAY_TRIES[n - 1][0] for n in numbers} <= readable
        assert {DISPLAY_TRIES[n - 1][0] for n in numbers} & {"led8", "cd5220"}


@pytest.mark.parametrize("model", ["led8", "led8_bytes", "led8_plain"])
def test_the_lamp_of_the_total_is_lit_by_what_the_display_understands(model):
    seen, shown = [], threading.Event()

    def change(lines, lamp):
        seen.append((lines, lamp))
        if lines == ("88.88",):
            shown.set()

    with VirtualDisplay(figures=8, on_change=change) as display:
        settings = DisplaySettings(kind=WireKind.SERIAL, device=display.port, model=model)
        assert counter_trials.light_lamp(settings) == ""
        assert shown.wait(5), seen
    assert ("total" in {lamp for _, lamp in seen}) == (model != "led8_plain")


@pytest.mark.parametrize("pulse", BOX_PULSES)
def test_a_box_gets_its_pulse_and_nothing_else(pulse):
    written, came = bytearray(), threading.Event()

    def take(data):
        written.extend(data)
        came.set()

    with VirtualPort("box", on_data=take) as port:
        drawer = DrawerSettings(kind=WireKind.SERIAL, device=port.port, pulse=pulse)
        assert counter_trials.open_box(drawer) == ""
        assert came.wait(5)
    assert bytes(written) == bytes.fromhex(pulse)


def test_a_port_that_is_not_there_is_told():
    nowhere = Wire(kind=WireKind.SERIAL, device="/dev/ttyNOWHERE")
    assert counter_trials.show_numbers(nowhere) == "not_found"
    assert counter_trials.open_box(DrawerSettings(kind=WireKind.SERIAL, device="/dev/ttyNOWHERE")) == "not_found"
    assert counter_trials.find_scales(at("/dev/ttyNOWHERE"), ()) == ()
