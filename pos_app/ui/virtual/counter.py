"""What else stands on a counter, as one window: a scale, the customer's line display, a drawer at a port of its own."""

from __future__ import annotations

import re
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from pos_app.ui import theme
from pos_app.ui.virtual.face import DisplayFace
from pos_app.ui.virtual.state import LAMPS, SCALE_FAULTS, TOO_HEAVY_G, UNPLUGGED, WEIGHTS_G
from pos_app.ui.virtual.window import VirtualWindow
from pos_app.ui.widgets.buttons import Button, Choice
from pos_app.ui.widgets.cards import Card
from pos_app.ui.widgets.inputs import TextBox
from pos_app.ui.widgets.labels import Sign, label

_GRAMS: Final = re.compile(r"[0-9]{1,5}")


class VirtualCounterWindow(VirtualWindow):
    """Shows what scale, display and drawer show, and what can be done to them; faults are chosen here.

    Signals:
        lay_requested: Lay so many grams on the scale instead of what lies there.
        tare_requested: Press the scale's tare key.
        scale_fault_requested: One of ``SCALE_FAULTS``.
        display_plugged_requested: True to plug the display in, False to pull it out.
        drawer_plugged_requested: The same of the drawer.
        drawer_shut_requested: Somebody pushed the drawer shut.
    """

    lay_requested = Signal(object)
    tare_requested = Signal()
    scale_fault_requested = Signal(object)
    display_plugged_requested = Signal(object)
    drawer_plugged_requested = Signal(object)
    drawer_shut_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grams = 0
        self._fault = SCALE_FAULTS[0]
        self._display_plugged = self._drawer_plugged = True
        self._drawer_open = False
        self.resize(400, 660)
        self.column.addWidget(self._build_scale())
        self.column.addWidget(self._build_display())
        self.column.addWidget(self._build_drawer())
        self.column.addStretch(1)
        self.retranslate()

    def _build_scale(self) -> QWidget:
        self._scale = card = Card()
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE_2)
        self._weight = label("figure")
        self._weight.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._tare = Button()
        self._tare.clicked.connect(self.tare_requested)
        row.addWidget(self._weight, 1)
        row.addWidget(self._tare)
        self._weights = Choice(WEIGHTS_G)
        self._weights.select(0)
        self._weights.chosen.connect(self.lay_requested)
        free = QHBoxLayout()
        free.setSpacing(theme.SPACE_2)
        self._free = TextBox(submits=True, codes=True)
        self._free.submitted.connect(self._on_free)
        self._lay = Button()
        self._lay.clicked.connect(self._on_lay)
        free.addWidget(self._free, 1)
        free.addWidget(self._lay)
        self._faults = Choice(SCALE_FAULTS, columns=2)
        self._faults.select(self._fault)
        self._faults.chosen.connect(self._on_fault)
        card.column.addLayout(row)
        card.column.addWidget(self._weights)
        card.column.addLayout(free)
        card.column.addWidget(self._faults)
        return card

    def _build_display(self) -> QWidget:
        self._display = card = Card()
        self._face = DisplayFace()
        self._display_plug = Button()
        self._display_plug.clicked.connect(self._on_display_plug)
        card.column.addWidget(self._face)
        card.column.addWidget(self._display_plug)
        return card

    def _build_drawer(self) -> QWidget:
        self._drawer = card = Card()
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE_3)
        self._drawer_sign = Sign("drawer", size=28)
        self._drawer_words = label("strong", wrap=True)
        self._drawer_words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._shut, self._drawer_plug = Button(), Button()
        self._shut.clicked.connect(self.drawer_shut_requested)
        self._drawer_plug.clicked.connect(self._on_drawer_plug)
        row.addWidget(self._drawer_sign)
        row.addWidget(self._drawer_words, 1)
        card.column.addLayout(row)
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.SPACE_2)
        buttons.addWidget(self._shut, 1)
        buttons.addWidget(self._drawer_plug, 1)
        card.column.addLayout(buttons)
        return card

    def retranslate(self) -> None:
        self.setWindowTitle(self.tr("Virtual scale, display, drawer"))
        self._scale.set_heading(self.tr("SCALE"))
        self._display.set_heading(self.tr("CUSTOMER'S DISPLAY"))
        self._drawer.set_heading(self.tr("DRAWER"))
        self._tare.setText(self.tr("Tare"))
        self._weights.set_words("0 g", "285 g", "1.2 kg", "16 kg")
        self._free.setPlaceholderText(self.tr("Grams"))
        self._lay.setText(self.tr("Lay it on"))
        words = {
            "none": self.tr("In order"),
            "moving": self.tr("Unsteady"),
            "silent": self.tr("Frozen"),
            "garbage": self.tr("Nonsense"),
            UNPLUGGED: self.tr("Pulled out"),
        }
        self._faults.set_words(*(words[each] for each in SCALE_FAULTS))
        lamps = {
            "price": self.tr("Price"),
            "total": self.tr("Total"),
            "paid": self.tr("Paid"),
            "change": self.tr("Change"),
        }
        self._face.set_lamps(tuple((each, lamps[each]) for each in LAMPS))
        self._shut.setText(self.tr("Push it shut"))
        self._draw()

    # What the owner says

    def have(self, *, scale: bool, display: bool, drawer: bool) -> None:
        """Which of them there are."""
        self._scale.setVisible(scale)
        self._display.setVisible(display)
        self._drawer.setVisible(drawer)

    def show_scale(self, grams: int, fault: str) -> None:
        """What lies on the scale less the tare, and what is wrong with it."""
        self._grams, self._fault = grams, fault
        self._faults.select(fault)
        self._draw()

    def show_lines(self, lines: tuple[str, ...], lamp: str) -> None:
        """What the display shows."""
        self._face.show_lines(lines, lamp)

    def show_display_plugged(self, plugged: bool) -> None:
        """The display is plugged in, or not."""
        self._display_plugged = plugged
        self._draw()

    def show_drawer(self, is_open: bool) -> None:
        """The drawer stands open, or is shut."""
        self._drawer_open = is_open
        self._draw()

    def show_drawer_plugged(self, plugged: bool) -> None:
        """The drawer is plugged in, or not."""
        self._drawer_plugged = plugged
        self._draw()

    # What a person does

    def _on_free(self, text: str) -> None:
        if _GRAMS.fullmatch(text):
            self._weights.select_only(int(text))
            self.lay_requested.emit(int(text))

    def _on_lay(self) -> None:
        self._on_free(self._free.text())

    def _on_fault(self, fault: str) -> None:
        self._fault = fault
        self._draw()
        self.scale_fault_requested.emit(fault)

    def _on_display_plug(self) -> None:
        self.show_display_plugged(not self._display_plugged)
        self.display_plugged_requested.emit(self._display_plugged)

    def _on_drawer_plug(self) -> None:
        self.show_drawer_plugged(not self._drawer_plugged)
        self.drawer_plugged_requested.emit(self._drawer_plugged)

    # Drawing

    def _draw(self) -> None:
        self._weight.setText(self._reading())
        plug, pull = self.tr("Plug it in"), self.tr("Pull it out")
        self._display_plug.setText(pull if self._display_plugged else plug)
        self._face.show_lit(lit=self._display_plugged)
        self._drawer_words.setText(
            self.tr("The drawer is open.") if self._drawer_open else self.tr("The drawer is shut.")
        )
        self._drawer_sign.show_sign("drawer", "warning" if self._drawer_open else "muted")
        self._shut.setEnabled(self._drawer_open)
        self._drawer_plug.setText(pull if self._drawer_plugged else plug)

    def _reading(self) -> str:
        """As the scale's own display shows it."""
        if self._fault == UNPLUGGED:
            return "–"
        if self._grams > TOO_HEAVY_G:
            return "- OL -"
        sign = "-" if self._grams < 0 else ""
        wobbles = "~ " if self._fault == "moving" else ""
        return "{}{}{}.{:03d} kg".format(wobbles, sign, *divmod(abs(self._grams), 1000))
