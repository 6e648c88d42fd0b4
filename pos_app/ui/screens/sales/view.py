"""Sales and refunds, the newest first; found by the end of the receipt number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pos_app.ui import theme
from pos_app.ui.screens.sales.state import DocumentKind, DocumentRow, SalesState, VoidConfirmed
from pos_app.ui.screens.sales.void_strip import VoidStrip
from pos_app.ui.state import Phase
from pos_app.ui.widgets.base import KeyHelp, ScreenView
from pos_app.ui.widgets.cards import add_all
from pos_app.ui.widgets.inputs import CommandBox
from pos_app.ui.widgets.notices import InlineMessage
from pos_app.ui.widgets.rows import Row, RowList

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent


class SalesView(ScreenView[SalesState]):
    """Find a paper and do something with it. The box has the focus; the arrows move the mark.

    Signals:
        search_requested: The text in the box, as it is typed.
        show_requested: Key of the document to look at.
        reprint_requested: Key of the document to print again.
        refund_requested: Key of the sale of which something comes back.
        void_requested: Key of the sale to void; to be asked about first (``SalesState.voiding``).
        void_confirmed: A :class:`VoidConfirmed`.
        void_cancelled: It is not voided after all.
        retry_requested: Read the list again.
    """

    search_requested = Signal(object)
    show_requested = Signal(object)
    reprint_requested = Signal(object)
    refund_requested = Signal(object)
    void_requested = Signal(object)
    void_confirmed = Signal(object)
    void_cancelled = Signal()
    retry_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session: int | None = None
        column = QVBoxLayout(self.body)
        column.setContentsMargins(theme.SPACE_3, theme.SPACE_3, theme.SPACE_3, theme.SPACE_3)
        column.setSpacing(theme.SPACE_2)
        self._box = CommandBox()
        self._box.textEdited.connect(self._on_edited)
        self._box.submitted.connect(self._on_show)
        self._box.move_requested.connect(self._on_move)
        self._message = InlineMessage()
        self._strip = VoidStrip()
        self._strip.confirmed.connect(self._on_void_confirmed)
        self._strip.cancelled.connect(self.void_cancelled)
        self._list = RowList(touch_activates=False)
        self._list.activated.connect(self._on_show)
        self._list.current_changed.connect(self._on_current)
        self._list.placeholder_requested.connect(self.retry_requested)
        add_all(column, self._box, self._message, self._list, self._strip)
        self._strip.hide()
        column.setStretch(2, 1)
        self._build_bar()
        self.retranslate()

    def _build_bar(self) -> None:
        self._back = self.bar.add("Esc")
        self._void = self.bar.add("F5", "danger")
        self._refund = self.bar.add("F7")
        self._reprint = self.bar.add("F8")
        self._show = self.bar.add("Enter", "primary", stretch=2)
        self._back.clicked.connect(self._on_escape)
        self._void.clicked.connect(self._on_void)
        self._refund.clicked.connect(self._on_refund)
        self._reprint.clicked.connect(self._on_reprint)
        self._show.clicked.connect(self._on_show)

    def retranslate(self) -> None:
        self._box.setPlaceholderText(self.tr("Scan a receipt, or type the last digits of its number"))
        self._box.setAccessibleName(self.tr("Receipt number"))
        self._list.setAccessibleName(self.tr("Sales and refunds"))
        self._back.setText(self.tr("Back"))
        self._void.setText(self.tr("Void"))
        self._refund.setText(self.tr("Refund"))
        self._reprint.setText(self.tr("Print again"))
        self._show.setText(self.tr("Show"))

    def focus_home(self) -> None:
        self._box.setFocus(Qt.FocusReason.OtherFocusReason)

    def key_help(self) -> tuple[KeyHelp, ...]:
        return (*super().key_help(), KeyHelp("↑  ↓", self.tr("Mark another one")))

    def _draw(self, state: SalesState) -> None:
        if state.session != self._session:
            self._session = state.session
            self._box.setText(state.text)
            if state.documents:
                self._list.set_rows(())
        self._draw_holder(state)
        self._list.set_rows([self._row(one) for one in state.documents], state.phase)
        older = self.tr("Older ones are found by their number.") if state.more else ""
        self._message.show_hint(older or self.tr("↑ ↓ mark a paper   ·   F1 all keys"))
        self._message.show_notice(state.notice)
        asked = next((one for one in state.documents if one.key == state.voiding), None)
        self._box.setEnabled(asked is None)
        self._list.setEnabled(asked is None)
        was_asking = not self._strip.isHidden()
        self._strip.setVisible(asked is not None)
        if asked is not None:
            self._strip.show_sale(asked.number, asked.amount, busy=state.busy)
            self._list.select(asked.key)
            if not was_asking:
                self._strip.focus_home()
        elif was_asking:
            self.focus_home()
        self._show_keys()

    def _draw_holder(self, state: SalesState) -> None:
        holder = self._list.placeholder
        if state.phase is Phase.LOADING:
            holder.show_phase(state.phase, self.tr("Looking…"), sign="search")
        elif state.phase is Phase.FAILED:
            holder.show_phase(
                state.phase,
                self.tr("The sales could not be read."),
                self.tr("They are safe. Try again; if it stays so, call support."),
                self.tr("Try again"),
            )
        elif state.text:
            holder.show_phase(
                Phase.EMPTY,
                self.tr("No paper of this till ends in these digits."),
                self.tr("Check them, or scan the receipt."),
                sign="search",
            )
        else:
            holder.show_phase(Phase.EMPTY, self.tr("Nothing was sold yet."), sign="receipt")

    def _row(self, one: DocumentRow) -> Row:
        kinds = {
            DocumentKind.SALE: ("", "muted"),
            DocumentKind.REFUND: (self.tr("Refund"), "warning"),
            DocumentKind.VOID: (self.tr("Void"), "danger"),
        }
        chip, tone = kinds[one.kind]
        if one.voided:
            chip, tone = self.tr("Voided"), "danger"
        source = self.tr("of {number}").format(number=one.original) if one.original else ""
        note = "  ·  ".join(part for part in (one.when, one.cashier, one.member, source) if part)
        return Row(one.key, one.number, note, one.amount.display(), chip=chip, chip_tone=tone)

    def _current(self) -> DocumentRow | None:
        state = self._state
        if state is None or state.phase is not Phase.READY:
            return None
        key = self._list.current_key()
        return next((one for one in state.documents if one.key == key), None)

    def _show_keys(self) -> None:
        now = self._current()
        state = self._state
        free = state is not None and state.voiding is None and not state.busy
        for one in (self._show, self._reprint):
            one.setEnabled(free and now is not None)
        self._refund.setEnabled(free and now is not None and now.can_refund)
        self._void.setEnabled(free and now is not None and now.can_void)

    def _on_current(self, _key: object) -> None:
        self._show_keys()

    def _on_edited(self, text: str) -> None:
        self.search_requested.emit(text)

    def _on_move(self, step: object) -> None:
        if isinstance(step, int):
            self._list.step(step)

    def _on_show(self, _what: object = None) -> None:
        now = self._current()
        if now is not None and self._show.isEnabled():
            self.show_requested.emit(now.key)

    def _on_reprint(self) -> None:
        self.reprint_requested.emit(self._list.current_key())

    def _on_refund(self) -> None:
        self.refund_requested.emit(self._list.current_key())

    def _on_void(self) -> None:
        self.void_requested.emit(self._list.current_key())

    def _on_void_confirmed(self, reason: object) -> None:
        if self._state is not None and self._state.voiding is not None:
            self.void_confirmed.emit(VoidConfirmed(self._state.voiding, str(reason)))

    def _on_escape(self) -> None:
        if self._state is not None and self._state.voiding is not None:
            self.void_cancelled.emit()
        else:
            self.back_requested.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # While the question is open, Enter answers it; the bar's own Enter is off.
        if self._strip.isVisible() and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not event.isAutoRepeat():
                self._strip.confirm()
            event.accept()
            return
        super().keyPressEvent(event)
