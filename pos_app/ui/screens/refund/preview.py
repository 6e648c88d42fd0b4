"""Exactly what returns where, before it is done."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from pos_app.domain.money import Money
from pos_app.ui import theme
from pos_app.ui.screens.refund.state import Fate, Reason, RefundPreview, RefundState
from pos_app.ui.widgets.buttons import Button, Choice
from pos_app.ui.widgets.cards import Card, Pair, add_all, clear_layout
from pos_app.ui.widgets.labels import Figure, label, rule
from pos_app.ui.words import parts

#: More of them would push the reasons out of the card.
_HOLDINGS = 3
#: Beside a name: the figure, and the card's own margins.
_FIGURE_WIDTH = 120


class PreviewPanel(Card):
    """Total, ways back, points, reason.

    Signals:
        reason_requested: A :class:`Reason`.
        in_cash_requested: True: give external tenders back in cash.
    """

    reason_requested = Signal(object)
    in_cash_requested = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.column.setSpacing(theme.SPACE_2)
        self._total_word = label("strong")
        self._total = Figure("payable")
        self._nothing = label("muted", wrap=True)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(theme.SPACE_1)
        self._how = Choice((False, True))
        self._how.chosen.connect(self.in_cash_requested)
        self._reason_word = label("section")
        self._reasons: dict[Reason, Button] = {}
        grid = QGridLayout()
        grid.setSpacing(theme.SPACE_2)
        for number, reason in enumerate(Reason):
            one = Button()
            one.setCheckable(True)
            one.clicked.connect(self._on_reason)
            self._reasons[reason] = one
            grid.addWidget(one, number // 2, number % 2)
        add_all(self.column, self._total_word, self._total, rule(), self._nothing)
        self.column.addLayout(self._rows)
        self.column.addStretch(1)
        add_all(self.column, self._how, self._reason_word)
        self.column.addLayout(grid)
        self._reason: Reason | None = None
        self.retranslate()

    def retranslate(self) -> None:
        """Set the words."""
        self._total_word.setText(self.tr("Given back"))
        self._nothing.setText(self.tr("Tick what comes back; what returns where is shown here first."))
        self._how.set_words(self.tr("As it was paid"), self.tr("All in cash"))
        self._reason_word.setText(self.tr("REASON"))
        for reason, one in self._reasons.items():
            one.setText(self._words(reason))

    def reason_text(self) -> str:
        """The chosen reason in words, for the books and the paper; empty for none."""
        return "" if self._reason is None else self._words(self._reason)

    def _words(self, reason: Reason) -> str:
        return {
            Reason.QUALITY: self.tr("Not good"),
            Reason.UNWANTED: self.tr("Not wanted"),
            Reason.MISTAKE: self.tr("Rung wrongly"),
            Reason.OTHER: self.tr("Other"),
        }[reason]

    def show_state(self, state: RefundState) -> None:
        """Draw the preview."""
        preview = state.preview
        self._total.show_money(preview.amount if preview is not None else Money(0))
        self._nothing.setVisible(preview is None)
        clear_layout(self._rows)
        if preview is not None:
            self._add_ways(preview)
            self._add_holdings(preview)
            self._add_points(preview)
        self._how.setVisible(state.can_choose_cash)
        self._how.select(state.in_cash)
        self._reason = state.reason
        for reason, one in self._reasons.items():
            one.setChecked(reason is state.reason)

    def _add_ways(self, preview: RefundPreview) -> None:
        for way in preview.returns:
            words = parts.word(parts.TENDERS, way.kind)
            figure = way.amount.display()
            if way.points is not None:
                words = self.tr("Points given back")
                figure = f"+{way.points.display()}  ({figure})"
            self._add(words, figure, "strong")
            if way.reference:
                self._add(self.tr("Reference"), way.reference, "small-text", "small")

    def _add_holdings(self, preview: RefundPreview) -> None:
        names = {
            Fate.GIVEN_BACK: self.tr("Given back: {name}"),
            Fate.TAKEN_BACK: self.tr("Taken back: {name}"),
            Fate.OWED: self.tr("Used already, owed: {name}"),
        }
        for each in preview.holdings[:_HOLDINGS]:
            sign, role = ("+", "strong") if each.fate is Fate.GIVEN_BACK else ("−", "warning")
            words = names[each.fate].format(name=each.name or self.tr("gift"))
            figure = self.tr("{points} points").format(points=each.figure) if each.is_points else each.figure
            room = self.width() - _FIGURE_WIDTH
            self._add(self.fontMetrics().elidedText(words, theme.ELIDE, room), f"{sign}{figure}", role)
        if len(preview.holdings) > _HOLDINGS:
            more = self.tr("… and {count} more, all on the paper")
            self._add(more.format(count=len(preview.holdings) - _HOLDINGS), "")

    def _add_points(self, preview: RefundPreview) -> None:
        if preview.points_taken is not None and preview.points_taken.count:
            self._add(self.tr("Earned points taken back"), f"−{preview.points_taken.display()}")
        if preview.points_owed is not None and preview.points_owed.count:
            self._add(self.tr("Spent already, now owed"), f"−{preview.points_owed.display()}", "warning", "warning")
        if preview.points_after is not None:
            self._rows.addWidget(rule())
            self._add(self.tr("Points afterwards"), preview.points_after.display())
        if preview.tier_change:
            self._add(self.tr("Tier"), preview.tier_change, "warning")

    def _add(self, words: str, figure: str, role: str = "", word_role: str = "muted") -> None:
        pair = Pair(role=role, word_role=word_role)
        pair.set_word(words)
        pair.figure.setText(figure)
        self._rows.addWidget(pair)

    def _on_reason(self) -> None:
        sender = self.sender()
        for reason, one in self._reasons.items():
            if one is sender:
                # The state decides what is marked; a click alone must not.
                one.setChecked(reason is self._reason)
                self.reason_requested.emit(reason)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
