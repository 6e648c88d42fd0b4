"""Opening a shift: one amount."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pos_app.ui import theme
from pos_app.ui.screens.open_shift.state import OpenShiftState
from pos_app.ui.widgets.base import ScreenView
from pos_app.ui.widgets.cards import Card, Pair
from pos_app.ui.widgets.inputs import TextBox
from pos_app.ui.widgets.labels import label
from pos_app.ui.widgets.notices import InlineMessage
from pos_app.ui.widgets.numpad import NumPad


class OpenShiftView(ScreenView[OpenShiftState]):
    """The float is counted, typed and confirmed.

    Signals:
        open_requested: The float as typed.
        more_requested: Everything that is done without a shift: the day's end, devices, settings.
    """

    open_requested = Signal(object)
    more_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._prefilled: object = None
        outer = QVBoxLayout(self.body)
        outer.setContentsMargins(theme.SPACE_6, theme.SPACE_6, theme.SPACE_6, theme.SPACE_6)
        card = Card()
        card.setFixedWidth(440)
        card.column.setContentsMargins(theme.SPACE_6, theme.SPACE_6, theme.SPACE_6, theme.SPACE_6)
        card.column.setSpacing(theme.SPACE_3)
        outer.addStretch(1)
        outer.addWidget(card, 0, Qt.AlignmentFlag.AlignHCenter)
        outer.addStretch(1)
        self._title = label("title")
        self._who, self._last = Pair(), Pair()
        self._word = label("strong")
        self._amount = TextBox("amount", submits=True)
        self._amount.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._amount.submitted.connect(self._on_open)
        self._message = InlineMessage(lines=2)
        self._pad = NumPad(key_height=60, enter=False)
        self._pad.set_target(self._amount)
        for one in (self._title, self._who, self._last, self._word, self._amount, self._message, self._pad):
            card.column.addWidget(one)
        self._back = self.bar.add("Esc")
        self._back.clicked.connect(self.back_requested)
        self._more = self.bar.add("F10")
        self._more.clicked.connect(self.more_requested)
        self._open = self.bar.add("Enter", "primary", stretch=3)
        self._open.clicked.connect(self._on_open)
        self.retranslate()

    def retranslate(self) -> None:
        self._who.set_word(self.tr("Cashier"))
        self._last.set_word(self.tr("Last shift closed"))
        self._word.setText(self.tr("Float in the drawer"))
        self._amount.setAccessibleName(self.tr("Float in the drawer"))
        self._message.show_hint(self.tr("Count what is in the drawer before the first sale."))
        self._back.setText(self.tr("Log out"))
        self._more.setText(self.tr("More"))
        self._open.setText(self.tr("Open the shift"))

    def focus_home(self) -> None:
        self._amount.setFocus(Qt.FocusReason.OtherFocusReason)
        self._amount.selectAll()

    def _draw(self, state: OpenShiftState) -> None:
        self._title.setText(self.tr("Open shift {number}").format(number=state.number))
        self._who.figure.setText(state.cashier)
        self._last.figure.setText(state.last_closed)
        self._last.setVisible(bool(state.last_closed))
        if state.usual_float != self._prefilled:
            self._prefilled = state.usual_float
            self._amount.setText(state.usual_float.plain() if state.usual_float is not None else "")
            self._amount.selectAll()
        self._message.show_notice(state.notice)
        self._amount.show_bad(bad=state.notice is not None)
        self._open.setEnabled(not state.busy)
        self._more.setEnabled(not state.busy)

    def _on_open(self, _text: object = None) -> None:
        if self._state is not None and not self._state.busy:
            self.open_requested.emit(self._amount.text().strip())
