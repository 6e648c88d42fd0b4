"""Ending the day on one screen: the steps down the side, what is to be done or what came of it beside them."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from pos_app.ui import theme
from pos_app.ui.screens.end_of_day.result import ResultPage
from pos_app.ui.screens.end_of_day.state import EndOfDayState, Page, Verdict
from pos_app.ui.screens.end_of_day.steps import StepsCard
from pos_app.ui.screens.end_of_day.words import VERDICT_SIGNS, day_note, verdict_chip
from pos_app.ui.state import Phase
from pos_app.ui.widgets.base import KeyHelp, ScreenView
from pos_app.ui.widgets.cards import Card, add_all, centred
from pos_app.ui.widgets.count import CountPage
from pos_app.ui.widgets.labels import label
from pos_app.ui.widgets.notices import InlineMessage
from pos_app.ui.widgets.progress import Progress, ProgressLine
from pos_app.ui.widgets.rows import Row, RowList

#: Wider, a figure and its name are too far apart for the eye.
_WIDTH = 1200


class EndOfDayView(ScreenView[EndOfDayState]):
    """One key begins, Enter does the obvious next thing, and nothing has to be waited for.

    Signals:
        begin_requested: End the day.
        close_requested: The count: a tuple of (face value in fen, pieces), only faces with pieces.
        count_changed: Something else is counted now.
        skip_requested: Do not wait for head office.
        retry_requested: Ask head office again.
        print_requested: Print the sheet again.
        report_requested: See the whole Z report.
        days_requested: See the closed days.
        day_requested: Look at one of them; carries its Z report's record.
        done_requested: The end; leave the till.
    """

    begin_requested = Signal()
    close_requested = Signal(object)
    count_changed = Signal()
    skip_requested = Signal()
    retry_requested = Signal()
    print_requested = Signal()
    report_requested = Signal()
    days_requested = Signal()
    day_requested = Signal(object)
    done_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session: int | None = None
        outer = centred(self.body, _WIDTH)
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE_3)
        self._steps = StepsCard()
        self._pages = QStackedWidget()
        self._count = CountPage(side_width=300, key_height=50)
        self._count.changed.connect(self._on_changed)
        self._count.changed.connect(self.count_changed)
        self._count.finished.connect(self._on_finished)
        self._result = ResultPage()
        self._days = RowList()
        self._days.activated.connect(self.day_requested)
        for page in (self._build_begin(), self._count, self._build_working(), self._result, self._days):
            self._pages.addWidget(page)
        row.addWidget(self._steps)
        row.addWidget(self._pages, 1)
        outer.addLayout(row, 1)
        self._message = InlineMessage(lines=1)
        outer.addWidget(self._message)
        self._build_bar()
        self.retranslate()

    def _build_begin(self) -> QWidget:
        card = Card()
        card.column.setContentsMargins(theme.SPACE_6, theme.SPACE_6, theme.SPACE_6, theme.SPACE_6)
        card.column.setSpacing(theme.SPACE_4)
        self._begin_title = label("brand")
        self._begin_lines = [label(wrap=True) for _ in range(3)]
        add_all(card.column, self._begin_title, *self._begin_lines)
        card.column.addStretch(1)
        return card

    def _build_working(self) -> QWidget:
        card = Card()
        card.column.setContentsMargins(theme.SPACE_6, theme.SPACE_6, theme.SPACE_6, theme.SPACE_6)
        card.column.setSpacing(theme.SPACE_4)
        self._working_title = label("brand")
        self._working = ProgressLine()
        self._working_words = label("muted", wrap=True)
        add_all(card.column, self._working_title, self._working, self._working_words)
        card.column.addStretch(1)
        return card

    def _build_bar(self) -> None:
        self._back = self.bar.add("Esc")
        self._print = self.bar.add("F8")
        self._report = self.bar.add("F4")
        self._list = self.bar.add("F6")
        self._retry = self.bar.add("F5")
        self._close = self.bar.add("F9", "primary", stretch=2)
        self._next = self.bar.add("Enter", "primary", stretch=2)
        self._back.clicked.connect(self.back_requested)
        self._print.clicked.connect(self.print_requested)
        self._report.clicked.connect(self.report_requested)
        self._list.clicked.connect(self.days_requested)
        self._retry.clicked.connect(self.retry_requested)
        self._close.clicked.connect(self._on_close)
        self._next.clicked.connect(self._on_next)

    def retranslate(self) -> None:
        self._working_title.setText(self.tr("Sending and fetching"))
        self._back.setText(self.tr("Back"))
        self._print.setText(self.tr("Print again"))
        self._report.setText(self.tr("Z report"))
        self._list.setText(self.tr("Closed days"))
        self._retry.setText(self.tr("Ask again"))
        self._close.setText(self.tr("Close the shift"))

    def focus_home(self) -> None:
        page = self._state.page if self._state is not None else Page.BEGIN
        if page is Page.COUNT:
            self._count.card.begin()
        elif page is Page.DAYS:
            self._days.setFocus(Qt.FocusReason.OtherFocusReason)
        elif page is Page.RESULT:
            self._result.area.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            super().focus_home()

    def key_help(self) -> tuple[KeyHelp, ...]:
        page = self._state.page if self._state is not None else Page.BEGIN
        keys = super().key_help()
        if page is Page.COUNT:
            return (KeyHelp("Enter  ↑  ↓", self.tr("Next or previous face value")), *keys)
        return (KeyHelp("↑  ↓", self.tr("Scroll")), *keys) if page in (Page.RESULT, Page.DAYS) else keys

    def _draw(self, state: EndOfDayState) -> None:
        fresh = state.page.value != self._pages.currentIndex() or state.session != self._session
        if state.session != self._session:
            self._session = state.session
            self._count.card.clear()
        self._steps.show_state(state)
        self._steps.setVisible(state.page is not Page.DAYS and not state.is_former)
        self._pages.setCurrentIndex(state.page.value)
        self._message.show_notice(state.notice)
        self._draw_page(state)
        self._draw_bar(state)
        if fresh and self.isVisible():
            self.focus_home()

    def _draw_page(self, state: EndOfDayState) -> None:
        if state.page is Page.BEGIN:
            self._draw_begin(state)
        elif state.page is Page.COUNT:
            title = self.tr("Close shift {number}").format(number=state.shift_number)
            self._count.show_shift(title, state.cashier, state.since)
            self._count.card.show_faces(state.faces)
            self._count.card.setEnabled(not state.busy)
            self._message.show_hint(
                self.tr("Count every note and coin in the drawer. What should be there is shown afterwards.")
            )
        elif state.page is Page.WORKING:
            self._draw_working(state)
        elif state.page is Page.RESULT:
            self._result.show_state(state)
        else:
            self._draw_days(state)
        if state.page is not Page.COUNT:
            self._message.show_hint("")

    def _draw_begin(self, state: EndOfDayState) -> None:
        closing = state.z_number is not None
        self._begin_title.setText(self.tr("The day is being closed") if closing else self.tr("End the day"))
        first = self.tr("No shift is open: the drawer is counted already.")
        if state.shift_number is not None:
            first = self.tr("Shift {number} of {name} is open since {since}. Its drawer is counted first.").format(
                number=state.shift_number, name=state.cashier, since=state.since
            )
        last = ""
        if state.joined:
            last = self.tr(
                "Then the till sends what head office has not yet and compares the day with it, figure by figure."
                " Without a line the day closes all the same, and this is made up for by itself."
            )
        words = (first, self.tr("The Z report closes the day: it is numbered and final."), last)
        for line, text in zip(self._begin_lines, words, strict=True):
            line.setText(text)
            line.setVisible(bool(text))

    def _draw_working(self, state: EndOfDayState) -> None:
        if state.deciding:
            words = self.tr("Head office has everything and books it")
        elif state.progress.percent is None:
            words = self.tr("Head office is asked")
        else:
            words = self.tr("Records sent")
        self._working.show_progress(words, Progress() if state.deciding else state.progress)
        self._working_words.setText(
            self.tr(
                "Z {number} is closed and safe in this till. Nothing is lost by not waiting: what is left goes on by"
                " itself, and the sheet says what it was."
            ).format(number=state.z_number)
        )

    def _draw_days(self, state: EndOfDayState) -> None:
        rows = []
        for day in state.days:
            title = self.tr("Z {number}").format(number=day.z_number)
            chip = verdict_chip(day.verdict)
            tone = "muted" if day.verdict is Verdict.ALONE else VERDICT_SIGNS[day.verdict][1]
            note = day_note(day.verdict, day.asked)
            rows.append(Row(day.seq, f"{day.date}  ·  {title}", note, chip=chip, chip_tone=tone))
        holder = self._days.placeholder
        if state.days_phase is Phase.FAILED:
            holder.show_phase(Phase.FAILED, self.tr("The closed days cannot be read"))
        elif state.days_phase is Phase.LOADING:
            holder.show_phase(Phase.LOADING, self.tr("Reading"))
        else:
            holder.show_phase(Phase.EMPTY, self.tr("No day is closed yet"))
        self._days.set_rows(rows, state.days_phase)

    def _draw_bar(self, state: EndOfDayState) -> None:
        page = state.page
        result = page is Page.RESULT
        self._back.setVisible(page in (Page.BEGIN, Page.COUNT, Page.DAYS) or state.is_former)
        self._print.setVisible(result and state.can_print)
        self._report.setVisible(result)
        self._list.setVisible(page is Page.BEGIN or (result and not state.is_former))
        self._retry.setVisible(result and state.can_retry)
        self._close.setVisible(page is Page.COUNT)
        words = {
            Page.BEGIN: self.tr("End the day"),
            Page.WORKING: self.tr("Do not wait"),
            Page.RESULT: self.tr("Done, log out"),
            Page.DAYS: self.tr("Look at this day"),
        }
        self._next.setVisible(page in words and not (result and state.is_former))
        self._next.setText(words.get(page, ""))
        self._next.setEnabled(not state.busy and not (page is Page.DAYS and not state.days))
        for one in (self._print, self._report, self._list, self._retry, self._back):
            one.setEnabled(not state.busy)
        self._on_changed()

    def _on_changed(self) -> None:
        busy = self._state is not None and self._state.busy
        self._close.setEnabled(not self._count.card.is_empty and not busy)

    def _on_finished(self) -> None:
        if self._close.isEnabled():
            self._close.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_close(self) -> None:
        if self._close.isEnabled():
            self.close_requested.emit(self._count.card.pieces())

    def _on_next(self) -> None:
        page = self._state.page if self._state is not None else Page.BEGIN
        if page is Page.BEGIN:
            self.begin_requested.emit()
        elif page is Page.WORKING:
            self.skip_requested.emit()
        elif page is Page.DAYS:
            key = self._days.current_key()
            if key is not None:
                self.day_requested.emit(key)
        elif page is Page.RESULT:
            self.done_requested.emit()

    def _on_escape(self) -> None:
        page = self._state.page if self._state is not None else Page.BEGIN
        if page is Page.WORKING:
            self.skip_requested.emit()
        elif page is Page.RESULT and self._state is not None and not self._state.is_former:
            self.done_requested.emit()
        else:
            self.back_requested.emit()
