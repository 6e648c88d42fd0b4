"""Scales of every protocol keep the same promises, over a pseudo terminal and in memory, whatever goes wrong."""

import socket
import struct
import sys
import threading
import time

import msgspec
import pytest

from hardware.ports import DeviceState, Reason
from hardware.scales.protocols import PROTOCOLS, ScaleState
from hardware.scales.reading import Reading
from hardware.scales.scale import Scale, ScaleTimings
from hardware.transports.memory import MemoryTransport
from hardware.transports.tcp import TcpTransport
from hardware.virtual.scale import ScaleFault, VirtualScale
from hardware.worker import WorkerConfig

FAST = ScaleTimings(poll_ms=20, still_ms=40, rest_ms=100, answer_ms=150, silence_ms=500, fresh_ms=600)
RETRY = WorkerConfig(retry_first_ms=20, retry_most_ms=100)
IDLE, ERROR = DeviceState.IDLE, DeviceState.ERROR


class _Weighing:
    def __init__(self, virtual, protocol):
        self.virtual, self.states, self.readings = virtual, [], []
        self.scale = Scale(
            virtual.transport(),
            PROTOCOLS[protocol],
            on_reading=self.readings.append,
            on_state=lambda *state: self.states.append(state),
            timings=FAST,
            config=RETRY,
        )
        self.scale.watch(on=True)
        self.scale.start()

    def until(self, condition, seconds=5.0):
        end = time.monotonic() + seconds
        while not condition():
            assert time.monotonic() < end, (self.states, self.scale.reading)
            time.sleep(0.005)

    def shows(self, state, grams=None):
        reading = self.scale.reading
        return reading is not None and reading.state is state and grams in (None, reading.grams)


@pytest.fixture(params=["pty", "memory"])
def where(request, tmp_path):
    if request.param == "memory":
        return {"in_memory": True}
    if sys.platform == "win32":
        pytest.skip("pseudo terminals are a POSIX thing")
    return {"link": tmp_path / "ttyScale"}


@pytest.fixture(params=sorted(PROTOCOLS))
def weighing(request, where):
    with VirtualScale(request.param, **where) as virtual:
        one = _Weighing(virtual, request.param)
        one.until(lambda: one.scale.state is IDLE)
        yield one
        assert one.scale.stop(2000)


def test_it_weighs(weighing):
    weighing.until(lambda: weighing.shows(ScaleState.ZERO))
    weighing.virtual.lay(285)
    weighing.until(lambda: weighing.shows(ScaleState.STABLE, 285))
    weighing.virtual.lay(12_345)
    weighing.until(lambda: weighing.shows(ScaleState.STABLE, 12_345))
    weighing.virtual.lay(-40)
    weighing.until(lambda: weighing.shows(ScaleState.NEGATIVE))
    assert weighing.states == [(IDLE, None)]
    stable = {reading.grams for reading in weighing.readings if reading and reading.state is ScaleState.STABLE}
    assert stable == {285, 12_345}


def test_what_moves_is_not_believed(weighing):
    weighing.virtual.lay(500)
    weighing.until(lambda: weighing.shows(ScaleState.STABLE, 500))
    weighing.virtual.fault = ScaleFault.MOVING
    weighing.until(lambda: weighing.shows(ScaleState.MOVING))
    time.sleep(0.2)
    assert not weighing.shows(ScaleState.STABLE)
    weighing.virtual.fault = ScaleFault.NONE
    weighing.until(lambda: weighing.shows(ScaleState.STABLE, 500))


@pytest.mark.parametrize(
    ("fault", "reason"), [(ScaleFault.SILENT, Reason.TIMEOUT), (ScaleFault.GARBAGE, Reason.PROTOCOL)]
)
def test_silence_and_garbage_are_told_once_and_over_when_they_are(weighing, fault, reason):
    weighing.virtual.lay(285)
    weighing.until(lambda: weighing.shows(ScaleState.STABLE, 285))
    weighing.virtual.fault = fault
    weighing.until(lambda: weighing.scale.state is ERROR, 2.0)
    assert weighing.scale.reading is None
    time.sleep(0.4)
    weighing.virtual.fault = ScaleFault.NONE
    weighing.until(lambda: weighing.shows(ScaleState.STABLE, 285), 2.0)
    assert weighing.states == [(IDLE, None), (ERROR, reason), (IDLE, None)]


def test_unplugged_and_plugged_again(weighing):
    weighing.virtual.lay(285)
    weighing.until(lambda: weighing.shows(ScaleState.STABLE, 285))
    weighing.virtual.unplug()
    weighing.until(lambda: weighing.scale.state is ERROR, 2.0)
    assert weighing.scale.reading is None
    weighing.virtual.plug()
    weighing.until(lambda: weighing.shows(ScaleState.STABLE, 285), 2.0)
    assert [state for state, _reason in weighing.states] == [IDLE, ERROR, IDLE]


def test_a_tare_at_the_scale_is_net(where):
    with VirtualScale("general", **where) as virtual:
        one = _Weighing(virtual, "general")
        virtual.lay(120)
        one.until(lambda: one.shows(ScaleState.STABLE, 120))
        virtual.tare()
        virtual.lay(620)
        one.until(lambda: one.scale.reading == Reading(ScaleState.STABLE, 500, is_net=True))
        assert one.scale.stop()


