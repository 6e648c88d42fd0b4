"""A USB bus made of software: a pyusb backend with one scripted printer, or several."""

import array
import errno
import types

import usb.backend
from usb.core import USBError, USBTimeoutError

PACKET = 64


class UsbPrinter:
    """A printer on the bus; the attributes script its faults.

    Attributes:
        received: What arrived at the bulk endpoint.
        answers: What it will say next.
        on_data: Called with each piece that arrived; answers by appending to `answers`.
        accept_bytes: How many more bytes it takes before it stalls; None for any number.
        most: How many bytes of one transfer it takes at most; None for all.
        unplug_after: After how many more bytes it is pulled out; None for never.
        refuse: An errno for the next bulk transfers.
    """

    def __init__(self, vendor=0x0416, product=0x5011, serial="", ports=(2,), interfaces=None):
        self.vendor, self.product, self.serial, self.ports = vendor, product, serial, ports
        self.interfaces = interfaces if interfaces is not None else [interface()]
        self.received = bytearray()
        self.answers = bytearray()
        self.on_data = None
        self.accept_bytes = self.most = self.unplug_after = None
        self.refuse = None
        self.plugged = True
        self.paper_out = False
        self.knows_port_status = True
        self.kernel_driver = False
        self.claimed_by_other = False
        self.configured = True
        self.soft_resets = self.opens = self.halts_cleared = 0
        self.claimed = set()
        self.open = False
        self.no_permission = False


def interface(kind=0x07, protocol=2, *, endpoints=((0x01, 2), (0x82, 2)), number=0, alt=0):
    """An interface with ``(address, attributes)`` endpoints."""
    return types.SimpleNamespace(
        bLength=9,
        bDescriptorType=4,
        bInterfaceNumber=number,
        bAlternateSetting=alt,
        bNumEndpoints=len(endpoints),
        bInterfaceClass=kind,
        bInterfaceSubClass=1,
        bInterfaceProtocol=protocol,
        iInterface=0,
        extra_descriptors=b"",
        endpoints=endpoints,
    )


