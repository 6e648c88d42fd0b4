"""Counting a drawer: a row per face value with its pieces and what they come to, and a pad to type them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QWidget

from pos_app.domain.money import Money
from pos_app.domain.shift import CNY_PIECES
from pos_app.ui import theme
from pos_app.ui.widgets.buttons import button
from pos_app.ui.widgets.cards import Card, Pair, add_all
from pos_app.ui.widgets.form import digits_only
from pos_app.ui.widgets.inputs import TextBox
from pos_app.ui.widgets.labels import Figure, label, rule
from pos_app.ui.widgets.numpad import NumPad

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent, QKeyEvent

#: More than a drawer holds; the books refuse more than this anyway.
_DIGITS = 5
#: What a drawer holds, the largest first.
FACES: Final = tuple(Money(minor) for minor in CNY_PIECES)


class _PiecesBox(TextBox):
    """Pieces of one face value.

    Signals:
        step_requested: To another row; carries 1 or -1.
        focused: The box has the focus now.
    """

    step_requested = Signal(object)
    focused = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        digits_only(self, _DIGITS)
        self.setAlignment(Qt.AlignmentFlag.AlignRight)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.focused.emit(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.step_requested.emit(1)
        elif key == Qt.Key.Key_Up:
            self.step_requested.emit(-1)
        else:
            super().keyPressEvent(event)
            return
        event.accept()


class CountCard(Card):
    """A row per face value.

    Signals:
        changed: A number of pieces changed.
        finished: Enter in the last row.
        target_changed: Another box has the focus; carries it.
    """

    changed = Signal()
    finished = Signal()
    target_changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._faces: tuple[Money, ...] = ()
        self._boxes: list[_PiecesBox] = []
        self._amounts: list[Figure] = []
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(theme.SPACE_4)
        self._grid.setVerticalSpacing(theme.SPACE_2)
        self._grid.setColumnStretch(1, 1)
        self._grid.setColumnMinimumWidth(2, 168)
        self._heads = (label("section"), label("section"), label("section"))
        for column, head in enumerate(self._heads):
            head.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            self._grid.addWidget(head, 0, column)
        self.column.addLayout(self._grid)
        self.column.addStretch(1)
        # Made now, not when the first state is drawn: a box made while its screen is shown is not yet visible when
        # the screen wants to focus it.
        self.show_faces(FACES)
        self.retranslate()

    def retranslate(self) -> None:
        """Set the words."""
        for head, words in zip(self._heads, (self.tr("FACE"), self.tr("PIECES"), self.tr("AMOUNT")), strict=True):
            head.setText(words)
        self._name_boxes()

    def show_faces(self, faces: tuple[Money, ...]) -> None:
        """Make the rows; the same faces again leave them as they are."""
        if faces == self._faces:
            return
        self._faces = faces
        while (item := self._grid.takeAt(len(self._heads))) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        self._boxes, self._amounts = [], []
        for row, face in enumerate(faces, start=1):
            word, box, amount = Figure("figure"), _PiecesBox(), Figure("")
            word.setText(face.display().removesuffix(".00"))
            word.setMinimumWidth(84)
            box.textChanged.connect(self._on_text)
            box.step_requested.connect(self._on_step)
            box.focused.connect(self.target_changed)
            for column, widget in enumerate((word, box, amount)):
                self._grid.addWidget(widget, row, column)
            self._boxes.append(box)
            self._amounts.append(amount)
        self._name_boxes()
        self._on_text()

    def clear(self) -> None:
        """Forget the count."""
        for box in self._boxes:
            box.clear()

    def begin(self) -> None:
        """Put the focus into the first box that is empty, or else into the first."""
        if self._boxes:
            self._go(next((n for n, box in enumerate(self._boxes) if not box.text()), 0))

    @property
    def is_empty(self) -> bool:
        """Whether nothing was typed; a drawer that is really empty is a 0 somewhere."""
        return not any(box.text() for box in self._boxes)

    def pieces(self) -> tuple[tuple[int, int], ...]:
        """The count: (face value in fen, pieces), only faces with pieces."""
        rows = zip(self._faces, self._boxes, strict=True)
        return tuple((face.minor, int(box.text())) for face, box in rows if box.text() and int(box.text()))

    def move_on(self) -> None:
        """Go to the next row; after the last one, say that the count is finished."""
        now = next((n for n, box in enumerate(self._boxes) if box.hasFocus()), -1)
        self._go(now + 1)

    def _go(self, number: int) -> None:
        if number >= len(self._boxes):
            self.finished.emit()
        elif number >= 0:
            self._boxes[number].setFocus(Qt.FocusReason.OtherFocusReason)
            self._boxes[number].selectAll()

    def _on_step(self, step: object) -> None:
        sender: QObject | None = self.sender()
        if isinstance(sender, _PiecesBox) and isinstance(step, int):
            self._go(self._boxes.index(sender) + step)

    def _on_text(self, _text: object = None) -> None:
        for face, box, amount in zip(self._faces, self._boxes, self._amounts, strict=True):
            count = int(box.text() or 0)
            amount.setText((face * count).display() if count else "–")
            theme.set_role(amount, "" if count else "muted")
        self.changed.emit()

    def _name_boxes(self) -> None:
        for face, box in zip(self._faces, self._boxes, strict=True):
            box.setAccessibleName(self.tr("Pieces of {face}").format(face=face.display()))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()


class CountPage(QWidget):
    """The rows on the left; on the right whose drawer it is, what it comes to, and a pad.

    Signals:
        changed: A number of pieces changed.
        finished: Enter in the last row.

    Attributes:
        card: The rows.
    """

    changed = Signal()
    finished = Signal()

    def __init__(self, *, side_width: int = 340, key_height: int = 56, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.SPACE_3)
        self.card = CountCard()
        self.card.changed.connect(self._on_changed)
        self.card.finished.connect(self.finished)
        row.addWidget(self.card, 1)
        side = Card()
        side.setFixedWidth(side_width)
        side.column.setSpacing(theme.SPACE_3)
        self._title = label("title")
        self._who, self._since = Pair(), Pair()
        self._total_word = label("strong")
        self._total = Figure("payable")
        self._pad = NumPad(last="00", enter=False, key_height=key_height)
        # Not the pad's own key: that one has the accent, and here closing has it.
        self._next = button(tall=True)
        self._next.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._next.clicked.connect(self.card.move_on)
        self.card.target_changed.connect(self._on_target)
        add_all(side.column, self._title, self._who, self._since, rule(), self._total_word, self._total)
        side.column.addStretch(1)
        add_all(side.column, self._pad, self._next)
        row.addWidget(side)
        row.addStretch(0)
        self.retranslate()
        self._on_changed()

    def retranslate(self) -> None:
        """Set the words."""
        self._who.set_word(self.tr("Cashier"))
        self._since.set_word(self.tr("Since"))
        self._total_word.setText(self.tr("Counted"))
        self._next.setText(self.tr("Next"))

    def show_shift(self, title: str, cashier: str, since: str) -> None:
        """Say whose drawer is counted."""
        self._title.setText(title)
        self._who.figure.setText(cashier)
        self._since.figure.setText(since)

    def _on_changed(self) -> None:
        self._total.show_money(Money(sum(face * pieces for face, pieces in self.card.pieces())))
        self.changed.emit()

    def _on_target(self, box: object) -> None:
        if isinstance(box, QLineEdit):
            self._pad.set_target(box)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
