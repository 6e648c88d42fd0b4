"""Joining a head office: an address and a code, typed, pasted or scanned, and then the till belongs to it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from pos_app.application.enrolling import is_whole_code, read_invitation, written_code
from pos_app.ui import theme
from pos_app.ui.screens.join.state import JoinAsked, JoinPhase, JoinState
from pos_app.ui.widgets.base import KeyHelp
from pos_app.ui.widgets.cards import add_all
from pos_app.ui.widgets.form import Field
from pos_app.ui.widgets.inputs import TextBox
from pos_app.ui.widgets.labels import Sign, label
from pos_app.ui.widgets.letter_pad import LetterPad
from pos_app.ui.widgets.notices import InlineMessage
from pos_app.ui.widgets.progress import Progress, ProgressLine
from pos_app.ui.widgets.sheet import SheetView

#: Coming back and having joined are one page: only a part of its words changes.
_PAGES = {JoinPhase.ASKING: 0, JoinPhase.CALLING: 1, JoinPhase.COMING_BACK: 2, JoinPhase.JOINED: 2}


class JoinView(SheetView[JoinState]):
    """Address and code. Enter goes from box to box, then on; a scanned code fills both.

    Signals:
        join_requested: A :class:`JoinAsked`.
        again_requested: Go on fetching the books of the till before this one.
        done_requested: It was read that the till has joined.
    """

    wanted_width = 760
    wanted_height = 620
    join_requested = Signal(object)
    again_requested = Signal()
    done_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session: int | None = None
        self._pages = QStackedWidget()
        for page in (self._build_asking(), self._build_calling(), self._build_joined()):
            self._pages.addWidget(page)
        self._message = InlineMessage(lines=2)
        self.column.addWidget(self._pages, 1)
        self.column.addWidget(self._message)
        self._back = self.add_button()
        self._next = self.add_button("primary", stretch=2)
        self._back.clicked.connect(self.back_requested)
        self._next.clicked.connect(self._on_enter)
        self.retranslate()

    def _build_asking(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE_3)
        self._words = label("muted", wrap=True)
        self._address, self._code = Field(role="box"), Field(role="amount")
        self._address.box.setMaxLength(300)
        # Longer than a code: what is pasted or scanned into it may be address and code together.
        self._code.box.setMaxLength(300)
        for field in (self._address, self._code):
            field.box.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, on=False)
            field.box.focused.connect(self._on_box)
        self._address.box.textEdited.connect(self._on_address)
        self._code.box.textChanged.connect(self._on_code)
        self._pad = LetterPad()
        self._pad.set_target(self._address.box)
        add_all(column, self._words, self._address, self._code)
        column.addStretch(1)
        column.addWidget(self._pad)
        return page

    def _build_calling(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE_3)
        self._calling = label("title", wrap=True)
        self._calling_words = label("muted", wrap=True)
        column.addStretch(1)
        column.addWidget(Sign("sync", size=44, tone="accent"), 0, Qt.AlignmentFlag.AlignHCenter)
        for one in (self._calling, self._calling_words):
            one.setAlignment(Qt.AlignmentFlag.AlignCenter)
            column.addWidget(one)
        column.addStretch(1)
        return page

    def _build_joined(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE_3)
        head = QHBoxLayout()
        head.setSpacing(theme.SPACE_3)
        self._joined = label("title", wrap=True)
        self._sign = Sign("success", size=36, tone="success")
        head.addWidget(self._sign)
        head.addWidget(self._joined, 1)
        column.addLayout(head)
        self._hints = [label(wrap=True) for _ in range(4)]
        for hint in self._hints:
            column.addWidget(hint)
        self._coming_back, self._first_load = ProgressLine(), ProgressLine()
        add_all(column, self._coming_back, self._first_load)
        column.addStretch(1)
        return page

    def retranslate(self) -> None:
        self.title.setText(self.tr("Join a head office"))
        self._address.set_word(self.tr("Address of head office"))
        self._address.box.setPlaceholderText("192.168.1.20:8443")
        self._code.set_word(self.tr("One-time code, good for ten minutes"))
        self._code.box.setPlaceholderText("0000-0000-0000")
        self._calling.setText(self.tr("Head office is asked"))
        self._calling_words.setText(self.tr("It makes sure of the certificate first, then of the code."))
        self._back.setText(self.tr("Back"))

    def focus_home(self) -> None:
        state = self._state
        if state is None or state.phase is not JoinPhase.ASKING:
            self.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        first = self._code if state.bad_field == "code" or (self._address.text() and not state.bad_field) else None
        box = (first or self._address).box
        box.setFocus(Qt.FocusReason.OtherFocusReason)
        box.selectAll()

    def key_help(self) -> tuple[KeyHelp, ...]:
        return (KeyHelp("Enter", self.tr("To the next box, then join")), KeyHelp("Esc", self.tr("Back")))

    def handle_scan(self, text: str) -> None:
        if self._state is not None and self._state.phase is JoinPhase.ASKING:
            self._take_in(text)

    def _draw(self, state: JoinState) -> None:
        if state.session != self._session:
            self._session = state.session
            self._address.set_text(state.address)
            self._code.set_text(state.code)
        page = _PAGES[state.phase]
        turned = page != self._pages.currentIndex()
        self._pages.setCurrentIndex(page)
        self._words.setText(self._what_happens(state))
        self._address.show_bad(bad=state.bad_field == "address")
        self._code.show_bad(bad=state.bad_field == "code")
        self._message.show_notice(state.notice)
        self._message.setVisible(state.phase is JoinPhase.ASKING or state.is_cut)
        self._draw_joined(state)
        self._back.setVisible(state.phase is JoinPhase.ASKING)
        words = {JoinPhase.COMING_BACK: self.tr("Go on fetching"), JoinPhase.JOINED: self.tr("Begin")}
        self._next.setText(words.get(state.phase, self.tr("Join")))
        self._next.setEnabled(state.phase in (JoinPhase.ASKING, JoinPhase.JOINED) or state.is_cut)
        if self.isVisible() and (turned or state.bad_field):
            self.focus_home()

    def _what_happens(self, state: JoinState) -> str:
        if not state.worked_alone:
            return self.tr(
                "Head office makes the code for one till. Type both, or scan the square code it shows. You can sell"
                " at once; members and goods come in behind."
            )
        return self.tr(
            "The {count} records of this till go up and stay its own; members with the same phone become one. From"
            " then on goods, prices, rules and staff come from head office. This cannot be taken back."
        ).format(count=f"{state.records:,}")

    def _draw_joined(self, state: JoinState) -> None:
        self._joined.setText(
            self.tr("This is till {number} of {store}").format(number=state.till_number, store=state.store)
        )
        comes = state.phase is JoinPhase.COMING_BACK
        self._sign.show_sign(*(("sync", "accent") if comes else ("success", "success")))
        back, not_sent = self._before_words(state) if state.records_back else ("", "")
        hints = (
            back,
            not_sent,
            ""
            if comes
            else self.tr(
                "You can sell at once. A member who is not here yet is signed up by phone; both become one later."
            ),
            "" if comes else self.tr("Log in with the name and the PIN that head office gave you."),
        )
        for shown, words in zip(self._hints, hints, strict=True):
            shown.setText(words)
            shown.setVisible(bool(words))
        self._coming_back.setVisible(comes)
        self._coming_back.show_progress(
            self.tr("The books are coming back"), state.coming_back or Progress(whole=state.records_back)
        )
        self._first_load.setVisible(state.first_load is not None)
        self._first_load.show_progress(self.tr("Members and goods are coming in"), state.first_load or Progress())

    def _before_words(self, state: JoinState) -> tuple[str, str]:
        """Of a successor: what comes back, and what does not."""
        count = f"{state.records_back:,}"
        if state.phase is JoinPhase.COMING_BACK:
            back = self.tr(
                "It stands in for a till before it: {count} records come back from head office. Selling begins when"
                " all are here, because receipt numbers, shifts and closings go on from them. If the line breaks,"
                " what came is kept."
            ).format(count=count)
        else:
            back = self.tr("The {count} records of the till before it are back.").format(count=count)
        if not state.not_sent:
            return back, self.tr(
                "When head office last heard of that till, everything was sent. What it sold after that is not here:"
                " its receipts and its last sheet say what it was."
            )
        return back, self.tr(
            "Not sent by that till, as far as head office heard: {count} records. They are not here. Give its receipts"
            " and its last sheet to whoever keeps the books. If the machine turns up, do not sell with it: export"
            " its journal, and give head office the file."
        ).format(count=f"{state.not_sent:,}")

    def _on_enter(self) -> None:
        state = self._state
        if state is None or state.phase is JoinPhase.CALLING:
            return
        if state.phase is JoinPhase.COMING_BACK:
            if state.is_cut:
                self.again_requested.emit()
            return
        if state.phase is JoinPhase.JOINED:
            self.done_requested.emit()
            return
        for field in (self._address, self._code):
            if not field.text():
                # Enter goes from box to box until nothing is missing.
                field.box.setFocus(Qt.FocusReason.OtherFocusReason)
                return
        self.join_requested.emit(JoinAsked(self._address.text(), self._code.text()))

    def _on_escape(self) -> None:
        if self._state is None or self._state.phase is JoinPhase.ASKING:
            self.back_requested.emit()
        elif self._state.phase is JoinPhase.JOINED:
            self.done_requested.emit()

    def _on_box(self, box: object) -> None:
        if isinstance(box, TextBox):
            self._pad.set_target(box)

    def _on_address(self, text: str) -> None:
        if read_invitation(text) is not None:
            self._take_in(text)

    def _on_code(self, text: str) -> None:
        if read_invitation(text) is not None:
            self._take_in(text)
            return
        written = written_code(text)
        if written != text:
            box = self._code.box
            at_end = box.cursorPosition() == len(text)
            left = len(written_code(text[: box.cursorPosition()]))
            box.setText(written)
            box.setCursorPosition(len(written) if at_end else min(left, len(written)))

    def _take_in(self, text: str) -> None:
        """Fill the boxes from what was scanned or pasted: both, or the code alone."""
        found = read_invitation(text)
        if found is not None:
            self._address.set_text(found.address)
            self._code.set_text(found.code)
        elif is_whole_code(text):
            self._code.set_text(written_code(text))
        else:
            self._address.set_text(text.strip())
        self._code.box.setFocus(Qt.FocusReason.OtherFocusReason)
