"""What the forms of all devices have in common, and the way to a device, which most of them begin with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from pos_app.config import Wire, WireKind
from pos_app.ui import theme
from pos_app.ui.screens.devices.form_state import WireForm
from pos_app.ui.widgets.buttons import Button, Choice
from pos_app.ui.widgets.cards import Card
from pos_app.ui.widgets.form import Field, Named, digits_only
from pos_app.ui.widgets.labels import label

if TYPE_CHECKING:
    from pos_app.ui.screens.devices.form_state import DeviceForm
    from pos_app.ui.screens.devices.state import DevicesState

_EXAMPLES: Final = {
    WireKind.SERIAL: "/dev/ttyUSB0",
    WireKind.FILE: "/dev/usb/lp0",
    WireKind.USB: "0416:5011",
    WireKind.SPOOLER: "receipts",
    WireKind.INPUT: "/dev/input/by-id/usb-Scanner-event-kbd",
    WireKind.HID: "0c2e:0b61",
}
_PORTS_SHOWN: Final = 3


def form_row(*parts: tuple[QWidget, int]) -> QHBoxLayout:
    """Widgets side by side, each with its share of the width."""
    row = QHBoxLayout()
    row.setSpacing(theme.SPACE_3)
    for widget, share in parts:
        row.addWidget(widget, share, Qt.AlignmentFlag.AlignTop)
    return row


def form_column(widget: QWidget) -> QVBoxLayout:
    """The column of a part of a form."""
    column = QVBoxLayout(widget)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(theme.SPACE_2)
    return column


class FormPage(Card):
    """A form of the devices screen.

    Signals:
        changed: A person typed or chose something.

    Attributes:
        marked: Fields by the name that ``DevicesState.bad_field`` has for them.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.column.setSpacing(theme.SPACE_2)
        self.marked: dict[str, Field] = {}
        self._shown: object = None

    def fill(self, state: DevicesState, *, fresh: bool) -> None:
        """Fill the form where what is saved has changed, or always (``fresh``); then mark what is wrong."""
        saved = self._saved(state)
        if fresh or saved != self._shown:
            self._shown = saved
            self._show_saved(state)
        self._show_around(state)
        for name, field in self.marked.items():
            field.show_bad(bad=name == state.bad_field)

    def form(self) -> DeviceForm:
        """What was typed and chosen."""
        raise NotImplementedError

    @property
    def can_save(self) -> bool:
        """There is something to save."""
        return True

    def leave(self) -> bool:
        """One step back within the page; False where there is none."""
        return False

    def focus_home(self) -> None:
        """Put the focus where one begins."""
        first = next((each for each in self.marked.values() if each.isVisibleTo(self)), None)
        chosen = (each for each in self.findChildren(Button) if each.isChecked() and each.isVisible())
        target = first.box if first is not None else next(chosen, None)
        if target is not None:
            target.setFocus(Qt.FocusReason.OtherFocusReason)

    def bring_up(self, bad_field: str) -> QWidget | None:
        """Put the focus into a field that is wrong, and return it; None where it is none of this form's."""
        field = self.marked.get(bad_field)
        if field is not None:
            field.box.setFocus(Qt.FocusReason.OtherFocusReason)
        return field

    def retranslate(self) -> None:
        """Set the words."""

    def watch(self, *widgets: Field | Choice) -> None:
        """Tell of every change in these."""
        for each in widgets:
            if isinstance(each, Field):
                each.box.textEdited.connect(self._on_changed)
            else:
                each.chosen.connect(self._on_changed)

    def _saved(self, state: DevicesState) -> object:
        """What of the settings this form is about."""
        raise NotImplementedError

    def _show_saved(self, state: DevicesState) -> None:
        raise NotImplementedError

    def _show_around(self, state: DevicesState) -> None:
        """Show what is not of the settings."""

    def _on_changed(self, _value: object = None) -> None:
        self.changed.emit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()


