"""The line at the head of the window: where we are and how things stand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from pos_app.ui import theme
from pos_app.ui.state import Tone
from pos_app.ui.widgets.labels import Elided, Figure, Sign, label

if TYPE_CHECKING:
    from PySide6.QtGui import QMouseEvent


@dataclass(frozen=True, slots=True)
class HeaderState:
    """What the status bar shows.

    Attributes:
        store: Name of the shop.
        till: Name of the till.
        shift_no: Number of the open shift, None when none is open.
        cashier: Who is logged in; empty when nobody is.
        line: Where the line to head office stands, as ``pos_app.application.head_office.Line`` names it; nothing is
            said of it while the till is alone.
        waiting: How many own records wait to be sent.
        percent: How far catching up is, 0 to 100; None where that cannot be told.
        first_load: What is caught up with is the first load of members and goods.
        concerns: How many things wait for the manager.
        printer: Tone of the printer's badge; NEUTRAL when there is none.
        receipts_waiting: Receipts in the print queue.
        stand_in: Receipts come out at the stand-in.
        device_gone: What else does not work, as ``DeviceRole`` names it; empty while all does.
        more_gone: How many more do not.
        clock: ``HH:MM``.
    """

    store: str = ""
    till: str = ""
    shift_no: int | None = None
    cashier: str = ""
    line: str = "alone"
    waiting: int = 0
    percent: int | None = None
    first_load: bool = False
    concerns: int = 0
    printer: Tone = Tone.NEUTRAL
    receipts_waiting: int = 0
    stand_in: bool = False
    device_gone: str = ""
    more_gone: int = 0
    clock: str = ""


class Badge(QWidget):
    """A sign with a word.

    Signals:
        clicked: It was touched.
    """

    clicked = Signal()

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
        self.setAccessibleName(words)
        self.setVisible(bool(words))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self.rect().contains(event.position().toPoint()):
            self.clicked.emit()
        event.accept()


class StatusBar(QFrame):
    """Shop, till, shift and cashier on the left; head office, printer and the time on the right.

    Signals:
        sync_requested: Somebody wants to know more of the line to head office.
    """

    sync_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "header")
        self.setFixedHeight(40)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.SPACE_4, 0, theme.SPACE_4, 0)
        row.setSpacing(theme.SPACE_6)
        self._where = Elided("strong")
        self._sync = Badge()
        self._sync.setCursor(Qt.CursorShape.PointingHandCursor)
        self._sync.setMinimumHeight(theme.ROW_HEIGHT - theme.SPACE_1)
        self._sync.clicked.connect(self.sync_requested)
        self._printer = Badge()
        self._device = Badge()
        self._clock = Figure("strong")
        row.addWidget(self._where, 1)
        row.addWidget(self._sync)
        row.addWidget(self._device)
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
        self._show_device(state)
        self._clock.setText(state.clock)

    def _show_sync(self, state: HeaderState) -> None:
        badges = {
            "offline": ("offline", "warning", self._offline),
            "catching_up": ("sync", "accent", self._catching_up),
            "current": ("success", "success", self._current),
            "attention": ("warning", "warning", self._attention),
        }
        sign, tone, words = badges.get(state.line, ("neutral", "muted", _nothing))
        self._sync.show_badge(sign, tone, words(state))

    def _offline(self, state: HeaderState) -> str:
        if not state.waiting:
            return self.tr("Offline: selling goes on")
        return self.tr("Offline: selling goes on · {count} to send").format(count=f"{state.waiting:,}")

    def _catching_up(self, state: HeaderState) -> str:
        words = self.tr("Members are coming in") if state.first_load else self.tr("Catching up with head office")
        return words if state.percent is None else f"{words} {state.percent}%"

    def _current(self, _state: HeaderState) -> str:
        return self.tr("In step with head office")

    def _attention(self, state: HeaderState) -> str:
        if not state.concerns:
            return self.tr("Head office: for the manager")
        return self.tr("For the manager: {count}").format(count=f"{state.concerns:,}")

    def _show_printer(self, state: HeaderState) -> None:
        if state.receipts_waiting:
            words = self.tr("Receipts waiting: {count}").format(count=state.receipts_waiting)
            self._printer.show_badge("printer", "warning" if state.printer is not Tone.DANGER else "danger", words)
        elif state.stand_in:
            self._printer.show_badge("printer", "warning", self.tr("The stand-in prints"))
        elif state.printer is Tone.SUCCESS:
            self._printer.show_badge("printer", "success", self.tr("Printer ok"))
        elif state.printer is Tone.NEUTRAL:
            self._printer.show_badge("printer", "muted", self.tr("No printer"))
        else:
            tone = "warning" if state.printer is Tone.WARNING else "danger"
            self._printer.show_badge("warning", tone, self.tr("Check the printer"))

    def _show_device(self, state: HeaderState) -> None:
        words = {
            "printer": self.tr("Slip printer gone"),
            "scanner": self.tr("Scanner gone"),
            "scale": self.tr("Scale gone"),
            "display": self.tr("Customer display gone"),
            "drawer": self.tr("Drawer gone"),
            "customer_screen": self.tr("Customer's screen gone"),
        }
        word = words.get(state.device_gone, "")
        more = f"  +{state.more_gone}" if word and state.more_gone else ""
        self._device.show_badge("warning", "warning", word + more)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.show_state(self._state)


def _nothing(_state: HeaderState) -> str:
    return ""
