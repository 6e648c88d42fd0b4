"""The first start of a new till, for people who have no engineer: three short steps."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedWidget, QVBoxLayout, QWidget

from pos_app.ui import i18n, theme
from pos_app.ui.screens.setup.state import ManagerAsked, SetupState, Step
from pos_app.ui.widgets.base import ScreenView
from pos_app.ui.widgets.buttons import Button, Choice, button
from pos_app.ui.widgets.cards import Card, add_all
from pos_app.ui.widgets.form import Field, Named, digits_only, secret_digits
from pos_app.ui.widgets.inputs import TextBox
from pos_app.ui.widgets.labels import Sign, label, rule
from pos_app.ui.widgets.notices import InlineMessage
from pos_app.ui.widgets.numpad import PIN_MAX, NumPad

_PAGES = (Step.SHOP, Step.MANAGER, Step.DONE)


class SetupView(ScreenView[SetupState]):
    """Shop, then manager, then done. Enter goes on, Esc goes back a step.

    Signals:
        language_requested: Code of a language, to be used at once.
        shop_requested: Name of the shop as typed; on to the manager.
        manager_requested: A :class:`ManagerAsked`; sets the till up.
        start_requested: Set-up is done; on to the log-in.
        devices_requested: The same, and then printer and scanner are set up first.
        join_requested: Let the till belong to a head office, which knows all of this.
        demo_requested: Look at the demo shop instead.
        quit_requested: Leave the program.
    """

    language_requested = Signal(object)
    shop_requested = Signal(object)
    manager_requested = Signal(object)
    start_requested = Signal()
    devices_requested = Signal()
    join_requested = Signal()
    demo_requested = Signal()
    quit_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session: int | None = None
        outer = QVBoxLayout(self.body)
        outer.setContentsMargins(theme.SPACE_6, theme.SPACE_6, theme.SPACE_6, theme.SPACE_6)
        card = Card()
        card.setFixedWidth(820)
        card.setMinimumHeight(604)
        card.column.setContentsMargins(2 * theme.SPACE_6, theme.SPACE_6, 2 * theme.SPACE_6, theme.SPACE_6)
        card.column.setSpacing(theme.SPACE_3)
        outer.addStretch(1)
        outer.addWidget(card, 0, Qt.AlignmentFlag.AlignHCenter)
        outer.addStretch(1)
        self._step = label("section")
        self._title = label("brand")
        self._words = label("muted", wrap=True)
        self._pages = QStackedWidget()
        for page in (self._build_shop(), self._build_manager(), self._build_done()):
            self._pages.addWidget(page)
        self._message = InlineMessage(lines=2)
        add_all(card.column, self._step, self._title, self._words, rule())
        card.column.addWidget(self._pages, 1)
        card.column.addWidget(self._message)
        self._back = self.bar.add("Esc")
        self._quit = self.bar.add("F12")
        self._join_key = self.bar.add("F6")
        self._join_key.clicked.connect(self._on_join)
        self._demo_key = self.bar.add("F4")
        self._demo_key.clicked.connect(self._on_demo)
        self._devices_key = self.bar.add("F8", stretch=2)
        self._devices_key.clicked.connect(self._on_devices)
        self._next = self.bar.add("Enter", "primary", stretch=3)
        self._back.clicked.connect(self.back_requested)
        self._quit.clicked.connect(self.quit_requested)
        self._next.clicked.connect(self._on_next)
        self.retranslate()

    def _build_shop(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE_3)
        self._language = Choice(tuple(code for code, _name in i18n.LANGUAGES))
        self._language.set_words(*(name for _code, name in i18n.LANGUAGES))
        self._language.chosen.connect(self.language_requested)
        self._language_row = Named(self._language)
        self._shop = Field(role="box")
        self._shop.box.setMaxLength(40)
        self._join_words, self._demo_words = label("muted", wrap=True), label("muted", wrap=True)
        self._join, self._demo = button(), button()
        self._join.clicked.connect(self._on_join)
        self._demo.clicked.connect(self._on_demo)
        self._join_well = _well(self._join_words, self._join)
        self._demo_well = _well(self._demo_words, self._demo)
        add_all(column, self._language_row, self._shop)
        column.addStretch(1)
        add_all(column, self._join_well, self._demo_well)
        return page

    def _build_manager(self) -> QWidget:
        page = QWidget()
        row = QHBoxLayout(page)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.SPACE_6)
        self._number, self._name, self._pin, self._again = Field(), Field(), Field(), Field()
        self._fields = {
            "shop": self._shop,
            "till_number": self._number,
            "name": self._name,
            "pin": self._pin,
            "pin_again": self._again,
        }
        digits_only(self._number.box, 4)
        self._name.box.setMaxLength(40)
        for secret in (self._pin, self._again):
            secret_digits(secret.box, PIN_MAX)
        left = QVBoxLayout()
        left.setSpacing(theme.SPACE_3)
        add_all(left, self._number, self._name, self._pin, self._again)
        left.addStretch(1)
        self._pad = NumPad(last="", enter=False)
        self._pad.setFixedWidth(260)
        for field in (self._number, self._pin, self._again):
            field.box.focused.connect(self._on_box)
        self._pad.set_target(self._number.box)
        row.addLayout(left, 1)
        row.addWidget(self._pad, 0, Qt.AlignmentFlag.AlignTop)
        return page

    def _build_done(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE_3)
        head = QHBoxLayout()
        head.setSpacing(theme.SPACE_3)
        self._ready = label("title", wrap=True)
        head.addWidget(Sign("success", size=36, tone="success"))
        head.addWidget(self._ready, 1)
        column.addLayout(head)
        self._hints = [label("muted", wrap=True) for _ in range(3)]
        for hint in self._hints:
            row = QHBoxLayout()
            row.setSpacing(theme.SPACE_3)
            row.addWidget(Sign("next", size=20), 0, Qt.AlignmentFlag.AlignTop)
            row.addWidget(hint, 1)
            column.addLayout(row)
        column.addStretch(1)
        return page

    def retranslate(self) -> None:
        self._language_row.set_word("语言 / Language")
        self._shop.set_word(self.tr("Name of the shop"))
        self._shop.box.setPlaceholderText(self.tr("as it stands on receipts"))
        self._join_words.setText(
            self.tr("One till of several? Head office knows the shop, its goods, members and staff. Have a code ready.")
        )
        self._join.setText(self.tr("Join a head office"))
        self._join_key.setText(self.tr("Join head office"))
        self._demo_words.setText(
            self.tr("Only looking? The demo shop has goods, members and staff; nothing in it is real.")
        )
        self._demo.setText(self.tr("Look at the demo shop"))
        self._number.set_word(self.tr("Number of this till (the first is 1)"))
        self._name.set_word(self.tr("Name of the store manager"))
        self._pin.set_word(self.tr("PIN, 4 to 8 digits"))
        self._again.set_word(self.tr("The same PIN again"))
        self._hints[0].setText(self.tr("Log in with your name and PIN, and open the first shift."))
        self._hints[1].setText(self.tr("Connect printer and scanner and set them up: F8 here, or later under More."))
        self._hints[2].setText(self.tr("Bring goods and members in from a spreadsheet: guitai import products FILE"))
        self._back.setText(self.tr("Back"))
        self._quit.setText(self.tr("Quit"))
        self._demo_key.setText(self.tr("Demo shop"))
        self._devices_key.setText(self.tr("Set up devices first"))

    def focus_home(self) -> None:
        step = self._state.step if self._state is not None else Step.SHOP
        boxes = {Step.SHOP: self._shop.box, Step.MANAGER: self._name.box}
        target = boxes.get(step)
        bad = self._fields.get(self._state.bad_field) if self._state is not None else None
        if bad is not None:
            bad.box.setFocus(Qt.FocusReason.OtherFocusReason)
            bad.box.selectAll()
        elif target is not None:
            target.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _draw(self, state: SetupState) -> None:
        if state.session != self._session:
            self._session = state.session
            self._shop.set_text(state.shop)
            self._number.set_text(str(state.till_number))
            self._name.set_text(state.manager)
            self._pin.set_text("")
            self._again.set_text("")
        self._language.select(state.language)
        self._join_well.setVisible(state.can_join)
        self._join_key.setVisible(state.can_join and state.step is Step.SHOP)
        self._join_key.setEnabled(not state.busy)
        self._join.setEnabled(not state.busy)
        self._devices_key.setVisible(state.step is Step.DONE)
        self._demo_well.setVisible(state.can_demo)
        self._demo_key.setVisible(state.can_demo and state.step is Step.SHOP)
        self._demo_key.setEnabled(not state.busy)
        self._demo.setEnabled(not state.busy)
        page = _PAGES.index(state.step)
        turned = page != self._pages.currentIndex()
        self._pages.setCurrentIndex(page)
        self._step.setText(self.tr("STEP {number} OF {all}").format(number=state.step.value, all=len(_PAGES)))
        self._draw_heading(state)
        self._message.show_notice(state.notice)
        for name, field in self._fields.items():
            field.show_bad(bad=name == state.bad_field)
        self._back.setVisible(state.step is Step.MANAGER)
        self._next.setEnabled(not state.busy)
        if self.isVisible() and (turned or state.bad_field):
            self.focus_home()

    def _draw_heading(self, state: SetupState) -> None:
        titles = {
            Step.SHOP: (self.tr("Welcome to Guitai"), self.tr("Two minutes, and this computer is a till.")),
            Step.MANAGER: (
                self.tr("Till and manager"),
                self.tr(
                    "The manager may do everything here. Keep the PIN to yourself; it is asked for at every log-in."
                ),
            ),
            Step.DONE: (
                self.tr("Ready"),
                self.tr("{shop}  ·  till {number}").format(shop=state.shop, number=state.till_number),
            ),
        }
        title, words = titles[state.step]
        self._title.setText(title)
        self._words.setText(words)
        self._ready.setText(self.tr("This till is set up. {name} can log in.").format(name=state.manager))
        go = {Step.SHOP: self.tr("Go on"), Step.MANAGER: self.tr("Set this till up"), Step.DONE: self.tr("Log in")}
        self._next.setText(go[state.step])

    def _on_next(self) -> None:
        state = self._state
        if state is None or state.busy:
            return
        if state.step is Step.SHOP:
            self.shop_requested.emit(self._shop.text())
        elif state.step is Step.MANAGER:
            missing = next((field for field in self._manager_fields() if not field.box.text()), None)
            if missing is not None:
                # Enter goes from box to box until nothing is missing.
                missing.box.setFocus(Qt.FocusReason.OtherFocusReason)
                return
            asked = ManagerAsked(self._number.text(), self._name.text(), self._pin.box.text(), self._again.box.text())
            self.manager_requested.emit(asked)
        else:
            self.start_requested.emit()

    def _manager_fields(self) -> tuple[Field, ...]:
        return self._number, self._name, self._pin, self._again

    def _on_join(self) -> None:
        if self._state is not None and self._state.can_join and not self._state.busy:
            self.join_requested.emit()

    def _on_devices(self) -> None:
        if self._state is not None and self._state.step is Step.DONE:
            self.devices_requested.emit()

    def _on_demo(self) -> None:
        if self._state is not None and self._state.can_demo and not self._state.busy:
            self.demo_requested.emit()

    def _on_box(self, box: object) -> None:
        if isinstance(box, TextBox):
            self._pad.set_target(box)

    def _on_escape(self) -> None:
        if self._state is not None and self._state.step is Step.MANAGER:
            self.back_requested.emit()


def _well(words: QLabel, action: Button) -> Card:
    """Another way to begin: what it is, and its button."""
    result = Card(role="well")
    row = QHBoxLayout()
    row.setSpacing(theme.SPACE_4)
    row.addWidget(words, 1)
    action.setMinimumWidth(220)
    row.addWidget(action)
    result.column.addLayout(row)
    return result
