"""How printer and scanner are reached. Only the fields that the chosen way needs are shown."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from pos_app.config import PrinterSettings, WireKind
from pos_app.ui import theme
from pos_app.ui.screens.devices.state import PrinterForm, ScannerForm
from pos_app.ui.widgets.buttons import Button, Choice
from pos_app.ui.widgets.cards import Card, add_all
from pos_app.ui.widgets.form import Field, Named, digits_only
from pos_app.ui.widgets.labels import label

_KINDS: Final = (
    *(WireKind.TCP, WireKind.USB, WireKind.SERIAL, WireKind.FILE),
    *(WireKind.SPOOLER, WireKind.VIRTUAL, WireKind.NONE),
)
_EXAMPLES: Final = {
    WireKind.SERIAL: "/dev/ttyUSB0",
    WireKind.FILE: "/dev/usb/lp0",
    WireKind.USB: "0416:5011",
    WireKind.SPOOLER: "receipts",
}
_CHARSETS: Final = ("gbk", "gb18030", "utf8", "raster")
_PORTS_SHOWN: Final = 3


class PortButtons(QWidget):
    """The serial ports of this computer, to touch instead of typing.

    Attributes:
        has_any: Whether there is something to touch.

    Signals:
        chosen: A port.
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.SPACE_2)
        self.has_any = False
        self._buttons = [Button() for _ in range(_PORTS_SHOWN)]
        for one in self._buttons:
            one.clicked.connect(self._on_clicked)
            row.addWidget(one)
        row.addStretch(1)

    def show_ports(self, ports: tuple[str, ...]) -> None:
        """Offer the first few ports, or whatever else has a name."""
        self.has_any = bool(ports)
        for number, one in enumerate(self._buttons):
            one.setVisible(number < len(ports))
            one.setText(ports[number] if number < len(ports) else "")
        self.setVisible(bool(ports))

    def _on_clicked(self) -> None:
        sender = self.sender()
        if isinstance(sender, Button):
            self.chosen.emit(sender.text())


