"""The question before a sale is voided: which one, how much, why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pos_app.ui import theme
from pos_app.ui.widgets.buttons import Choice, button
from pos_app.ui.widgets.cards import Card, add_all
from pos_app.ui.widgets.labels import Figure, Sign, label

if TYPE_CHECKING:
    from pos_app.domain.money import Money

_REASONS: Final = (0, 1, 2)


class VoidStrip(Card):
    """Asks once, in words that name the sale.

    Signals:
        confirmed: Yes; carries the reason in words, empty for none.
        cancelled: No.
    """

    confirmed = Signal(object)
    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(role="notice-danger", parent=parent)
        self._number = ""
        head = QHBoxLayout()
        head.setSpacing(theme.SPACE_3)
        self._question = label("notice-danger")
        self._meaning = label("", wrap=True)
        self._amount = Figure("figure")
        add_all(head, Sign("warning", size=24, tone="danger"), self._question)
        head.addStretch(1)
        head.addWidget(self._amount)
        words = QVBoxLayout()
        words.addLayout(head)
        words.addWidget(self._meaning)
        foot = QHBoxLayout()
        foot.setSpacing(theme.SPACE_3)
        self._reasons = Choice(_REASONS)
        self._no = button()
        self._yes = button("danger-primary")
        foot.addWidget(self._reasons, 3)
        foot.addWidget(self._no, 1)
        foot.addWidget(self._yes, 2)
        self.column.addLayout(words)
        self.column.addLayout(foot)
        self._no.clicked.connect(self.cancelled)
        self._yes.clicked.connect(self.confirm)
        self.retranslate()

    def retranslate(self) -> None:
        """Set the words."""
        self._words = (self.tr("Rung wrongly"), self.tr("Customer left"), self.tr("Paid wrongly"))
        self._reasons.set_words(*self._words)
        self._meaning.setText(self.tr("Everything of it comes back, the money too. This cannot be undone."))
        self._no.setText(self.tr("Leave it") + "   Esc")
        self._yes.setText(self.tr("Void the sale") + "   Enter")
        self._show()

    def show_sale(self, number: str, amount: Money, *, busy: bool) -> None:
        """Ask about a sale."""
        if number != self._number:
            self._number = number
            self._reasons.select_only(None)
        self._amount.show_money(amount)
        self._yes.setEnabled(not busy)
        self._show()

    def focus_home(self) -> None:
        """Put the focus where Enter means yes and Esc means no, on no button."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def confirm(self) -> None:
        """Say yes."""
        if self._yes.isEnabled():
            chosen = self._reasons.value()
            self.confirmed.emit(self._words[chosen] if isinstance(chosen, int) else "")

    def _show(self) -> None:
        self._question.setText(self.tr("Void sale {number}?").format(number=self._number))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
