"""Monitors of an X server, plugged in and pulled out as by a hand: RandR's own logical monitors."""

from __future__ import annotations

import ctypes
from ctypes import POINTER, byref, c_char_p, c_int, c_ulong, c_void_p


class _Monitor(ctypes.Structure):
    _fields_ = [
        ("name", c_ulong),
        *(
            (name, c_int)
            for name in ("primary", "automatic", "outputs_count", "x", "y", "width", "height", "mm", "mm_")
        ),
        ("outputs", POINTER(c_ulong)),
    ]


class _Resources(ctypes.Structure):
    _fields_ = [
        ("timestamp", c_ulong),
        ("configured", c_ulong),
        ("crtcs_count", c_int),
        ("crtcs", c_void_p),
        ("outputs_count", c_int),
        ("outputs", POINTER(c_ulong)),
    ]


class XMonitors:
    """The monitors of the server that ``DISPLAY`` names."""

    def __init__(self) -> None:
        self._x, self._randr = ctypes.CDLL("libX11.so.6"), ctypes.CDLL("libXrandr.so.2")
        self._x.XOpenDisplay.restype = c_void_p
        self._x.XDefaultRootWindow.restype = c_ulong
        self._x.XDefaultRootWindow.argtypes = [c_void_p]
        self._x.XInternAtom.restype = c_ulong
        self._x.XInternAtom.argtypes = [c_void_p, c_char_p, c_int]
        self._x.XSync.argtypes = [c_void_p, c_int]
        self._randr.XRRSetMonitor.argtypes = [c_void_p, c_ulong, POINTER(_Monitor)]
        self._randr.XRRDeleteMonitor.argtypes = [c_void_p, c_ulong, c_ulong]
        self._randr.XRRGetScreenResources.restype = POINTER(_Resources)
        self._randr.XRRGetScreenResources.argtypes = [c_void_p, c_ulong]
        self._display = self._x.XOpenDisplay(None)
        self._root = self._x.XDefaultRootWindow(self._display)

    def plug(self, name: str, x: int, width: int, height: int, *, takes_output: bool = False) -> None:
        """Connect a monitor.

        Args:
            name: Of the monitor.
            x: Its left edge.
            width: In pixels.
            height: In pixels.
            takes_output: It stands for the server's only output, which else is a monitor of all its size.
        """
        outputs = self._randr.XRRGetScreenResources(self._display, self._root).contents.outputs
        size = (x, 0, width, height, 300, 200)
        monitor = _Monitor(self._atom(name), int(takes_output), 0, int(takes_output), *size, outputs)
        self._randr.XRRSetMonitor(self._display, self._root, byref(monitor))
        self._x.XSync(self._display, 0)

    def pull(self, name: str) -> None:
        """Disconnect a monitor."""
        self._randr.XRRDeleteMonitor(self._display, self._root, self._atom(name))
        self._x.XSync(self._display, 0)

    def _atom(self, name: str) -> int:
        return int(self._x.XInternAtom(self._display, name.encode(), 0))
