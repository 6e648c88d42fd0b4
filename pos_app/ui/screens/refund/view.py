"""Goods that come back: tick lines, see exactly what returns where, do it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from pos_app.ui import theme
from pos_app.ui.screens.refund.lines import LinesPanel
from pos_app.ui.screens.refund.preview import PreviewPanel
from pos_app.ui.screens.refund.state import RefundState
from pos_app.ui.state import Phase
from pos_app.ui.widgets.base import KeyHelp, ScreenView
from pos_app.ui.widgets.cards import Card, add_all
from pos_app.ui.widgets.inputs import TextBox
from pos_app.ui.widgets.notices import InlineMessage
from pos_app.ui.widgets.numpad import NumPad
from pos_app.ui.widgets.placeholder import Placeholder

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

_STEPS = {Qt.Key.Key_Plus: 1, Qt.Key.Key_Minus: -1}


class RefundView(ScreenView[RefundState]):
    """Scan the receipt, scan or tick the goods, F9.

    Signals:
        find_requested: A receipt number (or its end) was typed.
        line_requested: Key of a line to tick or untick.
        quantity_requested: A :class:`QuantityAsked`.
        step_requested: ``(key, 1 or -1)``: one more or one less of a line comes back.
        all_requested: Everything that is left comes back, or, when all of it is ticked, nothing.
        reason_requested: A :class:`Reason`.
        in_cash_requested: True: give external tenders back in cash; False: as they were paid.
        refund_requested: Do it; carries the reason in words, empty for none.
        void_requested: Void the whole sale instead.
        retry_requested: Look the sale up again.
    """

    find_requested = Signal(object)
    line_requested = Signal(object)
    quantity_requested = Signal(object)
    step_requested = Signal(object)
    all_requested = Signal()
    reason_requested = Signal(object)
    in_cash_requested = Signal(object)
    refund_requested = Signal(object)
    void_requested = Signal()
    retry_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session: int | None = None
        outer = QVBoxLayout(self.body)
        outer.setContentsMargins(theme.SPACE_3, theme.SPACE_3, theme.SPACE_3, theme.SPACE_3)
        outer.setSpacing(theme.SPACE_2)
        self._pages = QStackedWidget()
        self._pages.addWidget(self._build_start())
        self._pages.addWidget(self._build_sale())
        self._message = InlineMessage()
        add_all(outer, self._pages, self._message)
        outer.setStretch(0, 1)
        self._build_bar()
        self.retranslate()

    def _build_start(self) -> QWidget:
        page = QWidget()
        row = QHBoxLayout(page)
        row.setContentsMargins(0, 0, 0, 0)
        card = Card()
        card.setFixedWidth(460)
        card.column.setContentsMargins(theme.SPACE_6, theme.SPACE_6, theme.SPACE_6, theme.SPACE_6)
        card.column.setSpacing(theme.SPACE_3)
        self._holder = Placeholder()
        self._holder.setMinimumHeight(150)
        self._holder.action_requested.connect(self.retry_requested)
        self._box = TextBox("box", submits=True, codes=True)
        self._box.submitted.connect(self._on_find)
        self._pad = NumPad(last="-", enter=False)
        self._pad.set_target(self._box)
        add_all(card.column, self._holder, self._box, self._pad)
        column = QVBoxLayout()
        column.addStretch(1)
        column.addWidget(card)
        column.addStretch(1)
        row.addStretch(1)
        row.addLayout(column)
        row.addStretch(1)
        return page

    def _build_sale(self) -> QWidget:
        page = QWidget()
        row = QHBoxLayout(page)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.SPACE_3)
        self._lines = LinesPanel()
        self._preview = PreviewPanel()
        self._preview.setFixedWidth(348)
        row.addWidget(self._lines, 1)
        row.addWidget(self._preview)
        self._lines.line_requested.connect(self.line_requested)
        self._lines.quantity_requested.connect(self.quantity_requested)
        self._lines.step_requested.connect(self.step_requested)
        self._preview.reason_requested.connect(self.reason_requested)
        self._preview.in_cash_requested.connect(self.in_cash_requested)
        return page

    def _build_bar(self) -> None:
        self._back = self.bar.add("Esc")
        self._quantity = self.bar.add("F3")
        self._all = self.bar.add("F4")
        self._void = self.bar.add("F5", "danger")
        self._refund = self.bar.add("F9", "primary", stretch=2)
        self._find = self.bar.add("Enter", "primary", stretch=3)
        self._back.clicked.connect(self.back_requested)
        self._quantity.clicked.connect(self._on_quantity)
        self._all.clicked.connect(self.all_requested)
        self._void.clicked.connect(self.void_requested)
        self._refund.clicked.connect(self._on_refund)
        self._find.clicked.connect(self._on_find)

    def retranslate(self) -> None:
        self._box.setPlaceholderText(self.tr("Receipt number, or its last digits"))
        self._box.setAccessibleName(self.tr("Receipt number"))
        self._find.setText(self.tr("Find the sale"))
        self._back.setText(self.tr("Back"))
        self._quantity.setText(self.tr("Qty"))
        self._all.setText(self.tr("All / none"))
        self._void.setText(self.tr("Void the sale"))
        self._refund.setText(self.tr("Give back"))

    def focus_home(self) -> None:
        if self._pages.currentIndex() == 0:
            self._box.setFocus(Qt.FocusReason.OtherFocusReason)
            self._box.selectAll()
        else:
            self._lines.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def key_help(self) -> tuple[KeyHelp, ...]:
        if self._pages.currentIndex() == 0:
            return super().key_help()
        more = (
            KeyHelp("↑  ↓", self.tr("Mark another line")),
            KeyHelp("Enter", self.tr("Tick the marked line, or take the tick away")),
            KeyHelp("+  −", self.tr("One more or one less of the marked line comes back")),
            KeyHelp("0–9", self.tr("Type how much comes back")),
        )
        return super().key_help() + more

    def _draw(self, state: RefundState) -> None:
        if state.session != self._session:
            self._session = state.session
            self._box.clear()
        ready = state.phase is Phase.READY
        page = 1 if ready else 0
        turned = page != self._pages.currentIndex()
        self._pages.setCurrentIndex(page)
        if ready:
            self._lines.show_state(state)
            self._preview.show_state(state)
        else:
            self._draw_start(state)
        if turned and self.isVisible():
            self.focus_home()
        self._message.show_notice(state.notice)
        self._message.show_hint(self._hint(state))
        self._find.setVisible(not ready)
        for one in (self._quantity, self._all, self._void, self._refund):
            one.setVisible(ready)
        self._void.setVisible(ready and state.can_void)
        some = any(line.left_milli for line in state.lines)
        self._quantity.setEnabled(some)
        self._all.setEnabled(some and not state.busy)
        self._void.setEnabled(not state.busy)
        self._refund.setEnabled(state.preview is not None and not state.busy)

    def _hint(self, state: RefundState) -> str:
        if state.phase is not Phase.READY:
            return ""
        if state.approval_needed and state.preview is not None:
            return self.tr("Somebody who may do this is asked for their PIN next.")
        return self.tr("Scan what comes back, or tick it   ·   F1 all keys")

    def _draw_start(self, state: RefundState) -> None:
        if state.phase is Phase.LOADING:
            self._holder.show_phase(state.phase, self.tr("Looking for the sale…"), sign="search")
        elif state.phase is Phase.FAILED:
            self._holder.show_phase(
                state.phase,
                self.tr("The sale could not be read."),
                self.tr("Try again; if it stays so, call support."),
                self.tr("Try again"),
            )
        else:
            self._holder.show_phase(
                Phase.EMPTY,
                self.tr("Scan the receipt"),
                self.tr("Its code is at the foot of the paper. Without paper, type the number."),
                sign="scanner",
            )

    def _on_find(self, _text: object = None) -> None:
        text = self._box.text().strip()
        if text:
            self.find_requested.emit(text)

    def _on_quantity(self) -> None:
        self._lines.begin_typing()

    def _on_refund(self) -> None:
        self.refund_requested.emit(self._preview.reason_text())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._pages.currentIndex() == 1:
            text = event.text()
            step = _STEPS.get(Qt.Key(event.key()))
            if step is not None:
                self._lines.step(step)
            elif event.key() == Qt.Key.Key_Space:
                self._lines.toggle()
            elif len(text) == 1 and text in "0123456789":
                self._lines.begin_typing(text)
            else:
                super().keyPressEvent(event)
                return
            event.accept()
            return
        super().keyPressEvent(event)
