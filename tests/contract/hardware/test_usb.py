"""USB printers: found, claimed, written in short pieces, unplugged."""

import errno

import pytest
from contract.hardware.usb_bus import Bus, UsbPrinter, interface

from hardware.ports import DeviceError, Findable, Reason
from hardware.transports.usb import UsbAddress, UsbTransport

TEXT = b"".join(b"line %05d\n" % number for number in range(2000))


def _wire(*printers, bus=None, **address):
    wanted = UsbAddress(**{"vendor": 0x0416, "product": 0x5011, **address})
    return UsbTransport(wanted, backend=bus or Bus(*printers))


def _refused(action, *args, **kwargs):
    with pytest.raises(DeviceError) as caught:
        action(*args, **kwargs)
    return caught.value


def test_short_writes_lose_nothing():
    printer = UsbPrinter()
    printer.most = 37
    wire = _wire(printer)
    wire.open(timeout_ms=100)
    wire.write(TEXT, timeout_ms=5000)
    assert printer.received == TEXT


def test_the_one_with_the_serial_number_is_taken():
    first, second = UsbPrinter(serial="A1"), UsbPrinter(serial="B2")
    wire = _wire(first, second, serial="B2")
    wire.open(timeout_ms=100)
    wire.write(b"x", timeout_ms=100)
    assert (first.received, second.received, wire.name) == (b"", b"x", "usb://0416:5011/B2")
    assert not first.open
    assert _refused(_wire(first, second, serial="C3").open, timeout_ms=100).reason is Reason.NOT_FOUND


def test_the_one_at_the_place_is_taken():
    first, second = UsbPrinter(ports=(1,)), UsbPrinter(ports=(2, 3))
    wire = _wire(first, second, place="1-2.3")
    wire.open(timeout_ms=100)
    wire.write(b"x", timeout_ms=100)
    assert (first.received, second.received) == (b"", b"x")


def test_one_whose_number_cannot_be_read_is_not_taken_for_another():
    printer = UsbPrinter(serial="A1")
    printer.no_permission = True
    assert _refused(_wire(printer, serial="A1").open, timeout_ms=100).reason is not Reason.OFFLINE


def test_the_kernel_lets_go_and_another_program_does_not():
    printer = UsbPrinter()
    printer.kernel_driver = True
    _wire(printer).open(timeout_ms=100)
    assert not printer.kernel_driver
    other = UsbPrinter()
    other.claimed_by_other = True
    wire = _wire(other)
    assert _refused(wire.open, timeout_ms=100).reason is Reason.BUSY
    assert not other.open, "what could not be had is let go of"
    other.claimed_by_other = False
    wire.open(timeout_ms=100)


def test_who_may_not_use_it_is_told_that_it_is_taken():
    printer = UsbPrinter()
    printer.no_permission = True
    assert _refused(_wire(printer).open, timeout_ms=100).reason is Reason.BUSY


def test_the_interface_that_answers_is_chosen():
    one_way = interface(protocol=1, endpoints=((0x01, 2),))
    both_ways = interface(protocol=2, alt=1)
    keys = interface(kind=0x03, number=1, endpoints=((0x83, 3),))
    printer = UsbPrinter(interfaces=[one_way, both_ways, keys])
    printer.on_data = lambda _data: printer.answers.extend(b"\x12")
    wire = _wire(printer)
    wire.open(timeout_ms=100)
    wire.write(b"\x10\x04\x01", timeout_ms=100)
    assert wire.read(1, timeout_ms=200) == b"\x12"


def test_clones_with_an_interface_of_the_makers_own_print():
    printer = UsbPrinter(interfaces=[interface(kind=0xFF, protocol=0)])
    wire = _wire(printer)
    wire.open(timeout_ms=100)
    wire.write(b"x", timeout_ms=100)
    assert printer.received == b"x"


def test_what_takes_no_data_is_no_printer():
    printer = UsbPrinter(interfaces=[interface(kind=0x03, endpoints=((0x81, 3),))])
    assert _refused(_wire(printer).open, timeout_ms=100).reason is Reason.PROTOCOL


def test_a_device_nobody_configured_is_configured():
    printer = UsbPrinter()
    printer.configured = False
    _wire(printer).open(timeout_ms=100)
    assert printer.configured


def test_paper_end_in_the_middle_is_told_and_the_half_receipt_forgotten():
    printer = UsbPrinter()
    wire = _wire(printer)
    wire.open(timeout_ms=100)
    printer.accept_bytes, printer.paper_out = 100, True
    error = _refused(wire.write, TEXT, timeout_ms=50)
    assert (error.reason, error.bytes_written, error.may_be_more) == (Reason.PAPER_OUT, 100, False)
    assert printer.soft_resets == 1


def test_a_stall_is_a_timeout_with_a_count():
    printer = UsbPrinter()
    printer.knows_port_status = False
    wire = _wire(printer)
    wire.open(timeout_ms=100)
    printer.accept_bytes = 4096 + 5
    error = _refused(wire.write, TEXT, timeout_ms=50)
    assert (error.reason, error.bytes_written) == (Reason.TIMEOUT, 4101)


def test_a_printer_that_cannot_answer_says_paper_end_before_any_byte():
    printer = UsbPrinter(interfaces=[interface(protocol=1, endpoints=((0x01, 2),))])
    printer.paper_out = True
    wire = _wire(printer)
    assert _refused(wire.open, timeout_ms=100).reason is Reason.PAPER_OUT
    printer.paper_out = False
    wire.open(timeout_ms=100)
    assert wire.read(1, timeout_ms=1) == b""


@pytest.mark.parametrize("number", [errno.EPIPE, errno.EIO, errno.ENODEV, None])
def test_a_transfer_that_breaks_may_have_left(number):
    printer = UsbPrinter()
    wire = _wire(printer)
    wire.open(timeout_ms=100)
    wire.write(b"x" * 10, timeout_ms=100)
    if number is None:
        printer.unplug_after = 5
    else:
        printer.refuse = number
    error = _refused(wire.write, b"y" * 10, timeout_ms=100)
    assert (error.reason, error.bytes_written, error.may_be_more) == (Reason.OFFLINE, 0, True)
    assert bool(printer.halts_cleared) == (number == errno.EPIPE)
    wire.close(timeout_ms=100)


def test_unplugged_while_it_waits_for_an_answer():
    printer = UsbPrinter()
    wire = _wire(printer)
    wire.open(timeout_ms=100)
    printer.plugged = False
    assert _refused(wire.read, 1, timeout_ms=100).reason is Reason.OFFLINE
    wire.close(timeout_ms=100)
    assert _refused(wire.open, timeout_ms=100).reason is Reason.NOT_FOUND


def test_answers_to_an_earlier_job_are_forgotten():
    printer = UsbPrinter()
    printer.answers += b"\x12\x12\x00" * 40
    wire = _wire(printer)
    wire.open(timeout_ms=100)
    assert wire.read(1, timeout_ms=5) == b""


def test_whether_it_is_there_is_seen_without_opening_it():
    printer = UsbPrinter(serial="A1")
    wire = _wire(printer, serial="A1")
    assert isinstance(wire, Findable)
    assert wire.missing() is None
    printer.plugged = False
    assert wire.missing() is Reason.NOT_FOUND
    assert printer.opens == 0


def test_a_bus_that_cannot_be_had_is_told():
    class Broken(Bus):
        def enumerate_devices(self):
            from usb.core import USBError

            raise USBError("no permission", None, errno.EACCES)

    wire = _wire(bus=Broken())
    assert _refused(wire.open, timeout_ms=100).reason is Reason.BUSY
    assert wire.missing() is Reason.BUSY
