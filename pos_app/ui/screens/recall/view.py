"""Sales on hold: one touch or Enter brings one back."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from pos_app.ui.screens.recall.state import RecallState
from pos_app.ui.state import Phase
from pos_app.ui.widgets.notices import InlineMessage
from pos_app.ui.widgets.rows import Row, RowList
from pos_app.ui.widgets.sheet import SheetView


class RecallView(SheetView[RecallState]):
    """The list of F6.

    Signals:
        recall_requested: Key of the sale to bring back.
        discard_requested: Key of the sale to throw away.
        retry_requested: Read the list again.
    """

    recall_requested = Signal(object)
    discard_requested = Signal(object)
    retry_requested = Signal()
    wanted_width = 680
    wanted_height = 520

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._list = RowList()
        self._list.activated.connect(self.recall_requested)
        self._list.placeholder_requested.connect(self.retry_requested)
        self._message = InlineMessage()
        self.column.addWidget(self._list, 1)
        self.column.addWidget(self._message)
        self._back = self.add_button()
        self._discard = self.add_button("danger")
        self._recall = self.add_button("primary", stretch=2)
        self._back.clicked.connect(self.back_requested)
        self._discard.clicked.connect(self._on_discard)
        self._recall.clicked.connect(self._on_recall)
        self.retranslate()

    def retranslate(self) -> None:
        self.title.setText(self.tr("Sales on hold"))
        self._back.setText(self.tr("Back") + "   Esc")
        self._discard.setText(self.tr("Discard"))
        self._recall.setText(self.tr("Bring back") + "   Enter")
        self._list.setAccessibleName(self.tr("Sales on hold"))

    def focus_home(self) -> None:
        self._list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _draw(self, state: RecallState) -> None:
        rows = []
        for one in state.held:
            text = self.tr("{time}  ·  {cashier}  ·  lines: {lines}")
            note = text.format(time=one.since, cashier=one.cashier, lines=one.lines)
            rows.append(Row(one.key, one.label, note, one.amount.display(), one.member))
        holder = self._list.placeholder
        if state.phase is Phase.LOADING:
            holder.show_phase(state.phase, self.tr("Reading the held sales…"))
        elif state.phase is Phase.FAILED:
            holder.show_phase(
                state.phase,
                self.tr("The held sales could not be read."),
                self.tr("They are kept."),
                self.tr("Try again"),
            )
        else:
            holder.show_phase(
                Phase.EMPTY, self.tr("Nothing is on hold."), self.tr("F5 puts a sale on hold while the customer waits.")
            )
        self._list.set_rows(rows, state.phase)
        ready = bool(rows) and state.phase is Phase.READY
        self._discard.setEnabled(ready)
        self._recall.setEnabled(ready)
        self._message.show_hint(self.tr("↑ ↓ choose   ·   Enter brings back") if ready else "")
        self._message.show_notice(state.notice)

    def _on_recall(self) -> None:
        if self._recall.isEnabled():
            self.recall_requested.emit(self._list.current_key())

    def _on_discard(self) -> None:
        self.discard_requested.emit(self._list.current_key())

    def _on_enter(self) -> None:
        self._on_recall()
