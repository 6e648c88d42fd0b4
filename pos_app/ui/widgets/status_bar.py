"""The line at the head of the window: where we are and how things stand."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from pos_app.ui import theme
from pos_app.ui.state import Tone
from pos_app.ui.widgets.labels import Elided, Figure, Sign, label


@dataclass(frozen=True, slots=True)
class HeaderState:
    """What the status bar shows.

    Attributes:
        store: Name of the shop.
        till: Name of the till.
        shift_no: Number of the open shift, None when none is open.
        cashier: Who is logged in; empty when nobody is.
        offline_since: ``HH:MM`` since when head office is out of reach; empty when it is in reach.
        head_office: False where the till has never been joined to a head office: then nothing is said of it.
        waiting: How many records wait to be sent.
        printer: Tone of the printer's badge; NEUTRAL when there is none.
        receipts_waiting: Receipts in the print queue.
        clock: ``HH:MM``.
    """

    store: str = ""
    till: str = ""
    shift_no: int | None = None
    cashier: str = ""
    offline_since: str = ""
    head_office: bool = False
    waiting: int = 0
    printer: Tone = Tone.NEUTRAL
    receipts_waiting: int = 0
    clock: str = ""


class Badge(QWidget):
    """A sign with a word."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.SPACE_1 + 2)
        self._sign = Sign(size=18)
        self._words = label("small-text")
        row.addWidget(self._sign)
        row.addWidget(self._words)

    def show_badge(self, sign: str, tone: str, words: str) -> None:
        """Set sign, the token of its colour, and the words; empty words hide the badge."""
        self._sign.show_sign(sign, tone)
        self._words.setText(words)
        self.setVisible(bool(words))


class StatusBar(QFrame):
    """Shop, till, shift and cashier on the left; connection, printer and the time on the right."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "header")
        self.setFixedHeight(40)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.SPACE_4, 0, theme.SPACE_4, 0)
        row.setSpacing(theme.SPACE_6)
        self._where = Elided("strong")
        self._sync = Badge()
        self._printer = Badge()
        self._clock = Figure("strong")
        row.addWidget(self._where, 1)
        row.addWidget(self._sync)
        row.addWidget(self._printer)
        row.addWidget(self._clock, 0, Qt.AlignmentFlag.AlignVCenter)
        self._state = HeaderState()
        self.show_state(self._state)

    def show_state(self, state: HeaderState) -> None:
        """Draw a state."""
        self._state = state
        parts = [p for p in (state.store, state.till) if p]
        if state.shift_no is not None:
            parts.append(self.tr("Shift {number}").format(number=state.shift_no))
        if state.cashier:
            parts.append(state.cashier)
        self._where.show_text("  ·  ".join(parts))
        self._show_sync(state)
        self._show_printer(state)
        self._clock.setText(state.clock)

    def _show_sync(self, state: HeaderState) -> None:
        waiting = self.tr("{count} waiting").format(count=f"{state.waiting:,}") if state.waiting else ""
        if state.offline_since:
            words = self.tr("Offline since {time}").format(time=state.offline_since)
            self._sync.show_badge("offline", "warning", f"{words} · {waiting}" if waiting else words)
        elif state.head_office:
            self._sync.show_badge("success", "success", waiting or self.tr("Head office: in step"))
        else:
            self._sync.show_badge("neutral", "muted", waiting)

    def _show_printer(self, state: HeaderState) -> None:
        if state.receipts_waiting:
            words = self.tr("Receipts waiting: {count}").format(count=state.receipts_waiting)
            self._printer.show_badge("printer", "warning" if state.printer is not Tone.DANGER else "danger", words)
        elif state.printer is Tone.SUCCESS:
            self._printer.show_badge("printer", "success", self.tr("Printer ok"))
        elif state.printer is Tone.NEUTRAL:
            self._printer.show_badge("printer", "muted", self.tr("No printer"))
        else:
            tone = "warning" if state.printer is Tone.WARNING else "danger"
            self._printer.show_badge("warning", tone, self.tr("Check the printer"))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.show_state(self._state)
