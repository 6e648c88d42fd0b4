"""What the wizard in the window does with the devices, while the till's own let go of their ports."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from pos_app.application.device_wizard.state import (
    Answer,
    Candidate,
    FindScales,
    Heard,
    LightLamp,
    Listen,
    Look,
    Looked,
    News,
    OpenBox,
    ShowNumbers,
    Stream,
    Trial,
    Weigh,
)
from pos_app.bootstrap import counter_trials, trials
from pos_app.config import Wire, WireKind
from pos_app.ui.scan_router import KeyLesson

if TYPE_CHECKING:
    from concurrent.futures import Future

    from hardware.scanners.finding import ScannerFinder
    from pos_app.application.device_wizard.acts import Samples
    from pos_app.bootstrap.running import RunningTill
    from pos_app.bootstrap.scales import ReadScale

#: A paper on its way ends before the port is free.
_PAPER_S: Final = 30.0
_STOP_S: Final = 3.0
#: A scanner may pause longer the next time than it did when it was taught.
_ALLOWANCE_MS: Final = 15
_LEAST_GAP_MS: Final = 30


class WizardActs:
    """The devices of a running till in the hands of the wizard; see :class:`DeviceActs` for what each does."""

    def __init__(self, running: RunningTill) -> None:
        self._running = running
        self._freed: tuple[Future[None], ...] = ()
        self._is_held = False
        self._ports: _PortListening | None = None
        self._lesson: KeyLesson | None = None
        self._scale: ReadScale | None = None

    def samples(self) -> Samples:
        """What right papers look like."""
        return trials.samples()

    def hold(self, act: Trial) -> None:
        """Let go of the ports; looking around opens none."""
        if isinstance(act, Look):
            return
        running = self._running
        if not self._is_held:
            self._is_held = True
            running.devices.hold()
            self._freed = running.hold_printers()
        device = _device_of(act)
        if device and any(each.device == device for each in running.settings.devices.scanners):
            running.read_scanners(own=False)

    def do(self, act: Trial) -> Answer:
        """Do it, once the ports are free."""
        for each in self._freed:
            each.result(_PAPER_S)
        virtual = self._running.virtual_printer
        done = trials.do(act, virtual)
        if isinstance(done, Looked) and virtual is not None:
            return Looked((Candidate(Wire(kind=WireKind.VIRTUAL), "", "printer"), *done.candidates))
        return done

    def listen(self, stream: Stream, tell: Callable[[News], None]) -> None:
        """Hear scanners, or a scale."""
        self.stop_listening()
        match stream:
            case Listen():
                self._hear_scanners(tell)
            case Weigh(scale=scale):
                self._scale = counter_trials.weigh(scale, tell)

    def _hear_scanners(self, tell: Callable[[Heard], None]) -> None:
        running = self._running
        running.read_scanners(own=False)
        wizard = running.shell.view("device_wizard")

        def typed(text: str, gap_ms: int) -> None:
            if text.strip():
                tell(Heard(text, gap_ms=max(_LEAST_GAP_MS, gap_ms * 3 // 2 + _ALLOWANCE_MS) if gap_ms else 0))

        self._lesson = KeyLesson(typed, lambda: running.shell.active_view() is wizard, running)
        running.router.teach(self._lesson)
        self._ports = _PortListening(tell)

    def stop_listening(self) -> None:
        """Hear no more; the till's own scanners are read again."""
        ports, self._ports = self._ports, None
        lesson, self._lesson = self._lesson, None
        scale, self._scale = self._scale, None
        if scale is not None:
            scale.stop()
        if lesson is not None:
            self._running.router.teach(None)
            lesson.deleteLater()
        if ports is not None:
            ports.stop()
            self._running.read_scanners(own=True)

    def give_back(self) -> None:
        """Use the devices of the settings."""
        self._is_held = False
        self._freed = ()
        self._running.apply_devices(self._running.settings)

    def close(self) -> None:
        """The till ends: nothing is given back."""
        if self._ports is not None:
            self._ports.stop()
        if self._scale is not None:
            self._scale.stop()


def _device_of(act: Trial) -> str:
    """The port that is tried; empty where it is none of one device."""
    match act:
        case OpenBox(drawer=wire) | ShowNumbers(wire=wire) | LightLamp(display=wire):
            return wire.device
        case Look() | FindScales():
            return ""
        case _:
            return act.printer.device


class _PortListening:
    """Listens at every serial port and scanner's node in a thread of its own."""

    def __init__(self, tell: Callable[[Heard], None]) -> None:
        self._tell = tell
        self._stopped = threading.Event()
        self._finder: ScannerFinder | None = None
        self._thread = threading.Thread(target=self._run, name="guitai-wizard-ports", daemon=True)
        self._thread.start()

    def _run(self) -> None:
        # Looking around takes seconds; a scanner that was not found before may be plugged in by now.
        found = trials.look()
        finder = trials.finder(found)
        self._finder = finder
        if not self._stopped.is_set():
            finder.run(trials.hears(found, self._heard))

    def _heard(self, heard: Heard) -> None:
        if not self._stopped.is_set():
            self._tell(heard)

    def stop(self) -> None:
        """Let the ports go. Still looking around opens none, so that is not waited for."""
        self._stopped.set()
        if self._finder is not None:
            self._finder.stop()
            self._thread.join(_STOP_S)
