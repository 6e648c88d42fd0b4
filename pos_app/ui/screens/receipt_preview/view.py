"""The receipt as the printer would print it: print, or do without."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont, QPixmap
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QScrollArea, QStackedWidget, QWidget

from pos_app.ui.screens.receipt_preview.state import ReceiptPreviewState
from pos_app.ui.state import Phase
from pos_app.ui.widgets.cards import Chip
from pos_app.ui.widgets.notices import InlineMessage
from pos_app.ui.widgets.placeholder import Placeholder
from pos_app.ui.widgets.sheet import SheetView

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

_SCROLL: Final = {
    Qt.Key.Key_Up: (-1, False),
    Qt.Key.Key_Down: (1, False),
    Qt.Key.Key_PageUp: (-1, True),
    Qt.Key.Key_PageDown: (1, True),
}


class ReceiptPreviewView(SheetView[ReceiptPreviewState]):
    """The paper on screen. Enter prints, Esc goes without.

    Signals:
        print_requested: Print it.
        retry_requested: Make it again.
    """

    print_requested = Signal()
    retry_requested = Signal()
    wanted_width = 560
    wanted_height = 660

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._copy = Chip("warning")
        self.column.addWidget(self._copy)
        self._pages = QStackedWidget()
        self._paper = QLabel()
        self._paper.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self._area = area = QScrollArea()
        area.setWidget(self._paper)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._text = QPlainTextEdit()
        self._text.setReadOnly(True)
        self._text.setTabChangesFocus(True)
        self._text.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        mono = QFont(["Noto Sans Mono CJK SC", "Noto Sans CJK SC"])
        mono.setStyleHint(QFont.StyleHint.Monospace)
        self._text.setFont(mono)
        self._holder = Placeholder()
        self._holder.action_requested.connect(self.retry_requested)
        for page in (area, self._text, self._holder):
            self._pages.addWidget(page)
        self.column.addWidget(self._pages, 1)
        self._message = InlineMessage()
        self.column.addWidget(self._message)
        self._back = self.add_button()
        self._print = self.add_button("primary", stretch=2)
        self._back.clicked.connect(self.back_requested)
        self._print.clicked.connect(self._on_print)
        self.retranslate()

    def retranslate(self) -> None:
        self._copy.setText(self.tr("Printed as a copy"))
        self._back.setText(self.tr("Without paper") + "   Esc")
        self._print.setText(self.tr("Print") + "   Enter")
        self._text.setAccessibleName(self.tr("Receipt"))

    def focus_home(self) -> None:
        self._print.setFocus(Qt.FocusReason.OtherFocusReason)

    def _draw(self, state: ReceiptPreviewState) -> None:
        self.title.setText(self.tr("Receipt {number}").format(number=state.number))
        self._copy.setVisible(state.copy)
        self._message.show_notice(state.notice)
        self._message.setVisible(state.notice is not None)
        self._print.setEnabled(state.can_print and state.phase is Phase.READY)
        if state.phase is Phase.READY:
            picture = QPixmap()
            drawn = bool(state.image) and picture.loadFromData(state.image)
            if drawn:
                room = self.wanted_width - 80
                if picture.width() > room:
                    picture = picture.scaledToWidth(room, Qt.TransformationMode.SmoothTransformation)
                self._paper.setPixmap(picture)
                self._paper.setAccessibleName(state.text)
            else:
                self._text.setPlainText(state.text)
            self._pages.setCurrentIndex(0 if drawn else 1)
            return
        self._pages.setCurrentIndex(2)
        if state.phase is Phase.LOADING:
            self._holder.show_phase(state.phase, self.tr("Making the receipt…"), sign="printer")
        else:
            self._holder.show_phase(
                Phase.FAILED,
                self.tr("The receipt could not be made."),
                self.tr("The sale is safe; print it later from the list of sales."),
                self.tr("Try again"),
            )

    def _on_print(self) -> None:
        if self._print.isEnabled():
            self.print_requested.emit()

    def _on_enter(self) -> None:
        self._on_print()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # The paper is longer than the sheet, and the focus is on the button.
        direction = _SCROLL.get(Qt.Key(event.key()))
        if direction is None:
            super().keyPressEvent(event)
            return
        page = self._text if self._pages.currentIndex() == 1 else self._area
        bar = page.verticalScrollBar()
        step, whole = direction
        bar.setValue(bar.value() + step * (bar.pageStep() if whole else 60))
        event.accept()
