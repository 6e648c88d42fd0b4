"""What every screen and every sheet has in common."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pos_app.ui import i18n
from pos_app.ui.widgets.action_bar import ActionBar

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

StateT = TypeVar("StateT")


@dataclass(frozen=True, slots=True)
class KeyHelp:
    """One line of the key help.

    Attributes:
        key: The key as printed on keyboards.
        words: What it does here.
    """

    key: str
    words: str


class View(QWidget, Generic[StateT]):
    """A passive view: draws a frozen state, says what a person wants, knows nothing else.

    Subclasses build their widgets in ``__init__``, put their words in :meth:`retranslate` and draw in :meth:`_draw`.
    ``retranslate`` runs once after construction (by the subclass) and at every change of language, after which the
    last state is drawn again.

    Signals:
        back_requested: One step back (Esc). Nothing is lost by it.
        scanned: A code arrived while this view was active; carries the text.
    """

    back_requested = Signal()
    scanned = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state: StateT | None = None
        self._worded_in = i18n.current()

    def render(self, state: StateT) -> None:  # type: ignore[override]
        """Draw a state; Qt's own ``render``, which paints into a device, is not needed here."""
        self._state = state
        if self._worded_in != i18n.current():
            # Qt tells a view of another language by a posted event, which may come after it is drawn.
            self._worded_in = i18n.current()
            self.retranslate()
        self._draw(state)
        if self.window().focusWidget() is self:  # also while the window is not the active one
            # Home was hidden when this view was shown (an empty list, say); now it may be there.
            self.focus_home()

    def take_focus(self) -> None:
        """Put the focus home, or, where home is hidden, on the view itself: never leave it behind the view."""
        self.focus_home()
        # The window's, not the application's: that has none while the window is not active yet.
        if not self.isAncestorOf(self.window().focusWidget()):
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def state(self) -> StateT | None:
        """The state drawn last."""
        return self._state

    def handle_scan(self, text: str) -> None:
        """Take a scan; the scan router calls this on the active view."""
        self.scanned.emit(text)

    def focus_home(self) -> None:
        """Put the focus where typing belongs."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def key_help(self) -> tuple[KeyHelp, ...]:
        """The keys of this view, for F1."""
        return ()

    def retranslate(self) -> None:
        """Set every word that does not depend on the state."""

    def _draw(self, state: StateT) -> None:
        raise NotImplementedError

    def _on_enter(self) -> None:
        """Enter: the obvious next thing."""

    def _on_escape(self) -> None:
        self.back_requested.emit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._worded_in = i18n.current()
            self.retranslate()
            if self._state is not None:
                self._draw(self._state)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key == Qt.Key.Key_Escape:
            self._on_escape()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not event.isAutoRepeat():
                self._on_enter()
        else:
            super().keyPressEvent(event)
            return
        event.accept()


class ScreenView(View[StateT]):
    """A view that fills the window, with its keys at the foot.

    Attributes:
        body: Where the subclass puts its widgets.
        bar: Its keys.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "window")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.body = QWidget()
        self.bar = ActionBar()
        column.addWidget(self.body, 1)
        column.addWidget(self.bar)

    def key_help(self) -> tuple[KeyHelp, ...]:
        return tuple(KeyHelp(b.key_name, b.text()) for b in self.bar.buttons() if not b.isHidden())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.bar.press(event):
            event.accept()
            return
        super().keyPressEvent(event)
