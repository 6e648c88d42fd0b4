"""The shop's own of its receipts: its logo, as paper will show it, and where its own words lie."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QPixmap
from PySide6.QtWidgets import QFileDialog, QLabel, QWidget

from pos_app.ui import messages
from pos_app.ui.screens.devices.form_page import FormPage, form_row
from pos_app.ui.screens.devices.form_state import LogoForm
from pos_app.ui.widgets.buttons import button
from pos_app.ui.widgets.cards import add_all
from pos_app.ui.widgets.labels import Elided, label, rule

if TYPE_CHECKING:
    from pos_app.ui.screens.devices.state import DevicesState

_LOGO_HEIGHT = 110


class OwnPage(FormPage):
    """Logo and words of the shop's own.

    Signals:
        logo_picked: Path of a picture to have as the logo, or None for none.
        words_requested: Lay a copy of the usual words into the folder, to be changed there.
        read_requested: Look at the folder again.
    """

    logo_picked = Signal(object)
    words_requested = Signal()
    read_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state: DevicesState | None = None
        self._logo_word, self._logo_text = label("section"), label("muted", wrap=True)
        self._logo = QLabel()
        self._logo.setProperty("role", "paper")
        self._logo.setFixedHeight(_LOGO_HEIGHT)
        self._logo.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._pick, self._without = button(), button()
        self._words_word, self._words_text = label("section"), label("muted", wrap=True)
        self._folder = Elided("small")
        self._problems = label("warning-small", wrap=True)
        self._copy, self._open, self._read = button(), button(), button()
        add_all(self.column, self._logo_word, self._logo_text, self._logo)
        self.column.addLayout(form_row((self._pick, 1), (self._without, 1)))
        add_all(self.column, rule(), self._words_word, self._words_text, self._folder)
        add_all(self.column, self._problems)
        self.column.addLayout(form_row((self._copy, 1), (self._open, 1), (self._read, 1)))
        self.column.addStretch(1)
        self._pick.clicked.connect(self._on_pick)
        self._without.clicked.connect(self._on_without)
        self._copy.clicked.connect(self.words_requested)
        self._open.clicked.connect(self._on_open)
        self._read.clicked.connect(self.read_requested)
        self.retranslate()

    def retranslate(self) -> None:
        self._logo_word.setText(self.tr("LOGO ABOVE THE SHOP'S NAME"))
        self._pick.setText(self.tr("Choose a picture"))
        self._without.setText(self.tr("Without a logo"))
        self._words_word.setText(self.tr("OWN WORDS AND ORDER"))
        self._words_text.setText(self.tr("Lay a copy of the words there, change it, read it again; F9 uses it."))
        self._copy.setText(self.tr("Lay a copy there"))
        self._open.setText(self.tr("Open the folder"))
        self._read.setText(self.tr("Read again"))
        if self._state is not None:
            self._show_around(self._state)

    def focus_home(self) -> None:
        self._pick.setFocus(Qt.FocusReason.OtherFocusReason)

    def form(self) -> LogoForm:
        return LogoForm()

    def _saved(self, state: DevicesState) -> object:
        return state.own

    def _show_saved(self, state: DevicesState) -> None:
        own, picture = state.own, QPixmap()
        if own.logo and picture.loadFromData(own.logo):
            room = self._logo.contentsRect().size()
            if picture.height() > room.height() or picture.width() > room.width():
                picture = picture.scaled(
                    room, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
                )
            self._logo.setPixmap(picture)
        else:
            self._logo.setText(self.tr("No logo"))
        self._without.setEnabled(bool(own.logo))

    def _show_around(self, state: DevicesState) -> None:
        self._state = state
        own = state.own
        if not own.logo:
            self._logo.setText(self.tr("No logo"))
        self._logo_text.setText(
            self.tr("This is how paper shows it. F9 keeps it.")
            if own.is_changed
            else self.tr("A PNG or JPEG file, black on white. Paper shows it in black and white, as here.")
        )
        self._folder.show_text(own.folder)
        self._problems.setText("\n".join(messages.words(each) for each in own.problems))
        self._problems.setVisible(bool(own.problems))

    def _on_pick(self) -> None:
        path, _ = QFileDialog.getOpenFileName(
            self,
            self.tr("Choose a picture"),
            str(Path.home()),
            self.tr("Pictures") + " (*.png *.jpg *.jpeg *.bmp *.gif *.webp)",
        )
        if path:
            self.logo_picked.emit(Path(path))

    def _on_without(self) -> None:
        self.logo_picked.emit(None)

    def _on_open(self) -> None:
        if self._state is not None and Path(self._state.own.folder).is_dir():
            QDesktopServices.openUrl(QUrl.fromLocalFile(self._state.own.folder))
        else:
            self.words_requested.emit()
