"""The list of things to scan: name, price and barcode; hundreds of rows cost nothing until they are seen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QWidget

from pos_app.ui import fonts, theme
from pos_app.ui.formats import one_line
from pos_app.ui.virtual.state import Sample, SampleGroup

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter

_Index = QModelIndex | QPersistentModelIndex
SAMPLE = Qt.ItemDataRole.UserRole
_ROW_HEIGHT = 76
_BARS_WIDTH = 200


class SampleModel(QAbstractListModel):
    """The samples that fit the group and the words of a search."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._all: tuple[Sample, ...] = ()
        self._shown: tuple[Sample, ...] = ()
        self._group: SampleGroup | None = None
        self._words: tuple[str, ...] = ()

    def set_samples(self, samples: Sequence[Sample]) -> None:
        """Replace everything."""
        self._all = tuple(samples)
        self._select()

    def set_group(self, group: SampleGroup | None) -> None:
        """Show one group; None shows all."""
        self._group = group
        self._select()

    def set_search(self, text: str) -> None:
        """Show what has all of these words in its name or code."""
        self._words = tuple(text.casefold().split())
        self._select()

    def _select(self) -> None:
        self.beginResetModel()
        self._shown = tuple(
            sample
            for sample in self._all
            if (self._group is None or sample.group is self._group)
            and all(word in f"{sample.title} {sample.code}".casefold() for word in self._words)
        )
        self.endResetModel()

    def sample(self, number: int) -> Sample | None:
        """A sample by its place."""
        return self._shown[number] if 0 <= number < len(self._shown) else None

    def rowCount(self, parent: _Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._shown)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        sample = self.sample(index.row())
        if sample is None:
            return None
        if role == SAMPLE:
            return sample
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{one_line(sample.title)} {sample.code}"
        return None


class SampleDelegate(QStyledItemDelegate):
    """Paints a sample: what it is on the left, its barcode on a white label on the right."""

    def __init__(
        self, title: Callable[[Sample], str], note: Callable[[Sample], str], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._title = title
        self._note = note

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(120, _ROW_HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        sample = index.data(SAMPLE)
        if not isinstance(sample, Sample):
            return
        t = theme.tokens()
        rect: QRect = option.rect
        painter.save()
        painter.setPen(theme.color(t.line))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        inner = rect.adjusted(theme.SPACE_3, theme.SPACE_2, -theme.SPACE_3, -theme.SPACE_2)
        room = inner.width()
        if sample.bars:
            self._bars(painter, QRect(inner.right() - _BARS_WIDTH, inner.top(), _BARS_WIDTH, inner.height()), sample)
            room -= _BARS_WIDTH + theme.SPACE_3
        title_font = fonts.sized(theme.SIZE_BODY, bold=True)
        small_font = fonts.sized(theme.SIZE_SMALL)
        painter.setFont(title_font)
        painter.setPen(theme.color(t.text))
        title = QFontMetrics(title_font).elidedText(one_line(self._title(sample)), Qt.TextElideMode.ElideRight, room)
        first = QRect(inner.left(), inner.top(), room, 26)
        painter.drawText(first, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, title)
        painter.setFont(small_font)
        painter.setPen(theme.color(t.muted))
        price = sample.price.display() if sample.price is not None else ""
        note = "  ".join(part for part in (price, self._note(sample)) if part)
        parts = [note] if sample.bars else [sample.code, note]
        for line, words in enumerate(part for part in parts if part):
            place = QRect(inner.left(), first.bottom() + 1 + 18 * line, room, 18)
            shown = QFontMetrics(small_font).elidedText(words, Qt.TextElideMode.ElideRight, room)
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
        painter.restore()

    @staticmethod
    def _bars(painter: QPainter, rect: QRect, sample: Sample) -> None:
        painter.fillRect(rect, theme.color("#ffffff"))
        painter.setPen(theme.color("#000000"))
        painter.setFont(fonts.sized(theme.SIZE_SMALL))
        painter.drawText(rect, Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignHCenter, sample.code)
        module = max(1, (rect.width() - 12) // len(sample.bars))
        left = rect.left() + (rect.width() - module * len(sample.bars)) / 2
        for place, dark in enumerate(sample.bars):
            if dark == "1":
                bar = QRectF(left + place * module, rect.top() + 3, module, rect.height() - 22)
                painter.fillRect(bar, theme.color("#000000"))
