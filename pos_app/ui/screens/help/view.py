"""The keys of the screen in front, and those that work everywhere."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from pos_app.ui import theme
from pos_app.ui.screens.help.state import HelpState
from pos_app.ui.widgets.cards import Chip
from pos_app.ui.widgets.labels import label
from pos_app.ui.widgets.sheet import SheetView


class HelpView(SheetView[HelpState]):
    """A list of keys; Enter and Esc close it."""

    wanted_width = 720

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._host = QWidget()
        self._grid = QGridLayout(self._host)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.SPACE_3)
        self._grid.setVerticalSpacing(theme.SPACE_2)
        self.column.addWidget(self._host)
        self.column.addStretch(1)
        self._close = self.add_button("primary")
        self._close.clicked.connect(self.back_requested)
        self.retranslate()

    def retranslate(self) -> None:
        self.title.setText(self.tr("Keys here"))
        self._close.setText(self.tr("Close"))

    def focus_home(self) -> None:
        self._close.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_enter(self) -> None:
        self.back_requested.emit()

    def _draw(self, state: HelpState) -> None:
        while self._grid.count():
            item = self._grid.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        everywhere = (
            ("Enter", self.tr("The obvious next step")),
            ("Esc", self.tr("One step back; nothing is lost")),
            ("Tab", self.tr("The next field or button")),
            ("F1", self.tr("This help")),
        )
        known = {key for key, _ in state.keys}
        entries = [*state.keys, *(entry for entry in everywhere if entry[0] not in known)]
        half = (len(entries) + 1) // 2
        for number, (key, words) in enumerate(entries):
            column = 0 if number < half else 2
            chip = Chip()
            chip.setText(key)
            what = label(wrap=True)
            what.setText(words)
            self._grid.addWidget(chip, number % half, column, Qt.AlignmentFlag.AlignLeft)
            self._grid.addWidget(what, number % half, column + 1)
        self._grid.setColumnStretch(1, 1)
        self._grid.setColumnStretch(3, 1)
