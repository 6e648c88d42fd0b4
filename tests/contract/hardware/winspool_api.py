"""The functions of ``winspool.drv`` made of Python: they take what ctypes would hand to the real ones."""

import ctypes

from hardware.transports.winspool import JobInfo1, PrinterInfo4, PrinterInfo6

_INVALID_NAME, _INVALID_PARAMETER, _MORE = 1801, 87, 122


class Winspool:
    """One queue; `jobs` are those that were ended, as ``(title, type, bytes)``."""

    def __init__(
        self,
        queue,
        *,
        status=0,
        attributes=0,
        job_status=0x80,
        most=None,
        fails="",
        fails_after=None,
        error=0,
        hold=None,
    ):
        self._queue, self._status, self._attributes, self._job_status = queue, status, attributes, job_status
        self._most, self._fails, self._fails_after, self._hold = most, fails, fails_after, hold
        self._fail_error = error
        self.error = 0
        self.jobs, self.aborted, self.handles = [], 0, 0
        self._document, self._data, self._writes = None, bytearray(), 0

    def _good(self, name):
        if name == self._fails:
            self.error = self._fail_error
            return 0
        return 1

    def OpenPrinterW(self, name, handle, defaults):
        if name != self._queue:
            self.error = _INVALID_NAME
            return 0
        if not self._good("OpenPrinterW"):
            return 0
        handle._obj.value = 77
        self.handles += 1
        return 1

    def ClosePrinter(self, handle):
        assert handle.value == 77
        self.handles -= 1
        return 1

    def StartDocPrinterW(self, handle, level, info):
        if not self._good("StartDocPrinterW"):
            return 0
        assert level == 1
        self._document = (info._obj.name, info._obj.kind)
        self._data.clear()
        return 12

    def StartPagePrinter(self, handle):
        return self._good("StartPagePrinter")

    def WritePrinter(self, handle, data, size, written):
        if self._hold is not None:
            self._hold.wait(10)
        if not self._good("WritePrinter") or (self._fails_after is not None and self._writes >= self._fails_after):
            return 0
        self._writes += 1
        count = size if self._most is None else min(size, self._most)
        self._data += data[:count]
        written._obj.value = count
        return 1

    def EndPagePrinter(self, handle):
        return self._good("EndPagePrinter")

    def EndDocPrinter(self, handle):
        if not self._good("EndDocPrinter"):
            return 0
        self.jobs.append((*self._document, bytes(self._data)))
        return 1

    def AbortPrinter(self, handle):
        self.aborted += 1
        return 1

    def EnumPrintersW(self, which, name, level, room, size, needed, count):
        assert (which, name, level) == (6, None, 4)
        infos = self._infos = (PrinterInfo4 * 2)((self._queue, None, 0), ("PDF", None, 0))
        count._obj.value = 2
        return self._fill(infos, room, size, needed)

    def GetPrinterW(self, handle, level, room, size, needed):
        info = PrinterInfo6(self._status) if level == 6 else PrinterInfo4(None, None, self._attributes)
        return self._fill(info, room, size, needed)

    def GetJobW(self, handle, job, level, room, size, needed):
        assert (job, level) == (12, 1)
        if self._job_status is None:
            self.error = _INVALID_PARAMETER
            return 0
        info = JobInfo1()
        info.status = self._job_status
        return self._fill(info, room, size, needed)

    def _fill(self, info, room, size, needed):
        needed._obj.value = ctypes.sizeof(info)
        if room is None or size < ctypes.sizeof(info):
            self.error = _MORE
            return 0
        ctypes.memmove(room, ctypes.byref(info), ctypes.sizeof(info))
        return 1
