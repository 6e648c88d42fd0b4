"""The menu: everything that is not selling, as big tiles with digits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from pos_app.ui import theme
from pos_app.ui.screens.more.state import MoreItem, MoreState
from pos_app.ui.widgets.base import KeyHelp, ScreenView
from pos_app.ui.widgets.cards import centred
from pos_app.ui.widgets.labels import label
from pos_app.ui.widgets.notices import InlineMessage
from pos_app.ui.widgets.tile import Tile

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

_COLUMNS: Final = 3
_SECTIONS: Final = (
    (MoreItem.SALES, MoreItem.CASH_MOVE, MoreItem.OPEN_DRAWER),
    (MoreItem.X_REPORT, MoreItem.CLOSE_SHIFT, MoreItem.END_DAY),
    (
        MoreItem.DEVICES,
        MoreItem.SETTINGS,
        MoreItem.TRAINING,
        MoreItem.HEAD_OFFICE,
        MoreItem.DEVICE_WIZARD,
        MoreItem.LOG_OUT,
    ),
)
_SIGNS: Final = {
    MoreItem.SALES: "receipt",
    MoreItem.CASH_MOVE: "cash",
    MoreItem.OPEN_DRAWER: "drawer",
    MoreItem.X_REPORT: "report",
    MoreItem.CLOSE_SHIFT: "count",
    MoreItem.END_DAY: "day",
    MoreItem.DEVICES: "printer",
    MoreItem.SETTINGS: "settings",
    MoreItem.TRAINING: "training",
    MoreItem.HEAD_OFFICE: "sync",
    MoreItem.DEVICE_WIZARD: "scanner",
    MoreItem.LOG_OUT: "leave",
}


class MoreView(ScreenView[MoreState]):
    """Everything that is not selling. A digit, a touch, or the arrows and Enter choose.

    Signals:
        item_requested: A :class:`MoreItem`.
    """

    item_requested = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = centred(self.body, 1200)
        self._tiles: dict[MoreItem, Tile] = {}
        self._headings: list[QLabel] = []
        for number, items in enumerate(_SECTIONS):
            heading = label("section")
            self._headings.append(heading)
            if number:
                column.addSpacing(theme.SPACE_4)
            column.addWidget(heading)
            column.addLayout(self._build_section(items))
        column.addStretch(1)
        self._message = InlineMessage()
        column.addWidget(self._message)
        self._back = self.bar.add("Esc")
        self._back.clicked.connect(self.back_requested)
        # A short bar would make one button as wide as the window.
        self._words = label("muted")
        self._words.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.bar.add_widget(self._words, stretch=4)
        self.retranslate()

    def _build_section(self, items: tuple[MoreItem, ...]) -> QGridLayout:
        grid = QGridLayout()
        grid.setSpacing(theme.SPACE_3)
        for place, item in enumerate(items):
            tile = Tile(item.value, _SIGNS[item])
            tile.clicked.connect(self._on_tile)
            self._tiles[item] = tile
            grid.addWidget(tile, place // _COLUMNS, place % _COLUMNS)
        for column in range(_COLUMNS):
            grid.setColumnStretch(column, 1)
        return grid

    def retranslate(self) -> None:
        sections = (self.tr("SALES AND DRAWER"), self.tr("SHIFT AND DAY"), self.tr("THIS TILL"))
        for heading, words in zip(self._headings, sections, strict=True):
            heading.setText(words)

    def focus_home(self) -> None:
        self._tiles[MoreItem.SALES].setFocus(Qt.FocusReason.OtherFocusReason)

    def key_help(self) -> tuple[KeyHelp, ...]:
        lines = tuple(KeyHelp(item.value, tile.text()) for item, tile in self._tiles.items() if tile.isEnabled())
        return lines + super().key_help()

    def _draw(self, state: MoreState) -> None:
        for item, tile in self._tiles.items():
            name, note = self._item_words(item, state)
            alert = ""
            if item is MoreItem.DEVICES and state.trouble:
                alert = self.tr("Papers waiting: {count}").format(count=state.trouble)
            elif item is MoreItem.HEAD_OFFICE and state.concerns:
                alert = self.tr("For the manager: {count}").format(count=state.concerns)
            elif item in state.approval:
                note = self.tr("{note}  ·  with PIN").format(note=note) if note else self.tr("With PIN")
            tile.show_words(name, note, alert)
            tile.setEnabled(item not in state.disabled)
        for item in (MoreItem.CLOSE_SHIFT, MoreItem.X_REPORT, MoreItem.CASH_MOVE):
            self._tiles[item].setEnabled(state.shift_open and item not in state.disabled)
        self._back.setText(self.tr("Back to selling") if state.shift_open else self.tr("Back to open the shift"))
        words = self.tr("{name} is logged in") if state.cashier else ""
        self._words.setText(words.format(name=state.cashier))
        self._message.show_notice(state.notice)

    def _item_words(self, item: MoreItem, state: MoreState) -> tuple[str, str]:
        if item is MoreItem.TRAINING and state.training:
            return self.tr("Leave training"), self.tr("Back to real sales")
        words = {
            MoreItem.SALES: (self.tr("Sales and refunds"), self.tr("Find, reprint, void")),
            MoreItem.CASH_MOVE: (self.tr("Cash in / out"), self.tr("Float, change, bank")),
            MoreItem.OPEN_DRAWER: (self.tr("Open the drawer"), self.tr("Without a sale")),
            MoreItem.X_REPORT: (self.tr("X report"), self.tr("Totals so far")),
            MoreItem.CLOSE_SHIFT: (self.tr("Close the shift"), self.tr("Count and hand over")),
            MoreItem.END_DAY: (self.tr("End the day"), self.tr("Count, Z report, head office")),
            MoreItem.DEVICES: (self.tr("Devices"), self.tr("Printer, scanner, drawer")),
            MoreItem.SETTINGS: (self.tr("Settings"), self.tr("Shop, language, theme")),
            MoreItem.TRAINING: (self.tr("Training"), self.tr("Practise, nothing is booked")),
            MoreItem.HEAD_OFFICE: (
                self.tr("Head office"),
                self.tr("This till works by itself") if state.alone else self.tr("How the line stands"),
            ),
            MoreItem.DEVICE_WIZARD: (self.tr("Set up a device"), self.tr("Find it, try it, save it")),
            MoreItem.LOG_OUT: (self.tr("Log out"), self._after_log_out(state)),
        }
        return words[item]

    def _after_log_out(self, state: MoreState) -> str:
        return self.tr("The shift stays open") if state.shift_open else self.tr("Leave the till")

    def _on_tile(self) -> None:
        sender = self.sender()
        for item, tile in self._tiles.items():
            if tile is sender:
                self.item_requested.emit(item)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        text = event.text()
        for item, tile in self._tiles.items():
            if text == item.value and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
                if tile.isEnabled() and not event.isAutoRepeat():
                    tile.click()
                event.accept()
                return
        super().keyPressEvent(event)
