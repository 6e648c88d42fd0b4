"""Scanners with ports of their own, and printers that have slips: any number of each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QSizePolicy, QStackedWidget, QWidget

from pos_app.config import ScannerSettings, SlipSettings, WireKind
from pos_app.ui.screens.devices.form_page import WireBox, form_column, form_row
from pos_app.ui.screens.devices.form_state import ScannerForm, SlipForm
from pos_app.ui.screens.devices.list_page import ListPage
from pos_app.ui.screens.devices.printer_page import PrinterBox
from pos_app.ui.state import Phase
from pos_app.ui.widgets.buttons import Choice, Ticks
from pos_app.ui.widgets.cards import add_all
from pos_app.ui.widgets.form import Field, Named, digits_only
from pos_app.ui.widgets.labels import label
from pos_app.ui.widgets.rows import Row

if TYPE_CHECKING:
    from pos_app.config import PrinterSettings
    from pos_app.ui.screens.devices.state import DevicesState

_SCANNER_KINDS: Final = (WireKind.SERIAL, WireKind.INPUT, WireKind.HID)
_AFFIX: Final = 16
_NAME: Final = 20
_GOODS, _PRINTER = range(2)


class ScannersPage(ListPage):
    """The scanners that are read at ports of their own; all are listened to at once."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._scanners: tuple[ScannerSettings, ...] = ()
        self._wire = WireBox(_SCANNER_KINDS)
        self._prefix, self._suffix, self._echo = Field(), Field(), Field()
        for field in (self._prefix, self._suffix):
            field.box.setMaxLength(_AFFIX)
        digits_only(self._echo.box, 4)
        self.fields.addWidget(self._wire)
        self.fields.addLayout(form_row((self._prefix, 1), (self._suffix, 1), (self._echo, 1)))
        self.fields.addStretch(1)
        self.marked = {
            **self._wire.fields("scanner"),
            "scanner.prefix": self._prefix,
            "scanner.suffix": self._suffix,
            "scanner.echo_ms": self._echo,
        }
        self.retranslate()

    def retranslate(self) -> None:
        super().retranslate()
        self._text.setText(self.tr("Scanners that are read at a port of their own. Those that type need not be here."))
        self.list.placeholder.show_phase(
            Phase.EMPTY,
            self.tr("No scanner has a port of its own."),
            self.tr("A scanner that types works without being entered."),
            self.tr("Add a scanner"),
            sign="scanner",
        )
        self.list.setAccessibleName(self.tr("Scanners with a port of their own"))
        notes = {
            WireKind.INPUT: self.tr("Linux only: its keys come to the till alone, and no other program hears of them."),
            WireKind.HID: self.tr("Set the scanner to USB HID POS with the code in its manual."),
        }
        self._wire.set_words(self.tr("How the scanner is reached"), notes)
        self._prefix.set_word(self.tr("Before each code"))
        self._suffix.set_word(self.tr("After each code"))
        self._echo.set_word(self.tr("Counts once within (ms)"))

    def form(self) -> ScannerForm:
        return ScannerForm(
            self.number, self._wire.form(), self._echo.text(), self._prefix.box.text(), self._suffix.box.text()
        )

    def _saved(self, state: DevicesState) -> object:
        return state.devices.scanners

    def _rows(self, state: DevicesState) -> list[Row]:
        self._scanners = state.devices.scanners
        self._wire.show_ports(state.ports)
        ways = {
            WireKind.SERIAL: self.tr("Serial"),
            WireKind.INPUT: self.tr("As a keyboard"),
            WireKind.HID: "USB HID POS",
        }
        return [
            Row(number, each.where, ways.get(each.kind, each.kind.value)) for number, each in enumerate(self._scanners)
        ]

    def _show_one(self, number: int | None) -> None:
        scanner = ScannerSettings(WireKind.SERIAL) if number is None else self._scanners[number]
        self._wire.show_wire(scanner)
        self._prefix.set_text(scanner.prefix)
        self._suffix.set_text(scanner.suffix)
        self._echo.set_text(str(scanner.echo_ms))


