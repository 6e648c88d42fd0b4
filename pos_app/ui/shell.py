"""The main window: status bar, screens, sheets, toasts. It shows what it is told to and decides nothing."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QIcon, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from pos_app.resources import resources_dir
from pos_app.ui import i18n, sound, theme
from pos_app.ui.screens import VIEWS
from pos_app.ui.state import Notice, Tone
from pos_app.ui.widgets.base import View
from pos_app.ui.widgets.labels import label
from pos_app.ui.widgets.notices import Flash, ToastLayer
from pos_app.ui.widgets.sheet import SheetLayer, SheetView
from pos_app.ui.widgets.status_bar import HeaderState, StatusBar

if TYPE_CHECKING:
    from PySide6.QtGui import QCloseEvent, QResizeEvent


MIN_WIDTH: Final = 1024
MIN_HEIGHT: Final = 768


class TrainingBand(QWidget):
    """The band across the window that says nothing here is real."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self._words = label("training")
        self._words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._words.setFixedHeight(32)
        column.addWidget(self._words)
        self.retranslate()

    def retranslate(self) -> None:
        """Set the words."""
        self._words.setText(self.tr("TRAINING  ·  nothing is sold, nothing is booked  ·  TRAINING"))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()


class Shell(QMainWindow):
    """The window.

    Attributes:
        key_mark: The shop's mark on its sheet of key codes; empty where none was printed.

    Signals:
        view_built: ``(name, view)`` when a view is built for the first time; presenters attach here.
        screen_changed: Name of the screen now shown.
        close_requested: Somebody wants to close the window; it stays until :meth:`allow_close`.
        language_changed: Code of the language now in use.
        theme_changed: Name of the theme now in use.
        head_office_requested: Somebody wants to know more of the line to head office.
    """

    view_built = Signal(object, object)
    screen_changed = Signal(object)
    close_requested = Signal()
    language_changed = Signal(object)
    theme_changed = Signal(object)
    head_office_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setMinimumSize(MIN_WIDTH, MIN_HEIGHT)
        self.setWindowIcon(QIcon(str(resources_dir() / "icons" / "guitai.png")))
        self.key_mark = ""
        self._may_close = False
        self._views: dict[str, View[Any]] = {}
        root = QWidget()
        root.setProperty("role", "window")
        column = QVBoxLayout(root)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._band = TrainingBand()
        self._band.hide()
        self._header = StatusBar()
        self._header.sync_requested.connect(self.head_office_requested)
        self._stack = QStackedWidget()
        column.addWidget(self._band)
        column.addWidget(self._header)
        column.addWidget(self._stack, 1)
        self.setCentralWidget(root)
        self._sheets = SheetLayer(root)
        self._toasts = ToastLayer(root, over=self._header)
        self._flash = Flash(root)
        self._sheet_stack: list[SheetView[Any]] = []
        help_key = QShortcut(QKeySequence(Qt.Key.Key_F1), self)
        help_key.activated.connect(self.show_help)
        self._retranslate()

    # What is shown

    def view(self, name: str) -> View[Any]:
        """The view of that name, built when first asked for."""
        found = self._views.get(name)
        if found is None:
            module, class_name = VIEWS[name]
            found = getattr(importlib.import_module(module), class_name)()
            self._views[name] = found
            if name == "help":
                found.back_requested.connect(self.close_sheet)
            if isinstance(found, SheetView):
                self._sheets.keep(found)
            else:
                self._stack.addWidget(found)
            self.view_built.emit(name, found)
        return found

    def show_screen(self, name: str) -> View[Any]:
        """Bring a screen to the front, closing any sheet."""
        self.close_sheets()
        found = self.view(name)
        self._stack.setCurrentWidget(found)
        found.take_focus()
        self.screen_changed.emit(name)
        return found

    def open_sheet(self, name: str) -> View[Any]:
        """Show a sheet; over another sheet it lies on top, and closing it brings the other back."""
        found = self.view(name)
        if not isinstance(found, SheetView):
            raise TypeError(f"{name} is a screen, not a sheet")
        shown = self._sheets.sheet
        if shown is not None and shown is not found:
            self._sheet_stack.append(shown)
        self._sheets.open(found)
        return found

    def close_sheet(self) -> None:
        """Close the top sheet and give the focus to what was under it."""
        self._sheets.close_sheet()
        if self._sheet_stack:
            self._sheets.open(self._sheet_stack.pop())
        else:
            current = self._stack.currentWidget()
            if isinstance(current, View):
                current.take_focus()

    def close_sheets(self) -> None:
        """Close all sheets."""
        self._sheet_stack.clear()
        self._sheets.close_sheet()

    def place_sheet(self) -> None:
        """Fit the sheet again after its content changed."""
        self._sheets.place()

    def active_view(self) -> View[Any] | None:
        """What scans and keys are for: the sheet if there is one, else the screen."""
        if self._sheets.sheet is not None:
            return self._sheets.sheet
        current = self._stack.currentWidget()
        return current if isinstance(current, View) else None

    def deliver_scan(self, text: object) -> None:
        """Give a scan to the active view; a key code presses its key there."""
        # Late: it brings much of the application along, and the log-in is painted before the first scan.
        from pos_app.ui import key_codes

        active = self.active_view()
        if active is None or not isinstance(text, str) or not text:
            return
        match key_codes.press(text, active, self.key_mark):
            case key_codes.KeyScan.OTHER:
                active.handle_scan(text)
            case key_codes.KeyScan.NOT_OURS:
                self.tell(good=False)
                self.toast(Notice(Tone.WARNING, "keys.not_ours"))
            case key_codes.KeyScan.PRESSED:
                pass  # whatever the key did is to be seen

    def show_header(self, state: HeaderState) -> None:
        """Draw the status bar."""
        self._header.show_state(state)

    def show_training(self, *, on: bool) -> None:
        """Show or hide the training band."""
        self._band.setVisible(on)

    def toast(self, notice: Notice) -> None:
        """Tell a fact that passes by itself."""
        self._toasts.show_notice(notice)

    def tell(self, *, good: bool) -> None:
        """Say yes or no by a flash and a sound."""
        self._flash.show_result(good=good)
        (sound.yes if good else sound.no)()

    def show_help(self) -> None:
        """Show the keys of what is in front."""
        active = self.active_view()
        if active is None or active is self._views.get("help"):
            return
        from pos_app.ui.screens.help.state import HelpState

        lines = tuple((entry.key, entry.words) for entry in active.key_help())
        sheet = self.view("help")
        sheet.render(HelpState(lines))
        self.open_sheet("help")

    # Language and theme

    def use_language(self, language: str) -> None:
        """Switch the language of everything."""
        if i18n.use(language):
            self._retranslate()
            self.language_changed.emit(language)

    def use_theme(self, name: str) -> None:
        """Switch the theme of everything."""
        app = QApplication.instance()
        if isinstance(app, QApplication):
            theme.apply(app, name)
            self.theme_changed.emit(theme.tokens().name)

    def _retranslate(self) -> None:
        self.setWindowTitle(self.tr("Guitai"))

    def allow_close(self) -> None:
        """Let the next attempt to close the window succeed, and close it."""
        self._may_close = True
        self.close()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._sheets.place()
        self._toasts.place()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._may_close:
            event.accept()
            return
        event.ignore()
        self.close_requested.emit()
