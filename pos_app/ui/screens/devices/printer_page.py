"""Printers as forms: the one for receipts, and the one that stands in for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from pos_app.config import WireKind
from pos_app.ui.screens.devices.form_page import FormPage, WireBox, form_column, form_row
from pos_app.ui.screens.devices.form_state import PrinterForm, StandInForm
from pos_app.ui.widgets.buttons import Choice
from pos_app.ui.widgets.form import Field, Named, digits_only

if TYPE_CHECKING:
    from pos_app.config import PrinterSettings
    from pos_app.ui.screens.devices.state import DevicesState

KINDS: Final = (
    *(WireKind.TCP, WireKind.USB, WireKind.SERIAL, WireKind.FILE),
    *(WireKind.SPOOLER, WireKind.VIRTUAL, WireKind.NONE),
)
_CHARSETS: Final = ("gbk", "gb18030", "utf8", "raster")
#: 0 is as usual for the paper.
_COLUMNS: Final = (0, 42, 32)


class PrinterBox(QWidget):
    """A printer: the way to it, its paper, and what it can do.

    Signals:
        changed: A person typed or chose something.
    """

    changed = Signal()

    def __init__(self, *, has_drawer: bool = True, extra: QWidget | None = None, parent: QWidget | None = None) -> None:
        """Make the fields.

        Args:
            has_drawer: Ask for the drawer's pin.
            extra: What else stands in the last row.
            parent: The owner.
        """
        super().__init__(parent)
        self._has_drawer = has_drawer
        self.wire = WireBox(KINDS, flow=True)
        self._paper, self._columns, self._pin = Choice((80, 58)), Choice(_COLUMNS), Choice((2, 5))
        self._charset = Choice(_CHARSETS)
        self._cutter, self._qr = Choice((True, False)), Choice((True, False))
        self._paper_row, self._columns_row, self._pin_row = map(Named, (self._paper, self._columns, self._pin))
        self._charset_row, self._cutter_row, self._qr_row = map(Named, (self._charset, self._cutter, self._qr))
        column = form_column(self)
        column.addWidget(self.wire)
        column.addLayout(
            form_row((self._paper_row, 9), (self._columns_row, 10), (self._cutter_row, 8), (self._qr_row, 10))
        )
        more = [(extra, 2)] if extra is not None else []
        column.addLayout(form_row((self._charset_row, 6), (self._pin_row, 2), *more))
        self.wire.changed.connect(self.changed)
        self.wire.way_chosen.connect(self._show_way)
        self._paper.chosen.connect(self._show_paper)
        for each in (self._paper, self._columns, self._pin, self._charset, self._cutter, self._qr):
            each.chosen.connect(self._on_changed)

    def set_words(self, question: str, notes: dict[WireKind, str], none: str = "") -> None:
        """Set the words; see :meth:`WireBox.set_words`."""
        self.wire.set_words(question, notes, none)
        self._paper_row.set_word(self.tr("Paper (mm)"))
        self._paper.set_words("80", "58")
        self._columns_row.set_word(self.tr("Characters per line"))
        self._columns.set_words("48", "42", "32")
        self._pin_row.set_word(self.tr("Drawer at pin"))
        self._pin.set_words("2", "5")
        self._charset_row.set_word(self.tr("Characters the printer knows"))
        self._charset.set_words("GBK", "GB18030", "UTF-8", self.tr("Picture"))
        self._cutter_row.set_word(self.tr("Cuts the paper"))
        self._qr_row.set_word(self.tr("Own QR codes"))
        for each in (self._cutter, self._qr):
            each.set_words(self.tr("Yes"), self.tr("No"))
        self._show_way()

    def show_printer(self, printer: PrinterSettings) -> None:
        """Fill the fields."""
        self.wire.show_wire(printer)
        self._paper.select(printer.paper_mm)
        self._columns.select_only(printer.columns if printer.paper_mm == 80 else 0)
        self._pin.select(printer.drawer_pin)
        self._charset.select(printer.charset)
        self._cutter.select(printer.has_cutter)
        self._qr.select(printer.native_qr)
        self._show_way()

    def form(self) -> PrinterForm:
        """What was typed and chosen."""
        paper = 58 if self._paper.value() == 58 else 80
        columns = self._columns.value()
        return PrinterForm(
            wire=self.wire.form(),
            paper_mm=paper,
            columns=columns if isinstance(columns, int) and paper == 80 else 0,
            charset=str(self._charset.value() or "gbk"),
            drawer_pin=5 if self._pin.value() == 5 else 2,
            has_cutter=self._cutter.value() is not False,
            native_qr=self._qr.value() is not False,
        )

    def _show_way(self) -> None:
        there = self.wire.kind is not WireKind.NONE
        for row in (self._paper_row, self._charset_row, self._cutter_row, self._qr_row):
            row.setVisible(there)
        self._pin_row.setVisible(there and self._has_drawer)
        self._show_paper()

    def _show_paper(self, _value: object = None) -> None:
        # On narrow paper nothing but 32 fits.
        self._columns_row.setVisible(self.wire.kind is not WireKind.NONE and self._paper.value() == 80)

    def _on_changed(self, _value: object) -> None:
        self.changed.emit()


class PrinterPage(FormPage):
    """The form of the receipts' printer."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._printer = PrinterBox()
        self._printer.changed.connect(self.changed)
        self.marked = self._printer.wire.fields("printer")
        self.column.addWidget(self._printer)
        self.column.addStretch(1)
        self.retranslate()

    def retranslate(self) -> None:
        notes = {
            WireKind.VIRTUAL: self.tr("Papers are shown in a window of their own."),
            WireKind.NONE: self.tr("Nothing is printed. Receipts can be looked at in the list of sales."),
        }
        self._printer.set_words(self.tr("How the printer is reached"), notes)

    def form(self) -> PrinterForm:
        return self._printer.form()

    def _saved(self, state: DevicesState) -> object:
        return state.devices.printer

    def _show_saved(self, state: DevicesState) -> None:
        self._printer.show_printer(state.devices.printer)

    def _show_around(self, state: DevicesState) -> None:
        self._printer.wire.show_ports(state.ports)


class StandInPage(FormPage):
    """The form of the printer that stands in for it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._after = Field()
        self._printer = PrinterBox(extra=self._after)
        digits_only(self._after.box, 3)
        self._printer.changed.connect(self._show_after)
        self._printer.changed.connect(self.changed)
        self.watch(self._after)
        self.marked = {**self._printer.wire.fields("stand_in"), "stand_in.after_s": self._after}
        self.column.addWidget(self._printer)
        self.column.addStretch(1)
        self.retranslate()

    def retranslate(self) -> None:
        notes = {
            WireKind.VIRTUAL: self.tr("Papers are shown in a window of their own."),
            WireKind.NONE: self.tr("While the receipt printer is not ready, papers wait for it."),
        }
        self._printer.set_words(self.tr("A printer that helps out while the other one is not ready"), notes)
        self._after.set_word(self.tr("After (seconds)"))

    def form(self) -> StandInForm:
        return StandInForm(self._printer.form(), self._after.text())

    def _saved(self, state: DevicesState) -> object:
        return state.devices.stand_in, state.devices.stand_in_after_s

    def _show_saved(self, state: DevicesState) -> None:
        self._printer.show_printer(state.devices.stand_in)
        self._after.set_text(str(state.devices.stand_in_after_s))
        self._show_after()

    def _show_around(self, state: DevicesState) -> None:
        self._printer.wire.show_ports(state.ports)

    def _show_after(self) -> None:
        self._after.setVisible(self._printer.wire.kind is not WireKind.NONE)
