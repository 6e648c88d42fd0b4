"""A list of rows: title and note on the left, figures on the right. One model and one delegate for all lists."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStackedLayout,
    QStyledItemDelegate,
    QWidget,
)

from pos_app.ui import fonts, theme
from pos_app.ui.formats import one_line
from pos_app.ui.state import Phase
from pos_app.ui.widgets.placeholder import Placeholder

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QPainter
    from PySide6.QtWidgets import QStyleOptionViewItem

_Index = QModelIndex | QPersistentModelIndex
_ROW = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True)
class Row:
    """One row, in words.

    Attributes:
        key: What the row stands for; carried by the signals.
        title: First line.
        note: Second line, smaller; empty for a row of one line.
        figure: On the right of the first line.
        figure_note: On the right of the second line.
        chip: A short word after the title, with a tone.
        chip_tone: Token name of the chip's colour.
        chip_rank: Rank of a tier, when the chip is one.
        ticked: Whether a tick is shown before the title; None for no tick box.
        enabled: Whether the row can be chosen.
    """

    key: object
    title: str
    note: str = ""
    figure: str = ""
    figure_note: str = ""
    chip: str = ""
    chip_tone: str = "muted"
    chip_rank: int | None = None
    ticked: bool | None = None
    enabled: bool = True


class RowModel(QAbstractListModel):
    """Rows for a view."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[Row, ...] = ()

    def set_rows(self, rows: Sequence[Row]) -> None:
        """Replace the rows; those that did not change are not painted again."""
        new = tuple(rows)
        if len(new) != len(self._rows):
            self.beginResetModel()
            self._rows = new
            self.endResetModel()
            return
        old, self._rows = self._rows, new
        for number, (before, after) in enumerate(zip(old, new, strict=True)):
            if before != after:
                index = self.index(number)
                self.dataChanged.emit(index, index)

    def row(self, number: int) -> Row | None:
        """A row by its place."""
        return self._rows[number] if 0 <= number < len(self._rows) else None

    def rowCount(self, parent: _Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.row(index.row())
        if row is None:
            return None
        if role == _ROW:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return " ".join(p for p in (row.title, row.chip, row.note, row.figure, row.figure_note) if p)
        return None

    def flags(self, index: _Index) -> Qt.ItemFlag:
        row = self.row(index.row())
        if row is None or not row.enabled:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


class RowDelegate(QStyledItemDelegate):
    """Paints a row."""

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        row = index.data(_ROW)
        tall = isinstance(row, Row) and bool(row.note or row.figure_note)
        return QSize(120, 60 if tall else 48)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        row = index.data(_ROW)
        if not isinstance(row, Row):
            return
        t = theme.tokens()
        rect: QRect = option.rect
        view = self.parent()
        selected = isinstance(view, QListView) and view.currentIndex().row() == index.row()
        painter.save()
        if selected:
            painter.fillRect(rect, theme.color(t.accent_soft))
            painter.fillRect(QRect(rect.left(), rect.top(), 4, rect.height()), theme.color(t.accent))
        painter.setPen(theme.color(t.line))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        inner = rect.adjusted(theme.SPACE_4, 4, -theme.SPACE_4, -5)
        if row.ticked is not None:
            self._tick(painter, inner, ticked=row.ticked, enabled=row.enabled)
            inner.setLeft(inner.left() + 40)
        two_lines = bool(row.note or row.figure_note)
        first = QRect(
            inner.left(), inner.top(), inner.width(), inner.height() // 2 + 2 if two_lines else inner.height()
        )
        ink = t.text if row.enabled else t.control
        self._line(painter, first, row.title, row.figure, theme.SIZE_BODY, ink, row=row)
        if two_lines:
            second = QRect(inner.left(), first.bottom() - 1, inner.width(), inner.bottom() - first.bottom() + 2)
            self._line(painter, second, row.note, row.figure_note, theme.SIZE_SMALL, t.muted)
        painter.restore()

    def _line(
        self, painter: QPainter, rect: QRect, left: str, right: str, size: int, ink: str, *, row: Row | None = None
    ) -> None:
        align = Qt.AlignmentFlag.AlignVCenter
        font = fonts.sized(size, bold=row is not None)
        metrics = QFontMetrics(font)
        painter.setFont(font)
        painter.setPen(theme.color(ink))
        room = rect.width()
        if right:
            painter.drawText(rect, align | Qt.AlignmentFlag.AlignRight, right)
            room -= metrics.horizontalAdvance(right) + theme.SPACE_3
        chip_width = 0
        if row is not None and row.chip:
            chip_width = QFontMetrics(fonts.sized(theme.SIZE_SMALL)).horizontalAdvance(row.chip) + 16
            room -= chip_width + theme.SPACE_2
        shown = metrics.elidedText(one_line(left), Qt.TextElideMode.ElideRight, max(room, 24))
        painter.drawText(rect, align | Qt.AlignmentFlag.AlignLeft, shown)
        if row is not None and chip_width:
            t = theme.tokens()
            tone = t.tier(row.chip_rank) if row.chip_rank is not None else getattr(t, row.chip_tone)
            left_edge = rect.left() + metrics.horizontalAdvance(shown) + theme.SPACE_2
            box = QRectF(left_edge, rect.center().y() - 11, chip_width, 22)
            painter.setPen(theme.color(tone))
            painter.drawRoundedRect(box, 6, 6)
            painter.setFont(fonts.sized(theme.SIZE_SMALL))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, row.chip)

    @staticmethod
    def _tick(painter: QPainter, rect: QRect, *, ticked: bool, enabled: bool) -> None:
        t = theme.tokens()
        box = QRectF(rect.left(), rect.center().y() - 11, 24, 24)
        painter.setPen(theme.color(t.accent if ticked else t.control))
        painter.setBrush(theme.color(t.accent if ticked else t.surface))
        painter.drawRoundedRect(box, 5, 5)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if ticked:
            painter.setPen(theme.color(t.on_accent))
            painter.drawPolyline([box.topLeft() + QPointF(*p) for p in _TICK])
        if not enabled:
            painter.setPen(theme.color(t.control))


