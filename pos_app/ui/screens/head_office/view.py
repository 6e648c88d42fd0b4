"""The line to head office: one glance at how it stands, and for a manager what waits for them."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from pos_app.ui import theme
from pos_app.ui.screens.head_office.state import HeadOfficeState
from pos_app.ui.widgets.base import KeyHelp
from pos_app.ui.widgets.cards import Pair, add_all
from pos_app.ui.widgets.concern_list import ConcernList
from pos_app.ui.widgets.labels import Sign, label, rule
from pos_app.ui.widgets.notices import InlineMessage
from pos_app.ui.widgets.progress import ProgressLine
from pos_app.ui.widgets.sheet import SheetView

_SIGNS = {
    "alone": ("neutral", "muted"),
    "offline": ("offline", "warning"),
    "catching_up": ("sync", "accent"),
    "current": ("success", "success"),
    "attention": ("warning", "warning"),
}


class HeadOfficeView(SheetView[HeadOfficeState]):
    """How the line stands. Enter asks head office now, Esc goes back to work.

    Signals:
        sync_requested: Send and fetch now.
        join_requested: This till shall belong to a head office.
        days_requested: See the closed days.
    """

    wanted_width = 720
    sync_requested = Signal()
    join_requested = Signal()
    days_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        head = QHBoxLayout()
        head.setSpacing(theme.SPACE_3)
        self._sign = Sign(size=28)
        self._line = label("figure", wrap=True)
        head.addWidget(self._sign)
        head.addWidget(self._line, 1)
        self.column.addLayout(head)
        self._meaning = label("muted", wrap=True)
        self._as_of, self._waiting, self._behind = Pair(), Pair(), Pair()
        self._sending, self._first_load = ProgressLine(), ProgressLine()
        self._message = InlineMessage(lines=2)
        self._heading = label("section")
        self._none = label("muted", wrap=True)
        self._concerns = ConcernList()
        self._concerns.setMinimumHeight(200)
        self._rule = rule()
        add_all(self.column, self._meaning, rule(), self._as_of, self._waiting, self._behind)
        add_all(self.column, self._sending, self._first_load, self._message)
        add_all(self.column, self._rule, self._heading, self._none)
        self.column.addWidget(self._concerns, 1)
        self._back = self.add_button()
        self._days = self.add_button()
        self._join = self.add_button("primary")
        self._now = self.add_button("primary", stretch=2)
        self._back.clicked.connect(self.back_requested)
        self._days.clicked.connect(self.days_requested)
        self._join.clicked.connect(self.join_requested)
        self._now.clicked.connect(self.sync_requested)
        self.retranslate()

    def retranslate(self) -> None:
        self.title.setText(self.tr("Head office"))
        self._as_of.set_word(self.tr("Balances and goods as of"))
        self._waiting.set_word(self.tr("Records to be sent"))
        self._behind.set_word(self.tr("Changes to be fetched"))
        self._heading.setText(self.tr("FOR THE MANAGER"))
        self._none.setText(self.tr("Nothing waits for you."))
        self._back.setText(self.tr("Back"))
        self._days.setText(self.tr("Closed days"))
        self._join.setText(self.tr("Join a head office"))
        self._now.setText(self.tr("Sync now"))

    def key_help(self) -> tuple[KeyHelp, ...]:
        return (KeyHelp("Enter", self.tr("Sync now")), KeyHelp("Esc", self.tr("Back")))

    def _draw(self, state: HeadOfficeState) -> None:
        self._sign.show_sign(*_SIGNS.get(state.line, _SIGNS["alone"]))
        line, meaning = self._line_words(state.line)
        self._line.setText(line)
        self._meaning.setText(meaning)
        joined = state.line != "alone"
        for pair in (self._as_of, self._waiting, self._behind):
            pair.setVisible(joined)
        self._as_of.figure.setText(state.as_of or "–")
        self._waiting.figure.setText(f"{state.waiting:,}")
        self._behind.figure.setText(f"{state.behind:,}")
        for shown, progress, words in (
            (self._sending, state.sending, self.tr("Sending")),
            (self._first_load, state.first_load, self.tr("Members and goods are coming in")),
        ):
            shown.setVisible(progress is not None)
            if progress is not None:
                shown.show_progress(words, progress)
        self._message.setVisible(state.reason is not None)
        self._message.show_notice(state.reason)
        manager = joined and state.is_manager
        for widget in (self._rule, self._heading, self._days):
            widget.setVisible(manager)
        self._none.setVisible(manager and not state.concerns)
        self._concerns.setVisible(manager and bool(state.concerns))
        self._concerns.show_concerns(state.concerns)
        self._join.setVisible(state.can_join)
        self._now.setVisible(joined)
        self._now.setEnabled(not state.busy)

    def _line_words(self, line: str) -> tuple[str, str]:
        words = {
            "alone": (
                self.tr("This till works by itself"),
                self.tr("It belongs to no head office: all books, members and goods are kept here."),
            ),
            "offline": (
                self.tr("Offline: selling goes on"),
                self.tr("Serve customers as always. What is sold goes up by itself when the line is back."),
            ),
            "catching_up": (
                self.tr("Catching up with head office"),
                self.tr("Serve customers as always; this goes on behind the counter."),
            ),
            "current": (
                self.tr("In step with head office"),
                self.tr("What is sold here is there, and what was changed there is here."),
            ),
            "attention": (
                self.tr("Head office has something for the manager"),
                self.tr("Serve customers as always, unless it says otherwise below. The manager sees to it."),
            ),
        }
        return words.get(line, words["alone"])

    def _on_enter(self) -> None:
        if self._now.isVisible() and self._now.isEnabled():
            self.sync_requested.emit()
        elif self._join.isVisible():
            self.join_requested.emit()
