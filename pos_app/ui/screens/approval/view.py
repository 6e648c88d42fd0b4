"""The PIN of somebody who may do what the cashier may not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pos_app.ui import theme
from pos_app.ui.screens.approval.state import ApprovalState
from pos_app.ui.widgets.labels import label
from pos_app.ui.widgets.notices import InlineMessage
from pos_app.ui.widgets.numpad import PinMessages, PinPad
from pos_app.ui.widgets.rows import Row, RowList
from pos_app.ui.widgets.sheet import SheetView

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent


class ApprovalView(SheetView[ApprovalState]):
    """Choose who, type the PIN.

    Signals:
        approver_requested: Key of another approver.
        approve_requested: ``(key, pin)``.
    """

    approver_requested = Signal(object)
    approve_requested = Signal(object)
    wanted_width = 760

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE_6)
        left = QVBoxLayout()
        left.setSpacing(theme.SPACE_3)
        self._what = label("strong", wrap=True)
        self._detail = label(wrap=True)
        self._names = RowList()
        self._names.activated.connect(self._on_name)
        self._names.setMinimumHeight(160)
        left.addWidget(self._what)
        left.addWidget(self._detail)
        left.addWidget(self._names, 1)
        row.addLayout(left, 1)
        right = QVBoxLayout()
        right.setSpacing(theme.SPACE_3)
        self._message = InlineMessage(lines=2)
        self._pad = PinPad(key_height=60)
        self._pad.pin_entered.connect(self._on_pin)
        self._said = PinMessages(self._pad, self._message)
        right.addWidget(self._message)
        right.addWidget(self._pad, 1)
        row.addLayout(right, 1)
        self.column.addLayout(row, 1)
        self._back = self.add_button()
        self._back.clicked.connect(self.back_requested)
        self.buttons.addStretch(1)
        self.retranslate()

    def retranslate(self) -> None:
        self.title.setText(self.tr("Approval"))
        self._message.show_hint(self.tr("Choose who approves; then their PIN."))
        self._back.setText(self.tr("Back") + "   Esc")
        self._names.setAccessibleName(self.tr("Who approves"))

    def focus_home(self) -> None:
        self._pad.setFocus(Qt.FocusReason.OtherFocusReason)

    def _draw(self, state: ApprovalState) -> None:
        whats = {
            "price": self.tr("Change a price"),
            "discount": self.tr("Give a discount"),
            "refund": self.tr("Refund"),
            "void": self.tr("Void a sale"),
            "drawer": self.tr("Open the drawer without a sale"),
            "cash": self.tr("Put cash in or take it out"),
            "x_report": self.tr("See the totals so far"),
            "reprint": self.tr("Print a receipt again"),
            "settings": self.tr("Change settings"),
            "training": self.tr("Use training mode"),
            "edit_member": self.tr("Change a member's data"),
            "give_points": self.tr("Give points as goodwill"),
            "close_day": self.tr("Close the day"),
            "shift_close": self.tr("Close somebody else's shift"),
        }
        self._what.setText(whats.get(state.what, state.what))
        self._detail.setText(state.detail)
        self._detail.setVisible(bool(state.detail))
        self._names.set_rows([Row(key, name) for key, name in state.approvers])
        self._names.select(state.selected)
        said = self._said.show_notice(state.notice)
        was_enabled = self._pad.isEnabled()
        self._pad.setEnabled(not state.checking and bool(state.approvers))
        if self._pad.isEnabled() and not was_enabled and self.isVisible():
            # Qt moved the focus on when the pad was switched off.
            self.focus_home()
        if said:
            self._pad.clear()

    def _on_name(self, key: object) -> None:
        self.approver_requested.emit(key)
        self.focus_home()

    def _on_pin(self, pin: object) -> None:
        key = self._names.current_key()
        if key is not None:
            self.approve_requested.emit((key, pin))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # The focus stays on the pad: the arrows choose the name, the digits are the PIN.
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._names.step(-1 if event.key() == Qt.Key.Key_Up else 1)
            self.approver_requested.emit(self._names.current_key())
            event.accept()
            return
        super().keyPressEvent(event)
