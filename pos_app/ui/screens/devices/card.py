"""A device: its state in a sign and in words, and what can be tried."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from pos_app.ui import messages, theme
from pos_app.ui.screens.devices.state import DeviceCard, DeviceKind
from pos_app.ui.state import Tone
from pos_app.ui.widgets.buttons import button
from pos_app.ui.widgets.cards import Card, Chip, add_all
from pos_app.ui.widgets.labels import Elided, Sign, label

_SIGNS: Final = {
    DeviceKind.PRINTER: "printer",
    DeviceKind.SCANNER: "scanner",
    DeviceKind.DRAWER: "drawer",
    DeviceKind.SCALE: "scale",
    DeviceKind.DISPLAY: "display",
    DeviceKind.CUSTOMER_SCREEN: "screens",
}


class DeviceWidget(Card):
    """One card.

    Signals:
        tried: The button was pressed; carries the device.
    """

    tried = Signal(object)

    def __init__(self, kind: DeviceKind, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.kind = kind
        self._card: DeviceCard | None = None
        self.column.setContentsMargins(theme.SPACE_4, theme.SPACE_2, theme.SPACE_4, theme.SPACE_2)
        self.column.setSpacing(theme.SPACE_1)
        head = QHBoxLayout()
        head.setSpacing(theme.SPACE_2)
        self._sign = Sign(_SIGNS[kind], size=24)
        self._name = label("strong")
        self._state = Chip()
        add_all(head, self._sign, self._name)
        head.addStretch(1)
        head.addWidget(self._state)
        self._where = Elided("small")
        self._reason = label("small-text", wrap=True)
        self._reason.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self._try = button()
        self._try.clicked.connect(self._on_try)
        self.column.addLayout(head)
        add_all(self.column, self._where, self._reason)
        self.column.addStretch(1)
        self.column.addWidget(self._try)
        self.retranslate()

    def retranslate(self) -> None:
        """Set the words."""
        names = {
            DeviceKind.PRINTER: (self.tr("Receipt printer"), self.tr("Print a test page")),
            DeviceKind.SCANNER: (self.tr("Scanner"), self.tr("Print key codes")),
            DeviceKind.DRAWER: (self.tr("Cash drawer"), self.tr("Open the drawer")),
            DeviceKind.SCALE: (self.tr("Scale"), ""),
            DeviceKind.DISPLAY: (self.tr("Customer display"), self.tr("Show a test line")),
            DeviceKind.CUSTOMER_SCREEN: (self.tr("Customer's screen"), self.tr("Show it in a window")),
        }
        name, action = names[self.kind]
        self._name.setText(name)
        self._try.setText(action)
        self._try.setVisible(bool(action))  # a scale is tried by laying something on it
        if self._card is not None:
            self.show_card(self._card)

    def show_card(self, card: DeviceCard) -> None:
        """Draw how the device stands."""
        self._card = card
        words = {
            Tone.SUCCESS: self.tr("Ready"),
            Tone.INFO: self.tr("Working"),
            Tone.WARNING: self.tr("Not ready"),
            Tone.DANGER: self.tr("Needs you"),
            Tone.NEUTRAL: self.tr("Not set up"),
        }
        self._state.show_chip(words[card.tone], card.tone.value)
        self._where.show_text(card.where)
        self._where.setVisible(bool(card.where))
        self._reason.setText(self._words(card))
        self._reason.setVisible(bool(self._reason.text()))
        self._try.setEnabled(card.can_test and not card.testing)

    def _words(self, card: DeviceCard) -> str:
        if card.notice is not None:
            return messages.words(card.notice)
        if self.kind is DeviceKind.SCANNER:
            if card.last:
                return self.tr("Read: {code}").format(code=card.last)
            return self.tr("Scan anything to try it.")
        if self.kind is DeviceKind.SCALE:
            return self.tr("On it: {weight}").format(weight=card.last) if card.last else self.tr("Lay something on it.")
        if card.is_open is not None:
            return self.tr("It stands open.") if card.is_open else self.tr("It is shut.")
        return ""

    def _on_try(self) -> None:
        self.tried.emit(self.kind)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
