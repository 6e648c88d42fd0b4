"""What is shown once a sale is booked: the change, as large as anything on this till."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pos_app.ui import theme
from pos_app.ui.widgets.cards import Card, Pair
from pos_app.ui.widgets.labels import Figure, Sign, label, rule
from pos_app.ui.widgets.notices import InlineMessage

if TYPE_CHECKING:
    from pos_app.ui.screens.payment.state import PaymentState


class DonePage(QWidget):
    """Change, number, points."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        outer = QVBoxLayout(self)
        outer.addStretch(1)
        card = Card()
        card.setFixedWidth(520)
        card.column.setContentsMargins(theme.SPACE_6, theme.SPACE_6, theme.SPACE_6, theme.SPACE_6)
        card.column.setSpacing(theme.SPACE_3)
        outer.addWidget(card, 0, Qt.AlignmentFlag.AlignHCenter)
        self._hint = label("muted")
        self._hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        outer.addSpacing(theme.SPACE_3)
        outer.addWidget(self._hint)
        outer.addStretch(1)
        card.column.addWidget(Sign("success", size=44, tone="success"), 0, Qt.AlignmentFlag.AlignHCenter)
        self._word = label("title")
        self._word.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._change = Figure("payable-success")
        self._change.setAlignment(Qt.AlignmentFlag.AlignCenter)
        card.column.addWidget(self._word)
        card.column.addWidget(self._change)
        card.column.addWidget(rule())
        self._number, self._total, self._earned, self._balance = Pair(), Pair(), Pair(), Pair()
        self._kept, self._stored = Pair(), Pair()
        for one in (self._number, self._total, self._kept, self._stored, self._earned, self._balance):
            card.column.addWidget(one)
        self._gains_rule = rule()
        card.column.addWidget(self._gains_rule)
        self._gains = label("strong", wrap=True)
        card.column.addWidget(self._gains)
        self._message = InlineMessage()
        card.column.addWidget(self._message)

    def render_done(self, state: PaymentState) -> None:
        """Draw a booked sale."""
        self._word.setText(self.tr("Change") if state.change else self.tr("Paid in full"))
        self._change.show_money(state.change or state.total)
        self._number.set_word(self.tr("Receipt number"))
        self._number.figure.setText(state.number)
        self._total.set_word(self.tr("Total"))
        self._total.figure.show_money(state.total)
        self._kept.setVisible(bool(state.kept))
        self._kept.set_word(self.tr("Kept in the balance"))
        self._kept.figure.show_money(state.kept)
        self._stored.setVisible(state.stored_after is not None)
        self._stored.set_word(self.tr("Balance now"))
        self._stored.figure.show_money(state.stored_after)
        self._earned.setVisible(state.points_earned is not None)
        self._earned.set_word(self.tr("Points earned"))
        self._earned.figure.show_points(state.points_earned)
        self._balance.setVisible(state.points_balance is not None)
        self._balance.set_word(self.tr("Points now"))
        self._balance.figure.show_points(state.points_balance)
        self._gains.setText("\n".join(f"★ {line}" for line in state.gains))
        self._gains.setVisible(bool(state.gains))
        self._gains_rule.setVisible(bool(state.gains))
        self._message.show_notice(state.notice)
        self._message.setVisible(state.notice is not None)
        self._hint.setText(self.tr("Scan the next item, or press Enter."))
