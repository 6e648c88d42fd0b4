"""Pads for fingers: one for figures, one for the PIN."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPointF, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QGridLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from pos_app.ui import theme
from pos_app.ui.state import Notice, Tone
from pos_app.ui.widgets.buttons import Button, SignButton

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QPaintEvent

    from pos_app.ui.widgets.notices import InlineMessage

PIN_MIN = 4
PIN_MAX = 8


class NumPad(QWidget):
    """Digits that type into a box.

    Signals:
        entered: The Enter key of the pad.
    """

    entered = Signal()

    def __init__(
        self, *, last: str = ".", key_height: int = 56, enter: bool = True, parent: QWidget | None = None
    ) -> None:
        """Make a pad.

        Args:
            last: What the key beside zero types: ``.`` for amounts, ``00`` for counts, empty for none.
            key_height: Height of one key in px.
            enter: Whether the pad has an Enter key of its own.
            parent: Owner.
        """
        super().__init__(parent)
        self._target: QLineEdit | None = None
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(theme.SPACE_2)
        for number, text in enumerate(("7", "8", "9", "4", "5", "6", "1", "2", "3")):
            grid.addWidget(self._key(text, key_height), number // 3, number % 3)
        grid.addWidget(self._key("0", key_height), 3, 0, 1, 1 if last else 2)
        if last:
            grid.addWidget(self._key(last, key_height), 3, 1)
        self._back = SignButton("backspace")
        self._back.setMinimumHeight(key_height)
        self._back.setAutoRepeat(True)
        self._back.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._back.clicked.connect(self._on_back)
        grid.addWidget(self._back, 3, 2)
        self._enter = Button("primary", parent=self)
        self._enter.setMinimumHeight(key_height)
        self._enter.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._enter.clicked.connect(self.entered)
        self._enter.setVisible(enter)
        if enter:
            grid.addWidget(self._enter, 4, 0, 1, 3)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._retranslate()

    def set_target(self, target: QLineEdit) -> None:
        """Choose the box the digits go to."""
        self._target = target

    def set_enter_words(self, words: str) -> None:
        """Name the Enter key after what it does here."""
        self._enter.setText(words)

    def set_enter_enabled(self, *, enabled: bool) -> None:
        """Allow or forbid the Enter key."""
        self._enter.setEnabled(enabled)

    def _key(self, text: str, height: int) -> Button:
        key = Button("pad")
        key.setText(text)
        key.setMinimumHeight(height)
        # Keyboards have these keys already: Tab need not stop at each of them.
        key.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        key.clicked.connect(self._on_key)
        return key

    def _on_key(self) -> None:
        sender = self.sender()
        if self._target is not None and isinstance(sender, Button):
            self._target.insert(sender.text())

    def _on_back(self) -> None:
        if self._target is not None:
            self._target.backspace()

    def _retranslate(self) -> None:
        self._back.name(self.tr("Delete the last digit"))
        if not self._enter.text():
            self._enter.setText("Enter")

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()


class _Dots(QWidget):
    """How many digits of the PIN were typed, never which."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.count = 0
        self.setFixedHeight(36)

    def sizeHint(self) -> QSize:
        return QSize(200, 36)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        t = theme.tokens()
        places = max(PIN_MIN, self.count)
        step = 28
        left = (self.width() - (places - 1) * step) / 2
        for place in range(places):
            filled = place < self.count
            painter.setPen(theme.color(t.accent if filled else t.control))
            painter.setBrush(theme.color(t.accent) if filled else Qt.BrushStyle.NoBrush)
            painter.drawEllipse(QPointF(left + place * step, self.height() / 2), 7, 7)
        painter.end()


class PinPad(QWidget):
    """Takes a PIN by finger or keyboard. The digits live here only until they are handed over.

    Signals:
        pin_entered: The PIN as text, at Enter.
        too_short: Enter before there were digits enough; what was typed stays.
        typed: A digit came or went by hand.
    """

    pin_entered = Signal(object)
    too_short = Signal()
    typed = Signal()

    def __init__(self, *, key_height: int = 60, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._digits = ""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, on=False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE_3)
        self._dots = _Dots()
        column.addWidget(self._dots)
        grid = QGridLayout()
        grid.setSpacing(theme.SPACE_2)
        self._keys: list[Button] = []
        for number, text in enumerate(("1", "2", "3", "4", "5", "6", "7", "8", "9")):
            grid.addWidget(self._key(text, key_height), number // 3, number % 3)
        self._back = SignButton("backspace")
        self._back.setMinimumHeight(key_height)
        self._back.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._back.clicked.connect(self._on_back)
        grid.addWidget(self._back, 3, 0)
        grid.addWidget(self._key("0", key_height), 3, 1)
        self._enter = Button("primary")
        self._enter.setMinimumHeight(key_height)
        self._enter.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._enter.clicked.connect(self._on_enter)
        grid.addWidget(self._enter, 3, 2)
        column.addLayout(grid)
        self._retranslate()
        self._show()

    def clear(self) -> None:
        """Forget what was typed."""
        self._digits = ""
        self._show()

    def _key(self, text: str, height: int) -> Button:
        key = Button("pad")
        key.setText(text)
        key.setMinimumHeight(height)
        key.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        key.clicked.connect(self._on_key)
        self._keys.append(key)
        return key

    def _on_key(self) -> None:
        sender = self.sender()
        if isinstance(sender, Button):
            self._type(sender.text())

    def _type(self, digit: str) -> None:
        if len(self._digits) < PIN_MAX:
            self._digits += digit
            self._show()
        self.typed.emit()

    def _on_back(self) -> None:
        self._digits = self._digits[:-1]
        self._show()
        self.typed.emit()

    def _on_enter(self) -> None:
        if len(self._digits) >= PIN_MIN:
            pin = self._digits
            self.clear()
            self.pin_entered.emit(pin)
        else:
            self.too_short.emit()

    def _show(self) -> None:
        self._dots.count = len(self._digits)
        self._dots.update()
        self._enter.setEnabled(self.isEnabled() and len(self._digits) >= PIN_MIN)

    def _retranslate(self) -> None:
        self._back.name(self.tr("Delete the last digit"))
        self._enter.setText(self.tr("OK"))
        self.setAccessibleName(self.tr("PIN"))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        elif event.type() == QEvent.Type.EnabledChange:
            self._show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        text = event.text()
        if len(text) == 1 and text in "0123456789":
            self._type(text)
        elif event.key() == Qt.Key.Key_Backspace:
            self._on_back()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not event.isAutoRepeat():
                self._on_enter()
        else:
            super().keyPressEvent(event)
            return
        event.accept()


class PinMessages(QObject):
    """What stands above a PIN pad: too few digits are said, and an error is gone once typing begins again."""

    def __init__(self, pad: PinPad, message: InlineMessage) -> None:
        super().__init__(pad)
        self._message = message
        self._notice: Notice | None = None
        self._read: Notice | None = None
        pad.too_short.connect(self._on_too_short)
        pad.typed.connect(self._on_typed)

    def show_notice(self, notice: Notice | None) -> bool:
        """Show a notice unless it was read already. Returns whether there is one shown."""
        self._notice = None if notice is self._read else notice
        self._message.show_notice(self._notice)
        return self._notice is not None

    def _on_too_short(self) -> None:
        details = {"least": PIN_MIN, "most": PIN_MAX}
        self._message.show_notice(Notice(Tone.DANGER, "pin.too_weak", details))

    def _on_typed(self) -> None:
        if self._notice is not None and self._notice.tone is Tone.DANGER:
            self._read, self._notice = self._notice, None
        self._message.show_notice(self._notice)
