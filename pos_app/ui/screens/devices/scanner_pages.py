"""Scanners as forms: those that type, and how readers of chip cards write."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt

from pos_app.ui.screens.devices.form_page import FormPage, form_row
from pos_app.ui.screens.devices.form_state import ChipForm, WedgeForm
from pos_app.ui.widgets.buttons import Ticks
from pos_app.ui.widgets.cards import add_all
from pos_app.ui.widgets.form import Field, digits_only
from pos_app.ui.widgets.labels import label

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from pos_app.ui.screens.devices.state import DevicesState

_AFFIX: Final = 16


class WedgePage(FormPage):
    """The form of scanners that type."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._word, self._text, self._slow = label("section"), label("muted", wrap=True), label("muted", wrap=True)
        self._prefix, self._suffix, self._gap = Field(), Field(), Field()
        for field in (self._prefix, self._suffix):
            field.box.setMaxLength(_AFFIX)
        digits_only(self._gap.box, 3)
        add_all(self.column, self._word, self._text)
        self.column.addLayout(form_row((self._prefix, 1), (self._suffix, 1)))
        add_all(self.column, self._slow)
        self.column.addWidget(self._gap)
        self.column.addStretch(1)
        self.watch(self._prefix, self._suffix, self._gap)
        self.marked = {"wedge.prefix": self._prefix, "wedge.suffix": self._suffix, "wedge.gap_ms": self._gap}
        self.retranslate()

    def retranslate(self) -> None:
        self._word.setText(self.tr("SCANNER THAT TYPES (USB)"))
        self._text.setText(
            self.tr("Works as it is. Only if it was taught to send marks around a code, name them here.")
        )
        self._prefix.set_word(self.tr("Before each code"))
        self._suffix.set_word(self.tr("After each code"))
        self._slow.setText(
            self.tr("If codes of a wireless scanner arrive as typing, allow longer pauses: 80 for Bluetooth.")
        )
        self._gap.set_word(self.tr("Longest pause within a code (thousandths of a second)"))

    def form(self) -> WedgeForm:
        return WedgeForm(self._prefix.box.text(), self._suffix.box.text(), self._gap.text())

    def _saved(self, state: DevicesState) -> object:
        return state.devices.wedge

    def _show_saved(self, state: DevicesState) -> None:
        wedge = state.devices.wedge
        self._prefix.set_text(wedge.prefix)
        self._suffix.set_text(wedge.suffix)
        self._gap.set_text(str(wedge.gap_ms))


class ChipsPage(FormPage):
    """How the shop's readers of chip cards write numbers."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._word, self._text, self._known = label("section"), label("muted", wrap=True), Ticks(columns=2)
        self._known.changed.connect(self.changed)
        add_all(self.column, self._word, self._text, self._known)
        self.column.addStretch(1)
        self.retranslate()

    def retranslate(self) -> None:
        self._word.setText(self.tr("CHIP CARDS AND TAGS"))
        self._text.setText(
            self.tr(
                "Hold a card to the reader with the cursor in any box, and tick what looks like it. "
                "Leave all empty in a shop without chip cards."
            )
        )
        forms = {
            "decimal": self.tr("Ten digits"),
            "decimal_reversed": self.tr("Ten digits, other order"),
            "hex": self.tr("Eight of 0–9 A–F"),
            "hex_reversed": self.tr("Eight of 0–9 A–F, other order"),
            "hex_long": self.tr("Fourteen of 0–9 A–F"),
            "wiegand": self.tr("With a comma: 188,24910"),
            "epc": self.tr("24 of 0–9 A–F (UHF tags)"),
        }
        self._known.set_options(tuple(forms.items()))

    def focus_home(self) -> None:
        self._known.setFocus(Qt.FocusReason.OtherFocusReason)

    def form(self) -> ChipForm:
        return ChipForm(self._known.values())

    def _saved(self, state: DevicesState) -> object:
        return state.chip_forms

    def _show_saved(self, state: DevicesState) -> None:
        self._known.select(state.chip_forms)
