"""The lines of a sale with ticks, and how much of the marked one comes back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pos_app.ui import theme
from pos_app.ui.screens.refund.state import QuantityAsked, RefundState, SoldLine
from pos_app.ui.widgets.buttons import button
from pos_app.ui.widgets.cards import Card, add_all
from pos_app.ui.widgets.inputs import TextBox
from pos_app.ui.widgets.labels import Elided, label
from pos_app.ui.widgets.rows import Row, RowList

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent


class _QuantityBox(TextBox):
    """How much comes back. Enter hands it over, Esc leaves it as it was."""

    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            event.accept()
            return
        super().keyPressEvent(event)


class LinesPanel(QWidget):
    """Ticks and quantities.

    Signals:
        line_requested: Key of a line to tick or untick.
        quantity_requested: A :class:`QuantityAsked`.
        step_requested: ``(key, 1 or -1)``.
        all_requested: Everything, or nothing.
    """

    line_requested = Signal(object)
    quantity_requested = Signal(object)
    step_requested = Signal(object)
    all_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines: tuple[SoldLine, ...] = ()
        self._shown: tuple[object, str] = (None, "")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE_2)
        head = QHBoxLayout()
        head.setSpacing(theme.SPACE_3)
        self._number = label("title")
        self._sold = Elided("muted")
        add_all(head, self._number)
        head.addWidget(self._sold, 1)
        column.addLayout(head)
        self.list = RowList()
        self.list.activated.connect(self.line_requested)
        self.list.current_changed.connect(self._on_current)
        column.addWidget(self.list, 1)
        column.addWidget(self._build_strip())
        self.retranslate()

    def _build_strip(self) -> QWidget:
        card = Card()
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE_2)
        self._name = Elided("strong")
        self._word = label("muted")
        self._less, self._more = button("pad"), button("pad")
        self._less.setText("−")
        self._more.setText("+")
        self.box = _QuantityBox(submits=True)
        self.box.setFixedWidth(104)
        self.box.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.box.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, on=False)
        self.box.submitted.connect(self._on_submitted)
        self.box.left.connect(self._on_left)
        self._of = label("muted")
        self._of.setMinimumWidth(88)
        for each, step in ((self._less, self._on_less), (self._more, self._on_more)):
            each.setFixedWidth(56)
            each.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            each.clicked.connect(step)
        row.addWidget(self._name, 1)
        add_all(row, self._word, self._less, self.box, self._more, self._of)
        card.column.addLayout(row)
        return card

    def retranslate(self) -> None:
        """Set the words."""
        self._word.setText(self.tr("comes back"))
        self.box.setAccessibleName(self.tr("How much comes back"))
        self.list.setAccessibleName(self.tr("Lines of the sale"))

    def show_state(self, state: RefundState) -> None:
        """Draw the sale."""
        self._lines = state.lines
        self._number.setText(state.number)
        self._sold.show_text("  ·  ".join(part for part in (state.sold, state.member) if part))
        self.list.set_rows([self._row(line) for line in state.lines])
        if state.current is not None:
            self.list.select(state.current)
        self._show_current(fresh=True)

    def begin_typing(self, digit: str = "") -> None:
        """Put the focus into the quantity; ``digit`` begins a new one."""
        if self.box.isEnabled():
            self.box.setFocus(Qt.FocusReason.OtherFocusReason)
            self.box.selectAll()
            if digit:
                self.box.insert(digit)

    def step(self, step: int) -> None:
        """One more or one less of the marked line."""
        line = self._line()
        if line is not None and line.left_milli:
            self.step_requested.emit((line.key, step))

    def toggle(self) -> None:
        """Tick or untick the marked line."""
        line = self._line()
        if line is not None and line.left_milli:
            self.line_requested.emit(line.key)

    def _row(self, line: SoldLine) -> Row:
        bought = self.tr("bought {quantity}").format(quantity=_amount(line.bought_milli, line.unit))
        if not line.left_milli:
            note = self.tr("{bought}  ·  came back already").format(bought=bought)
        elif line.left_milli != line.bought_milli:
            left = self.tr("{bought}  ·  {left} can still come back")
            note = left.format(bought=bought, left=_amount(line.left_milli, line.unit))
        else:
            note = bought
        back = self.tr("back: {quantity}").format(quantity=_amount(line.chosen_milli, line.unit))
        return Row(
            line.key,
            line.name,
            note,
            back if line.chosen_milli else "",
            line.amount.display(),
            ticked=bool(line.chosen_milli),
            enabled=bool(line.left_milli),
        )

    def _line(self) -> SoldLine | None:
        key = self.list.current_key()
        return next((line for line in self._lines if line.key == key), None)

    def _show_current(self, *, fresh: bool) -> None:
        line = self._line()
        usable = line is not None and bool(line.left_milli)
        for one in (self._less, self._more, self.box):
            one.setEnabled(usable)
        self._name.show_text(line.name if line is not None else "")
        left = _amount(line.left_milli, line.unit) if line is not None and usable else ""
        self._of.setText(self.tr("of {quantity}").format(quantity=left) if left else "")
        text = _amount(line.chosen_milli) if line is not None and usable else ""
        shown = (line.key if line is not None else None, text)
        if fresh or shown != self._shown:
            self._shown = shown
            self.box.setText(text)

    def _on_current(self, _key: object) -> None:
        self._show_current(fresh=False)

    def _on_less(self) -> None:
        self.step(-1)

    def _on_more(self) -> None:
        self.step(1)

    def _on_submitted(self, text: object) -> None:
        line = self._line()
        if line is not None:
            self.quantity_requested.emit(QuantityAsked(line.key, str(text).strip()))
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_left(self) -> None:
        self.box.setText(self._shown[1])
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()


def _amount(milli: int, unit: str = "") -> str:
    whole, part = divmod(milli, 1000)
    text = str(whole) if not part else f"{whole}.{part:03d}"
    return f"{text} {unit}" if unit else text
