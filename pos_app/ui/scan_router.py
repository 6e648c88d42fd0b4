"""Sends scans to the view in front, never to the focused field, and typing to where it was meant.

A wedge scanner is a keyboard that types fast. The router sits before the window, shows each key to a recogniser and
holds it back until it is known what it was: a scan goes to the active view, with its Enter swallowed; typing is given
to the focus in the order in which it came.

It filters the window's events, not the application's: a filter in Python on every event of every widget would cost
more than the painting.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

if TYPE_CHECKING:
    from PySide6.QtGui import QWindow

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
#: What a scanner may type with Ctrl held: M, J, I and ].
_CONTROLS = {"\r": "\r", "\n": "\r", "\t": "\t", "\x1d": "\x1d"}
#: After so long without a key a scan is over. Longer than a scanner pauses, so that a slow one is heard whole.
LESSON_SILENCE_MS = 350
MOST_OF_A_LESSON = 512
_BARE = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier


class RecogniserEvent(Protocol):
    """What a recogniser decided: ``Scanned`` has ``overflow``, ``Typed`` has not."""

    @property
    def text(self) -> str:
        """The code, or the characters to give back."""
        ...


class Recogniser(Protocol):
    """Tells a burst of keys from a person typing (``hardware.scanners.wedge``, which this package does not know)."""

    @property
    def holding(self) -> bool:
        """Whether characters are held back."""
        ...

    @property
    def idle_ms(self) -> int:
        """After how long without keys :meth:`poll` decides."""
        ...

    def feed(self, char: str, at_ms: int, key: int = 0) -> Sequence[RecogniserEvent]:
        """Take a character, and which key typed it."""
        ...

    def release(self, key: int) -> None:
        """A key was let go."""
        ...

    def poll(self, now_ms: int) -> Sequence[RecogniserEvent]:
        """Decide by the passing of time."""
        ...

    def flush(self) -> Sequence[RecogniserEvent]:
        """Give everything held back as typed."""
        ...


class KeyLesson(QObject):
    """Learns how a scanner types: what comes at one go, and the longest pause in it.

    Args:
        tell: Told what was typed at one go, its line end included, and its longest pause in milliseconds.
        wants: Whether the keys are for this lesson now.
    """

    def __init__(
        self, tell: Callable[[str, int], None], wants: Callable[[], bool], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._tell = tell
        self._wants = wants
        self._text = ""
        self._gap_ms = 0
        self._last_ms = 0
        self._silence = QTimer(self)
        self._silence.setSingleShot(True)
        self._silence.setInterval(LESSON_SILENCE_MS)
        self._silence.timeout.connect(self._on_silence)
        self._over = QTimer(self)
        self._over.setSingleShot(True)
        self._over.setInterval(0)
        self._over.timeout.connect(self._on_over)

    @property
    def is_wanted(self) -> bool:
        """Whether keys are for this lesson now."""
        return self._wants()

    @property
    def holding(self) -> bool:
        """Whether something is being typed."""
        return bool(self._text)

    def take(self, event: QKeyEvent, char: str) -> bool:
        """Take a key; whether nobody else may have it. Keys that no scanner types go on: Escape, F keys, arrows."""
        if not char:
            shortcut = event.modifiers() & ~_BARE and not is_modifier(event)
            return bool(shortcut) or (bool(event.text()) and event.text().isprintable())
        at_ms = time_of(event)
        if self._text:
            self._gap_ms = max(self._gap_ms, at_ms - self._last_ms)
        self._last_ms = at_ms
        self._text = (self._text + char)[:MOST_OF_A_LESSON]
        self._over.stop()
        self._silence.start()
        return True

    def _on_silence(self) -> None:
        # Keys that came while the window was busy are behind this timer: let them in before it is over.
        self._over.start()

    def _on_over(self) -> None:
        text, gap_ms = self._text, self._gap_ms
        self._text, self._gap_ms = "", 0
        self._tell(text, gap_ms)


class ScanRouter(QObject):
    """The filter before the window.

    Signals:
        scanned: A complete code, from a wedge or a serial scanner.
        garbled: A burst too long to be a code; say no and let the cashier scan again.
    """

    scanned = Signal(object)
    garbled = Signal()

    def __init__(self, recogniser: Recogniser, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._recogniser = recogniser
        self._replaying = False
        self._last_event_ms = 0
        self._last_seen_s = time.monotonic()
        self._idle = QTimer(self)
        self._idle.setSingleShot(True)
        self._idle.setTimerType(Qt.TimerType.PreciseTimer)
        self._idle.timeout.connect(self._on_idle)
        self._decide = QTimer(self)
        self._decide.setSingleShot(True)
        self._decide.setInterval(0)
        self._decide.timeout.connect(self._on_decide)
        self._lesson: KeyLesson | None = None

    def use(self, recogniser: Recogniser) -> None:
        """Tell scans from typing by another recogniser from now on."""
        self._handle(self._recogniser.flush())
        self._recogniser = recogniser

    def teach(self, lesson: KeyLesson | None) -> None:
        """Give every key that types to a lesson and to nothing else, while that wants them; None ends it."""
        self._handle(self._recogniser.flush())
        self._lesson = lesson

    def watch(self, window: QWindow) -> None:
        """Start filtering a window; it must have been created (``winId()``) before."""
        window.installEventFilter(self)

    @Slot(object)
    def on_serial_scan(self, text: object) -> None:
        """Take a scan of a serial scanner; it comes whole, so nothing is held."""
        if isinstance(text, str) and text:
            self.scanned.emit(text)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind is QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and not self._replaying:
            return self._on_key(event)
        if kind is QEvent.Type.KeyRelease and isinstance(event, QKeyEvent) and not self._replaying:
            if not event.isAutoRepeat():
                self._recogniser.release(_place_of(event))
            return False
        if kind is QEvent.Type.FocusOut:
            self._handle(self._recogniser.flush())
        return False

    def _on_key(self, event: QKeyEvent) -> bool:
        if event.isAutoRepeat() and event.key() in _ENTER:
            return True  # Enter held down is one Enter: it must not take the money and show the next sale at once
        if self._lesson is not None and self._lesson.is_wanted:
            return self._lesson.take(event, self._character(event))
        char = self._character(event)
        if not char:
            # Not something a scanner types: what was held came first, so it goes first.
            if event.text() or not is_modifier(event):
                self._handle(self._recogniser.flush())
            return False
        at_ms = time_of(event)
        self._last_event_ms, self._last_seen_s = at_ms, time.monotonic()
        self._decide.stop()
        events = self._recogniser.feed(char, at_ms, _place_of(event))
        if len(events) == 1 and not self._recogniser.holding and self._is_typed(events[0]) and events[0].text == char:
            return False  # alone and clearly typed: the event itself goes on, with everything Qt knows about it
        self._handle(events)
        if self._recogniser.holding:
            self._idle.start(self._recogniser.idle_ms)
        else:
            self._idle.stop()
        return True

    def _character(self, event: QKeyEvent) -> str:
        text = event.text()
        strange = event.modifiers() & ~_BARE
        if strange:
            # Separators and ends may come as Ctrl with a key; outside a burst that is somebody's shortcut.
            holding = self._lesson.holding if self._lesson is not None else self._recogniser.holding
            in_burst = strange == Qt.KeyboardModifier.ControlModifier and holding
            return _CONTROLS.get(text, "") if in_burst else ""
        if event.key() in _ENTER or text in ("\r", "\n"):
            return "\r"
        if event.key() == Qt.Key.Key_Tab:
            return "\t"
        return text if len(text) == 1 and text.isascii() and (text.isprintable() or text == "\x1d") else ""

    @staticmethod
    def _is_typed(event: RecogniserEvent) -> bool:
        return not hasattr(event, "overflow")

    def _handle(self, events: Sequence[RecogniserEvent]) -> None:
        for event in events:
            if self._is_typed(event):
                self._give_back(event.text)
            elif getattr(event, "overflow", False):
                self.garbled.emit()
            else:
                self.scanned.emit(event.text)

    def _give_back(self, text: str) -> None:
        self._replaying = True
        try:
            for char in text:
                target = QApplication.focusWidget() or QApplication.activeWindow()
                if target is None:
                    return
                key = _key_of(char)
                for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                    event = QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, char)
                    QApplication.sendEvent(target, event)
        finally:
            self._replaying = False

    def _on_idle(self) -> None:
        # Keys that came while the window was busy are behind this timer: let them in before deciding.
        self._decide.start()

    def _on_decide(self) -> None:
        passed_ms = round((time.monotonic() - self._last_seen_s) * 1000)
        self._handle(self._recogniser.poll(self._last_event_ms + max(passed_ms, self._recogniser.idle_ms)))


def is_modifier(event: QKeyEvent) -> bool:
    """Whether a key is one that is held while another is pressed."""
    return event.key() in (Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_Meta, Qt.Key.Key_AltGr)


def time_of(event: QKeyEvent) -> int:
    """When a key was pressed, in milliseconds of the system's own count."""
    return event.timestamp() or round(time.monotonic() * 1000)


def _place_of(event: QKeyEvent) -> int:
    """Which key of the keyboard it is; keys made by software have no place, only a meaning."""
    return event.nativeScanCode() or int(event.key())


def _key_of(char: str) -> int:
    if char in "\r\n":
        return int(Qt.Key.Key_Return)
    if char == "\t":
        return int(Qt.Key.Key_Tab)
    return ord(char.upper())