class PrinterPage(Card):
    """The printer's form."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.column.setSpacing(theme.SPACE_3)
        self._ports: tuple[str, ...] = ()
        self._kind = Choice(_KINDS)
        self._kind.chosen.connect(self._on_kind)
        self._kind_row = Named(self._kind)
        self._host, self._port, self._device, self._baud = Field(), Field(), Field(), Field()
        digits_only(self._port.box, 5)
        digits_only(self._baud.box, 7)
        self._port_buttons = PortButtons()
        self._port_buttons.chosen.connect(self._on_port)
        self._paper, self._pin, self._charset = Choice((80, 58)), Choice((2, 5)), Choice(_CHARSETS)
        self._paper_row, self._pin_row = Named(self._paper), Named(self._pin)
        self._charset_row = Named(self._charset)
        where = QHBoxLayout()
        where.setSpacing(theme.SPACE_3)
        where.addWidget(self._host, 3)
        where.addWidget(self._port, 1)
        where.addWidget(self._device, 3)
        where.addWidget(self._baud, 1)
        paper = QHBoxLayout()
        paper.setSpacing(theme.SPACE_4)
        paper.addWidget(self._paper_row, 1)
        paper.addWidget(self._pin_row, 1)
        self._nothing = label("muted", wrap=True)
        self.column.addWidget(self._kind_row)
        self.column.addLayout(where)
        add_all(self.column, self._port_buttons, self._nothing)
        self.column.addLayout(paper)
        self.column.addWidget(self._charset_row)
        self.column.addStretch(1)
        self._fields = {"host": self._host, "port": self._port, "device": self._device, "baud": self._baud}
        self.retranslate()

    def retranslate(self) -> None:
        """Set the words."""
        self._kind_row.set_word(self.tr("How the printer is reached"))
        self._kind.set_words(
            *(self.tr("LAN"), "USB", self.tr("Serial"), self.tr("File")),
            *(self.tr("Queue"), self.tr("On screen"), self.tr("None")),
        )
        self._host.set_word(self.tr("Address"))
        self._host.box.setPlaceholderText("192.168.1.50")
        self._port.set_word(self.tr("Port"))
        self._baud.set_word(self.tr("Speed (baud)"))
        self._paper_row.set_word(self.tr("Paper"))
        self._paper.set_words("80 mm", "58 mm")
        self._pin_row.set_word(self.tr("Drawer at pin"))
        self._pin.set_words("2", "5")
        self._charset_row.set_word(self.tr("Characters the printer knows"))
        self._charset.set_words("GBK", "GB18030", "UTF-8", self.tr("As a picture"))
        self._show_kind()

    def show_settings(self, settings: PrinterSettings) -> None:
        """Fill the form."""
        self._kind.select(settings.kind)
        self._host.set_text(settings.host)
        self._port.set_text(str(settings.port))
        addressed = settings.kind in (WireKind.USB, WireKind.SPOOLER)
        self._device.set_text(settings.where if addressed else settings.device)
        self._baud.set_text(str(settings.baud))
        self._paper.select(settings.paper_mm)
        self._pin.select(settings.drawer_pin)
        self._charset.select(settings.charset)
        self._show_kind()

    def show_ports(self, ports: tuple[str, ...], bad_field: str) -> None:
        """Offer ports, and mark a field that is wrong."""
        self._ports = ports
        for name, field in self._fields.items():
            field.show_bad(bad=bad_field == f"printer.{name}")
        self._show_kind()

    def form(self) -> PrinterForm:
        """What was typed and chosen."""
        return PrinterForm(
            kind=self._chosen(),
            host=self._host.text(),
            port=self._port.text(),
            device=self._device.text(),
            baud=self._baud.text(),
            paper_mm=58 if self._paper.value() == 58 else 80,
            charset=str(self._charset.value() or "gbk"),
            drawer_pin=5 if self._pin.value() == 5 else 2,
        )

    def focus_home(self) -> None:
        """Put the focus into the first box."""
        first = next((f for f in self._fields.values() if not f.isHidden()), None)
        target = first.box if first is not None else self._kind
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _chosen(self) -> WireKind:
        value = self._kind.value()
        return value if isinstance(value, WireKind) else WireKind.NONE

    def _show_kind(self) -> None:
        kind = self._chosen()
        tcp, serial = kind is WireKind.TCP, kind is WireKind.SERIAL
        for field, shown in (
            (self._host, tcp),
            (self._port, tcp),
            (self._device, kind in _EXAMPLES),
            (self._baud, serial),
        ):
            field.setVisible(shown)
        words = {
            WireKind.FILE: self.tr("File that takes the bytes"),
            WireKind.USB: self.tr("USB device, maker:model"),
            WireKind.SPOOLER: self.tr("Name of the print queue"),
        }
        self._device.set_word(words.get(kind, self.tr("Serial port")))
        self._device.box.setPlaceholderText(_EXAMPLES.get(kind, ""))
        self._port_buttons.show_ports(self._ports if serial else ())
        self._nothing.setText(
            self.tr("Papers are shown in a window of their own.")
            if kind is WireKind.VIRTUAL
            else self.tr("Nothing is printed. Receipts can be looked at in the list of sales.")
        )
        self._nothing.setVisible(kind in (WireKind.VIRTUAL, WireKind.NONE))
        for row in (self._paper_row, self._pin_row, self._charset_row):
            row.setVisible(kind is not WireKind.NONE)

    def _on_kind(self, _value: object) -> None:
        self._show_kind()

    def _on_port(self, port: object) -> None:
        self._device.set_text(str(port))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()


class ScannerPage(Card):
    """The scanner's form."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.column.setSpacing(theme.SPACE_3)
        self._wedge = label("muted", wrap=True)
        self._device, self._baud, self._prefix, self._suffix = Field(), Field(), Field(), Field()
        digits_only(self._baud.box, 7)
        for field in (self._prefix, self._suffix):
            field.box.setMaxLength(8)
        self._port_buttons = PortButtons()
        self._port_buttons.chosen.connect(self._on_port)
        serial, keys = QHBoxLayout(), QHBoxLayout()
        for row in (serial, keys):
            row.setSpacing(theme.SPACE_3)
        serial.addWidget(self._device, 3)
        serial.addWidget(self._baud, 1)
        keys.addWidget(self._prefix, 1)
        keys.addWidget(self._suffix, 1)
        self._serial_word, self._keys_word = label("section"), label("section")
        add_all(self.column, self._keys_word, self._wedge)
        self.column.addLayout(keys)
        self.column.addSpacing(theme.SPACE_3)
        self.column.addWidget(self._serial_word)
        self.column.addLayout(serial)
        self.column.addWidget(self._port_buttons)
        self.column.addStretch(1)
        self._fields = {
            "device": self._device,
            "baud": self._baud,
            "prefix": self._prefix,
            "suffix": self._suffix,
        }
        self.retranslate()

    def retranslate(self) -> None:
        """Set the words."""
        self._keys_word.setText(self.tr("SCANNER THAT TYPES (USB)"))
        self._wedge.setText(
            self.tr("Works as it is. Only if it was taught to send marks around a code, name them here.")
        )
        self._prefix.set_word(self.tr("Before each code"))
        self._suffix.set_word(self.tr("After each code"))
        self._serial_word.setText(self.tr("SCANNER AT A SERIAL PORT"))
        self._device.set_word(self.tr("Serial port; empty for none"))
        self._device.box.setPlaceholderText("/dev/ttyACM0")
        self._baud.set_word(self.tr("Speed (baud)"))

    def show_settings(self, form: ScannerForm) -> None:
        """Fill the form."""
        self._device.set_text(form.device)
        self._baud.set_text(form.baud)
        self._prefix.box.setText(form.prefix)
        self._suffix.box.setText(form.suffix)

    def show_ports(self, ports: tuple[str, ...], bad_field: str) -> None:
        """Offer ports, and mark a field that is wrong."""
        self._port_buttons.show_ports(ports)
        for name, field in self._fields.items():
            field.show_bad(bad=bad_field == f"scanner.{name}")

    def form(self) -> ScannerForm:
        """What was typed."""
        return ScannerForm(self._device.text(), self._baud.text(), self._prefix.box.text(), self._suffix.box.text())

    def focus_home(self) -> None:
        """Put the focus into the first box."""
        self._prefix.box.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_port(self, port: object) -> None:
        self._device.set_text(str(port))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
