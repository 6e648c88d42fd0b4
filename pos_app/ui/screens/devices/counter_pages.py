"""Scale, line display and drawer as forms."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pos_app.config import WireKind
from pos_app.infrastructure.device_tables import OWN
from pos_app.ui.screens.devices.form_page import FormPage, WireBox, form_row
from pos_app.ui.screens.devices.form_state import DisplayForm, DrawerForm, ScaleForm
from pos_app.ui.screens.devices.reading import SENSORS
from pos_app.ui.widgets.buttons import Choice
from pos_app.ui.widgets.form import Field, Named, digits_only
from pos_app.ui.widgets.labels import label

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from pos_app.infrastructure.device_tables import UsualLine
    from pos_app.ui.screens.devices.state import DevicesState

_SCALE_KINDS: Final = (WireKind.SERIAL, WireKind.TCP, WireKind.VIRTUAL, WireKind.NONE)
_DISPLAY_KINDS: Final = (WireKind.SERIAL, WireKind.TCP, WireKind.FILE, WireKind.VIRTUAL, WireKind.NONE)
_DRAWER_KINDS: Final = (WireKind.NONE, WireKind.SERIAL, WireKind.TCP, WireKind.VIRTUAL)
_PROTOCOLS: Final = ("general", "toledo_8217", "cas_22", "ecr", "xk3190_a9", "xk3190_a12", OWN)
_MODELS: Final = ("led8", "led8_bytes", "led8_plain", "cd5220", "escpos")
#: Displays of text; the others show eight figures.
_OF_TEXT: Final = ("cd5220", "escpos")
_SENSORS: Final = ("none", "printer", "cts", "dsr")


class ScalePage(FormPage):
    """The scale's form. Choosing a table fills in how its port is usually set."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines: dict[str, UsualLine] = {}
        self._wire = WireBox(_SCALE_KINDS)
        self._protocol = Choice(_PROTOCOLS, columns=4)
        self._protocol_row = Named(self._protocol)
        self._ask, self._pattern, self._repeat, self._unit = Field(), Field(), Field(), Choice(("kg", "g"))
        self._unit_row = Named(self._unit)
        digits_only(self._repeat.box, 2)
        self.column.addWidget(self._wire)
        self.column.addWidget(self._protocol_row)
        self.column.addLayout(form_row((self._pattern, 1)))
        self.column.addLayout(form_row((self._ask, 3), (self._unit_row, 2), (self._repeat, 2)))
        self.column.addStretch(1)
        self._wire.changed.connect(self.changed)
        self._wire.way_chosen.connect(self._show_table)
        self._protocol.chosen.connect(self._on_protocol)
        self.watch(self._ask, self._pattern, self._repeat, self._unit, self._protocol)
        self.marked = {
            **self._wire.fields("scale"),
            "scale.own_pattern": self._pattern,
            "scale.own_ask": self._ask,
            "scale.own_repeat": self._repeat,
        }
        self.retranslate()

    def retranslate(self) -> None:
        notes = {
            WireKind.VIRTUAL: self.tr("A scale made of software, to practise with."),
            WireKind.NONE: self.tr("Weights are typed."),
        }
        self._wire.set_words(self.tr("How the scale is reached"), notes)
        self._protocol_row.set_word(self.tr("What it speaks (see its manual)"))
        self._protocol.set_words(
            *("ST,GS,+1.234kg", "Toledo 8217", self.tr("CAS, 22 bytes"), "ECR (ENQ, DC1)"),
            *(self.tr("Yaohua A9"), self.tr("Yaohua A12"), self.tr("Own table")),
        )
        self._pattern.set_word(self.tr("What it says, as a pattern with a group named weight"))
        self._pattern.box.setPlaceholderText(r"\x02(?P<weight>[ \d.]{7})\r")
        self._ask.set_word(self.tr("What asks it (hexadecimal)"))
        self._ask.box.setPlaceholderText(self.tr("none: it never stops"))
        self._unit_row.set_word(self.tr("Its figures are"))
        self._unit.set_words("kg", "g")
        self._repeat.set_word(self.tr("Frames that agree"))

    def form(self) -> ScaleForm:
        return ScaleForm(
            wire=self._wire.form(),
            protocol=str(self._protocol.value() or ""),
            own_ask=self._ask.text(),
            own_pattern=self._pattern.text(),
            own_unit="g" if self._unit.value() == "g" else "kg",
            own_repeat=self._repeat.text(),
        )

    def _saved(self, state: DevicesState) -> object:
        return state.devices.scale

    def _show_saved(self, state: DevicesState) -> None:
        scale = state.devices.scale
        self._wire.show_wire(scale)
        self._protocol.select_only(scale.protocol)
        self._ask.set_text(scale.own.ask)
        self._pattern.set_text(scale.own.pattern)
        self._unit.select(scale.own.unit)
        self._repeat.set_text(str(scale.own.repeat))
        self._show_table()

    def _show_around(self, state: DevicesState) -> None:
        self._lines = state.scale_lines
        self._wire.show_ports(state.ports)

    def _show_table(self) -> None:
        there = self._wire.kind is not WireKind.NONE
        self._protocol_row.setVisible(there)
        for each in (self._pattern, self._ask, self._unit_row, self._repeat):
            each.setVisible(there and self._protocol.value() == OWN)

    def _on_protocol(self, name: object) -> None:
        usual = self._lines.get(str(name))
        if usual is not None:
            self._wire.show_line(usual.baud, usual.data_bits, usual.parity)
        self._show_table()


