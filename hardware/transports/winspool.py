"""The Windows print spooler: raw jobs through ``winspool.drv``.

A job becomes one only with ``EndDocPrinter``; until then it can be thrown away whole. The functions may block for as
long as the spooler likes, so each job has a thread of its own and is given up by its deadline.
"""

from __future__ import annotations

import contextlib
import ctypes
import queue as queues
import sys
import threading
from ctypes import POINTER, byref, c_int, c_ubyte, c_uint32, c_void_p, c_wchar_p
from typing import TYPE_CHECKING, Any

from hardware.ports import DeviceError, Reason
from hardware.transports.spooler import Fate

if TYPE_CHECKING:
    from collections.abc import Callable

_ACCESS_DENIED, _INVALID_NAME, _OUT_OF_PAPER, _NOT_READY = 5, 1801, 28, 21
_INVALID_PARAMETER = 87
_REASONS = {
    _ACCESS_DENIED: Reason.BUSY,
    _INVALID_NAME: Reason.NOT_FOUND,
    _OUT_OF_PAPER: Reason.PAPER_OUT,
    _NOT_READY: Reason.OFFLINE,
}
_PAUSED, _ERROR, _PAPER_JAM, _PAPER_OUT, _OFFLINE, _NOT_AVAILABLE, _DOOR_OPEN = (
    0x1,
    0x2,
    0x8,
    0x10,
    0x80,
    0x1000,
    0x400000,
)
_WORK_OFFLINE = 0x400
_ENUM_LOCAL, _ENUM_CONNECTIONS = 0x2, 0x4
_JOB_ERROR, _JOB_DELETING, _JOB_PRINTED, _JOB_DELETED, _JOB_COMPLETE = 0x2, 0x4, 0x80, 0x100, 0x1000
_PIECE = 65_536


class DocInfo(ctypes.Structure):
    """``DOC_INFO_1W``."""

    _fields_ = (("name", c_wchar_p), ("output", c_wchar_p), ("kind", c_wchar_p))


class PrinterInfo6(ctypes.Structure):
    """``PRINTER_INFO_6``: the status alone."""

    _fields_ = (("status", c_uint32),)


class PrinterInfo4(ctypes.Structure):
    """``PRINTER_INFO_4W``: the attributes, which say that somebody chose to use it offline."""

    _fields_ = (("name", c_wchar_p), ("server", c_wchar_p), ("attributes", c_uint32))


class JobInfo1(ctypes.Structure):
    """``JOB_INFO_1W`` as far as it is needed."""

    _fields_ = (
        ("job", c_uint32),
        *((each, c_wchar_p) for each in ("printer", "machine", "user", "document", "kind", "status_text")),
        ("status", c_uint32),
    )


