"""The devices: a card each on the left; on the right the papers that wait, or the form of a device."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from pos_app.ui import theme
from pos_app.ui.screens.devices.card import DeviceWidget
from pos_app.ui.screens.devices.counter_pages import DisplayPage, DrawerPage, ScalePage
from pos_app.ui.screens.devices.customer_form import CustomerPage
from pos_app.ui.screens.devices.form_page import FormPage, FormScroll
from pos_app.ui.screens.devices.form_state import PrinterForm, StandInForm
from pos_app.ui.screens.devices.list_page import ListPage
from pos_app.ui.screens.devices.own_page import OwnPage
from pos_app.ui.screens.devices.papers import PapersPage
from pos_app.ui.screens.devices.printer_page import PrinterPage, StandInPage
from pos_app.ui.screens.devices.scanner_pages import ChipsPage, WedgePage
from pos_app.ui.screens.devices.several_pages import ScannersPage, SlipsPage
from pos_app.ui.screens.devices.state import DeviceKind, DevicesState
from pos_app.ui.screens.devices.trial_panel import TrialPanel
from pos_app.ui.widgets.base import KeyHelp, ScreenView
from pos_app.ui.widgets.buttons import Choice
from pos_app.ui.widgets.cards import add_all
from pos_app.ui.widgets.labels import label
from pos_app.ui.widgets.notices import InlineMessage

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from pos_app.ui.state import Notice

#: The tabs by their keys, each with its pages; the same key again turns to the next page of its tab.
_TABS: Final[dict[str, tuple[str, ...]]] = {
    "F2": ("papers",),
    "F3": ("printer", "stand_in", "slips", "own"),
    "F4": ("wedge", "scanners", "chips"),
    "F6": ("customer", "display"),
    "F10": ("scale", "drawer"),
}
#: Beside these the receipt is shown as it will be printed.
_ON_PAPER: Final = ("printer", "stand_in", "own")
#: Whoever types or turns pages sees the paper follow, and nothing is drawn for each key.
_TRIAL_MS: Final = 150
#: The tabs have their keys on them, so the bar does not repeat them.
_TAB_KEYS: Final = {
    Qt.Key.Key_F2: "F2",
    Qt.Key.Key_F3: "F3",
    Qt.Key.Key_F4: "F4",
    Qt.Key.Key_F6: "F6",
    Qt.Key.Key_F10: "F10",
}


class DevicesView(ScreenView[DevicesState]):
    """A card per device, the papers that wait, and a form for each device. Any scan shows what was read.

    Signals:
        test_requested: A :class:`DeviceKind` to test.
        drawer_requested: Open the drawer.
        job_again_requested: Key of a paper to print again.
        job_drop_requested: Key of a paper to give up.
        save_requested: A form, one of ``form_state.DeviceForm``.
        remove_requested: ``("scanners" or "slips", number)`` of a device to remove.
        undo_requested: Have back what was removed last.
        trial_requested: A :class:`PrinterForm` to show a receipt of.
        logo_picked: ``Path`` of a picture to have as the logo, or None for none.
        words_requested: Lay a copy of the usual words into the shop's folder.
        own_requested: Look at the shop's folder again.
        profile_out_requested: File to write all devices into, a ``Path``.
        profile_in_requested: File of another till to take the devices from, a ``Path``.
        wizard_requested: Set a device up by answering questions.
    """

    test_requested = Signal(object)
    drawer_requested = Signal()
    job_again_requested = Signal(object)
    job_drop_requested = Signal(object)
    save_requested = Signal(object)
    remove_requested = Signal(object)
    undo_requested = Signal()
    trial_requested = Signal(object)
    logo_picked = Signal(object)
    words_requested = Signal()
    own_requested = Signal()
    profile_out_requested = Signal(object)
    profile_in_requested = Signal(object)
    wizard_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session: int | None = None
        self._told: Notice | None = None
        row = QHBoxLayout(self.body)
        row.setContentsMargins(theme.SPACE_3, theme.SPACE_3, theme.SPACE_3, theme.SPACE_3)
        row.setSpacing(theme.SPACE_3)
        self._left = QStackedWidget()
        self._left.setFixedWidth(332)
        self._trial = TrialPanel()
        self._trial.card.tried.connect(self._on_tried)
        self._trial.closer_requested.connect(self._on_closer)
        self._left.addWidget(self._build_cards())
        self._left.addWidget(self._trial)
        row.addWidget(self._left)
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(_TRIAL_MS)
        self._wait.timeout.connect(self._ask_trial)
        right = QVBoxLayout()
        right.setSpacing(theme.SPACE_2)
        self._tabs = Choice(tuple(_TABS))
        self._tabs.chosen.connect(self._on_tab)
        self._sections = {key: Choice(names) for key, names in _TABS.items() if len(names) > 1}
        self._papers = PapersPage()
        self._papers.chosen.connect(self.job_again_requested)
        self._papers.current_changed.connect(self._show_keys)
        self.forms: dict[str, FormPage] = {
            "printer": PrinterPage(),
            "stand_in": StandInPage(),
            "slips": SlipsPage(),
            "wedge": WedgePage(),
            "scanners": ScannersPage(),
            "chips": ChipsPage(),
            "customer": CustomerPage(),
            "display": DisplayPage(),
            "scale": ScalePage(),
            "drawer": DrawerPage(),
        }
        self._own = OwnPage()
        self._own.logo_picked.connect(self.logo_picked)
        self._own.words_requested.connect(self.words_requested)
        self._own.read_requested.connect(self.own_requested)
        self.forms["own"] = self._own
        for name in _ON_PAPER:
            self.forms[name].changed.connect(self._wait.start)
        self._page = "papers"
        self._pages = QStackedWidget()
        self._pages.addWidget(self._papers)
        self._places: dict[str, QWidget] = {"papers": self._papers}
        for name, page in self.forms.items():
            self._places[name] = page if isinstance(page, ListPage) else FormScroll(page)
            self._pages.addWidget(self._places[name])
            if isinstance(page, ListPage):
                page.turned.connect(self._show_keys)
                page.undo_requested.connect(self.undo_requested)
                page.remove_requested.connect(functools.partial(self._on_remove, name))
        self._pages.addWidget(self._trial.large)
        self._locked = label("warning", wrap=True)
        self._message = InlineMessage()
        right.addWidget(self._tabs)
        for choice in self._sections.values():
            choice.chosen.connect(self._on_section)
            right.addWidget(choice)
        right.addWidget(self._pages, 1)
        add_all(right, self._locked, self._message)
        row.addLayout(right, 1)
        self._build_bar()
        self._turn("papers")
        self.retranslate()

    def _build_cards(self) -> QWidget:
        side = QScrollArea()
        side.setFrameShape(QFrame.Shape.NoFrame)
        side.setWidgetResizable(True)
        side.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        side.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        cards = QWidget()
        cards.setProperty("role", "window")
        side.setWidget(cards)
        column = QVBoxLayout(cards)
        # Devices that are all well fit under one another; one that says why it is not may need to be scrolled to.
        column.setContentsMargins(0, 0, theme.SPACE_3, 0)
        column.setSpacing(theme.SPACE_1)
        self._cards = {kind: DeviceWidget(kind) for kind in DeviceKind}
        for card in self._cards.values():
            card.tried.connect(self._on_tried)
            column.addWidget(card)
        column.addStretch(1)
        return side

    def _build_bar(self) -> None:
        self._back = self.bar.add("Esc")
        self._wizard = self.bar.add("F12")
        self._wizard.clicked.connect(self.wizard_requested)
        self._drop = self.bar.add("F5", "danger")
        self._again = self.bar.add("F8", "primary", stretch=2)
        self._take = self.bar.add("F7")
        self._give = self.bar.add("F11")
        self._save = self.bar.add("F9", "primary", stretch=2)
        self._take.clicked.connect(self._on_take)
        self._give.clicked.connect(self._on_give)
        self._back.clicked.connect(self.back_requested)
        self._drop.clicked.connect(self._on_drop)
        self._again.clicked.connect(self._on_again)
        self._save.clicked.connect(self._on_save)

    def retranslate(self) -> None:
        self._back.setText(self.tr("Back"))
        self._name_tabs(0)
        self._name_sections()
        self._wizard.setText(self.tr("Set up a device"))
        self._drop.setText(self.tr("Give up"))
        self._again.setText(self.tr("Print again"))
        self._save.setText(self.tr("Save"))
        self._take.setText(self.tr("From a file"))
        self._give.setText(self.tr("Into a file"))
        self._locked.setText(self.tr("Saving asks for the PIN of somebody who may change settings."))
        self._show_keys()

    def focus_home(self) -> None:
        page = self.forms.get(self._page)
        if page is None:
            self._papers.list.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            page.focus_home()

    def key_help(self) -> tuple[KeyHelp, ...]:
        tabs = tuple(KeyHelp(key, name) for key, name in zip(_TABS, self._tab_names(), strict=True))
        return tabs + super().key_help()

    def _draw(self, state: DevicesState) -> None:
        shown = {card.kind: card for card in state.cards}
        for kind, widget in self._cards.items():
            widget.setVisible(kind in shown)
            if kind in shown:
                widget.show_card(shown[kind])
        fresh = state.session != self._session
        self._session = state.session
        for page in self.forms.values():
            page.fill(state, fresh=fresh)
        if state.bad_field and state.notice is not self._told and self._page in self.forms:
            self._bring_up(state.bad_field)
        self._told = state.notice
        self._trial.show_trial(state.trial, shown.get(DeviceKind.PRINTER))
        self._papers.show_jobs(state.jobs)
        self._message.show_notice(state.notice)
        self._name_tabs(len(state.jobs))
        self._show_keys()

    def show_page(self, name: str) -> None:
        """Turn to a page: ``papers``, or the form of a device by its name."""
        self._turn(name)
        self._show_keys()
        bad = self._state.bad_field if self._state is not None else ""
        if not (bad and self._bring_up(bad)):
            self.focus_home()

    def _bring_up(self, bad_field: str) -> bool:
        """Put the focus into a field that is wrong, where it can be seen. False where it is none of this page's."""
        page, place = self.forms.get(self._page), self._places[self._page]
        field = page.bring_up(bad_field) if page is not None else None
        if field is not None and isinstance(place, FormScroll):
            # Once the page has its size, which one that was just turned to gets afterwards.
            QTimer.singleShot(0, place, functools.partial(place.ensureWidgetVisible, field))
        return field is not None

    def _turn(self, name: str) -> None:
        tab = next(key for key, names in _TABS.items() if name in names)
        self._page = name
        self._tabs.select(tab)
        for key, choice in self._sections.items():
            choice.setVisible(key == tab)
            choice.select(name)
        self._pages.setCurrentWidget(self._places[name])
        on_paper = name in _ON_PAPER
        self._left.setCurrentIndex(1 if on_paper else 0)
        self._trial.show_large(large=False)
        if on_paper:
            self._wait.start()

    def _on_closer(self) -> None:
        if self._pages.currentWidget() is self._trial.large:
            self._pages.setCurrentWidget(self._places[self._page])
            self._trial.show_large(large=False)
        else:
            self._pages.setCurrentWidget(self._trial.large)
            self._trial.show_large(large=True)
        self._show_keys()

    def _ask_trial(self) -> None:
        form = self.forms[self._page].form() if self._page in _ON_PAPER else None
        if isinstance(form, StandInForm):
            form = form.printer
        form = form if isinstance(form, PrinterForm) else self.forms["printer"].form()
        if self.isVisible() and isinstance(form, PrinterForm):
            self.trial_requested.emit(form)

    def _show_keys(self) -> None:
        form = self.forms.get(self._page)
        state = self._state
        idle = state is not None and not state.busy
        job = self._papers.current()
        self._drop.setVisible(form is None)
        self._again.setVisible(form is None)
        for each in (self._save, self._take, self._give):
            each.setVisible(form is not None)
        self._take.setEnabled(idle)
        self._wizard.setEnabled(idle and state is not None and not state.training)
        self._drop.setEnabled(job is not None)
        self._again.setEnabled(job is not None)
        is_large = self._pages.currentWidget() is self._trial.large
        self._save.setEnabled(idle and form is not None and form.can_save and not is_large)
        self._locked.setVisible(form is not None and state is not None and not state.can_change)

    def _on_tab(self, key: object) -> None:
        self._press_tab(str(key))

    def _press_tab(self, key: str) -> None:
        names = _TABS[key]
        follows = names.index(self._page) + 1 if self._page in names else 0
        self.show_page(names[follows % len(names)])

    def _on_section(self, name: object) -> None:
        self.show_page(str(name))

    def _name_tabs(self, jobs: int) -> None:
        names = self._tab_names()
        papers = f"{names[0]} ({jobs})" if jobs else names[0]
        self._tabs.set_words(*(f"{key} {name}" for key, name in zip(_TABS, (papers, *names[1:]), strict=True)))

    def _tab_names(self) -> tuple[str, ...]:
        return (
            self.tr("Papers"),
            self.tr("Printers"),
            self.tr("Scanners"),
            self.tr("Customer"),
            self.tr("Counter"),
        )

    def _name_sections(self) -> None:
        names = {
            "printer": self.tr("Receipts"),
            "stand_in": self.tr("Stand-in"),
            "slips": self.tr("Kitchen slips"),
            "own": self.tr("Logo, words"),
            "wedge": self.tr("Typing"),
            "scanners": self.tr("Port of their own"),
            "chips": self.tr("Chip cards"),
            "customer": self.tr("Screen"),
            "display": self.tr("Line display"),
            "scale": self.tr("Scale"),
            "drawer": self.tr("Cash drawer"),
        }
        for key, choice in self._sections.items():
            choice.set_words(*(names[each] for each in _TABS[key]))

    def _on_tried(self, kind: object) -> None:
        if kind is DeviceKind.DRAWER:
            self.drawer_requested.emit()
        else:
            self.test_requested.emit(kind)

    def _on_again(self) -> None:
        job = self._papers.current()
        if job is not None:
            self.job_again_requested.emit(job.key)

    def _on_drop(self) -> None:
        job = self._papers.current()
        if job is not None:
            self.job_drop_requested.emit(job.key)

    def _on_take(self) -> None:
        path, _ = QFileDialog.getOpenFileName(
            self, self.tr("Take the devices from another till's file"), str(Path.home()), "JSON (*.json)"
        )
        if path:
            self.profile_in_requested.emit(Path(path))

    def _on_give(self) -> None:
        path, _ = QFileDialog.getSaveFileName(
            self, self.tr("Write the devices into a file"), str(Path.home() / "devices.json"), "JSON (*.json)"
        )
        if path:
            self.profile_out_requested.emit(Path(path))

    def _on_save(self) -> None:
        page = self.forms.get(self._page)
        if page is not None and page.can_save:
            self.save_requested.emit(page.form())

    def _on_remove(self, name: str, number: object) -> None:
        self.remove_requested.emit((name, number))

    def _on_escape(self) -> None:
        if self._pages.currentWidget() is self._trial.large:
            self._on_closer()
        elif self._page not in self.forms or not self.forms[self._page].leave():
            super()._on_escape()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = _TAB_KEYS.get(Qt.Key(event.key()))
        if key is not None:
            self._press_tab(key)
            event.accept()
            return
        super().keyPressEvent(event)
