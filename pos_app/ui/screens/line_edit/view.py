"""Quantity, price or discount of a line: one figure, a pad, a reason where one is wanted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from pos_app.ui import theme
from pos_app.ui.screens.line_edit.scale_panel import ScalePanel
from pos_app.ui.screens.line_edit.state import DiscountKind, Edit, LineEdited, LineEditState
from pos_app.ui.widgets.buttons import Button, Choice
from pos_app.ui.widgets.cards import Pair, add_all
from pos_app.ui.widgets.inputs import TextBox
from pos_app.ui.widgets.labels import Elided, label
from pos_app.ui.widgets.notices import InlineMessage
from pos_app.ui.widgets.numpad import NumPad
from pos_app.ui.widgets.sheet import SheetView

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

_REASONS = 4


class LineEditView(SheetView[LineEditState]):
    """The sheet of F3 and F4.

    Signals:
        confirm_requested: A :class:`LineEdited`.
        edit_requested: Change something else of the line; an :class:`Edit`.
        discount_requested: The discount is meant otherwise; a :class:`DiscountKind`.
        reason_requested: Key of a reason.
        remove_requested: Take the line out.
        weigh_requested: Take what lies on the scale.
    """

    confirm_requested = Signal(object)
    edit_requested = Signal(object)
    discount_requested = Signal(object)
    reason_requested = Signal(object)
    remove_requested = Signal()
    weigh_requested = Signal()
    wanted_width = 760

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._seen: tuple[object, ...] = ()
        self._edits = Choice((Edit.QUANTITY, Edit.PRICE, Edit.DISCOUNT))
        self._edits.chosen.connect(self.edit_requested)
        self.column.addWidget(self._edits)
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE_6)
        left = QVBoxLayout()
        left.setSpacing(theme.SPACE_3)
        self._name = Elided("strong")
        self._quantity, self._price, self._amount = Pair(), Pair(), Pair()
        self._kinds = Choice((DiscountKind.PERCENT, DiscountKind.AMOUNT))
        self._whole = Choice((DiscountKind.WHOLE_PERCENT, DiscountKind.WHOLE_AMOUNT))
        self._kinds.chosen.connect(self.discount_requested)
        self._whole.chosen.connect(self.discount_requested)
        self._line_word, self._whole_word = label("section"), label("section")
        self._reason_word = label("section")
        self._reasons = [Button() for _ in range(_REASONS)]
        reasons = QGridLayout()
        reasons.setSpacing(theme.SPACE_1)
        for number, one in enumerate(self._reasons):
            one.setCheckable(True)
            one.clicked.connect(self._on_reason)
            reasons.addWidget(one, number // 2, number % 2)
        add_all(left, self._name, self._quantity, self._price, self._amount)
        add_all(left, self._line_word, self._kinds, self._whole_word, self._whole, self._reason_word)
        left.addLayout(reasons)
        self._scale = ScalePanel()
        self._scale.weigh_requested.connect(self.weigh_requested)
        left.addWidget(self._scale)
        left.addStretch(1)
        self._approval = label("warning", wrap=True)
        left.addWidget(self._approval)
        row.addLayout(left, 1)
        right = QVBoxLayout()
        right.setSpacing(theme.SPACE_3)
        self._box = TextBox("amount", submits=True)
        self._box.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._box.submitted.connect(self._on_confirm)
        self._message = InlineMessage(lines=2)
        self._pad = NumPad(key_height=56, enter=False)
        self._pad.set_target(self._box)
        add_all(right, self._box, self._message)
        right.addStretch(1)
        right.addWidget(self._pad)
        row.addLayout(right, 1)
        self.column.addLayout(row, 1)
        self._back = self.add_button()
        self._remove = self.add_button("danger")
        self._confirm = self.add_button("primary", stretch=2)
        self._back.clicked.connect(self.back_requested)
        self._remove.clicked.connect(self.remove_requested)
        self._confirm.clicked.connect(self._on_confirm)
        self.retranslate()

    def retranslate(self) -> None:
        self._edits.set_words(self.tr("Quantity"), self.tr("Price"), self.tr("Discount"))
        self._kinds.set_words(self.tr("% off"), self.tr("¥ off"))
        self._whole.set_words(self.tr("% off"), self.tr("¥ off"))
        self._line_word.setText(self.tr("THIS LINE"))
        self._whole_word.setText(self.tr("WHOLE SALE"))
        self._reason_word.setText(self.tr("REASON"))
        self._quantity.set_word(self.tr("Quantity"))
        self._price.set_word(self.tr("Price"))
        self._amount.set_word(self.tr("Amount"))
        self._approval.setText(self.tr("Somebody who may do this is asked for their PIN next."))
        self._back.setText(self.tr("Back") + "   Esc")
        self._remove.setText(self.tr("Remove line"))
        self._confirm.setText(self.tr("Confirm") + "   Enter")

    def focus_home(self) -> None:
        self._box.setFocus(Qt.FocusReason.OtherFocusReason)
        self._box.selectAll()

    def _draw(self, state: LineEditState) -> None:
        titles = {
            Edit.QUANTITY: self.tr("Quantity"),
            Edit.PRICE: self.tr("Price override"),
            Edit.DISCOUNT: self.tr("Discount"),
        }
        self.title.setText(titles[state.edit])
        self._edits.select(state.edit)
        self._name.show_text(state.name)
        quantity = state.quantity.display() if state.quantity is not None else "–"
        self._quantity.figure.setText(f"{quantity} {state.unit}".strip())
        self._price.figure.show_money(state.price)
        self._amount.figure.show_money(state.amount)
        discount = state.edit is Edit.DISCOUNT
        for part in (self._kinds, self._whole, self._line_word, self._whole_word):
            part.setVisible(discount)
        self._show_kind(state.discount)
        self._reason_word.setVisible(bool(state.reasons))
        for number, one in enumerate(self._reasons):
            one.setVisible(number < len(state.reasons))
            if number < len(state.reasons):
                one.setText(state.reasons[number][1])
                one.setChecked(state.reasons[number][0] == state.reason)
        self._approval.setVisible(state.approval_needed)
        self._scale.show_scale(state.scale)
        self._message.show_notice(state.notice)
        self._box.show_bad(bad=state.notice is not None)
        self._box.setAccessibleName(titles[state.edit])
        self._message.show_hint(self._hint(state))
        self._prefill(state)

    def _show_kind(self, kind: DiscountKind) -> None:
        for choice in (self._kinds, self._whole):
            choice.select_only(kind)

    def _hint(self, state: LineEditState) -> str:
        if state.scale is not None:
            if state.quantity is None:
                return self.tr("Enter takes the weight on the scale; or type it.")
            return self.tr("F3 takes the weight on the scale; or type it.")
        if state.edit is Edit.QUANTITY:
            return self.tr("How many, or the weight.")
        if state.edit is Edit.PRICE:
            return self.tr("The new price of one.")
        if state.discount in (DiscountKind.PERCENT, DiscountKind.WHOLE_PERCENT):
            return self.tr("10 takes ten per cent off.")
        return self.tr("The amount to take off.")

    def _prefill(self, state: LineEditState) -> None:
        seen = (state.edit, state.name, state.quantity, state.price, state.discount)
        if seen == self._seen:
            return
        self._seen = seen
        text = ""
        if state.edit is Edit.QUANTITY and state.quantity is not None:
            text = state.quantity.display()
        elif state.edit is Edit.PRICE and state.price is not None:
            text = state.price.plain()
        self._box.setText(text)
        self._box.selectAll()

    def _on_confirm(self, _text: object = None) -> None:
        state = self._state
        if state is not None:
            edited = LineEdited(state.edit, self._box.text().strip(), state.discount, state.reason)
            self.confirm_requested.emit(edited)

    def _on_reason(self) -> None:
        sender = self.sender()
        if self._state is not None and isinstance(sender, Button) and sender in self._reasons:
            self.reason_requested.emit(self._state.reasons[self._reasons.index(sender)][0])

    def _on_enter(self) -> None:
        self._on_confirm()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_F3 and self._state is not None and self._state.scale is not None:
            self.weigh_requested.emit()
            event.accept()
            return
        super().keyPressEvent(event)