class FormScroll(QScrollArea):
    """Room for a form: one that needs more of it can be scrolled, and follows the focus."""

    def __init__(self, page: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(page)
        page.setAutoFillBackground(False)  # the surface below shows, which the area would paint over
        self.viewport().setAutoFillBackground(False)


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


class WireBox(QWidget):
    """The way to a device: which, and only the fields that this way needs.

    Signals:
        changed: A person typed or chose something.
        way_chosen: Another way was chosen.
    """

    changed = Signal()
    way_chosen = Signal()

    def __init__(self, kinds: tuple[WireKind, ...], *, flow: bool = False, parent: QWidget | None = None) -> None:
        """Make the fields.

        Args:
            kinds: The ways there are, in the order shown.
            flow: Ask for the flow control of a serial port.
            parent: The owner.
        """
        super().__init__(parent)
        self._kinds = kinds
        self._saved = Wire()
        self._ports: tuple[str, ...] = ()
        self._asks_flow = flow
        self._kind = Choice(kinds)
        self.kind_row = Named(self._kind)
        self._host, self._port, self._device, self._baud = (Field() for _ in range(4))
        digits_only(self._port.box, 5)
        digits_only(self._baud.box, 7)
        self._buttons = PortButtons()
        self._bits, self._parity = Choice((8, 7)), Choice(("N", "E", "O"))
        self._stop, self._flow = Choice((1, 2)), Choice(("none", "rts_cts", "dsr_dtr", "xon_xoff"))
        self._bits_row, self._parity_row = Named(self._bits), Named(self._parity)
        self._stop_row, self._flow_row = Named(self._stop), Named(self._flow)
        self._note = label("muted", wrap=True)
        self._notes: dict[WireKind, str] = {}
        column = form_column(self)
        column.addWidget(self.kind_row)
        column.addLayout(form_row((self._host, 3), (self._port, 1), (self._device, 3), (self._baud, 1)))
        column.addWidget(self._buttons)
        column.addLayout(form_row((self._bits_row, 2), (self._parity_row, 4), (self._stop_row, 2), (self._flow_row, 5)))
        column.addWidget(self._note)
        self._kind.chosen.connect(self._on_kind)
        self._buttons.chosen.connect(self._on_port)
        for choice in (self._bits, self._parity, self._stop, self._flow):
            choice.chosen.connect(self._on_changed)
        for field in (self._host, self._port, self._device, self._baud):
            field.box.textEdited.connect(self._on_changed)

    def fields(self, prefix: str) -> dict[str, Field]:
        """The fields by the names that ``DevicesState.bad_field`` has for them."""
        return {
            f"{prefix}.host": self._host,
            f"{prefix}.port": self._port,
            f"{prefix}.device": self._device,
            f"{prefix}.baud": self._baud,
        }

    def set_words(self, question: str, notes: dict[WireKind, str], none: str = "") -> None:
        """Set the words.

        Args:
            question: Over the ways.
            notes: What is to be known of a way that asks for nothing.
            none: The way that is none; empty for the usual word.
        """
        self.kind_row.set_word(question)
        names = {
            WireKind.TCP: self.tr("LAN"),
            WireKind.USB: "USB",
            WireKind.SERIAL: self.tr("Serial"),
            WireKind.FILE: self.tr("File"),
            WireKind.SPOOLER: self.tr("Queue"),
            WireKind.VIRTUAL: self.tr("On screen"),
            WireKind.INPUT: self.tr("As a keyboard"),
            WireKind.HID: "USB HID POS",
            WireKind.NONE: none or self.tr("None"),
        }
        self._kind.set_words(*(names[each] for each in self._kinds))
        self._host.set_word(self.tr("Address"))
        self._host.box.setPlaceholderText("192.168.1.50")
        self._port.set_word(self.tr("Port"))
        self._baud.set_word(self.tr("Speed (baud)"))
        self._bits_row.set_word(self.tr("Data bits"))
        self._bits.set_words("8", "7")
        self._parity_row.set_word(self.tr("Parity"))
        self._parity.set_words(self.tr("none"), self.tr("even"), self.tr("odd"))
        self._stop_row.set_word(self.tr("Stop bits"))
        self._stop.set_words("1", "2")
        self._flow_row.set_word(self.tr("Flow control"))
        self._flow.set_words(self.tr("none"), "RTS", "DSR", "XON")
        self._notes = notes
        self._show_kind()

    def show_wire(self, wire: Wire) -> None:
        """Fill the fields."""
        self._saved = wire
        self._kind.select_only(wire.kind)
        self._host.set_text(wire.host)
        self._port.set_text(str(wire.port))
        addressed = wire.kind in (WireKind.USB, WireKind.SPOOLER)
        self._device.set_text(wire.where if addressed else wire.device)
        self.show_line(wire.baud, wire.data_bits, wire.parity)
        self._stop.select(wire.stop_bits)
        self._flow.select(wire.flow)
        self._show_kind()

    def show_line(self, baud: int, data_bits: int, parity: str) -> None:
        """Fill in how the serial port is set."""
        self._baud.set_text(str(baud))
        self._bits.select(data_bits)
        self._parity.select(parity)

    def show_ports(self, ports: tuple[str, ...]) -> None:
        """Offer the serial ports of this computer."""
        self._ports = ports
        self._show_kind()

    def form(self) -> WireForm:
        """What was typed and chosen."""
        return WireForm(
            kind=self.kind,
            host=self._host.text(),
            port=self._port.text(),
            device=self._device.text(),
            baud=self._baud.text(),
            data_bits=7 if self._bits.value() == 7 else 8,
            parity=str(self._parity.value() or "N"),
            stop_bits=2 if self._stop.value() == 2 else 1,
            flow=str(self._flow.value() or "none"),
        )

    @property
    def kind(self) -> WireKind:
        """The way that is chosen; where the settings have one that is not offered, that."""
        value = self._kind.value()
        return value if isinstance(value, WireKind) else self._saved.kind

    def _show_kind(self) -> None:
        kind = self.kind
        tcp, serial = kind is WireKind.TCP, kind is WireKind.SERIAL
        for widget, shown in (
            (self._host, tcp),
            (self._port, tcp),
            (self._device, kind in _EXAMPLES),
            (self._baud, serial),
            (self._bits_row, serial),
            (self._parity_row, serial),
            (self._stop_row, serial),
            (self._flow_row, serial and self._asks_flow),
        ):
            widget.setVisible(shown)
        words = {
            WireKind.FILE: self.tr("File that takes the bytes"),
            WireKind.USB: self.tr("USB device, maker:model"),
            WireKind.SPOOLER: self.tr("Name of the print queue"),
            WireKind.INPUT: self.tr("Its node, or USB maker:model"),
            WireKind.HID: self.tr("USB device, maker:model"),
        }
        self._device.set_word(words.get(kind, self.tr("Serial port")))
        self._device.box.setPlaceholderText(_EXAMPLES.get(kind, ""))
        self._buttons.show_ports(self._ports if serial else ())
        note = self._notes.get(kind, "")
        self._note.setText(note)
        self._note.setVisible(bool(note))

    def _on_kind(self, _value: object) -> None:
        self._show_kind()
        self.way_chosen.emit()
        self.changed.emit()

    def _on_port(self, port: object) -> None:
        self._device.set_text(str(port))
        self.changed.emit()

    def _on_changed(self, _value: object) -> None:
        self.changed.emit()
