"""What waits for a manager, one card after another: what it is, what happened, what to do."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from pos_app.ui import theme
from pos_app.ui.concerns import Concern
from pos_app.ui.widgets.cards import Card, add_all, clear_layout
from pos_app.ui.widgets.labels import Sign, label

#: More are not drawn: nobody reads them one by one, and their number is said.
MOST_SHOWN = 50


class ConcernCards(QWidget):
    """The cards one under the other, as high as they need."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(theme.SPACE_2)
        self._concerns: tuple[Concern, ...] | None = None

    def show_concerns(self, concerns: tuple[Concern, ...]) -> None:
        """Draw the concerns; the same again leave everything as it is."""
        if concerns == self._concerns:
            return
        self._concerns = concerns
        clear_layout(self._rows)
        for concern in concerns[:MOST_SHOWN]:
            self._rows.addWidget(self._card(concern))
        if len(concerns) > MOST_SHOWN:
            more = label("muted", wrap=True)
            more.setText(self.tr("And {count} more.").format(count=f"{len(concerns) - MOST_SHOWN:,}"))
            self._rows.addWidget(more)

    @staticmethod
    def _card(concern: Concern) -> QWidget:
        from pos_app.ui import messages

        what, todo = messages.concern(concern.code, concern.details)
        card = Card(role="well")
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE_3)
        by_itself = concern.is_settled_by_itself
        sign = Sign("waiting" if by_itself else "warning", size=22, tone="muted" if by_itself else "warning")
        row.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(2)
        head = [messages.record(concern.kind) if concern.kind else "", concern.number, concern.when]
        about, first, second = label("small"), label("strong", wrap=True), label(wrap=True)
        about.setText("  ·  ".join(part for part in head if part))
        about.setVisible(bool(about.text()))
        first.setText(what)
        second.setText(todo)
        add_all(words, about, first, second)
        row.addLayout(words, 1)
        card.column.addLayout(row)
        return card

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange and self._concerns is not None:
            concerns, self._concerns = self._concerns, None
            self.show_concerns(concerns)


class ConcernList(QScrollArea):
    """The cards in a box of their own; the arrows scroll."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        self._cards = ConcernCards()
        column.addWidget(self._cards)
        column.addStretch(1)
        self.setWidget(page)
        see_through(self)

    def show_concerns(self, concerns: tuple[Concern, ...]) -> None:
        """Draw the concerns."""
        self._cards.show_concerns(concerns)


def see_through(area: QScrollArea) -> None:
    """Let the ground show through a scroll area: it lies on sheets and on cards."""
    page = area.widget()
    for ground in (area.viewport(), page):
        if ground is not None:
            ground.setAutoFillBackground(False)
