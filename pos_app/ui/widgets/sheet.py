"""Sheets: dialogs inside the window. The screen behind stays visible and cannot be reached until they are answered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, QRect, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from pos_app.ui import theme
from pos_app.ui.widgets.base import StateT, View
from pos_app.ui.widgets.buttons import Button, button
from pos_app.ui.widgets.labels import label

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QMouseEvent, QPaintEvent, QResizeEvent


class SheetView(View[StateT]):
    """A view shown over a screen.

    Attributes:
        title: Its heading.
        column: Where the content goes.
        buttons: The row at its foot: what goes back on the left, what goes on on the right.
        wanted_width: Width in px where the window has it.
        wanted_height: Height in px below which it does not shrink to its content.
    """

    wanted_width = 480
    wanted_height = 0

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        frame = QFrame()
        frame.setProperty("role", "sheet")
        outer.addWidget(frame)
        self._frame_column = QVBoxLayout(frame)
        self._frame_column.setContentsMargins(theme.SPACE_6, theme.SPACE_4, theme.SPACE_6, theme.SPACE_6)
        self._frame_column.setSpacing(theme.SPACE_4)
        self.title = label("title")
        self._frame_column.addWidget(self.title)
        self.column = QVBoxLayout()
        self.column.setSpacing(theme.SPACE_3)
        self._frame_column.addLayout(self.column, 1)
        self.buttons = QHBoxLayout()
        self.buttons.setSpacing(theme.SPACE_3)
        self._frame_column.addLayout(self.buttons)

    def add_button(self, role: str = "", *, stretch: int = 1) -> Button:
        """Add a button to the foot."""
        result = button(role)
        result.setMinimumHeight(50)
        self.buttons.addWidget(result, stretch)
        return result


class SheetLayer(QWidget):
    """Lies over the screen and holds one sheet; Tab stays inside, clicks beside it do nothing."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._sheet: SheetView[Any] | None = None
        self.hide()

    @property
    def sheet(self) -> SheetView[Any] | None:
        """The sheet shown, if any."""
        return self._sheet

    def open(self, sheet: SheetView[Any]) -> None:
        """Show a sheet in place of whatever was shown."""
        self.close_sheet()
        self._sheet = sheet
        self.keep(sheet)
        sheet.installEventFilter(self)
        self.setGeometry(self._room())
        self.show()
        self.raise_()
        sheet.show()
        self._place()
        sheet.take_focus()

    def keep(self, sheet: SheetView[Any]) -> None:
        """Have a sheet until it is shown, and for good: a widget of nobody's would be left to Python's collector."""
        if sheet.parent() is not self:
            sheet.setParent(self)
            sheet.hide()

    def close_sheet(self) -> SheetView[Any] | None:
        """Take the sheet away and say which it was."""
        sheet, self._sheet = self._sheet, None
        if sheet is not None:
            sheet.removeEventFilter(self)
            sheet.hide()
        self.hide()
        return sheet

    def _place(self) -> None:
        self.setGeometry(self._room())
        if self._sheet is None:
            return
        width = min(self._sheet.wanted_width, self.width() - 2 * theme.SPACE_4)
        layout = self._sheet.layout()
        if layout is not None:
            layout.activate()
        needed = self._sheet.heightForWidth(width) if self._sheet.hasHeightForWidth() else -1
        wanted = max(needed, self._sheet.sizeHint().height(), self._sheet.wanted_height)
        height = min(wanted, self.height() - 2 * theme.SPACE_4)
        self._sheet.setGeometry(QRect((self.width() - width) // 2, (self.height() - height) // 2, width, height))

    def _room(self) -> QRect:
        parent = self.parentWidget()
        return QRect() if parent is None else parent.rect()

    def place(self) -> None:
        """Find the place again after a change of size or content."""
        self._place()

    def focusNextPrevChild(self, next_: bool) -> bool:
        if self._sheet is None:
            return False
        inside = self._stops()
        if not inside:
            return True
        now = self.focusWidget()
        index = inside.index(now) if now in inside else -1
        target = inside[(index + (1 if next_ else -1)) % len(inside)]
        target.setFocus(Qt.FocusReason.TabFocusReason if next_ else Qt.FocusReason.BacktabFocusReason)
        return True

    def _stops(self) -> list[QWidget]:
        found: list[QWidget] = []
        walker = self.nextInFocusChain()
        while walker is not None and walker is not self:
            reachable = (
                walker.focusPolicy() & Qt.FocusPolicy.TabFocus
                and walker.isEnabled()
                and walker.isVisibleTo(self)
                and self.isAncestorOf(walker)
            )
            if reachable:
                found.append(walker)
            walker = walker.nextInFocusChain()
        return found

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._sheet and event.type() is QEvent.Type.LayoutRequest:
            # What the sheet shows has grown or shrunk.
            self._place()
        return super().eventFilter(watched, event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        t = theme.tokens()
        painter.fillRect(self.rect(), theme.color(t.scrim, t.scrim_alpha))
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Keys the sheet did not want must not reach the screen behind.
        event.accept()
