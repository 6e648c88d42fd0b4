"""Closing a shift: count the drawer without knowing what should be in it, then see what came of it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from pos_app.ui.screens.shift_close.result import ResultPage
from pos_app.ui.screens.shift_close.state import ShiftCloseState
from pos_app.ui.widgets.base import KeyHelp, ScreenView
from pos_app.ui.widgets.cards import add_all, centred
from pos_app.ui.widgets.count import CountPage
from pos_app.ui.widgets.notices import InlineMessage

_WIDTH = 1200


class ShiftCloseView(ScreenView[ShiftCloseState]):
    """Blind count, then the result. Enter goes from face to face; after the last it is on the key that closes.

    Signals:
        close_requested: The count: a tuple of (face value in fen, pieces), only faces with pieces.
        count_changed: Something else is counted now.
        print_requested: Print the shift report again.
        day_requested: Go on with the end of the day.
        done_requested: Leave, after the result was read.
        report_requested: See the whole report.
    """

    close_requested = Signal(object)
    count_changed = Signal()
    print_requested = Signal()
    day_requested = Signal()
    done_requested = Signal()
    report_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session: int | None = None
        outer = centred(self.body, _WIDTH)
        self._pages = QStackedWidget()
        page = CountPage()
        self._page, self._count = page, page.card
        page.changed.connect(self._on_changed)
        page.changed.connect(self.count_changed)
        page.finished.connect(self._on_finished)
        self._result = ResultPage()
        self._pages.addWidget(page)
        self._pages.addWidget(self._result)
        self._message = InlineMessage()
        add_all(outer, self._pages, self._message)
        outer.setStretch(0, 1)
        self._build_bar()
        self.retranslate()

    def _build_bar(self) -> None:
        self._back = self.bar.add("Esc")
        self._report = self.bar.add("F4")
        self._print = self.bar.add("F8")
        self._day = self.bar.add("F10")
        self._close = self.bar.add("F9", "primary", stretch=2)
        self._done = self.bar.add("Enter", "primary", stretch=2)
        self._back.clicked.connect(self._on_escape)
        self._report.clicked.connect(self.report_requested)
        self._print.clicked.connect(self.print_requested)
        self._day.clicked.connect(self.day_requested)
        self._close.clicked.connect(self._on_close)
        self._done.clicked.connect(self.done_requested)

    def retranslate(self) -> None:
        self._back.setText(self.tr("Back"))
        self._report.setText(self.tr("Report"))
        self._print.setText(self.tr("Print again"))
        self._day.setText(self.tr("End the day"))
        self._close.setText(self.tr("Close the shift"))
        self._done.setText(self.tr("Done"))

    def focus_home(self) -> None:
        if self._state is None or self._state.result is None:
            self._count.begin()
        else:
            super().focus_home()

    def key_help(self) -> tuple[KeyHelp, ...]:
        if self._state is not None and self._state.result is not None:
            return super().key_help()
        return (KeyHelp("Enter  ↑  ↓", self.tr("Next or previous face value")), *super().key_help())

    def _draw(self, state: ShiftCloseState) -> None:
        self._count.show_faces(state.faces)
        counting = state.result is None
        fresh = state.session != self._session or self._pages.currentIndex() != (0 if counting else 1)
        if state.session != self._session:
            self._session = state.session
            self._count.clear()
        self._page.show_shift(self.tr("Close shift {number}").format(number=state.number), state.cashier, state.since)
        self._pages.setCurrentIndex(0 if counting else 1)
        self._result.show_state(state)
        self._message.show_hint(
            self.tr("Count every note and coin in the drawer, float too. What should be there is shown afterwards.")
            if counting
            else ""
        )
        self._message.show_notice(state.notice)
        for one in (self._back, self._close):
            one.setVisible(counting)
        for one in (self._report, self._print, self._done):
            one.setVisible(not counting)
            one.setEnabled(not state.busy)
        self._day.setVisible(not counting and state.can_close_day)
        self._day.setEnabled(not state.busy)
        self._count.setEnabled(not state.busy)
        self._on_changed()
        if fresh and self.isVisible():
            self.focus_home()

    def _on_changed(self) -> None:
        busy = self._state is not None and self._state.busy
        self._close.setEnabled(not self._count.is_empty and not busy)

    def _on_finished(self) -> None:
        if self._close.isEnabled():
            self._close.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_close(self) -> None:
        if self._close.isEnabled():
            self.close_requested.emit(self._count.pieces())

    def _on_escape(self) -> None:
        if self._state is not None and self._state.result is not None:
            self.done_requested.emit()
        else:
            self.back_requested.emit()
