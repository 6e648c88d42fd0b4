"""From settings to the transport: each way gets its own, and what is missing is told."""

import pytest

from hardware.ports import Reason
from hardware.transports.file import FileTransport
from hardware.transports.serial_port import SerialTransport
from hardware.transports.spooler import SpoolerTransport
from hardware.transports.tcp import TcpTransport
from hardware.transports.usb import UsbTransport
from pos_app.bootstrap.wires import transport_of
from pos_app.config import Wire, WireKind, usb_parts
from pos_app.errors import KnownError


@pytest.mark.parametrize(
    ("wire", "kind", "name"),
    [
        (Wire(WireKind.TCP, host="10.0.0.9"), TcpTransport, "tcp://10.0.0.9:9100"),
        (Wire(WireKind.SERIAL, device="COM3", baud=2400), SerialTransport, "serial://COM3?baud=2400"),
        (Wire(WireKind.FILE, device="/dev/usb/lp0"), FileTransport, "file:///dev/usb/lp0"),
        (Wire(WireKind.USB, vendor=0x416, product=0x5011), UsbTransport, "usb://0416:5011"),
        (Wire(WireKind.USB, vendor=0x416, product=0x5011, serial_number="A1"), UsbTransport, "usb://0416:5011/A1"),
        (Wire(WireKind.USB, vendor=0x416, product=0x5011, place="1-2.3"), UsbTransport, "usb://0416:5011/1-2.3"),
        (Wire(WireKind.SPOOLER, queue="小票"), SpoolerTransport, "spooler://小票"),
    ],
)
def test_each_way_has_its_transport(wire, kind, name):
    transport = transport_of(wire)
    assert isinstance(transport, kind)
    assert transport.name == name


@pytest.mark.parametrize("kind", [WireKind.TCP, WireKind.SERIAL, WireKind.FILE, WireKind.USB, WireKind.SPOOLER])
def test_a_way_without_an_address_is_told(kind):
    with pytest.raises(KnownError) as caught:
        transport_of(Wire(kind))
    assert caught.value.code == "device.not_configured"


def test_a_node_that_is_unplugged_is_missed_and_a_file_is_made(tmp_path):
    node = transport_of(Wire(WireKind.FILE, device="/dev/usb/lp-none"))
    assert isinstance(node, FileTransport)
    assert node.missing() is Reason.NOT_FOUND
    file = transport_of(Wire(WireKind.FILE, device=str(tmp_path / "out.bin")))
    assert isinstance(file, FileTransport)
    assert file.missing() is None


@pytest.mark.parametrize("text", ["0416:5011", "0416:5011/SN-1", "0416:5011@1-2.3", "04b8:0e15@12-1"])
def test_an_address_at_the_bus_reads_as_it_is_written(text):
    parts = usb_parts(text)
    assert parts is not None
    assert Wire(WireKind.USB, **parts).where == text


@pytest.mark.parametrize("text", ["", "0416", "0416:50111", "0416:5011/", "0416:5011@2", "lp0", "0416:5011/a b"])
def test_what_is_no_address_at_the_bus(text):
    assert usb_parts(text) is None