class WindowsSpooler:
    """Windows' spooler.

    Args:
        api: The functions of ``winspool.drv``; None takes the system's.
        last_error: Returns the number of the last error; None takes the system's.
    """

    def __init__(self, api: Any = None, *, last_error: Callable[[], int] | None = None) -> None:
        self._api = api
        self._last_error = last_error

    def queues(self, *, timeout_ms: int) -> list[str]:
        """See `Spooler.queues`."""
        names: list[str] = self._bounded(self._queues, "queues", timeout_ms)
        return names

    def check(self, queue: str, *, timeout_ms: int) -> None:
        """See `Spooler.check`."""
        self._bounded(lambda: self._check(queue), queue, timeout_ms)

    def submit(self, queue: str, data: bytes, *, title: str, timeout_ms: int) -> str:
        """See `Spooler.submit`."""
        given_up = threading.Event()
        return str(self._bounded(lambda: self._submit(queue, data, title, given_up), queue, timeout_ms, given_up))

    def fate(self, queue: str, job: str, *, timeout_ms: int) -> Fate:
        """See `Spooler.fate`."""
        found: Fate = self._bounded(lambda: self._fate(queue, int(job)), queue, timeout_ms)
        return found

    def _queues(self) -> list[str]:
        needed, count = c_uint32(0), c_uint32(0)
        which = _ENUM_LOCAL | _ENUM_CONNECTIONS
        enumerate_printers = self._functions.EnumPrintersW
        enumerate_printers(which, None, 4, None, 0, byref(needed), byref(count))
        if not needed.value:
            return []
        room = (c_ubyte * needed.value)()
        if not enumerate_printers(which, None, 4, room, len(room), byref(needed), byref(count)):
            raise self._error("EnumPrinters")
        return [each.name for each in (PrinterInfo4 * count.value).from_buffer(room) if each.name]

    def _check(self, queue: str) -> None:
        with self._printer(queue) as handle:
            info6 = self._told("GetPrinterW", handle, 6)
            status = PrinterInfo6.from_buffer(info6).status if info6 is not None else 0
            info4 = self._told("GetPrinterW", handle, 4)
            attributes = PrinterInfo4.from_buffer(info4).attributes if info4 is not None else 0
        detail = f"{queue}: status {status:x} attributes {attributes:x}"
        if status & _DOOR_OPEN:
            raise DeviceError(Reason.COVER_OPEN, detail)
        if status & (_PAPER_OUT | _PAPER_JAM):
            raise DeviceError(Reason.PAPER_OUT, detail)
        if status & (_PAUSED | _ERROR | _OFFLINE | _NOT_AVAILABLE) or attributes & _WORK_OFFLINE:
            raise DeviceError(Reason.OFFLINE, detail)

    def _submit(self, queue: str, data: bytes, title: str, given_up: threading.Event) -> int:
        api = self._functions
        with self._printer(queue) as handle:
            info = DocInfo(title, None, "RAW")
            job: int = api.StartDocPrinterW(handle, 1, byref(info))
            if not job:
                raise self._error(f"{queue}: StartDocPrinter")
            try:
                if not api.StartPagePrinter(handle):
                    raise self._error(f"{queue}: StartPagePrinter")
                self._write(handle, queue, data, given_up)
                if not api.EndPagePrinter(handle):
                    raise self._error(f"{queue}: EndPagePrinter")
            except BaseException:
                # Nothing of it was a job yet, unless the queue prints while it spools.
                api.AbortPrinter(handle)
                raise
            if not api.EndDocPrinter(handle):
                error = self._error(f"{queue}: EndDocPrinter")
                raise DeviceError(error.reason, error.detail, may_be_more=True)
        return job

    def _write(self, handle: c_void_p, queue: str, data: bytes, given_up: threading.Event) -> None:
        sent = 0
        while sent < len(data):
            if given_up.is_set():
                raise DeviceError(Reason.TIMEOUT, f"{queue}: too late")
            piece = data[sent : sent + _PIECE]
            written = c_uint32(0)
            good = self._functions.WritePrinter(handle, piece, len(piece), byref(written))
            if not good or not written.value:
                error = self._error(f"{queue}: WritePrinter after {sent} bytes")
                # A queue that prints while it spools has begun: then a person has to look.
                raise DeviceError(error.reason, error.detail, bytes_written=sent, may_be_more=bool(sent))
            sent += written.value

    def _fate(self, queue: str, job: int) -> Fate:
        with self._printer(queue) as handle:
            data = self._told("GetJobW", handle, job, 1)
            if data is None:
                # A job that is through is no job any more.
                return Fate.LEFT if self._number == _INVALID_PARAMETER else Fate.WAITING
            status = JobInfo1.from_buffer(data).status
        if status & (_JOB_PRINTED | _JOB_COMPLETE):
            return Fate.LEFT
        return Fate.LOST if status & (_JOB_DELETED | _JOB_DELETING) else Fate.WAITING

    def _told(self, function: str, *arguments: Any) -> ctypes.Array[c_ubyte] | None:
        """What one of the functions says that fill a buffer, asked twice as they want it; None for an error."""
        call = getattr(self._functions, function)
        needed = c_uint32(0)
        call(*arguments, None, 0, byref(needed))
        if not needed.value:
            return None
        room = (c_ubyte * max(needed.value, ctypes.sizeof(JobInfo1)))()
        return room if call(*arguments, room, len(room), byref(needed)) else None

    @contextlib.contextmanager
    def _printer(self, queue: str) -> Any:
        handle = c_void_p()
        if not self._functions.OpenPrinterW(queue, byref(handle), None):
            raise self._error(f"{queue}: OpenPrinter")
        try:
            yield handle
        finally:
            self._functions.ClosePrinter(handle)

    def _error(self, what: str) -> DeviceError:
        number = self._number
        return DeviceError(_REASONS.get(number, Reason.OFFLINE), f"{what}: error {number}")

    @property
    def _number(self) -> int:
        if self._last_error is not None:
            return self._last_error()
        if sys.platform == "win32":
            return ctypes.get_last_error()
        return 0

    @property
    def _functions(self) -> Any:
        if self._api is None:
            self._api = _winspool()
        return self._api

    @staticmethod
    def _bounded(
        action: Callable[[], Any], queue: str, timeout_ms: int, given_up: threading.Event | None = None
    ) -> Any:
        """Do something that may block, in a thread of its own, and give it up by the deadline."""
        answers: queues.SimpleQueue[tuple[Any, BaseException | None]] = queues.SimpleQueue()

        def work() -> None:
            try:
                answers.put((action(), None))
            except BaseException as error:  # noqa: BLE001 - passed on to whoever waits
                answers.put((None, error))

        threading.Thread(target=work, name="winspool", daemon=True).start()
        try:
            found, error = answers.get(timeout=max(0.001, timeout_ms / 1000))
        except queues.Empty:
            if given_up is not None:
                given_up.set()
            raise DeviceError(
                Reason.TIMEOUT, f"{queue}: the spooler does not answer", may_be_more=given_up is not None
            ) from None
        if error is not None:
            raise error
        return found


def _winspool() -> Any:
    """The system's functions, with the types they take."""
    if sys.platform == "win32":
        return typed(ctypes.WinDLL("winspool.drv", use_last_error=True))
    raise DeviceError(Reason.NOT_FOUND, "this system has no winspool.drv")


def typed(api: Any) -> Any:
    """The same functions, told what they take and return."""
    handle, number = c_void_p, c_uint32
    for name, arguments in (
        ("OpenPrinterW", (c_wchar_p, POINTER(c_void_p), c_void_p)),
        ("ClosePrinter", (handle,)),
        (
            "EnumPrintersW",
            (number, c_wchar_p, number, c_void_p, number, POINTER(c_uint32), POINTER(c_uint32)),
        ),
        ("StartDocPrinterW", (handle, number, POINTER(DocInfo))),
        ("StartPagePrinter", (handle,)),
        ("WritePrinter", (handle, c_void_p, number, POINTER(c_uint32))),
        ("EndPagePrinter", (handle,)),
        ("EndDocPrinter", (handle,)),
        ("AbortPrinter", (handle,)),
        ("GetPrinterW", (handle, number, c_void_p, number, POINTER(c_uint32))),
        ("GetJobW", (handle, number, number, c_void_p, number, POINTER(c_uint32))),
    ):
        function = getattr(api, name)
        function.restype, function.argtypes = c_int, arguments
    return api