_TICK = ((6, 12.5), (10.5, 17), (18, 8))


class RowList(QWidget):
    """A list with its placeholder.

    Signals:
        activated: A row was chosen by Enter, or touched; carries its key.
        current_changed: Another row is marked; carries its key or None.
        placeholder_requested: The button of the placeholder.

    Attributes:
        placeholder: Shown while there are no rows.
    """

    activated = Signal(object)
    current_changed = Signal(object)
    placeholder_requested = Signal()

    def __init__(self, *, touch_activates: bool = True, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = RowModel(self)
        self._view = _ListView()
        self._view.setModel(self._model)
        self._view.setItemDelegate(RowDelegate(self._view))
        self._view.enter_pressed.connect(self._on_index)
        if touch_activates:
            self._view.clicked.connect(self._on_index)
        self._view.selectionModel().currentChanged.connect(self._on_current)
        self.placeholder = Placeholder()
        self.placeholder.action_requested.connect(self.placeholder_requested)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._view)
        self._stack.addWidget(self.placeholder)
        self.setFocusProxy(self._view)

    def set_rows(self, rows: Sequence[Row], phase: Phase = Phase.READY) -> None:
        """Show rows, or the placeholder when there are none or the phase is not READY."""
        key = self.current_key()
        self._model.set_rows(rows)
        ready = bool(rows) and phase is Phase.READY
        self._stack.setCurrentIndex(0 if ready else 1)
        if ready:
            number = next((n for n, row in enumerate(rows) if row.key == key), 0)
            self._view.setCurrentIndex(self._model.index(number))

    def current_key(self) -> object:
        """Key of the marked row, or None."""
        row = self._model.row(self._view.currentIndex().row())
        return None if row is None else row.key

    def select(self, key: object) -> None:
        """Mark the row of a key; without such a row nothing changes."""
        for number in range(self._model.rowCount()):
            row = self._model.row(number)
            if row is not None and row.key == key:
                self._view.setCurrentIndex(self._model.index(number))
                return

    def step(self, step: int) -> None:
        """Mark the next or the previous row; for views whose focus stays in a box."""
        number = self._view.currentIndex().row() + step
        if 0 <= number < self._model.rowCount():
            self._view.setCurrentIndex(self._model.index(number))

    def _on_index(self, index: QModelIndex) -> None:
        row = self._model.row(index.row())
        if row is not None and row.enabled:
            self.activated.emit(row.key)

    def _on_current(self, _now: object, _before: object) -> None:
        self.current_changed.emit(self.current_key())


class _ListView(QListView):
    """A list that tells of Enter and leaves all other keys it does not need to the screen."""

    enter_pressed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.currentIndex().isValid() and not event.isAutoRepeat():
                self.enter_pressed.emit(self.currentIndex())
                event.accept()
            else:
                event.ignore()
        elif key in _MOVES:
            super().keyPressEvent(event)
        else:
            # A list would search by typed letters; here letters belong to the screen.
            event.ignore()


_MOVES = (
    Qt.Key.Key_Up,
    Qt.Key.Key_Down,
    Qt.Key.Key_PageUp,
    Qt.Key.Key_PageDown,
    Qt.Key.Key_Home,
    Qt.Key.Key_End,
)