class SlipsPage(ListPage):
    """The printers that have slips of some goods: kitchen, bar, counter."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._slips: tuple[SlipSettings, ...] = ()
        self._name, self._goods = Field(), Ticks(columns=3)
        self._name.box.setMaxLength(_NAME)
        self._goods_row, self._no_goods = Named(self._goods), label("small", wrap=True)
        self._printer = PrinterBox(has_drawer=False)
        goods, printer = QWidget(), QWidget()
        column = form_column(goods)
        add_all(column, self._name, self._goods_row, self._no_goods)
        column.addStretch(1)
        column = form_column(printer)
        column.addWidget(self._printer)
        column.addStretch(1)
        self._parts = Choice((_GOODS, _PRINTER))
        self._parts.chosen.connect(self._on_part)
        self.head.addWidget(self._parts, 3)
        self._part_pages = (goods, printer)
        self._stack = QStackedWidget()
        self._stack.addWidget(goods)
        self._stack.addWidget(printer)
        self.fields.addWidget(self._stack, 1)
        self.marked = {"slip.name": self._name, **self._printer.wire.fields("slip")}
        self.retranslate()

    def retranslate(self) -> None:
        super().retranslate()
        self._text.setText(self.tr("Printers that have a slip of some lines of each sale, such as the kitchen's."))
        self.list.placeholder.show_phase(
            Phase.EMPTY,
            self.tr("No printer has slips."),
            self.tr("A kitchen or a bar can have what is sold of its goods on paper at once."),
            self.tr("Add a printer"),
            sign="printer",
        )
        self.list.setAccessibleName(self.tr("Printers that have slips"))
        self._parts.set_words(self.tr("Name and goods"), self.tr("Printer"))
        self._name.set_word(self.tr("Name, at the head of its slips"))
        self._name.box.setPlaceholderText(self.tr("Kitchen"))
        self._goods_row.set_word(self.tr("Goods; none ticked for all"))
        self._no_goods.setText(self.tr("It has all goods. There are no categories to choose from yet."))
        notes = {
            WireKind.VIRTUAL: self.tr("Papers are shown in a window of their own."),
            WireKind.NONE: self.tr("Choose how its printer is reached."),
        }
        self._printer.set_words(self.tr("How the printer is reached"), notes)

    def form(self) -> SlipForm:
        return SlipForm(self.number, self._name.text(), self._printer.form(), self._goods.values())

    def _saved(self, state: DevicesState) -> object:
        return state.devices.copies

    def _rows(self, state: DevicesState) -> list[Row]:
        self._slips = state.devices.copies
        names = dict(state.categories)
        # What a slip has stays ticked also where the goods of this till no longer know it.
        known = {each: names.get(each, each) for slip in self._slips for each in slip.categories}
        self._goods.set_options(tuple({**names, **known}.items()))
        self._goods_row.setVisible(bool(names or known))
        self._no_goods.setVisible(not names and not known)
        self._printer.wire.show_ports(state.ports)
        every = self.tr("All goods")
        return [
            Row(
                number,
                slip.name,
                self.tr(", ").join(names.get(each, each) for each in slip.categories) or every,
                figure_note=self._place(slip.printer),
            )
            for number, slip in enumerate(self._slips)
        ]

    def _place(self, printer: PrinterSettings) -> str:
        return self.tr("On screen") if printer.kind is WireKind.VIRTUAL else printer.where

    def _show_one(self, number: int | None) -> None:
        slip = SlipSettings("") if number is None else self._slips[number]
        self._name.set_text(slip.name)
        self._goods.select(slip.categories)
        self._printer.show_printer(slip.printer)
        self._turn(_GOODS)

    def bring_up(self, bad_field: str) -> QWidget | None:
        self._turn(_GOODS if bad_field == "slip.name" else _PRINTER)
        return super().bring_up(bad_field)

    def _turn(self, part: int) -> None:
        self._parts.select(part)
        for number, page in enumerate(self._part_pages):
            # The part that is not shown asks for no room.
            policy = QSizePolicy.Policy.Preferred if number == part else QSizePolicy.Policy.Ignored
            page.setSizePolicy(policy, policy)
        self._stack.setCurrentIndex(part)

    def _on_part(self, part: object) -> None:
        if isinstance(part, int):
            self._turn(part)
            self.focus_home()
