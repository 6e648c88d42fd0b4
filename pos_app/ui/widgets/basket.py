"""The basket: a table that paints only what changed, so that a scan is on screen within a frame."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QPainter, QStaticText
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QTableView,
    QWidget,
)

from pos_app.ui import fonts, theme
from pos_app.ui.formats import one_line

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from pos_app.domain.money import Money
    from pos_app.domain.quantity import Quantity

_Index = QModelIndex | QPersistentModelIndex
_LINE = Qt.ItemDataRole.UserRole
COLUMNS = 5
_NUMBER, _ITEM, _QUANTITY, _PRICE, _AMOUNT = range(COLUMNS)
#: A line with something under it needs the second line of text.
ROW_HEIGHT_TALL = 58


@dataclass(frozen=True, slots=True)
class BasketLine:
    """One line of the basket.

    Attributes:
        key: What the line is; carried by signals.
        name: Name of the goods, as it came from outside.
        quantity: How much.
        unit: Word of the unit (``kg``); shown for weighed goods; empty for pieces.
        price: Unit price before reductions; None for a line without one.
        amount: What the line costs after reductions.
        reductions: What took something off, as (words, amount off), in words of the programme.
        note: Anything else worth a word, such as the reason of a price override.
        returned: A line that gives money back.
    """

    key: object
    name: str
    quantity: Quantity
    amount: Money
    price: Money | None = None
    unit: str = ""
    reductions: tuple[tuple[str, Money], ...] = ()
    note: str = ""
    returned: bool = False

    @property
    def tall(self) -> bool:
        """Whether the line has a second line of text."""
        return bool(self.reductions or self.note)

    def second_line(self) -> str:
        """Reductions and note in one line of text."""
        parts = [f"{words} −{off.plain()}" for words, off in self.reductions]
        if self.note:
            parts.append(self.note)
        return "  ·  ".join(parts)


class BasketModel(QAbstractTableModel):
    """Lines for the table; works out the smallest change from one state to the next."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines: tuple[BasketLine, ...] = ()
        self._headings: tuple[str, ...] = ("#", "", "", "", "")

    def set_headings(self, *headings: str) -> None:
        """Name the columns."""
        self._headings = ("#", *headings)
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, COLUMNS - 1)

    def line(self, number: int) -> BasketLine | None:
        """A line by its place."""
        return self._lines[number] if 0 <= number < len(self._lines) else None

    def set_lines(self, lines: Sequence[BasketLine]) -> tuple[int, ...]:
        """Show other lines.

        Returns:
            The places of lines that are new or changed; the caller fits their height.
        """
        old, new = self._lines, tuple(lines)
        common = 0
        # Identity first: presenters keep the unchanged lines, and comparing 200 of them by value costs a millisecond.
        for before, after in zip(old, new, strict=False):
            if before is not after and before.key != after.key:
                break
            common += 1
        if len(old) > common:
            self.beginRemoveRows(QModelIndex(), common, len(old) - 1)
            self._lines = old[:common]
            self.endRemoveRows()
        changed = [n for n in range(common) if old[n] is not new[n] and old[n] != new[n]]
        self._lines = new[:common]
        for number in changed:
            self.dataChanged.emit(self.index(number, 0), self.index(number, COLUMNS - 1))
        if len(new) > common:
            self.beginInsertRows(QModelIndex(), common, len(new) - 1)
            self._lines = new
            self.endInsertRows()
            changed.extend(range(common, len(new)))
        return tuple(changed)

    def rowCount(self, parent: _Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._lines)

    def columnCount(self, parent: _Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else COLUMNS

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is Qt.Orientation.Horizontal:
            if role == Qt.ItemDataRole.DisplayRole:
                return self._headings[section]
            if role == Qt.ItemDataRole.TextAlignmentRole:
                side = Qt.AlignmentFlag.AlignLeft if section <= _ITEM else Qt.AlignmentFlag.AlignRight
                return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        line = self.line(index.row())
        if line is None:
            return None
        if role == _LINE:
            return line
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return cell_text(line, index.row(), index.column())
        return None


def cell_text(line: BasketLine, row: int, column: int) -> str:
    """What stands in a cell, first line."""
    if column == _NUMBER:
        return str(row + 1)
    if column == _ITEM:
        return one_line(line.name)
    if column == _QUANTITY:
        text = line.quantity.display()
        if line.returned:
            text = f"−{text}"
        return f"{text} {line.unit}" if line.unit else text
    if column == _PRICE:
        return "–" if line.price is None else line.price.plain()
    return line.amount.plain()


@functools.lru_cache(maxsize=2048)
def _laid_out(text: str, size: int, *, bold: bool, room: int, left: bool) -> tuple[QStaticText, QPointF]:
    """A text ready to be painted, and where in its room it begins.

    Laying text out is most of the cost of painting a cell, and figures and names come again and again.
    """
    font, metrics = fonts.sized(size, bold=bold), fonts.metrics(size, bold=bold)
    shown = metrics.elidedText(text, theme.ELIDE, room) if left else text
    laid = QStaticText(shown)
    laid.setTextFormat(Qt.TextFormat.PlainText)
    laid.setPerformanceHint(QStaticText.PerformanceHint.AggressiveCaching)
    laid.prepare(font=font)
    indent = 0.0 if left else room - laid.size().width()
    return laid, QPointF(indent, -laid.size().height() / 2)


def _write(
    painter: QPainter,
    at: QPointF,
    text: str,
    *,
    room: int,
    size: int = theme.SIZE_BODY,
    bold: bool = False,
    left: bool = True,
) -> None:
    laid, offset = _laid_out(text, size, bold=bold, room=room, left=left)
    painter.setFont(fonts.sized(size, bold=bold))
    painter.drawStaticText(at + offset, laid)


class BasketView(QTableView):
    """The table of the basket. The focus stays in the box; keys move the mark through :meth:`step`.

    It paints its rows itself: a delegate would be called for each cell, and with what Qt prepares for each call that
    was half of the time from a scan to its line on screen.

    Signals:
        line_requested: A line was touched; carries its key.
    """

    line_requested = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = BasketModel(self)
        self._row = -1
        self.setModel(self._model)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        # Every pixel is painted below, so that Qt need not paint the window, the screen and the card under it first.
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(theme.ROW_HEIGHT)
        self.verticalHeader().setMinimumSectionSize(theme.ROW_HEIGHT)
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setFixedHeight(32)
        head.setSectionsClickable(False)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head.setSectionResizeMode(_ITEM, QHeaderView.ResizeMode.Stretch)
        for column, width in ((_NUMBER, 44), (_QUANTITY, 96), (_PRICE, 92), (_AMOUNT, 108)):
            self.setColumnWidth(column, width)
        self.clicked.connect(self._on_clicked)
        self.retranslate()

    def retranslate(self) -> None:
        """Name the columns."""
        self._model.set_headings(self.tr("Item"), self.tr("Qty"), self.tr("Price"), self.tr("Amount"))

    def show_lines(self, lines: Sequence[BasketLine], current: object = None) -> None:
        """Show lines and mark one; without ``current`` the last changed line is marked."""
        rows_before = self._model.rowCount()
        changed = self._model.set_lines(lines)
        self._fit_heights(lines, changed)
        target = next((n for n, line in enumerate(lines) if line.key == current), -1) if current is not None else -1
        if target < 0:
            target = changed[-1] if changed else min(self._row, len(lines) - 1)
        self._mark(target)
        if target >= 0 and (changed or rows_before != len(lines)):
            # Without this the scroll bar still ends where the table ended before.
            self.executeDelayedItemsLayout()
            self.scrollTo(self._model.index(target, 0))

    def _fit_heights(self, lines: Sequence[BasketLine], changed: Sequence[int]) -> None:
        header = self.verticalHeader()
        # The header would tell the table of each height, and the table would paint itself once more for it.
        blocked = header.blockSignals(True)
        fitted = False
        for number in changed:
            height = ROW_HEIGHT_TALL if lines[number].tall else theme.ROW_HEIGHT
            if self.rowHeight(number) != height:
                self.setRowHeight(number, height)
                fitted = True
        header.blockSignals(blocked)
        if fitted:
            self.scheduleDelayedItemsLayout()

    def line(self, number: int) -> BasketLine | None:
        """A line by its place."""
        return self._model.line(number)

    def current_row(self) -> int:
        """Place of the marked line, -1 for none."""
        return self._row

    def current_key(self) -> object:
        """Key of the marked line, or None."""
        line = self._model.line(self._row)
        return None if line is None else line.key

    def step(self, step: int) -> None:
        """Move the mark up or down."""
        target = max(0, min(self._row + step, self._model.rowCount() - 1))
        if self._model.rowCount():
            self._mark(target)
            self.scrollTo(self._model.index(target, 0))

    def _mark(self, row: int) -> None:
        before, self._row = self._row, row
        if before == row:
            return
        for number in (before, row):
            if 0 <= number < self._model.rowCount():
                top, height = self.rowViewportPosition(number), self.rowHeight(number)
                self.viewport().update(0, top, self.viewport().width(), height)

    def _on_clicked(self, index: QModelIndex) -> None:
        self._mark(index.row())
        self.line_requested.emit(self.current_key())

    def paintEvent(self, event: QPaintEvent) -> None:
        t = theme.tokens()
        painter = QPainter(self.viewport())
        dirty = event.rect()
        painter.fillRect(dirty, theme.color(t.surface))
        row = self.rowAt(dirty.top())
        count = self._model.rowCount()
        columns = [(self.columnViewportPosition(n), self.columnWidth(n)) for n in range(COLUMNS)]
        while 0 <= row < count:
            top, height = self.rowViewportPosition(row), self.rowHeight(row)
            if top > dirty.bottom():
                break
            line = self._model.line(row)
            if line is not None:
                self._paint_row(painter, row, line, top, height, columns)
            row += 1
        painter.end()

    def _paint_row(
        self, painter: QPainter, row: int, line: BasketLine, top: int, height: int, columns: list[tuple[int, int]]
    ) -> None:
        t = theme.tokens()
        width = self.viewport().width()
        if row == self._row:
            painter.fillRect(0, top, width, height, theme.color(t.accent_soft))
            painter.fillRect(0, top, 4, height, theme.color(t.accent))
        painter.fillRect(0, top + height - 1, width, 1, theme.color(t.line))
        middle = top + (17 if line.tall else height // 2)
        for column, (left, room) in enumerate(columns):
            indent = theme.SPACE_3 if column == _NUMBER else theme.SPACE_2
            at = QPointF(left + indent, middle)
            space = room - indent - theme.SPACE_2
            muted = column in (_NUMBER, _PRICE)
            ink = t.danger if line.returned and column == _AMOUNT else t.muted if muted else t.text
            painter.setPen(theme.color(ink))
            begins = column <= _ITEM
            _write(painter, at, cell_text(line, row, column), bold=column == _AMOUNT, room=space, left=begins)
            if column == _ITEM and line.tall:
                painter.setPen(theme.color(t.success if line.reductions else t.muted))
                under = QPointF(left + indent, top + 43)
                _write(painter, under, one_line(line.second_line()), size=theme.SIZE_SMALL, room=space)

    def sizeHint(self) -> QSize:
        return QSize(480, 320)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
