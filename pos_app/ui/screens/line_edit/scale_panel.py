"""What lies on the scale, live: a big figure, what it is worth in words, and a button that takes it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from pos_app.domain.quantity import UNIT_MILLI
from pos_app.runtime.weighing import WeightState
from pos_app.ui import theme
from pos_app.ui.screens.line_edit.state import OnScale
from pos_app.ui.widgets.buttons import button
from pos_app.ui.widgets.cards import Card, add_all
from pos_app.ui.widgets.labels import Figure, Sign, label


class ScalePanel(Card):
    """The scale in the sheet for quantities.

    Signals:
        weigh_requested: Take the weight.
    """

    weigh_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(role="well", parent=parent)
        self._shown: OnScale | None = None
        head = QHBoxLayout()
        head.setSpacing(theme.SPACE_2)
        self._sign = Sign("scale", size=24)
        self._figure = Figure("large")
        head.addWidget(self._sign)
        head.addStretch(1)
        head.addWidget(self._figure)
        self._words = label("small-text", wrap=True)
        self._take = button()
        self._take.clicked.connect(self.weigh_requested)
        self.column.addLayout(head)
        add_all(self.column, self._words, self._take)
        self.retranslate()

    def retranslate(self) -> None:
        """Set the words."""
        self.set_heading(self.tr("ON THE SCALE"))
        self._take.setText(self.tr("Take this weight") + "   F3")
        self.show_scale(self._shown)

    def show_scale(self, shown: OnScale | None) -> None:
        """Draw what the scale says; None hides the panel."""
        self._shown = shown
        self.setVisible(shown is not None)
        if shown is None:
            return
        weight = shown.weight
        usable = weight is not None and weight.state is WeightState.STABLE
        figure = weight is not None and weight.state in (WeightState.STABLE, WeightState.MOVING, WeightState.ZERO)
        self._figure.setText(_kilograms(weight.grams) if weight is not None and figure else "–")
        self._figure.setEnabled(usable)
        self._words.setText(self._say(shown))
        good = usable and not shown.was_sold
        self._sign.show_sign("scale", "success" if good else "warning" if weight is None or usable else "muted")
        self._take.setEnabled(usable)

    def _say(self, shown: OnScale) -> str:
        weight = shown.weight
        if weight is None:
            return self.tr("The scale says nothing. Type the weight.")
        words = {
            WeightState.MOVING: self.tr("Still moving."),
            WeightState.ZERO: self.tr("Lay the goods on the scale."),
            WeightState.NEGATIVE: self.tr("Less than nothing: press zero at the scale."),
            WeightState.OVERLOAD: self.tr("More than the scale can weigh."),
            WeightState.UNIT: self.tr("The scale does not weigh in kilograms. Switch its unit."),
        }
        if weight.state is not WeightState.STABLE:
            return words[weight.state]
        if shown.was_sold:
            return self.tr("This weight was sold just now. Is it other goods?")
        if weight.is_net:
            return self.tr("Steady; the tare is taken off at the scale.")
        if shown.tare_g:
            return self.tr("Steady; {tare} g of packaging will be taken off.").format(tare=shown.tare_g)
        return self.tr("Steady.")

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()


def _kilograms(grams: int) -> str:
    return f"{grams // UNIT_MILLI}.{grams % UNIT_MILLI:03d} kg"