class Bus(usb.backend.IBackend):
    """The backend: what pyusb asks libusb, asked of `printers`."""

    def __init__(self, *printers):
        super().__init__()
        self.printers = list(printers)

    def enumerate_devices(self):
        return [each for each in self.printers if each.plugged]

    def get_device_descriptor(self, dev):
        return types.SimpleNamespace(
            bLength=18,
            bDescriptorType=1,
            bcdUSB=0x200,
            bDeviceClass=0,
            bDeviceSubClass=0,
            bDeviceProtocol=0,
            bMaxPacketSize0=64,
            idVendor=dev.vendor,
            idProduct=dev.product,
            bcdDevice=0x100,
            iManufacturer=0,
            iProduct=0,
            iSerialNumber=3 if dev.serial else 0,
            bNumConfigurations=1,
            address=5,
            bus=1,
            port_number=dev.ports[-1],
            port_numbers=dev.ports,
            speed=3,
        )

    def get_configuration_descriptor(self, dev, config):
        numbers = {each.bInterfaceNumber for each in dev.interfaces}
        return types.SimpleNamespace(
            bLength=9,
            bDescriptorType=2,
            wTotalLength=32,
            bNumInterfaces=len(numbers),
            bConfigurationValue=1,
            iConfiguration=0,
            bmAttributes=0xC0,
            bMaxPower=2,
            extra_descriptors=b"",
        )

    def get_interface_descriptor(self, dev, intf, alt, config):
        numbers = sorted({each.bInterfaceNumber for each in dev.interfaces})
        if intf >= len(numbers):
            raise IndexError("no such interface")
        settings = [each for each in dev.interfaces if each.bInterfaceNumber == numbers[intf]]
        if alt >= len(settings):
            raise IndexError("no such setting")
        return settings[alt]

    def get_endpoint_descriptor(self, dev, ep, intf, alt, config):
        address, attributes = self.get_interface_descriptor(dev, intf, alt, config).endpoints[ep]
        return types.SimpleNamespace(
            bLength=7,
            bDescriptorType=5,
            bEndpointAddress=address,
            bmAttributes=attributes,
            wMaxPacketSize=PACKET,
            bInterval=0,
            bRefresh=0,
            bSynchAddress=0,
            extra_descriptors=b"",
        )

    def open_device(self, dev):
        self._there(dev)
        if dev.no_permission:
            raise USBError("Access denied", None, errno.EACCES)
        dev.opens += 1
        dev.open = True
        return dev

    def close_device(self, dev_handle):
        dev_handle.open = False

    def get_configuration(self, dev_handle):
        self._there(dev_handle)
        return 1 if dev_handle.configured else 0

    def set_configuration(self, dev_handle, config_value):
        self._there(dev_handle)
        dev_handle.configured = True

    def set_interface_altsetting(self, dev_handle, intf, altsetting):
        self._there(dev_handle)

    def claim_interface(self, dev_handle, intf):
        self._there(dev_handle)
        if dev_handle.claimed_by_other or dev_handle.kernel_driver:
            raise USBError("Resource busy", None, errno.EBUSY)
        dev_handle.claimed.add(intf)

    def release_interface(self, dev_handle, intf):
        dev_handle.claimed.discard(intf)
        self._there(dev_handle)

    def is_kernel_driver_active(self, dev_handle, intf):
        self._there(dev_handle)
        return dev_handle.kernel_driver

    def detach_kernel_driver(self, dev_handle, intf):
        self._there(dev_handle)
        dev_handle.kernel_driver = False

    def clear_halt(self, dev_handle, ep):
        dev_handle.halts_cleared += 1

    def bulk_write(self, dev_handle, ep, intf, data, timeout):
        self._ready(dev_handle, intf, timeout)
        taken = bytes(data)
        if dev_handle.most is not None:
            taken = taken[: dev_handle.most]
        unplugged = dev_handle.unplug_after is not None and len(taken) >= dev_handle.unplug_after
        if unplugged:
            taken = taken[: dev_handle.unplug_after]
        elif dev_handle.unplug_after is not None:
            dev_handle.unplug_after -= len(taken)
        if dev_handle.accept_bytes is not None:
            taken = taken[: dev_handle.accept_bytes]
            dev_handle.accept_bytes -= len(taken)
        dev_handle.received += taken
        if taken and dev_handle.on_data is not None:
            dev_handle.on_data(taken)
        if unplugged:
            dev_handle.plugged = False
            self._there(dev_handle)
        if not taken:
            raise USBTimeoutError("Operation timed out", None, errno.ETIMEDOUT)
        return len(taken)

    def bulk_read(self, dev_handle, ep, intf, buff, timeout):
        self._ready(dev_handle, intf, timeout)
        if not dev_handle.answers:
            raise USBTimeoutError("Operation timed out", None, errno.ETIMEDOUT)
        count = min(len(buff), len(dev_handle.answers), PACKET)
        buff[:count] = array.array("B", bytes(dev_handle.answers[:count]))
        del dev_handle.answers[:count]
        return count

    def ctrl_transfer(self, dev_handle, bmRequestType, bRequest, wValue, wIndex, data, timeout):  # noqa: N803
        self._there(dev_handle)
        if (bmRequestType, bRequest) == (0xA1, 1) and dev_handle.knows_port_status:
            data[0] = 0x38 if dev_handle.paper_out else 0x18
            return 1
        if (bmRequestType, bRequest) == (0x21, 2):
            dev_handle.soft_resets += 1
            return 0
        if (bmRequestType, bRequest) == (0x80, 6) and wValue >> 8 == 3:
            text = b"\x09\x04" if not wValue & 0xFF else dev_handle.serial.encode("utf-16-le")
            text = bytes((len(text) + 2, 3)) + text
            data[: len(text)] = array.array("B", text)
            return len(text)
        raise USBError("Pipe error", None, errno.EPIPE)

    def _there(self, dev):
        if not dev.plugged:
            raise USBError("No such device (it may have been disconnected)", None, errno.ENODEV)

    def _ready(self, dev, intf, timeout):
        assert timeout > 0, "libusb waits for ever"
        self._there(dev)
        assert dev.open
        assert intf in dev.claimed, "not claimed"
        if dev.refuse is not None:
            raise USBError("refused", None, dev.refuse)
