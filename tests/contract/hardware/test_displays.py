"""Customer's displays of every kind keep the same promises, over a pseudo terminal, in memory and over the network."""

import sys
import time

import pytest
from contract.hardware.sinks import TcpSink

from hardware.displays.codec import Picture, encode
from hardware.displays.display import CustomerDisplay
from hardware.displays.models import LED8, MODELS, Shows
from hardware.ports import DeviceState, Reason
from hardware.transports.memory import MemoryTransport
from hardware.transports.tcp import TcpTransport
from hardware.virtual.display import VirtualDisplay
from hardware.worker import WorkerConfig

FAST = WorkerConfig(poll_ms=20, retry_first_ms=20, retry_most_ms=100)
IDLE, BUSY, ERROR = DeviceState.IDLE, DeviceState.BUSY, DeviceState.ERROR


def _price(amount):
    return Picture(shows=Shows.PRICE, amount=amount, text="TEA")


def _until(condition, seconds=5.0):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.005)


class _Shop:
    def __init__(self, transport, model):
        self.states = []
        self.display = CustomerDisplay(transport, model, on_state=lambda *state: self.states.append(state), config=FAST)
        self.display.start()

    @property
    def changes(self):
        return [state for state, _reason in self.states if state is not BUSY]


@pytest.fixture(params=["pty", "memory"])
def where(request, tmp_path):
    if request.param == "memory":
        return {"in_memory": True}
    if sys.platform == "win32":
        pytest.skip("pseudo terminals are a POSIX thing")
    return {"link": tmp_path / "ttyDisplay"}


@pytest.fixture(params=sorted(MODELS))
def shop(request, where):
    model = MODELS[request.param]
    with VirtualDisplay(figures=model.figures, **where) as virtual:
        one = _Shop(virtual.transport(), model)
        one.virtual, one.model = virtual, model
        _until(lambda: one.display.state is IDLE)
        yield one
        assert one.display.stop(2000)
        assert virtual.problems == ()


def _shows(shop, amount):
    lines = shop.virtual.lines
    return lines[-1].endswith(amount)


def test_it_shows_what_it_is_given(shop):
    shop.display.show(_price("3.60"))
    _until(lambda: _shows(shop, "3.60"))
    shop.display.show(Picture(shows=Shows.TOTAL, amount="7.20"))
    _until(lambda: _shows(shop, "7.20"))


def test_of_many_only_the_newest_has_to_be_seen(shop):
    for fen in range(1, 300):
        shop.display.show(_price(f"1.{fen:03d}"))
    _until(lambda: _shows(shop, "1.299"))


def test_after_the_plug_was_pulled_it_shows_the_newest_again(shop):
    shop.display.show(_price("3.60"))
    _until(lambda: _shows(shop, "3.60"))
    shop.virtual.unplug()
    _until(lambda: shop.display.state is ERROR, 2.0)
    shop.display.show(_price("4.80"))
    shop.display.show(_price("5.90"))
    time.sleep(0.2)
    shop.virtual.plug()
    _until(lambda: _shows(shop, "5.90"), 2.0)
    _until(lambda: shop.display.state is IDLE)
    seen = [state for number, state in enumerate(shop.changes) if not number or shop.changes[number - 1] is not state]
    assert seen == [IDLE, ERROR, IDLE]


@pytest.mark.parametrize("cut", range(1, 12))
def test_a_wire_that_breaks_at_any_byte_is_one_loss_and_then_the_whole_picture(cut):
    wire = MemoryTransport()
    wire.reset_after_bytes = cut
    shop = _Shop(wire, LED8)
    shop.display.show(_price("3.60"))
    _until(lambda: ERROR in shop.changes)
    wire.take()
    wire.reset_after_bytes = None
    whole = encode(_price("3.60"), LED8)
    sent = bytearray()

    def there():
        sent.extend(wire.take())
        return sent.endswith(whole)

    _until(there, 2.0)
    assert sent.startswith(LED8.start)
    _until(lambda: shop.display.state is IDLE)
    assert shop.changes.count(ERROR) == 1
    assert shop.display.stop(1000)


def test_a_display_that_takes_nothing_holds_nobody_up():
    wire = MemoryTransport()
    wire.accept_bytes = 0
    shop = _Shop(wire, LED8)
    for _ in range(100):
        shop.display.show(_price("3.60"))
    _until(lambda: shop.display.state is ERROR, 3.0)
    assert shop.states[0] == (ERROR, Reason.TIMEOUT)
    assert shop.display.stop(2500)


def test_one_behind_a_serial_server_in_the_network():
    with TcpSink() as sink:
        shop = _Shop(TcpTransport("127.0.0.1", sink.port), LED8)
        shop.display.show(_price("3.60"))
        _until(lambda: encode(_price("3.60"), LED8) in bytes(sink.data))
        sink.mode = "close"
        assert shop.display.stop(2000)