class DisplayPage(FormPage):
    """The form of the customer's line display."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines: dict[str, UsualLine] = {}
        self._wire = WireBox(_DISPLAY_KINDS)
        self._model = Choice(_MODELS)
        self._model_row = Named(self._model)
        self._columns, self._greeting, self._charset = Field(), Field(), Choice(("ascii", "gbk"))
        self._charset_row = Named(self._charset)
        digits_only(self._columns.box, 2)
        self._greeting.box.setMaxLength(40)
        self.column.addWidget(self._wire)
        self.column.addWidget(self._model_row)
        self.column.addLayout(form_row((self._columns, 3), (self._charset_row, 5), (self._greeting, 6)))
        self.column.addStretch(1)
        self._wire.changed.connect(self.changed)
        self._wire.way_chosen.connect(self._show_model)
        self._model.chosen.connect(self._on_model)
        self.watch(self._columns, self._greeting, self._charset, self._model)
        self.marked = {
            **self._wire.fields("display"),
            "display.columns": self._columns,
            "display.greeting": self._greeting,
        }
        self.retranslate()

    def retranslate(self) -> None:
        notes = {
            WireKind.VIRTUAL: self.tr("A display made of software, to practise with."),
            WireKind.NONE: self.tr("No line display faces the customer."),
        }
        self._wire.set_words(self.tr("How the customer's display is reached"), notes)
        self._model_row.set_word(self.tr("What it is (see its manual)"))
        self._model.set_words(
            *("LED8", self.tr("LED8 (byte)"), self.tr("LED8 (no lamp)"), "CD5220", "ESC/POS"),
        )
        self._columns.set_word(self.tr("Characters per line"))
        self._charset_row.set_word(self.tr("Characters it knows"))
        self._charset.set_words(self.tr("Latin"), self.tr("Chinese"))
        self._greeting.set_word(self.tr("Greeting while nothing is sold"))

    def form(self) -> DisplayForm:
        return DisplayForm(
            wire=self._wire.form(),
            model=str(self._model.value() or ""),
            columns=self._columns.text(),
            charset="gbk" if self._charset.value() == "gbk" else "ascii",
            greeting=self._greeting.text(),
        )

    def _saved(self, state: DevicesState) -> object:
        return state.devices.display

    def _show_saved(self, state: DevicesState) -> None:
        display = state.devices.display
        self._wire.show_wire(display)
        self._model.select_only(display.model)
        self._columns.set_text(str(display.columns))
        self._charset.select(display.charset)
        self._greeting.set_text(display.greeting)
        self._show_model()

    def _show_around(self, state: DevicesState) -> None:
        self._lines = state.display_lines
        self._wire.show_ports(state.ports)

    def _show_model(self) -> None:
        there = self._wire.kind is not WireKind.NONE
        self._model_row.setVisible(there)
        for each in (self._columns, self._charset_row, self._greeting):
            each.setVisible(there and self._model.value() in _OF_TEXT)

    def _on_model(self, name: object) -> None:
        usual = self._lines.get(str(name))
        if usual is not None:
            self._wire.show_line(usual.baud, usual.data_bits, usual.parity)
        self._show_model()


class DrawerPage(FormPage):
    """The drawer's form: at the printer, or at a wire of its own."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._wire = WireBox(_DRAWER_KINDS)
        self._pulse, self._sensor = Field(), Choice(_SENSORS)
        self._high, self._warns = Choice((True, False)), Choice((True, False))
        self._sensor_row, self._high_row, self._warns_row = map(Named, (self._sensor, self._high, self._warns))
        self._hint = label("small", wrap=True)
        self.column.addWidget(self._wire)
        self.column.addLayout(form_row((self._pulse, 2), (self._sensor_row, 3)))
        self.column.addLayout(form_row((self._high_row, 1), (self._warns_row, 1)))
        self.column.addWidget(self._hint)
        self.column.addStretch(1)
        self._wire.changed.connect(self.changed)
        self._wire.way_chosen.connect(self._on_way)
        self._sensor.chosen.connect(self._show_sensor)
        self.watch(self._pulse, self._sensor, self._high, self._warns)
        self.marked = {**self._wire.fields("drawer"), "drawer.pulse": self._pulse}
        self.retranslate()

    def retranslate(self) -> None:
        notes = {
            WireKind.NONE: self.tr("The printer opens it; which pin is set with the printer."),
            WireKind.VIRTUAL: self.tr("A drawer made of software, to practise with."),
        }
        self._wire.set_words(self.tr("Where the cash drawer is connected"), notes, self.tr("At the printer"))
        self._pulse.set_word(self.tr("What opens it (hexadecimal)"))
        self._pulse.box.setPlaceholderText("07")
        self._sensor_row.set_word(self.tr("What tells whether it is open"))
        self._sensor.set_words(self.tr("Nothing"), self.tr("Printer"), "CTS", "DSR")
        self._high_row.set_word(self.tr("Its line is high while the drawer is"))
        self._high.set_words(self.tr("open"), self.tr("shut"))
        self._warns_row.set_word(self.tr("Say so if open when a sale begins"))
        self._warns.set_words(self.tr("Yes"), self.tr("No"))
        self._hint.setText(
            self.tr("If the card says open while it is shut, choose the other one. Try it with the button on the left.")
        )

    def form(self) -> DrawerForm:
        return DrawerForm(
            wire=self._wire.form(),
            pulse=self._pulse.text(),
            sensor=str(self._sensor.value() or "none"),
            open_when_high=self._high.value() is not False,
            warns_open=self._warns.value() is True,
        )

    def _saved(self, state: DevicesState) -> object:
        return state.devices.drawer

    def _show_saved(self, state: DevicesState) -> None:
        drawer = state.devices.drawer
        self._wire.show_wire(drawer)
        self._pulse.set_text(drawer.pulse)
        self._sensor.select(drawer.sensor)
        self._high.select(drawer.open_when_high)
        self._warns.select(drawer.warns_open)
        self._show_sensor()

    def _show_around(self, state: DevicesState) -> None:
        self._wire.show_ports(state.ports)

    def _on_way(self) -> None:
        if self._sensor.value() not in SENSORS.get(self._wire.kind, ("none",)):
            self._sensor.select("none")
        self._show_sensor()

    def _show_sensor(self, _value: object = None) -> None:
        kind = self._wire.kind
        self._pulse.setVisible(kind is not WireKind.NONE)
        offered = SENSORS.get(kind, ("none",))
        self._sensor.offer(*offered)
        self._sensor_row.setVisible(len(offered) > 1)
        told = self._sensor.value() != "none"
        for each in (self._high_row, self._warns_row, self._hint):
            each.setVisible(told)
