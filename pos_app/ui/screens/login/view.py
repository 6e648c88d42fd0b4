"""The log-in: names on the left, a big PIN pad on the right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pos_app.ui import theme
from pos_app.ui.screens.login.state import LoginState, OlderCopy
from pos_app.ui.state import Phase
from pos_app.ui.widgets.base import ScreenView
from pos_app.ui.widgets.cards import Card
from pos_app.ui.widgets.labels import Elided, label
from pos_app.ui.widgets.notices import InlineMessage
from pos_app.ui.widgets.numpad import PinMessages, PinPad
from pos_app.ui.widgets.progress import Progress, ProgressLine
from pos_app.ui.widgets.rows import Row, RowList

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent


class LoginView(ScreenView[LoginState]):
    """Choose a name, type the PIN. A badge that is scanned chooses the name (``scanned``).

    Signals:
        staff_requested: A name was chosen; carries its key.
        login_requested: ``(key, pin)``.
        language_requested: The next language.
        theme_requested: The other theme.
        training_requested: Training mode on or off.
        quit_requested: Leave the program.
        retry_requested: Read the staff again.
        older_requested: Go on with books that are an older copy.
    """

    staff_requested = Signal(object)
    login_requested = Signal(object)
    language_requested = Signal()
    theme_requested = Signal()
    training_requested = Signal()
    quit_requested = Signal()
    retry_requested = Signal()
    older_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self.body)
        row.setContentsMargins(theme.SPACE_6, theme.SPACE_6, theme.SPACE_6, theme.SPACE_6)
        row.setSpacing(theme.SPACE_6)
        row.addStretch(1)
        row.addWidget(self._build_names())
        row.addWidget(self._build_pad())
        row.addStretch(1)
        self._language = self.bar.add("F2")
        self._theme = self.bar.add("F3")
        self._training = self.bar.add("F4")
        self._again = self.bar.add("F5")
        self._quit = self.bar.add("F12")
        self._again.clicked.connect(self.retry_requested)
        self._language.clicked.connect(self.language_requested)
        self._theme.clicked.connect(self.theme_requested)
        self._training.clicked.connect(self.training_requested)
        self._quit.clicked.connect(self.quit_requested)
        QWidget.setTabOrder(self._names, self._pad)
        self.retranslate()

    def _build_names(self) -> QWidget:
        side = QWidget()
        side.setFixedWidth(400)
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE_3)
        self._brand = label("brand")
        self._store = Elided("muted")
        column.addWidget(self._brand)
        column.addWidget(self._store)
        self._shift = label("strong", wrap=True)
        self._shift_card = Card()
        self._shift_card.column.addWidget(self._shift)
        self._coming_back = ProgressLine()
        column.addWidget(self._shift_card)
        column.addWidget(self._coming_back)
        self._names = RowList()
        self._names.activated.connect(self._on_name)
        self._names.current_changed.connect(self._on_current)
        self._names.placeholder_requested.connect(self._on_placeholder)
        column.addWidget(self._names, 1)
        self._version = label("small")
        column.addWidget(self._version)
        return side

    def _build_pad(self) -> QWidget:
        card = Card()
        card.setFixedWidth(400)
        card.column.setContentsMargins(theme.SPACE_6, theme.SPACE_6, theme.SPACE_6, theme.SPACE_6)
        self._who = Elided("title")
        self._who.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._message = InlineMessage(lines=2)
        self._pad = PinPad(key_height=72)
        self._pad.pin_entered.connect(self._on_pin)
        self._said = PinMessages(self._pad, self._message)
        card.column.addWidget(self._who)
        card.column.addWidget(self._message)
        card.column.addStretch(1)
        card.column.addWidget(self._pad)
        return card

    def retranslate(self) -> None:
        self._brand.setText(self.tr("Guitai"))
        self._message.show_hint(self.tr("Type your PIN. A badge with your number chooses the name."))
        self._language.setText(self.tr("中文", "offers the other language, in that language"))
        self._theme.setText(self.tr("Light / dark"))
        self._training.setText(self.tr("Training"))
        self._again.setText(self.tr("Try again"))
        self._quit.setText(self.tr("Quit"))
        self._names.setAccessibleName(self.tr("Who is at the till"))

    def focus_home(self) -> None:
        self._pad.setFocus(Qt.FocusReason.OtherFocusReason)

    def _draw(self, state: LoginState) -> None:
        self._store.show_text(state.store)
        agreeing = state.older is OlderCopy.AGREEING
        if agreeing:
            self._shift.setText(self.tr("Who agrees to going on with the older copy? Names and PINs are the copy's."))
        elif state.shift_open_by:
            text = self.tr("Open shift: {name}, since {time}")
            self._shift.setText(text.format(name=state.shift_open_by, time=state.shift_open_since))
        else:
            self._shift.setText(self.tr("No shift is open."))
        # Nothing is known of shifts while the books are shut.
        self._shift_card.setVisible(agreeing or (state.phase is not Phase.FAILED and state.coming_back is None))
        self._again.setVisible(state.older is not OlderCopy.NONE)
        self._coming_back.setVisible(state.coming_back is not None)
        self._coming_back.show_progress(self.tr("The books are coming back"), state.coming_back or Progress())
        self._version.setText(self.tr("Version {version}").format(version=state.version) if state.version else "")
        self._draw_names(state)
        chosen = next((s for s in state.staff if s.key == state.selected), None)
        self._who.show_text(chosen.name if chosen else self.tr("Who is at the till?"))
        said = self._said.show_notice(state.notice)
        was_enabled = self._pad.isEnabled()
        self._pad.setEnabled(chosen is not None and not state.locked and not state.checking)
        if self._pad.isEnabled() and not was_enabled and self.isVisible():
            # Qt moved the focus on when the pad was switched off.
            self.focus_home()
        if said:
            self._pad.clear()

    def _draw_names(self, state: LoginState) -> None:
        roles = {
            "manager": self.tr("Store manager"),
            "supervisor": self.tr("Supervisor"),
            "cashier": self.tr("Cashier"),
        }
        rows = [Row(s.key, s.name, roles.get(s.role, s.role)) for s in state.staff]
        holder = self._names.placeholder
        if state.older is OlderCopy.FOUND:
            holder.show_phase(
                Phase.FAILED,
                self.tr("These books are an older copy."),
                self.tr(
                    "This till has done more than they know: a backup was put in their place. Is there a newer copy?"
                    " Then put it back and try again. Or go on with this one, if the manager agrees: what was sold"
                    " after the copy was made is not in it. Head office keeps what it has of that; what nobody else"
                    " has is gone."
                ),
                self.tr("Go on with this copy"),
            )
        elif state.older is OlderCopy.AGREEING:
            holder.show_phase(
                Phase.EMPTY,
                self.tr("This copy knows nobody who may agree."),
                self.tr("Put another copy back, or call support."),
            )
        elif state.coming_back is not None:
            holder.show_phase(
                Phase.LOADING,
                self.tr("The books of the till before this one come back from head office."),
                self.tr("Selling begins when all are here. If the line breaks, what came is kept."),
                sign="sync",
            )
        elif state.phase is not Phase.READY and state.coming:
            holder.show_phase(
                Phase.LOADING,
                self.tr("The staff come in from head office."),
                self.tr("In a moment; head office is asked again and again."),
            )
        elif state.phase is Phase.LOADING:
            holder.show_phase(state.phase, self.tr("Reading the staff…"))
        elif state.phase is Phase.FAILED:
            holder.show_phase(
                state.phase,
                self.tr("The staff could not be read."),
                self.tr("The till's data did not open. Try again; if it stays so, call support."),
                self.tr("Try again"),
            )
        else:
            holder.show_phase(
                Phase.EMPTY,
                self.tr("Nobody is known here yet."),
                self.tr("Set the till up, or join it to head office."),
            )
        blocked = self._names.blockSignals(True)
        self._names.set_rows(rows, state.phase)
        self._names.select(state.selected)
        self._names.blockSignals(blocked)

    def _on_placeholder(self) -> None:
        older = self._state is not None and self._state.older is OlderCopy.FOUND
        (self.older_requested if older else self.retry_requested).emit()

    def _on_name(self, key: object) -> None:
        self.staff_requested.emit(key)
        self.focus_home()

    def _on_current(self, key: object) -> None:
        if key is not None:
            self.staff_requested.emit(key)

    def _on_pin(self, pin: object) -> None:
        if self._state is not None and self._state.selected is not None:
            self.login_requested.emit((self._state.selected, pin))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # The focus stays on the pad: the arrows choose the name, the digits are the PIN.
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._names.step(-1 if event.key() == Qt.Key.Key_Up else 1)
            event.accept()
            return
        super().keyPressEvent(event)
