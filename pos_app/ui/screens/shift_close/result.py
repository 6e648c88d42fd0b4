"""What came of the count: over or short first, then how the figure came about."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pos_app.domain.money import Money
from pos_app.ui import theme
from pos_app.ui.screens.shift_close.state import CloseResult, ShiftCloseState
from pos_app.ui.widgets.cards import Card, Pair, add_all, clear_layout
from pos_app.ui.widgets.labels import Figure, Sign, label, rule
from pos_app.ui.words import parts


class ResultPage(QWidget):
    """Two cards: the drawer on the left, the sales on the right."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.SPACE_3)
        row.addWidget(self._build_drawer(), 1)
        row.addWidget(self._build_sales(), 1)
        self._state: ShiftCloseState | None = None
        self.retranslate()

    def _build_drawer(self) -> QWidget:
        self._drawer = Card()
        self._sign = Sign(size=32)
        self._verdict = label("title")
        self._difference = Figure("payable")
        head = QHBoxLayout()
        head.setSpacing(theme.SPACE_2)
        add_all(head, self._sign, self._verdict)
        head.addStretch(1)
        head.addWidget(self._difference)
        self._float, self._cash, self._moved = Pair(), Pair(), Pair()
        self._expected = Pair(role="figure", word_role="strong")
        self._counted = Pair(role="figure", word_role="strong")
        column = self._drawer.column
        column.setSpacing(theme.SPACE_3)
        column.addLayout(head)
        add_all(column, rule(), self._counted, self._expected, rule())
        self._how = label("section")
        add_all(column, self._how, self._float, self._cash, self._moved)
        column.addStretch(1)
        self._safe = label("muted", wrap=True)
        column.addWidget(self._safe)
        return self._drawer

    def _build_sales(self) -> QWidget:
        self._sales = Card()
        column = self._sales.column
        column.setSpacing(theme.SPACE_3)
        self._count, self._net = Pair(), Pair(role="figure", word_role="strong")
        self._tender_word = label("section")
        add_all(column, self._net, self._count, rule(), self._tender_word)
        self._tenders = QVBoxLayout()
        self._tenders.setSpacing(theme.SPACE_2)
        column.addLayout(self._tenders)
        column.addStretch(1)
        return self._sales

    def retranslate(self) -> None:
        """Set the words."""
        self._drawer.set_heading(self.tr("DRAWER"))
        self._sales.set_heading(self.tr("SALES OF THE SHIFT"))
        self._counted.set_word(self.tr("Counted"))
        self._expected.set_word(self.tr("Expected"))
        self._how.setText(self.tr("WHERE THE EXPECTED FIGURE COMES FROM"))
        self._float.set_word(self.tr("Float at the start"))
        self._cash.set_word(self.tr("Cash of sales and refunds"))
        self._moved.set_word(self.tr("Cash put in and taken out"))
        self._safe.setText(self.tr("The counted cash now goes to the safe; the next shift begins with its own float."))
        self._count.set_word(self.tr("Number of sales"))
        self._net.set_word(self.tr("Net sales"))
        self._tender_word.setText(self.tr("BY WAY OF PAYING"))
        if self._state is not None:
            self.show_state(self._state)

    def show_state(self, state: ShiftCloseState) -> None:
        """Draw the result; without one nothing is drawn."""
        self._state = state
        result = state.result
        if result is None:
            return
        self._show_difference(result)
        self._counted.figure.show_money(result.counted)
        self._expected.figure.show_money(result.expected)
        self._float.figure.show_money(result.opening_float)
        self._cash.figure.show_money(result.cash_sales)
        self._moved.figure.show_money(result.cash_movements)
        self._count.figure.setText(f"{result.sales:,}")
        self._net.figure.show_money(result.net)
        clear_layout(self._tenders)
        for each in result.tenders:
            pair = Pair(word_role="")
            pair.set_word(f"{parts.word(parts.TENDERS, each.kind)}  ×{each.count}")
            pair.figure.show_money(each.amount)
            self._tenders.addWidget(pair)

    def _show_difference(self, result: CloseResult) -> None:
        difference = result.difference
        if not difference:
            words, sign, tone = self.tr("Exactly right"), "success", "success"
        elif difference > Money(0):
            words, sign, tone = self.tr("Over"), "warning", "warning"
        else:
            words, sign, tone = self.tr("Short"), "danger", "danger"
        self._verdict.setText(words)
        theme.set_role(self._verdict, f"{tone}-figure")
        theme.set_role(self._difference, f"payable-{tone}")
        self._sign.show_sign(sign, tone)
        shown = difference.display()
        self._difference.setText(f"+{shown}" if difference > Money(0) else shown)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
