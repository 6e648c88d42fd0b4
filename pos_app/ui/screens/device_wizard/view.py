"""The wizard for devices: one question at a time, big answers with numbers, and nothing changes before it is saved."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from pos_app.application.device_wizard.state import Step
from pos_app.ui import theme
from pos_app.ui.screens.device_wizard.pages import BusyPage, ChoicesPage, ScanPage, SummaryPage, TrialPage, WeightPage
from pos_app.ui.screens.device_wizard.state import DeviceWizardState
from pos_app.ui.screens.device_wizard.words import offers, question, summary
from pos_app.ui.widgets.base import KeyHelp, ScreenView
from pos_app.ui.widgets.cards import add_all, centred
from pos_app.ui.widgets.form import Field
from pos_app.ui.widgets.labels import label
from pos_app.ui.widgets.letter_pad import LetterPad
from pos_app.ui.widgets.notices import InlineMessage

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

_CHOICES, _BUSY, _ADDRESS, _TRIAL, _SCAN, _SUMMARY, _WEIGHT = range(7)
_PAGES: Final = {
    Step.LOOKING: _BUSY,
    Step.PRINTING_SPEEDS: _BUSY,
    Step.PRINTING: _BUSY,
    Step.PULSING: _BUSY,
    Step.PRINTING_CODE: _BUSY,
    Step.SAVING: _BUSY,
    Step.ADDRESS: _ADDRESS,
    Step.TRIAL: _TRIAL,
    Step.SCAN: _SCAN,
    Step.SUMMARY: _SUMMARY,
    Step.SEARCHING: _BUSY,
    Step.SHOWING: _BUSY,
    Step.LIGHTING: _BUSY,
    Step.WEIGHING: _WEIGHT,
}
_SIGNS: Final = {
    Step.LOOKING: "search",
    Step.PULSING: "drawer",
    Step.SAVING: "settings",
    Step.SEARCHING: "scale",
    Step.SHOWING: "display",
    Step.LIGHTING: "display",
}
#: So many devices stand under one another, with room for their names.
_ONE_COLUMN: Final = 5
#: Where something is left that could be lost by leaving.
_ENDS: Final = (Step.KIND, Step.FINISHED)


class DeviceWizardView(ScreenView[DeviceWizardState]):
    """One question at a time. Digits choose, Enter goes on, Esc goes one question back.

    Signals:
        number_requested: The number of an answer; at the trial page, of a part that looks right.
        text_requested: An address as typed.
        next_requested: The parts that look right are touched, or what is shown is to be saved.
        leave_requested: Leave all as it was.
    """

    number_requested = Signal(object)
    text_requested = Signal(object)
    next_requested = Signal()
    leave_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session: int | None = None
        self._step: Step | None = None
        column = centred(self.body, 1000)
        column.setSpacing(theme.SPACE_3)
        self._section, self._title, self._hint = label("section"), label("large", wrap=True), label("muted", wrap=True)
        self._choices, self._busy, self._trial = ChoicesPage(), BusyPage(), TrialPage()
        self._scan, self._summary, self._weight = ScanPage(), SummaryPage(), WeightPage()
        self._pages = QStackedWidget()
        pages = (self._choices, self._busy, self._build_address(), self._trial, self._scan, self._summary, self._weight)
        for page in pages:
            self._pages.addWidget(page)
        self._message = InlineMessage(lines=2)
        add_all(column, self._section, self._title, self._hint, self._pages, self._message)
        column.setStretchFactor(self._pages, 1)
        self._choices.chosen.connect(self.number_requested)
        self._weight.chosen.connect(self.number_requested)
        self._trial.marked.connect(self.number_requested)
        self._back = self.bar.add("Esc")
        self._leave = self.bar.add("F12")
        self._next = self.bar.add("F9", "primary", stretch=2)
        self._back.clicked.connect(self.back_requested)
        self._leave.clicked.connect(self.leave_requested)
        self._next.clicked.connect(self._on_enter)
        self.retranslate()

    def _build_address(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE_4)
        self._address = Field(role="amount")
        self._address.box.setMaxLength(260)
        self._address.box.setPlaceholderText("192.168.1.50")
        self._pad = LetterPad()
        self._pad.set_target(self._address.box)
        column.addWidget(self._address)
        column.addStretch(1)
        column.addWidget(self._pad)
        return page

    def retranslate(self) -> None:
        self._address.set_word(self.tr("Address, with a port after a colon where it is not 9100"))
        self._section.setText(self.tr("SET UP A DEVICE"))
        self._leave.setText(self.tr("Leave, change nothing"))

    def focus_home(self) -> None:
        if self._pages.currentIndex() == _ADDRESS:
            self._address.box.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            # Digits are for the view, whatever was touched before.
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def key_help(self) -> tuple[KeyHelp, ...]:
        state = self._state
        numbers = tuple(KeyHelp(str(offer[0]), offer[2]) for offer in offers(state.wizard)) if state is not None else ()
        return numbers + super().key_help()

    def _draw(self, state: DeviceWizardState) -> None:
        wizard, step = state.wizard, state.wizard.step
        title, hint = question(wizard)
        self._title.setText(title)
        self._hint.setText(hint)
        if state.session != self._session:
            self._session = state.session
            self._address.set_text("")
        offered = offers(wizard)
        self._choices.show_offers(offered, 1 if step is Step.WHICH and len(offered) <= _ONE_COLUMN else 2)
        if step is Step.WEIGHING:
            self._weight.show_weight(wizard.weighed, offered)
        self._busy.show_sign(_SIGNS.get(step, "printer"))
        self._trial.show_samples(state.samples)
        self._trial.show_marks(wizard.marks)
        self._scan.show_code(state.samples.bars, len(wizard.heard))
        if step is Step.SUMMARY:
            locked = "" if state.can_save else self.tr("Saving asks for the PIN of somebody who may change settings.")
            self._summary.show_rows(summary(wizard), locked)
        self._address.show_bad(bad=step is Step.ADDRESS and state.notice is not None)
        self._message.show_notice(state.notice)
        self._pages.setCurrentIndex(_PAGES.get(step, _CHOICES))
        self._draw_bar(state)
        if step is not self._step:
            self._step = step
            if self.isVisible() and self.window().isAncestorOf(self):
                self.focus_home()

    def _draw_bar(self, state: DeviceWizardState) -> None:
        step = state.wizard.step
        self._back.setText(self.tr("Back") if state.can_go_back else self.tr("Leave"))
        self._leave.setVisible(step not in _ENDS and state.can_go_back)
        words = {
            Step.ADDRESS: self.tr("Print a trial page"),
            Step.LOAD: self.tr("Look for it"),
            Step.READ: self._read_words(len(state.wizard.marks)),
            Step.TRIAL: self._marks_words(len(state.wizard.marks)),
            Step.SUMMARY: self.tr("Save"),
            Step.FINISHED: self.tr("Done"),
        }
        self._next.setVisible(step in words)
        self._next.setText(words.get(step, ""))

    def _marks_words(self, marks: int) -> str:
        return self.tr("These {count} look right").format(count=marks) if marks else self.tr("None looks right")

    def _read_words(self, marks: int) -> str:
        return self.tr("I read these {count}").format(count=marks) if marks else self.tr("I read none of them")

    def _on_enter(self) -> None:
        state = self._state
        if state is None:
            return
        if state.wizard.step is Step.ADDRESS:
            self.text_requested.emit(self._address.text())
        else:
            self.next_requested.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        text = event.text()
        bare = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if len(text) == 1 and text in "0123456789" and bare and not event.isAutoRepeat():
            self.number_requested.emit(int(text))
            event.accept()
            return
        super().keyPressEvent(event)
