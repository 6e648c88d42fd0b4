"""Benefits: what this bill gets and why, and everything a member can use, buy or get, each a touch away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pos_app.ui import theme
from pos_app.ui.screens.benefits import state as st
from pos_app.ui.screens.benefits.state import BenefitsState
from pos_app.ui.state import Phase
from pos_app.ui.widgets.base import KeyHelp
from pos_app.ui.widgets.buttons import Choice
from pos_app.ui.widgets.inputs import TextBox
from pos_app.ui.widgets.labels import label
from pos_app.ui.widgets.notices import InlineMessage
from pos_app.ui.widgets.numpad import NumPad
from pos_app.ui.widgets.rows import RowList
from pos_app.ui.widgets.sheet import SheetView

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

_TAB_KEYS = (Qt.Key.Key_F2, Qt.Key.Key_F3, Qt.Key.Key_F4, Qt.Key.Key_F5, Qt.Key.Key_F6, Qt.Key.Key_F7)


class BenefitsView(SheetView[BenefitsState]):
    """The sheet of F8.

    Signals:
        tab_requested: Another list; carries its key.
        row_requested: A row was touched, or chosen by Enter; carries its key.
        primary_requested: The button for the obvious thing.
        entry_requested: What was asked for; carries the text.
        explain_requested: Print why the bill is what it is.
    """

    tab_requested = Signal(object)
    row_requested = Signal(object)
    primary_requested = Signal()
    entry_requested = Signal(object)
    explain_requested = Signal()
    wanted_width = 860
    wanted_height = 640

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tabs = Choice(st.TABS)
        self._tabs.chosen.connect(self.tab_requested)
        self._list = RowList()
        self._list.activated.connect(self.row_requested)
        self._foot = label("strong", wrap=True)
        self._message = InlineMessage()
        self.column.addWidget(self._tabs)
        self.column.addWidget(self._list, 1)
        self.column.addWidget(self._build_ask(), 1)
        self.column.addWidget(self._foot)
        self.column.addWidget(self._message)
        self._back = self.add_button()
        self._explain = self.add_button()
        self._primary = self.add_button("primary", stretch=2)
        self._back.clicked.connect(self.back_requested)
        self._explain.clicked.connect(self.explain_requested)
        self._primary.clicked.connect(self._on_primary)
        self._asked: st.Ask | None = None
        self.retranslate()

    def _build_ask(self) -> QWidget:
        self._ask = QWidget()
        row = QHBoxLayout(self._ask)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.SPACE_4)
        left = QVBoxLayout()
        self._prompt = label("title", wrap=True)
        self._box = TextBox("amount", submits=True)
        self._box.submitted.connect(self._on_submitted)
        left.addStretch(1)
        left.addWidget(self._prompt)
        left.addWidget(self._box)
        left.addStretch(2)
        self._pad = NumPad(last=".", key_height=60, enter=False)
        self._pad.set_target(self._box)
        row.addLayout(left, 3)
        row.addWidget(self._pad, 2)
        self._ask.hide()
        return self._ask

    def retranslate(self) -> None:
        self.title.setText(self.tr("Benefits"))
        self._list.setAccessibleName(self.tr("Benefits"))
        self._name_tabs(())
        self._back.setText(self.tr("Back") + "   Esc")
        self._explain.setText(self.tr("Print reasons") + "   F10")

    def _name_tabs(self, counts: tuple[tuple[str, int], ...]) -> None:
        names = {
            st.SALE: self.tr("This sale"),
            st.COUPONS: self.tr("Coupons"),
            st.RECHARGE: self.tr("Top up"),
            st.REDEEM: self.tr("Gifts"),
            st.CARDS: self.tr("Cards"),
            st.TAKE_PART: self.tr("Take part"),
        }
        known = dict(counts)
        words = [f"{names[tab]} {known[tab]}" if known.get(tab) else names[tab] for tab in st.TABS]
        self._tabs.set_words(*(f"{text}  F{number}" for number, text in enumerate(words, 2)))

    def focus_home(self) -> None:
        if self._asked is not None:
            self._box.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._list.setFocus(Qt.FocusReason.OtherFocusReason)

    def key_help(self) -> tuple[KeyHelp, ...]:
        return (
            KeyHelp("F2–F7", self.tr("Another list")),
            KeyHelp("↑ ↓", self.tr("Mark a row")),
            KeyHelp("Enter", self.tr("Use, buy or get what is marked")),
            KeyHelp("F9", self.tr("Use what is best")),
            KeyHelp("F10", self.tr("Print reasons")),
            KeyHelp("Esc", self.tr("Back")),
        )

    def _draw(self, state: BenefitsState) -> None:
        self._tabs.select(state.tab)
        self._name_tabs(state.counts)
        self._list.placeholder.show_phase(
            state.phase if state.phase is not Phase.READY else Phase.EMPTY, state.empty, state.hint
        )
        self._list.set_rows(state.rows, state.phase if state.rows or state.phase is not Phase.READY else Phase.EMPTY)
        self._foot.setText(state.foot)
        self._foot.setVisible(bool(state.foot))
        self._message.show_notice(state.notice)
        self._message.setVisible(state.notice is not None)
        self._explain.setVisible(state.can_explain and state.ask is None)
        if state.ask is not None:
            self._primary.setText(self.tr("Go on") + "   Enter")
        else:
            self._primary.setText(f"{state.primary}   F9" if state.primary else "")
        self._primary.setVisible(bool(state.primary) or state.ask is not None)
        self._primary.setEnabled(state.primary_enabled or state.ask is not None)
        self._draw_ask(state.ask)

    def _draw_ask(self, ask: st.Ask | None) -> None:
        if ask == self._asked:
            return
        self._asked = ask
        self._list.setVisible(ask is None)
        self._tabs.setEnabled(ask is None)
        self._ask.setVisible(ask is not None)
        if ask is not None:
            self._prompt.setText(ask.prompt)
            self._box.setAccessibleName(ask.prompt)
            self._pad.setVisible(ask.is_amount)  # codes and reasons are no figures
            self._box.setText(ask.initial)
            self._box.selectAll()
        if self.isVisible():
            self.focus_home()

    def _on_submitted(self, text: object) -> None:
        self.entry_requested.emit(text)

    def _on_primary(self) -> None:
        if self._asked is not None:
            self.entry_requested.emit(self._box.text())
        else:
            self.primary_requested.emit()

    def _on_enter(self) -> None:
        if self._asked is not None:
            self.entry_requested.emit(self._box.text())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in _TAB_KEYS and self._asked is None:
            self.tab_requested.emit(st.TABS[_TAB_KEYS.index(key)])
            event.accept()
        elif key is Qt.Key.Key_F9 and self._primary.isVisible() and self._primary.isEnabled():
            self._on_primary()
            event.accept()
        elif key is Qt.Key.Key_F10 and self._explain.isVisible():
            self.explain_requested.emit()
            event.accept()
        else:
            super().keyPressEvent(event)
