"""The customer's screen as a form: where it is, what it shows, and what it gives to scan."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from pos_app.config import ScreenPlace
from pos_app.ui.screens.devices.form_page import FormPage, PortButtons, form_row
from pos_app.ui.screens.devices.form_state import CustomerForm
from pos_app.ui.widgets.buttons import Choice
from pos_app.ui.widgets.form import Field, Named, digits_only

if TYPE_CHECKING:
    from pos_app.ui.screens.devices.state import DevicesState

_PLACES: Final = (ScreenPlace.OFF, ScreenPlace.MONITOR, ScreenPlace.WINDOW)


class CustomerPage(FormPage):
    """The form of the customer's screen."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._place = Choice(_PLACES)
        self._place.chosen.connect(self._on_place)
        self._place_row = Named(self._place)
        self._monitor, self._pictures, self._seconds = Field(), Field(), Field()
        self._opening, self._payment, self._sign_up = Field(), Field(), Field()
        digits_only(self._seconds.box, 4)
        self._monitor_buttons = PortButtons()
        self._monitor_buttons.chosen.connect(self._on_monitor)
        self._greets, self._points, self._balance = (Choice((True, False)) for _ in range(3))
        self._greets_row, self._points_row, self._balance_row = map(Named, (self._greets, self._points, self._balance))
        self.column.addWidget(self._place_row)
        monitors = form_row((self._monitor, 1), (self._monitor_buttons, 0))
        monitors.setAlignment(self._monitor_buttons, Qt.AlignmentFlag.AlignBottom)
        self.column.addLayout(monitors)
        self.column.addLayout(form_row((self._pictures, 3), (self._seconds, 1)))
        self.column.addWidget(self._opening)
        self.column.addLayout(form_row((self._payment, 1), (self._sign_up, 1)))
        self.column.addLayout(form_row((self._greets_row, 1), (self._points_row, 1), (self._balance_row, 1)))
        self.column.addStretch(1)
        self.marked = {
            "customer.pictures": self._pictures,
            "customer.seconds": self._seconds,
            "customer.payment_code": self._payment,
            "customer.sign_up_code": self._sign_up,
        }
        self.retranslate()

    def retranslate(self) -> None:
        self._place_row.set_word(self.tr("Where the customer's screen is"))
        self._place.set_words(self.tr("Nowhere"), self.tr("On a monitor"), self.tr("In a window"))
        self._monitor.set_word(self.tr("Monitor; empty for the one the till is not on"))
        self._monitor.box.setPlaceholderText("HDMI-1")
        self._pictures.set_word(self.tr("Folder with pictures for idle times; empty for none"))
        self._seconds.set_word(self.tr("Seconds each"))
        self._opening.set_word(self.tr("Words under the shop's name while nothing is sold"))
        self._payment.set_word(self.tr("Code to pay: its text, or a picture of it"))
        self._sign_up.set_word(self.tr("Code to sign up: its text"))
        self._greets_row.set_word(self.tr("Greet members"))
        self._points_row.set_word(self.tr("Show their points"))
        self._balance_row.set_word(self.tr("Show their balance"))
        for each in (self._greets, self._points, self._balance):
            each.set_words(self.tr("Yes"), self.tr("No"))

    def _saved(self, state: DevicesState) -> object:
        return state.devices.customer_screen

    def _show_saved(self, state: DevicesState) -> None:
        settings = state.devices.customer_screen
        self._place.select(settings.place)
        self._monitor.set_text(settings.monitor)
        self._pictures.set_text(settings.pictures)
        self._seconds.set_text(str(settings.seconds))
        self._opening.set_text(settings.opening)
        self._payment.set_text(settings.payment_code)
        self._sign_up.set_text(settings.sign_up_code)
        self._greets.select(settings.greets)
        self._points.select(settings.shows_points)
        self._balance.select(settings.shows_balance)
        self._show_place()

    def _show_around(self, state: DevicesState) -> None:
        self._monitor_buttons.show_ports(state.monitors)
        self._show_place()

    def form(self) -> CustomerForm:
        place = self._place.value()
        return CustomerForm(
            place=place if isinstance(place, ScreenPlace) else ScreenPlace.OFF,
            monitor=self._monitor.text(),
            pictures=self._pictures.text(),
            seconds=self._seconds.text(),
            opening=self._opening.text(),
            payment_code=self._payment.text(),
            sign_up_code=self._sign_up.text(),
            greets=self._greets.value() is True,
            shows_points=self._points.value() is True,
            shows_balance=self._balance.value() is True,
        )

    def focus_home(self) -> None:
        self._opening.box.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_place(self) -> None:
        on_monitor = self._place.value() is ScreenPlace.MONITOR
        self._monitor.setVisible(on_monitor)
        self._monitor_buttons.setVisible(on_monitor and self._monitor_buttons.has_any)

    def _on_place(self, _value: object) -> None:
        self._show_place()

    def _on_monitor(self, name: object) -> None:
        self._monitor.set_text(str(name))
