"""Devices from settings: the receipt printer behind the print service, the scanners behind the scanner service."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

import msgspec

from pos_app.application.ports import JobKind, JobState
from pos_app.bootstrap.wires import transport_of
from pos_app.config import PrinterSettings, ScannerSettings, Settings, WedgeSettings, WireKind
from pos_app.errors import BugError, KnownError
from pos_app.resources import resources_dir
from pos_app.runtime.printing import PrinterHealth, PrintResult

if TYPE_CHECKING:
    from hardware.fonts import FontSource
    from hardware.ports import DeviceState, Reason, Transport
    from hardware.printers.profile import PrinterProfile
    from hardware.printers.receipt_printer import ReceiptPrinter
    from hardware.scanners.config import ScanConfig
    from hardware.scanners.loop import CodeDecoder
    from hardware.scanners.wedge import WedgeRecogniser
    from hardware.virtual.printer import VirtualPrinter
    from pos_app.application.print_content import PrintContent
    from pos_app.bootstrap.till import Books
    from pos_app.ui.scan_router import ScanRouter

#: So many jobs are remembered as having opened the drawer while there was no paper.
_REMEMBERED: Final = 64
#: So long a paper waits for its turn at a printer that several use; no job takes longer.
_TURN_S: Final = 60.0
_turns_lock: Final = threading.Lock()
_turns: Final[dict[str, threading.RLock]] = {}
_COLUMNS: Final = {58: "58mm", 80: "80mm"}


def font_source() -> FontSource:
    """The bundled fonts, for receipts drawn as pictures."""
    from hardware.fonts import FontSource

    fonts = resources_dir() / "fonts"
    return FontSource(fonts / "NotoSansCJKsc-Regular-GBK.otf", fonts / "NotoSansMonoCJKsc-Latin.otf")


def printer_profile(settings: PrinterSettings) -> PrinterProfile:
    """What the shop said about its printer."""
    from hardware.printers.profile import BUILTIN, Charset, Cutter

    profile = BUILTIN[_COLUMNS.get(settings.paper_mm, "80mm")]
    if settings.columns:
        # The font is as wide as ever, so fewer characters are a narrower print head; dots come in eights.
        dots = min(profile.dots, -(-settings.columns * 12 // 8) * 8)
        profile = msgspec.structs.replace(profile, columns=settings.columns, dots=dots)
    return msgspec.structs.replace(
        profile,
        charset=Charset(settings.charset),
        drawer_pin=settings.drawer_pin,
        cutter=Cutter.PARTIAL if settings.has_cutter else Cutter.NONE,
        native_qr=settings.native_qr,
    )


def scan_config(settings: Settings) -> ScanConfig:
    """The shop's own codes.

    Raises:
        KnownError: ``settings.codes_wrong`` for a pattern that cannot work.
    """
    from hardware.scanners.chips import ChipForm
    from hardware.scanners.config import LabelPattern, ScanConfig
    from pos_app.infrastructure.code_parser import RECEIPT_PATTERN

    try:
        config = ScanConfig(
            receipt_pattern=RECEIPT_PATTERN,
            member_prefixes=settings.card_prefixes,
            member_patterns=settings.card_patterns,
            chip_forms=tuple(ChipForm(form) for form in settings.chip_forms),
        )
        if settings.label_layouts:
            layouts = tuple(LabelPattern(layout) for layout in settings.label_layouts)
            config = msgspec.structs.replace(config, labels=layouts)
    except ValueError as error:
        raise KnownError("settings.codes_wrong", reason=str(error)) from error
    return config


def wedge_recogniser(settings: WedgeSettings) -> WedgeRecogniser:
    """What tells scanners that type from people who do."""
    from hardware.scanners.wedge import WedgeConfig, WedgeRecogniser

    return WedgeRecogniser(WedgeConfig(max_gap_ms=settings.gap_ms, prefix=settings.prefix, suffix=settings.suffix))


def use_codes(router: ScanRouter, books: Books | None, settings: Settings) -> None:
    """Read scanners that type, and the shop's own codes, by these settings from now on.

    Raises:
        KnownError: ``settings.codes_wrong``.
    """
    router.use(wedge_recogniser(settings.devices.wedge))
    if books is not None:
        books.parser.use(scan_config(settings))


class NoPrinter:
    """For shops without a printer: papers are given up, which the books say."""

    def print(self, job_id: str, content: PrintContent, on_bytes_leaving: Callable[[], None]) -> PrintResult:
        """Give the job up."""
        return PrintResult(JobState.CANCELLED, "no_printer")

    def open_drawer(self, job_id: str) -> None:
        """There is none."""

    def missing(self) -> str:
        """Nobody misses it."""
        return ""

    def health(self) -> PrinterHealth:
        """Nothing is wrong with what is not there."""
        return PrinterHealth()

    def close(self) -> None:
        """Nothing to let go of."""


class PaperPrinter:
    """A receipt printer as the print service uses it.

    Several may be one and the same machine (receipts, slips, a stand-in): then each waits for its turn.
    """

    def __init__(self, device: ReceiptPrinter, encode: Callable[[PrintContent], bytes]) -> None:
        self._device = device
        self._encode = encode
        self._alone = _turns_at(device.name)
        self._opened_for: deque[str] = deque(maxlen=_REMEMBERED)
        self._stopped_by = ""
        self._health = PrinterHealth()

    def print(self, job_id: str, content: PrintContent, on_bytes_leaving: Callable[[], None]) -> PrintResult:
        """Print one job; see ``hardware.printers.receipt_printer`` for what is known when."""
        if not self._alone.acquire(timeout=_TURN_S):
            return PrintResult(JobState.QUEUED, "busy")
        try:
            return self._print(job_id, content, on_bytes_leaving)
        finally:
            self._alone.release()

    def _print(self, job_id: str, content: PrintContent, on_bytes_leaving: Callable[[], None]) -> PrintResult:
        from hardware.printers.receipt_printer import PrintState

        alone = content.kind is JobKind.OPEN_DRAWER
        if self.opened_drawer_for(job_id):
            if alone:
                on_bytes_leaving()
                return PrintResult(JobState.SENT)
            content = msgspec.structs.replace(content, opens_drawer=False)
        outcome = self._device.print(job_id, self._encode(content), on_bytes_leaving=on_bytes_leaving)
        reason = outcome.reason.value.lower() if outcome.reason is not None else ""
        self._stopped_by = ""
        match outcome.state:
            case PrintState.CONFIRMED:
                return PrintResult(JobState.CONFIRMED)
            case PrintState.SENT_UNCONFIRMED:
                return PrintResult(JobState.SENT, reason)
            case PrintState.FAILED_BEFORE_ANY_BYTE:
                self._stopped_by = reason
                if content.opens_drawer and self._drawer_works:
                    if alone:
                        on_bytes_leaving()
                    self.open_drawer(job_id)
                    if alone:
                        return PrintResult(JobState.SENT)
                return PrintResult(JobState.QUEUED, _before_any_byte(outcome.reason))
            case PrintState.FAILED_AFTER_BYTES_LEFT:
                # Whatever stopped it, a person has to look at the paper: it does not print by itself any more.
                return PrintResult(JobState.FAILED, reason if reason == "timeout" else "broken_off")

    def open_drawer(self, job_id: str) -> None:
        """Let change be given although the paper is out: the printer is there, so its drawer opens, once for a job."""
        if not self._drawer_works or self.opened_drawer_for(job_id) or not self._alone.acquire(timeout=_TURN_S):
            return
        try:
            self._opened_for.append(job_id)
            self._device.open_drawer(at_once=True)
        finally:
            self._alone.release()

    @property
    def _drawer_works(self) -> bool:
        return self._stopped_by in ("paper_out", "cover_open")

    def opened_drawer_for(self, job_id: str) -> bool:
        """Whether a job that could not be printed has opened the drawer."""
        return job_id in self._opened_for

    def missing(self) -> str:
        """Why the printer is not there, as a code, or empty; where that cannot be seen, empty."""
        if not self._alone.acquire(blocking=False):
            return ""  # another prints there now, so it is there
        try:
            return _before_any_byte(self._device.missing())
        finally:
            self._alone.release()

    def health(self) -> PrinterHealth:
        """How the printer says it is; as it said last while another prints there."""
        if self._alone.acquire(blocking=False):
            try:
                status = self._device.status()
            finally:
                self._alone.release()
            self._stopped_by = status.reason.value.lower() if status.reason is not None else ""
            self._health = PrinterHealth(_before_any_byte(status.reason), drawer_high=status.drawer_signal)
        return self._health

    def close(self) -> None:
        """Let the port go."""
        self._device.close()


def _turns_at(name: str) -> threading.RLock:
    """Whose turn it is at a printer; the same for all that have its address, whatever its speed."""
    with _turns_lock:
        return _turns.setdefault(name.partition("?")[0], threading.RLock())


def _before_any_byte(reason: Reason | None) -> str:
    """The code: silence before the first byte and silence after the last are not the same thing to a cashier."""
    if reason is None:
        return ""
    code = reason.value.lower()
    return "timeout_before" if code == "timeout" else code


def printer_transport(settings: PrinterSettings, virtual: VirtualPrinter | None) -> Transport | None:
    """The wire to a printer; None where there is no printer.

    Raises:
        KnownError: ``device.not_configured`` where the address is missing.
    """
    if settings.kind is WireKind.VIRTUAL and virtual is not None:
        from hardware.transports.tcp import TcpTransport

        return TcpTransport(virtual.host, virtual.port)
    return transport_of(settings)


class ListeningScanner:
    """A scanner with a port of its own as the scanner service uses it."""

    def __init__(self, make_transport: Callable[[], Transport], settings: ScannerSettings) -> None:
        self._make_transport = make_transport
        self._settings = settings
        self._stop = threading.Event()
        self._stop_reading: Callable[[], None] | None = None

    def run(self, on_scan: Callable[[str], None], on_state: Callable[[str, str], None]) -> None:
        """Read until stopped; a scanner that is unplugged is waited for."""
        from hardware.scanners.loop import ScannerConfig, ScannerLoop

        def tell(state: DeviceState, reason: Reason | None) -> None:
            on_state(state.value, reason.value.lower() if reason is not None else "")

        config = ScannerConfig(echo_ms=self._settings.echo_ms)
        decoder = decoder_for(self._settings.kind, config.max_length)
        prefix, suffix = self._settings.prefix, self._settings.suffix

        def scanned(text: str) -> None:
            code = text.removeprefix(prefix).removesuffix(suffix)
            if code:
                on_scan(code)

        scanner = ScannerLoop(self._make_transport(), on_scan=scanned, on_state=tell, decoder=decoder, config=config)
        self._stop_reading = scanner.stop
        if not self._stop.is_set():
            scanner.run()

    def stop(self) -> None:
        """Make ``run`` return promptly."""
        self._stop.set()
        if self._stop_reading is not None:
            self._stop_reading()


def decoder_for(kind: WireKind, max_length: int) -> CodeDecoder:
    """What the bytes of a scanner mean that is reached in this way."""
    match kind:
        case WireKind.INPUT:
            from hardware.scanners.input_events import KeyDecoder

            return KeyDecoder(max_length)
        case WireKind.HID:
            from hardware.scanners.hid_pos import HidPosDecoder

            return HidPosDecoder(max_length)
        case _:
            from hardware.scanners.loop import LineSplitter

            return LineSplitter(max_length)


def scanner_for(settings: ScannerSettings) -> ListeningScanner | None:
    """A scanner with a port of its own; None where there is none.

    Raises:
        KnownError: ``device.not_configured`` where the address is missing.
    """
    if transport_of(settings) is None:
        return None

    def transport() -> Transport:
        made = transport_of(settings)
        if made is None:
            raise BugError("a scanner without a wire")
        return made

    return ListeningScanner(transport, settings)
