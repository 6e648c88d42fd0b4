"""Finding a member: one box, a list below it, arrows and Enter without leaving the box."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pos_app.ui import theme
from pos_app.ui.screens.member_search.state import MemberSearchState
from pos_app.ui.state import Phase
from pos_app.ui.widgets.inputs import TextBox
from pos_app.ui.widgets.notices import InlineMessage
from pos_app.ui.widgets.numpad import NumPad
from pos_app.ui.widgets.rows import Row, RowList
from pos_app.ui.widgets.sheet import SheetView


class MemberSearchView(SheetView[MemberSearchState]):
    """The sheet of F2. Searching happens while typing; the presenter decides how often.

    Signals:
        query_changed: The text of the box.
        choose_requested: Key of the member chosen.
        capture_requested: Sign a new member up; carries the text of the box (a phone number, perhaps).
        retry_requested: Search again.
    """

    query_changed = Signal(object)
    choose_requested = Signal(object)
    capture_requested = Signal(object)
    retry_requested = Signal()
    wanted_width = 880
    wanted_height = 600

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._box = TextBox("box", submits=True)
        self._box.textChanged.connect(self._on_edited)
        self._box.submitted.connect(self._on_choose)
        self._box.installEventFilter(self)
        self._list = RowList()
        self._list.activated.connect(self.choose_requested)
        self._list.placeholder_requested.connect(self.retry_requested)
        self._message = InlineMessage()
        self._pad = NumPad(last="", key_height=60, enter=False)
        self._pad.set_target(self._box)
        left = QVBoxLayout()
        left.setSpacing(theme.SPACE_2)
        left.addWidget(self._list, 1)
        left.addWidget(self._message)
        right = QVBoxLayout()
        right.addStretch(1)
        right.addWidget(self._pad)
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE_4)
        row.addLayout(left, 3)
        row.addLayout(right, 2)
        self.column.addWidget(self._box)
        self.column.addLayout(row, 1)
        self._back = self.add_button()
        self._capture = self.add_button()
        self._choose = self.add_button("primary", stretch=2)
        self._back.clicked.connect(self.back_requested)
        self._capture.clicked.connect(self._on_capture)
        self._choose.clicked.connect(self._on_choose)
        self.retranslate()

    def retranslate(self) -> None:
        self.title.setText(self.tr("Find a member"))
        self._box.setPlaceholderText(self.tr("Phone, last four digits, card, name or initials"))
        self._box.setAccessibleName(self.tr("Find a member"))
        self._back.setText(self.tr("Back") + "   Esc")
        self._capture.setText(self.tr("New member"))
        self._choose.setText(self.tr("Choose") + "   Enter")

    def focus_home(self) -> None:
        self._box.setFocus(Qt.FocusReason.OtherFocusReason)
        self._box.selectAll()

    def _draw(self, state: MemberSearchState) -> None:
        if self._box.text() != state.query and not self._box.hasFocus():
            self._box.setText(state.query)
        rows = []
        for one in state.found:
            visit = self.tr("Last visit {day}").format(day=one.last_visit) if one.last_visit else ""
            points = self.tr("{points} points").format(points=one.points.display())
            note = "  ·  ".join(p for p in (one.phone, one.status) if p)
            rows.append(
                Row(one.key, one.name, note, points, visit, one.tier, chip_rank=one.tier_rank, enabled=one.usable)
            )
        self._draw_placeholder(state)
        self._list.set_rows(rows, state.phase)
        self._choose.setEnabled(bool(rows) and state.phase is Phase.READY)
        self._message.show_notice(state.notice)
        hint = self.tr("There are more: type another digit or letter.") if state.more else self.tr("↑ ↓ choose")
        self._message.show_hint(hint if self._choose.isEnabled() else "")

    def _draw_placeholder(self, state: MemberSearchState) -> None:
        holder = self._list.placeholder
        if state.phase is Phase.LOADING:
            holder.show_phase(state.phase, self.tr("Searching…"), sign="search")
        elif state.phase is Phase.FAILED:
            holder.show_phase(
                state.phase,
                self.tr("Members cannot be read now."),
                self.tr("Selling goes on without a member."),
                self.tr("Try again"),
            )
        elif state.query:
            holder.show_phase(
                Phase.EMPTY,
                self.tr("No member found"),
                self.tr("Check the number, or sign the customer up in ten seconds."),
                sign="search",
            )
        else:
            holder.show_phase(Phase.EMPTY, self.tr("Type or scan"), self.tr("Four digits are enough."), sign="member")

    def _on_edited(self, text: str) -> None:
        # Not signal to signal: Qt has no conversion from its own string to a Python object.
        self.query_changed.emit(text)

    def _on_choose(self, _text: object = None) -> None:
        key = self._list.current_key()
        if key is not None and self._choose.isEnabled():
            self.choose_requested.emit(key)

    def _on_capture(self) -> None:
        self.capture_requested.emit(self._box.text().strip())

    def _on_enter(self) -> None:
        self._on_choose()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._box and isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
            step = steps.get(Qt.Key(event.key()))
            if step is not None:
                self._list.step(step)
                return True
        return super().eventFilter(watched, event)
