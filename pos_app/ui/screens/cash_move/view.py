"""Cash into the drawer or out of it: which way, how much, why."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from pos_app.ui import theme
from pos_app.ui.screens.cash_move.state import CashMoveAsked, CashMoveState, Direction
from pos_app.ui.widgets.buttons import Button, Choice
from pos_app.ui.widgets.cards import add_all
from pos_app.ui.widgets.form import Field
from pos_app.ui.widgets.inputs import TextBox
from pos_app.ui.widgets.labels import label
from pos_app.ui.widgets.notices import InlineMessage
from pos_app.ui.widgets.numpad import NumPad
from pos_app.ui.widgets.sheet import SheetView

_REASONS: Final = 4


class CashMoveView(SheetView[CashMoveState]):
    """The sheet for cash that moves without a sale.

    Signals:
        move_requested: A :class:`CashMoveAsked`.
    """

    move_requested = Signal(object)
    wanted_width = 760

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session: int | None = None
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE_6)
        left = QVBoxLayout()
        left.setSpacing(theme.SPACE_3)
        self._direction = Choice((Direction.IN, Direction.OUT))
        self._direction.chosen.connect(self._on_direction)
        self._reason_word = label("section")
        self._reasons = [Button() for _ in range(_REASONS)]
        grid = QGridLayout()
        grid.setSpacing(theme.SPACE_2)
        for number, one in enumerate(self._reasons):
            one.clicked.connect(self._on_reason)
            grid.addWidget(one, number // 2, number % 2)
        self._reason = Field()
        self._reason.box.setMaxLength(60)
        self._approval = label("warning", wrap=True)
        add_all(left, self._direction, self._reason_word)
        left.addLayout(grid)
        left.addWidget(self._reason)
        left.addStretch(1)
        left.addWidget(self._approval)
        right = QVBoxLayout()
        right.setSpacing(theme.SPACE_3)
        self._amount = TextBox("amount", submits=True)
        self._amount.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._amount.submitted.connect(self._on_move)
        self._message = InlineMessage(lines=2)
        self._pad = NumPad(enter=False)
        self._pad.set_target(self._amount)
        add_all(right, self._amount, self._message, self._pad)
        row.addLayout(left, 1)
        row.addLayout(right, 1)
        self.column.addLayout(row, 1)
        self._back = self.add_button()
        self._move = self.add_button("primary", stretch=2)
        self._back.clicked.connect(self.back_requested)
        self._move.clicked.connect(self._on_move)
        self.retranslate()

    def retranslate(self) -> None:
        self.title.setText(self.tr("Cash in / out"))
        self._direction.set_words(self.tr("Put in"), self.tr("Take out"))
        self._reason_word.setText(self.tr("REASON"))
        self._reason.set_word(self.tr("In your own words"))
        self._amount.setAccessibleName(self.tr("Amount"))
        self._message.show_hint(self.tr("How much. The drawer opens."))
        self._approval.setText(self.tr("Somebody who may do this is asked for their PIN next."))
        self._back.setText(self.tr("Back") + "   Esc")
        self._show_direction()

    def focus_home(self) -> None:
        self._amount.setFocus(Qt.FocusReason.OtherFocusReason)
        self._amount.selectAll()

    def _show_direction(self) -> None:
        out = self._direction.value() is Direction.OUT
        words = (
            (self.tr("To the bank"), self.tr("Small purchase"), self.tr("To the safe"), self.tr("Change money"))
            if out
            else (self.tr("More float"), self.tr("Change money"), self.tr("From the safe"), self.tr("Put right"))
        )
        for one, text in zip(self._reasons, words, strict=True):
            one.setText(text)
        self._move.setText((self.tr("Take cash out") if out else self.tr("Put cash in")) + "   Enter")

    def _draw(self, state: CashMoveState) -> None:
        if state.session != self._session:
            self._session = state.session
            self._direction.select(state.direction)
            self._amount.clear()
            self._reason.set_text("")
            self._show_direction()
        self._message.show_notice(state.notice)
        self._amount.show_bad(bad=state.notice is not None)
        self._approval.setVisible(state.approval_needed)
        self._move.setEnabled(not state.busy)

    def _on_direction(self, _value: object) -> None:
        self._reason.set_text("")
        self._show_direction()

    def _on_reason(self) -> None:
        sender = self.sender()
        if isinstance(sender, Button):
            self._reason.set_text(sender.text())
            self.focus_home()

    def _on_move(self, _text: object = None) -> None:
        direction = self._direction.value()
        if self._move.isEnabled() and isinstance(direction, Direction):
            self.move_requested.emit(CashMoveAsked(direction, self._amount.text().strip(), self._reason.text()))

    def _on_enter(self) -> None:
        self._on_move()
