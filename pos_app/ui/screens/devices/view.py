"""The devices: a card each on the left; on the right the papers that wait, or how a device is reached."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from pos_app.ui import theme
from pos_app.ui.screens.devices.card import DeviceWidget
from pos_app.ui.screens.devices.customer_form import CustomerPage
from pos_app.ui.screens.devices.forms import PrinterPage, ScannerPage
from pos_app.ui.screens.devices.papers import PapersPage
from pos_app.ui.screens.devices.state import DeviceKind, DevicesState
from pos_app.ui.widgets.base import KeyHelp, ScreenView
from pos_app.ui.widgets.buttons import Choice
from pos_app.ui.widgets.cards import add_all
from pos_app.ui.widgets.labels import label
from pos_app.ui.widgets.notices import InlineMessage

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

_PAPERS, _PRINTER, _SCANNER, _CUSTOMER = range(4)
_PAGES: Final = (_PAPERS, _PRINTER, _SCANNER, _CUSTOMER)
#: The tabs have their keys on them, so the bar does not repeat them.
_TAB_KEYS: Final = {"F2": Qt.Key.Key_F2, "F3": Qt.Key.Key_F3, "F4": Qt.Key.Key_F4, "F6": Qt.Key.Key_F6}


class DevicesView(ScreenView[DevicesState]):
    """A card per device, the papers that wait, and how the devices are reached. Any scan shows what was read.

    ``DevicesState.bad_field`` is ``printer.host``, ``printer.port``, ``scanner.baud`` and so on.

    Signals:
        test_requested: A :class:`DeviceKind` to test.
        drawer_requested: Open the drawer.
        job_again_requested: Key of a paper to print again.
        job_drop_requested: Key of a paper to give up.
        printer_save_requested: A :class:`PrinterForm`.
        scanner_save_requested: A :class:`ScannerForm`.
        customer_save_requested: A :class:`CustomerForm`.
        profile_out_requested: File to write all devices into, a ``Path``.
        profile_in_requested: File of another till to take the devices from, a ``Path``.
    """

    test_requested = Signal(object)
    drawer_requested = Signal()
    job_again_requested = Signal(object)
    job_drop_requested = Signal(object)
    printer_save_requested = Signal(object)
    scanner_save_requested = Signal(object)
    customer_save_requested = Signal(object)
    profile_out_requested = Signal(object)
    profile_in_requested = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session: int | None = None
        row = QHBoxLayout(self.body)
        row.setContentsMargins(theme.SPACE_3, theme.SPACE_3, theme.SPACE_3, theme.SPACE_3)
        row.setSpacing(theme.SPACE_3)
        row.addWidget(self._build_cards())
        right = QVBoxLayout()
        right.setSpacing(theme.SPACE_2)
        self._tabs = Choice(_PAGES)
        self._tabs.chosen.connect(self._on_tab)
        self._tabs.select(_PAPERS)
        self._papers, self._printer, self._scanner = PapersPage(), PrinterPage(), ScannerPage()
        self._customer = CustomerPage()
        self._papers.chosen.connect(self.job_again_requested)
        self._papers.current_changed.connect(self._show_keys)
        self._pages = QStackedWidget()
        for page in (self._papers, self._printer, self._scanner, self._customer):
            self._pages.addWidget(page)
        self._locked = label("warning", wrap=True)
        self._message = InlineMessage(lines=2)
        add_all(right, self._tabs, self._pages, self._locked, self._message)
        right.setStretch(1, 1)
        row.addLayout(right, 1)
        self._build_bar()
        self.retranslate()

    def _build_cards(self) -> QWidget:
        side = QScrollArea()
        side.setFixedWidth(332)
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
        self._drop.setText(self.tr("Give up"))
        self._again.setText(self.tr("Print again"))
        self._save.setText(self.tr("Save"))
        self._take.setText(self.tr("From a file"))
        self._give.setText(self.tr("Into a file"))
        self._locked.setText(self.tr("Saving asks for the PIN of somebody who may change settings."))
        self._show_keys()

    def focus_home(self) -> None:
        page = self._pages.currentIndex()
        if page == _PRINTER:
            self._printer.focus_home()
        elif page == _SCANNER:
            self._scanner.focus_home()
        elif page == _CUSTOMER:
            self._customer.focus_home()
        else:
            self._papers.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def key_help(self) -> tuple[KeyHelp, ...]:
        names = (self.tr("Papers"), *self._names())
        tabs = tuple(KeyHelp(key, name) for key, name in zip(_TAB_KEYS, names, strict=True))
        return tabs + super().key_help()

    def _draw(self, state: DevicesState) -> None:
        shown = {card.kind: card for card in state.cards}
        for kind, widget in self._cards.items():
            widget.setVisible(kind in shown)
            if kind in shown:
                widget.show_card(shown[kind])
        if state.session != self._session:
            self._session = state.session
            self._printer.show_settings(state.printer)
            self._scanner.show_settings(state.scanner)
            self._customer.show_settings(state.customer)
        self._printer.show_ports(state.ports, state.bad_field)
        self._scanner.show_ports(state.ports, state.bad_field)
        self._customer.show_monitors(state.monitors, state.bad_field)
        self._papers.show_jobs(state.jobs)
        self._message.show_notice(state.notice)
        self._name_tabs(len(state.jobs))
        self._show_keys()

    def show_page(self, page: int) -> None:
        """Turn to the papers (0), or the settings of printer (1), scanner (2) or customer's screen (3)."""
        self._tabs.select(page)
        self._pages.setCurrentIndex(page)
        self._show_keys()
        self.focus_home()

    def _show_keys(self) -> None:
        papers = self._pages.currentIndex() == _PAPERS
        state = self._state
        job = self._papers.current()
        self._drop.setVisible(papers)
        self._again.setVisible(papers)
        for each in (self._save, self._take, self._give):
            each.setVisible(not papers)
        self._take.setEnabled(state is not None and not state.busy)
        self._drop.setEnabled(job is not None)
        self._again.setEnabled(job is not None)
        self._save.setEnabled(state is not None and not state.busy)
        self._locked.setVisible(not papers and state is not None and not state.can_change)

    def _on_tab(self, page: object) -> None:
        if isinstance(page, int):
            self.show_page(page)

    def _name_tabs(self, jobs: int) -> None:
        papers = self.tr("Papers")
        names = (f"{papers} ({jobs})" if jobs else papers, *self._names())
        self._tabs.set_words(*(f"{key}   {name}" for key, name in zip(_TAB_KEYS, names, strict=True)))

    def _names(self) -> tuple[str, ...]:
        return self.tr("Printer"), self.tr("Scanner"), self.tr("Customer")

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
        if self._pages.currentIndex() == _PRINTER:
            self.printer_save_requested.emit(self._printer.form())
        elif self._pages.currentIndex() == _SCANNER:
            self.scanner_save_requested.emit(self._scanner.form())
        elif self._pages.currentIndex() == _CUSTOMER:
            self.customer_save_requested.emit(self._customer.form())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        for page, key in enumerate(_TAB_KEYS.values()):
            if event.key() == key:
                self.show_page(page)
                event.accept()
                return
        super().keyPressEvent(event)