@pytest.mark.parametrize("protocol", ["toledo_8217", "general", "cas_22", "ecr", "xk3190_a12"])
def test_too_much_is_told(protocol):
    with VirtualScale(protocol, in_memory=True) as virtual:
        one = _Weighing(virtual, protocol)
        virtual.lay(16_000)
        one.until(lambda: one.shows(ScaleState.OVERLOAD))
        assert one.scale.stop()


@pytest.mark.parametrize("cut", range(5))
def test_an_answer_broken_off_at_any_byte_is_no_weight(cut):
    wire = MemoryTransport()
    whole = b"\x0201.234\r"
    wire.on_write = lambda _asked: wire.push(whole[: cut + 2])
    scale = Scale(wire, PROTOCOLS["toledo_8217"], timings=FAST, config=RETRY)
    scale.watch(on=True)
    scale.start()
    end = time.monotonic() + 2
    while scale.state is not ERROR and time.monotonic() < end:
        time.sleep(0.01)
    assert (scale.state, scale.reason, scale.reading) == (ERROR, Reason.PROTOCOL, None)
    wire.on_write = lambda _asked: wire.push(whole)
    end = time.monotonic() + 2
    while scale.reading != Reading(ScaleState.STABLE, 1234) and time.monotonic() < end:
        time.sleep(0.01)
    assert scale.reading == Reading(ScaleState.STABLE, 1234)
    assert scale.stop(1000)


def test_a_scale_that_takes_no_question_is_lost_and_not_waited_for():
    wire = MemoryTransport()
    wire.accept_bytes = 0
    scale = Scale(wire, PROTOCOLS["toledo_8217"], timings=FAST, config=RETRY)
    scale.start()
    end = time.monotonic() + 2
    while scale.state is not ERROR and time.monotonic() < end:
        time.sleep(0.01)
    assert scale.reason is Reason.TIMEOUT
    assert scale.stop(1000)


def test_an_old_weight_is_none(where):
    with VirtualScale("general", **where) as virtual:
        one = _Weighing(virtual, "general")
        virtual.lay(285)
        one.until(lambda: one.shows(ScaleState.STABLE, 285))
        assert one.scale.stop()
    time.sleep(FAST.fresh_ms / 1000 + 0.05)
    assert one.scale.reading is None


def test_a_scale_nobody_weighs_with_is_asked_seldom():
    asked = []
    wire = MemoryTransport()

    def answer(data):
        asked.append(data)
        wire.push(b"\x0200.500\r")

    wire.on_write = answer
    timings = msgspec.structs.replace(FAST, rest_ms=10_000, silence_ms=60_000)
    scale = Scale(wire, PROTOCOLS["toledo_8217"], timings=timings)
    scale.start()
    time.sleep(0.3)
    assert len(asked) == 1
    scale.watch(on=True)
    end = time.monotonic() + 2
    while len(asked) < 4 and time.monotonic() < end:
        time.sleep(0.01)
    assert len(asked) >= 4
    scale.watch(on=False)
    assert scale.stop()


class _Served:
    """A scale behind a serial server in the network: each connection is treated as told."""

    def __init__(self):
        self.mode = "speak"
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._listener.settimeout(0.05)
        self.port = self._listener.getsockname()[1]
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run)
        self._thread.start()

    def close(self):
        self._stop.set()
        self._thread.join(5)
        self._listener.close()

    def _run(self):
        while not self._stop.is_set():
            try:
                connection, _address = self._listener.accept()
            except TimeoutError:
                continue  # nobody came yet
            with connection:
                self._serve(connection, self.mode)

    def _serve(self, connection, mode):
        frame = b"ST,GS,+  0.285kg\r\n"
        while not self._stop.wait(0.03) and self.mode == mode:
            try:
                if mode == "speak":
                    connection.sendall(frame)
                elif mode == "half":
                    connection.sendall(frame[:9])
                elif mode == "noise":
                    connection.sendall(bytes(range(256)))
            except OSError:
                return
        if self.mode == "reset":
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


@pytest.mark.parametrize("trouble", ["stall", "half", "noise", "close", "reset"])
def test_one_behind_a_serial_server_is_lost_once_and_comes_back(trouble):
    served = _Served()
    states = []
    scale = Scale(
        TcpTransport("127.0.0.1", served.port),
        PROTOCOLS["general"],
        on_state=lambda *state: states.append(state[0]),
        timings=FAST,
        config=RETRY,
    )

    def until(condition, seconds):
        end = time.monotonic() + seconds
        while not condition():
            assert time.monotonic() < end, (states, scale.reading)
            time.sleep(0.005)

    scale.start()
    weighs = Reading(ScaleState.STABLE, 285)
    until(lambda: scale.reading == weighs and scale.state is IDLE, 5)
    served.mode = trouble
    until(lambda: scale.state is ERROR, 3)
    assert scale.reading is None
    time.sleep(0.3)
    served.mode = "speak"
    until(lambda: scale.reading == weighs and scale.state is IDLE, 2)
    assert states == [IDLE, ERROR, IDLE]
    assert scale.stop(2000)
    served.close()
