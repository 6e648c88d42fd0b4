"""A drawer at a wire of its own opens once each time it is asked, or not at all, and tells whether it is open."""

import time

import pytest
from contract.hardware.sinks import PtySink

from hardware.drawers.pulse_box import HasLines, PulseBox, Sensor
from hardware.ports import DeviceState
from hardware.transports.serial_port import SerialSettings, SerialTransport
from hardware.virtual.pulse_box import VirtualPulseBox
from hardware.worker import WorkerConfig

FAST = WorkerConfig(poll_ms=20, retry_first_ms=20, retry_most_ms=100)


def _until(condition, seconds=5.0):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.005)


@pytest.fixture
def rig():
    boxes = []

    def make(wire, **arguments):
        box = PulseBox(wire, b"\x07", config=FAST, **arguments)
        boxes.append(box)
        box.start()
        _until(lambda: box.state is DeviceState.IDLE)
        return box

    yield make
    for box in boxes:
        assert box.stop(2000)


@pytest.mark.parametrize("sensor", [Sensor.CTS, Sensor.DSR])
def test_it_opens_and_tells_so(rig, sensor):
    wire, told = VirtualPulseBox(), []
    box = rig(wire, sensor=sensor, on_open=told.append)
    _until(lambda: box.is_open is False)
    assert box.open_drawer()
    _until(lambda: box.is_open is True)
    wire.drawer.close()
    _until(lambda: box.is_open is False)
    assert told == [False, True, False]
    assert (wire.drawer.times_opened, wire.problems) == (1, [])


def test_a_sensor_wired_the_other_way_round(rig):
    wire = VirtualPulseBox()
    box = rig(wire, sensor=Sensor.CTS, open_when_high=False)
    _until(lambda: box.is_open is True)


def test_without_a_sensor_nobody_knows(rig):
    wire = VirtualPulseBox()
    wire.has_sensor = False
    asked, blind = rig(wire, sensor=Sensor.CTS), rig(VirtualPulseBox())
    asked.open_drawer()
    blind.open_drawer()
    _until(lambda: wire.drawer.is_open)
    time.sleep(0.05)
    assert (asked.is_open, blind.is_open) == (None, None)


def test_a_lost_box_refuses_and_never_opens_late(rig):
    wire = VirtualPulseBox()
    box = rig(wire, sensor=Sensor.CTS)
    _until(lambda: box.is_open is False)
    wire.unplug()
    _until(lambda: box.state is DeviceState.ERROR, 2.0)
    assert box.is_open is None
    assert not box.open_drawer()
    wire.plug()
    _until(lambda: box.state is DeviceState.IDLE, 2.0)
    time.sleep(0.1)
    assert wire.drawer.times_opened == 0
    assert box.open_drawer()
    _until(lambda: wire.drawer.times_opened == 1)


def test_a_pseudo_terminal_has_no_lines_and_is_used_all_the_same(rig):
    with PtySink() as sink:
        wire = SerialTransport(SerialSettings(port=sink.port))
        assert isinstance(wire, HasLines)
        box = rig(wire, sensor=Sensor.DSR)
        assert box.open_drawer()
        _until(lambda: bytes(sink.data) == b"\x07")
        assert box.is_open is None


def test_a_drawer_needs_something_that_opens_it():
    with pytest.raises(ValueError, match="open"):
        PulseBox(VirtualPulseBox(), b"")
