"""What a day's end came to: one big line, this till beside head office, and what was set aside."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from pos_app.domain.money import Money
from pos_app.domain.points import Points
from pos_app.ui import theme
from pos_app.ui.screens.end_of_day.state import EndOfDayState, FigureCode, FigureRow, Verdict
from pos_app.ui.screens.end_of_day.words import VERDICT_SIGNS, figure_words, verdict_words
from pos_app.ui.widgets.cards import Card, add_all, clear_layout
from pos_app.ui.widgets.concern_list import ConcernCards, see_through
from pos_app.ui.widgets.labels import Figure, Sign, label, rule

#: After these the eye needs a line.
_LAST_OF_GROUP = frozenset({FigureCode.REFUNDED, FigureCode.VALUE_OUT})
_ROW = 25


class ResultPage(QWidget):
    """The verdict stands still; table and records scroll under it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE_2)
        head = Card()
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE_3)
        self._sign = Sign(size=32)
        words = QVBoxLayout()
        words.setSpacing(0)
        self._verdict, self._meaning = label("figure", wrap=True), label("muted", wrap=True)
        add_all(words, self._verdict, self._meaning)
        row.addWidget(self._sign)
        row.addLayout(words, 1)
        head.column.addLayout(row)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        page = QWidget()
        under = QVBoxLayout(page)
        under.setContentsMargins(0, 0, 0, 0)
        under.setSpacing(theme.SPACE_2)
        table = Card()
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(theme.SPACE_4)
        self._grid.setVerticalSpacing(0)
        self._grid.setColumnStretch(0, 1)
        for place in (1, 2):
            self._grid.setColumnMinimumWidth(place, 150)
        table.column.addLayout(self._grid)
        self._aside = label("section")
        self._concerns = ConcernCards()
        add_all(under, self._aside, self._concerns, table)
        under.addStretch(1)
        self.area.setWidget(page)
        see_through(self.area)
        column.addWidget(head)
        column.addWidget(self.area, 1)
        self._rows: tuple[FigureRow, ...] | None = None
        self._state: EndOfDayState | None = None

    def show_state(self, state: EndOfDayState) -> None:
        """Draw what came of it."""
        self._state = state
        sign, tone = VERDICT_SIGNS[state.verdict]
        self._sign.show_sign(sign, tone)
        self._verdict.setText(verdict_words(state.verdict))
        theme.set_role(self._verdict, f"{tone}-figure")
        self._meaning.setText(self._what_it_means(state))
        self._aside.setText(self.tr("SET ASIDE AT HEAD OFFICE"))
        self._aside.setVisible(bool(state.concerns))
        self._concerns.setVisible(bool(state.concerns))
        self._concerns.show_concerns(state.concerns)
        self._draw_table(state.rows, with_there=state.verdict is not Verdict.ALONE)

    def _what_it_means(self, state: EndOfDayState) -> str:
        z = self.tr("Z {number}").format(number=state.z_number)
        if state.verdict is Verdict.WAITING:
            if state.waiting:
                words = self.tr(
                    "{count} records wait here and go up by themselves. Then it is compared, and you are told."
                ).format(count=f"{state.waiting:,}")
            else:
                words = self.tr("Head office is not through with it yet. It is compared by itself, and you are told.")
            return f"{z}  ·  {words}"
        means = {
            Verdict.ALONE: "",
            Verdict.AGREED: self.tr("Head office has every record of the day, and has decided on each."),
            Verdict.SET_ASIDE: self.tr("Nothing is lost. Some of it waits for a person; what to do stands below."),
            Verdict.DIFFERS: self.tr("Keep this sheet and tell head office. The books of this till are not touched."),
        }
        asked = self.tr("as of {time}").format(time=state.asked) if state.asked else ""
        return "  ·  ".join(part for part in (z, asked, means[state.verdict]) if part)

    def _draw_table(self, rows: tuple[FigureRow, ...], *, with_there: bool) -> None:
        clear_layout(self._grid)
        for number in range(self._grid.rowCount()):
            self._grid.setRowMinimumHeight(number, 0)
        place = 0
        heads = (label("section"), label("section"), label("section"))
        heads[1].setText(self.tr("THIS TILL"))
        heads[2].setText(self.tr("HEAD OFFICE") if with_there else "")
        for column, head in enumerate(heads):
            head.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            self._grid.addWidget(head, place, column)
        self._grid.setRowMinimumHeight(place, _ROW)
        for number, row in enumerate(rows):
            place += 1
            self._grid.setRowMinimumHeight(place, _ROW)
            self._draw_row(place, row, with_there=with_there)
            tenders_end = row.code is FigureCode.TENDER and (
                number + 1 == len(rows) or rows[number + 1].code is not FigureCode.TENDER
            )
            if row.code in _LAST_OF_GROUP or tenders_end:
                place += 1
                self._grid.addWidget(rule(), place, 0, 1, 4)

    def _draw_row(self, place: int, row: FigureRow, *, with_there: bool) -> None:
        equal = row.is_equal
        role = "danger" if equal is False else ""
        word = QLabel(figure_words(row))
        word.setTextFormat(Qt.TextFormat.PlainText)
        theme.set_role(word, role or "muted")
        here, there = Figure(role), Figure(role or ("muted" if row.there is None else ""))
        here.setText(_shown(row.here))
        there.setText(("–" if row.there is None else _shown(row.there)) if with_there else "")
        for column, widget in enumerate((word, here, there)):
            self._grid.addWidget(widget, place, column)
        if with_there and equal is not None:
            sign = Sign("success" if equal else "danger", size=18, tone="success" if equal else "danger")
            sign.setAccessibleName(self.tr("equal") if equal else self.tr("not equal"))
            self._grid.addWidget(sign, place, 3, Qt.AlignmentFlag.AlignVCenter)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange and self._state is not None:
            self.show_state(self._state)


def _shown(value: Money | Points | int | str) -> str:
    if isinstance(value, Money | Points):
        return value.display()
    return f"{value:,}" if isinstance(value, int) else value
