"""A device's thread: one change is told once, nothing waits for ever, what is lost comes back by itself."""

import threading
import time

import pytest

from hardware.ports import DeviceError, DeviceState, Reason
from hardware.transports.memory import MemoryTransport
from hardware.worker import DeviceWorker, Keeps, WorkerConfig

FAST = WorkerConfig(poll_ms=10, open_ms=200, retry_first_ms=10, retry_most_ms=40)
IDLE, BUSY, ERROR, CLOSED = DeviceState.IDLE, DeviceState.BUSY, DeviceState.ERROR, DeviceState.CLOSED


class _Driver:
    """Writes what it is given; can be made to fail or to take its time."""

    def __init__(self):
        self.done, self.undone_items = [], []
        self.works = True
        self.mistake = None
        self.gate = threading.Event()
        self.gate.set()
        self.begun = threading.Event()

    def opened(self, wire):
        wire.write(b"hello", timeout_ms=50)

    def do(self, wire, item):
        self.begun.set()
        self.gate.wait(5)
        wire.write(item, timeout_ms=50)
        self.done.append(item)

    def look_after(self, wire):
        if self.mistake is not None:
            mistake, self.mistake = self.mistake, None
            raise mistake
        wire.read(10, timeout_ms=1)
        return self.works

    def lost(self):
        return

    def undone(self, item, error):
        self.undone_items.append((item, error.reason))


class _Rig:
    def __init__(self, keeps=Keeps.LATEST, **config):
        self.wire, self.driver, self.states = MemoryTransport(), _Driver(), []
        import msgspec

        self.worker = DeviceWorker(
            self.wire,
            self.driver,
            on_state=lambda *state: self.states.append(state),
            config=msgspec.structs.replace(FAST, keeps=keeps, **config),
        )

    def until(self, condition):
        end = time.monotonic() + 5
        while not condition():
            assert time.monotonic() < end, (self.states, self.driver.done)
            time.sleep(0.003)


@pytest.fixture
def rig():
    rigs = []

    def make(*arguments, **config):
        rigs.append(_Rig(*arguments, **config))
        return rigs[-1]

    yield make
    for each in rigs:
        each.driver.gate.set()
        assert each.worker.stop(2000)


def test_it_greets_works_and_ends(rig):
    one = rig()
    one.worker.start()
    one.until(lambda: one.worker.state is IDLE)
    one.worker.put(b"a")
    one.until(lambda: one.driver.done == [b"a"])
    assert one.worker.stop()
    assert one.wire.take() == b"helloa"
    assert one.states == [(IDLE, None), (BUSY, None), (IDLE, None), (CLOSED, None)]
    assert not one.worker.put(b"b")
    assert not one.wire.is_open


def test_of_pictures_only_the_newest_is_done(rig):
    one = rig()
    one.driver.gate.clear()
    one.worker.start()
    one.worker.put(b"1")
    one.until(one.driver.begun.is_set)
    for number in (b"2", b"3", b"4"):
        assert one.worker.put(number)
    one.driver.gate.set()
    one.until(lambda: one.driver.done == [b"1", b"4"])


def test_the_newest_picture_is_there_again_after_a_loss(rig):
    one = rig()
    one.worker.start()
    one.worker.put(b"total")
    one.until(lambda: one.driver.done == [b"total"])
    one.wire.unplug()
    one.until(lambda: one.worker.state is ERROR)
    one.wire.plug()
    one.until(lambda: one.driver.done == [b"total"] * 2 and one.worker.state is IDLE)
    errors = [state for state in one.states if state[0] is ERROR]
    assert errors == [(ERROR, Reason.OFFLINE)]


def test_what_was_put_while_it_was_away_is_done_instead(rig):
    one = rig()
    one.worker.start()
    one.worker.put(b"old")
    one.until(lambda: one.driver.done == [b"old"])
    one.wire.unplug()
    one.until(lambda: one.worker.state is ERROR)
    one.worker.put(b"new")
    one.wire.plug()
    one.until(lambda: one.driver.done == [b"old", b"new"])
    time.sleep(0.05)
    assert one.driver.done == [b"old", b"new"]


def test_an_act_is_done_once_or_not_at_all(rig):
    one = rig(Keeps.EACH, bound=2)
    one.driver.gate.clear()
    one.worker.start()
    one.until(lambda: one.worker.state is IDLE)
    one.worker.put(b"1")
    one.until(one.driver.begun.is_set)
    assert one.worker.put(b"2")
    assert one.worker.put(b"3")
    assert not one.worker.put(b"4"), "too many wait"
    one.wire.unplug()
    one.driver.gate.set()
    one.until(lambda: len(one.driver.undone_items) == 3)
    assert [item for item, _reason in one.driver.undone_items] == [b"1", b"2", b"3"]
    one.until(lambda: one.worker.state is ERROR)
    assert not one.worker.put(b"5"), "it would open late"
    one.wire.plug()
    one.until(lambda: one.worker.state is IDLE)
    time.sleep(0.05)
    assert one.driver.done == []
    one.worker.put(b"6")
    one.until(lambda: one.driver.done == [b"6"])


def test_a_device_that_is_not_there_is_one_change_and_comes_when_it_comes(rig):
    one = rig()
    one.wire.fail_open = Reason.NOT_FOUND
    one.worker.start()
    one.until(lambda: one.worker.state is ERROR)
    time.sleep(0.2)
    one.wire.fail_open = Reason.BUSY
    time.sleep(0.1)
    assert one.states == [(ERROR, Reason.NOT_FOUND)]
    one.wire.fail_open = None
    one.until(lambda: one.worker.state is IDLE)


def test_what_does_not_answer_stays_lost_though_its_wire_opens(rig):
    one = rig()
    one.driver.works = False
    one.driver.mistake = DeviceError(Reason.TIMEOUT, "says nothing")
    one.worker.start()
    one.until(lambda: one.wire.opens >= 2)
    time.sleep(0.05)
    assert one.states == [(ERROR, Reason.TIMEOUT)]
    one.driver.works = True
    one.until(lambda: one.worker.state is IDLE)


def test_a_mistake_in_a_driver_is_told_and_is_not_the_end(rig, caplog):
    one = rig()
    one.driver.mistake = ValueError("a mistake")
    one.worker.start()
    one.until(lambda: one.worker.state is IDLE)
    assert "a mistake" in caplog.text
    assert (ERROR, Reason.PROTOCOL) in one.states


def test_stop_is_prompt_while_it_is_away_and_starting_twice_is_a_bug(rig):
    one = rig(retry_first_ms=5000, retry_most_ms=5000)
    one.wire.unplug()
    one.worker.start()
    one.until(lambda: one.worker.state is ERROR)
    with pytest.raises(RuntimeError, match="driven already"):
        one.worker.start()
    started = time.monotonic()
    assert one.worker.stop(2000)
    assert time.monotonic() - started < 1
    assert one.worker.state is CLOSED


def test_stop_does_not_wait_longer_than_it_may(rig):
    one = rig()
    one.driver.gate.clear()
    one.worker.start()
    one.worker.put(b"1")
    one.until(one.driver.begun.is_set)
    assert not one.worker.stop(50)
    one.driver.gate.set()
    assert one.worker.stop(2000)


def test_one_that_was_never_started_is_stopped_at_once(rig):
    assert rig().worker.stop(0)


def test_it_is_looked_after_at_once_when_its_pace_quickens(rig):
    one = rig(poll_ms=60_000)
    one.worker.start()
    one.until(lambda: one.wire.take() == b"hello")
    assert one.worker.state is CLOSED
    one.worker.pace(10)
    one.until(lambda: one.worker.state is IDLE)
