"""The steps of a day's end down the side, each with a sign that says how it stands."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pos_app.domain.money import Money
from pos_app.ui import theme
from pos_app.ui.screens.end_of_day.state import EndOfDayState, Mark, Step
from pos_app.ui.widgets.cards import Card, add_all
from pos_app.ui.widgets.labels import Sign, label

_SIGNS = {
    Mark.OPEN: ("open", "control"),
    Mark.NOW: ("next", "accent"),
    Mark.DONE: ("success", "success"),
    Mark.LATER: ("waiting", "warning"),
    Mark.TROUBLE: ("warning", "danger"),
}


class _StepRow(QWidget):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.SPACE_3)
        self.sign = Sign(size=24)
        row.addWidget(self.sign, 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(0)
        self.title, self.note = label(wrap=True), label("small", wrap=True)
        add_all(words, self.title, self.note)
        row.addLayout(words, 1)


class StepsCard(Card):
    """The steps and, over them, which day it is."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.setFixedWidth(250)
        self.column.setSpacing(theme.SPACE_6)
        self.column.setContentsMargins(theme.SPACE_4, theme.SPACE_4, theme.SPACE_4, theme.SPACE_4)
        self._date = label("title")
        self.column.addWidget(self._date)
        self._rows = {step: _StepRow() for step in Step}
        for row in self._rows.values():
            self.column.addWidget(row)
        self.column.addStretch(1)
        self._state: EndOfDayState | None = None

    def show_state(self, state: EndOfDayState) -> None:
        """Draw the marks."""
        self._state = state
        self._date.setText(state.date)
        for step, mark in zip(Step, state.marks, strict=True):
            row = self._rows[step]
            row.setVisible(state.joined or step in (Step.SHIFT, Step.Z))
            row.sign.show_sign(*_SIGNS[mark])
            title, note = self._words(step, mark, state)
            row.title.setText(title)
            theme.set_role(row.title, "muted" if mark is Mark.OPEN else "strong")
            row.note.setText(note)
            row.note.setVisible(bool(note))

    def _words(self, step: Step, mark: Mark, state: EndOfDayState) -> tuple[str, str]:
        if step is Step.SHIFT:
            return self.tr("Count the drawer"), self._shift_note(state)
        if step is Step.Z:
            note = self.tr("Z {number}").format(number=state.z_number) if state.z_number is not None else ""
            return self.tr("Z report"), note
        if step is Step.SYNC:
            note = ""
            if mark is Mark.LATER:
                note = self.tr("{count} to be sent").format(count=f"{state.waiting:,}") if state.waiting else ""
                note = note or self.tr("By itself, when the line is back")
            return self.tr("Send and fetch"), note
        notes = {
            Mark.LATER: self.tr("By itself; you are told"),
            Mark.DONE: self.tr("Equal"),
            Mark.TROUBLE: self.tr("See what to do"),
        }
        return self.tr("Compare with head office"), notes.get(mark, "")

    def _shift_note(self, state: EndOfDayState) -> str:
        difference = state.over_short
        if difference is None:
            if state.shift_number is None:
                return ""
            return self.tr("Shift {number} · {name}").format(number=state.shift_number, name=state.cashier)
        if not difference:
            return self.tr("Exactly right")
        if difference > Money(0):
            return self.tr("Over by {amount}").format(amount=difference.display())
        return self.tr("Short by {amount}").format(amount=(-difference).display())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange and self._state is not None:
            self.show_state(self._state)
