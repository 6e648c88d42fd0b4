"""The wizard at work: asks a person, has the devices tried off the window's thread, and leaves all as it was if wanted.

One question after another; every question that was answered is kept, so that Esc asks it again. While something is
tried the till's own devices let go of their ports, and they are used again however the screen is left.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

import msgspec
from PySide6.QtCore import Signal

from pos_app.application.device_wizard.state import (
    Act,
    Answer,
    Choose,
    Done,
    Heard,
    Listen,
    Mark,
    Marked,
    News,
    OpenBox,
    OpenDrawer,
    Said,
    Save,
    Step,
    Stream,
    Trial,
    Typed,
    Weigh,
    WizardState,
)
from pos_app.application.device_wizard.steps import answer, begin
from pos_app.domain.staff import Permission
from pos_app.errors import KnownError
from pos_app.ui.device_words import trial_notice
from pos_app.ui.presenter import Presenter
from pos_app.ui.requests import DeviceWizardRequest
from pos_app.ui.screens.device_wizard.state import ANOTHER, YES, DeviceWizardState
from pos_app.ui.session_flow import SessionFlow

if TYPE_CHECKING:
    from pos_app.config import Settings
    from pos_app.domain.staff import Operator
    from pos_app.ui.desk import Desk
    from pos_app.ui.screens.device_wizard.view import DeviceWizardView

#: Ports have timeouts: neither the window nor a look-up waits for them.
LANE: Final = "devices"
_NAME: Final = "device_wizard"
_YES_OR_NO: Final = (Step.CUT, Step.DRAWER, Step.LAMP, Step.WEIGHING)
#: Where several numbers are touched before it goes on.
_SEVERAL: Final = (Step.TRIAL, Step.READ)


class DeviceWizardPresenter(Presenter["DeviceWizardView", DeviceWizardState]):
    """Leads through the questions.

    Signals:
        heard: ``(session, stream, news)``, from whatever thread a scanner or a scale is read in.
    """

    heard = Signal(object)

    def __init__(self, view: DeviceWizardView, desk: Desk) -> None:
        super().__init__(view, desk, DeviceWizardState())
        self._flow = SessionFlow(desk, self)
        self._back_to = ""
        self._past: list[WizardState] = []
        #: Of the act under way: what an earlier one answers is too late.
        self._turn = 0
        self._is_open = False
        self._stream: Stream | None = None
        self._holds = False
        self._saved: Settings | None = None
        view.number_requested.connect(self._on_number)
        view.text_requested.connect(self._on_text)
        view.next_requested.connect(self._on_next)
        view.back_requested.connect(self._on_back)
        view.leave_requested.connect(self._leave)
        view.scanned.connect(self._on_scan)
        self.heard.connect(self._on_heard)
        desk.shell.screen_changed.connect(self._on_screen)

    def enter(self, request: object) -> None:
        """Ask what is to be set up."""
        self._back_to = request.back_to if isinstance(request, DeviceWizardRequest) else ""
        operator, desk = self.desk.operator, self.desk
        self._is_open = True
        self._past.clear()
        self.state = DeviceWizardState(
            samples=desk.services.device_acts.samples(),
            session=self.state.session + 1,
            can_save=operator is not None and operator.may(Permission.SETTINGS),
        )
        self._take(begin(desk.settings.devices))

    # From answer to answer

    def _give(self, given: Answer) -> None:
        before = self.state.wizard
        after = answer(before, given)
        if after == before:
            return
        if after.step is not before.step and (before.act is None or isinstance(before.act, Stream)):
            self._past.append(before)
        if after.act is None and self._past and self._past[-1].step is after.step:
            self._past.pop()  # asked again, because something went wrong
        self._take(after)

    def _take(self, wizard: WizardState) -> None:
        was_heard = self.state.wizard.heard
        self._turn += 1
        if wizard.step is Step.CANCELLED:
            self._leave()
            return
        if wizard.step is Step.FINISHED:
            self._past.clear()
        if self._stream is not None and wizard.act != self._stream:
            self._stop_listening()
        if wizard.notice:
            self.desk.shell.tell(good=False)
        elif wizard.heard != was_heard and wizard.heard:
            self.desk.shell.tell(good=True)
        self._show(wizard)
        if wizard.act is not None and wizard.act != self._stream:
            self._do(wizard.act)

    def _show(self, wizard: WizardState) -> None:
        notice = trial_notice(wizard.notice) if wizard.notice else None
        self.show(replace(self.state, wizard=wizard, can_go_back=bool(self._past), notice=notice))

    def _on_number(self, number: int) -> None:
        wizard = self.state.wizard
        if wizard.step is Step.FINISHED:
            if number == ANOTHER:
                self._take(begin(self.desk.settings.devices))
            else:
                self._leave()
        elif wizard.act is not None and not isinstance(wizard.act, Weigh):
            return
        elif wizard.step in _YES_OR_NO:
            self._give(Said(yes=number == YES))
        elif wizard.step in _SEVERAL:
            self._give(Mark(number))
        else:
            self._give(Choose(number))

    def _on_text(self, text: str) -> None:
        self._give(Typed(text))

    def _on_next(self) -> None:
        """The obvious next thing."""
        step = self.state.wizard.step
        if step in _SEVERAL or step is Step.LOAD:
            self._give(Marked())
        elif step is Step.SUMMARY:
            self._give(Said(yes=True))
        elif step is Step.FINISHED:
            self._leave()

    def _on_back(self) -> None:
        if self._past:
            self._take(msgspec.structs.replace(self._past.pop(), notice="", heard=(), weighed=None))
        else:
            self._leave()

    # What is to be done

    def _do(self, act: Act) -> None:
        match act:
            case Listen() | Weigh():
                turn = self._turn
                self.desk.operations.run(LANE, lambda: turn, self._on_free_to_listen)
            case Save(devices=devices):
                self._saved = msgspec.structs.replace(self.desk.settings, devices=devices)
                if self.desk.require_operator().may(Permission.SETTINGS):
                    self._save()
                else:
                    self.desk.ask_approval(Permission.SETTINGS, self._on_save_approved)
            case OpenDrawer() | OpenBox():
                self._note_opening(None)
            case _:
                self._try(act)

    def _try(self, act: Trial) -> None:
        acts, turn = self.desk.services.device_acts, self._turn
        self._holds = True
        acts.hold(act)
        self.desk.operations.run(LANE, lambda: (turn, acts.do(act)), self._on_done, self._on_bug)

    def _on_done(self, done: tuple[int, Answer]) -> None:
        turn, given = done
        if self._is_open and turn == self._turn:
            self._give(given)

    def _on_bug(self, error: KnownError) -> None:
        if self._is_open:
            self._give(Done(error.code))

    def _note_opening(self, approver: Operator | None) -> None:
        """Whoever opens the drawer, for whatever reason, stands in the books before it opens."""
        operator, shifts, turn = self.desk.require_operator(), self.desk.till.shifts, self._turn

        def note() -> int:
            shifts.note_drawer_opened(operator, approver, "test")
            return turn

        self.desk.ledger(note, self._on_noted, self._on_not_noted)

    def _on_noted(self, turn: int) -> None:
        act = self.state.wizard.act
        if self._is_open and turn == self._turn and isinstance(act, OpenDrawer | OpenBox):
            self._try(act)

    def _on_not_noted(self, error: KnownError) -> None:
        if self._is_open and not self.desk.approve_and_retry(error, self._note_opening):
            self._give(Done(error.code))

    # Scanners and scales

    def _on_free_to_listen(self, turn: int) -> None:
        stream = self.state.wizard.act
        if not self._is_open or turn != self._turn or not isinstance(stream, Stream):
            return
        session = self.state.session
        self._stream = stream
        try:
            self.desk.services.device_acts.listen(stream, lambda news: self.heard.emit((session, stream, news)))
        except KnownError as error:
            self.show(replace(self.state, notice=trial_notice(error.code)))

    def _on_heard(self, said: tuple[int, Stream, News]) -> None:
        session, stream, news = said
        if stream is self._stream and session == self.state.session:
            self._give(news)

    def _on_scan(self, text: str) -> None:
        """A scanner that is not being taught, such as the one made of software."""
        if isinstance(self._stream, Listen):
            self._give(Heard(text))

    def _stop_listening(self) -> None:
        self._stream = None
        self.desk.services.device_acts.stop_listening()

    # Saving and leaving

    def _on_save_approved(self, approver: Operator) -> None:
        if self._is_open and self.state.wizard.step is Step.SAVING:
            self._save()

    def _save(self) -> None:
        settings, services = self._saved, self.desk.services
        if settings is None:
            return

        def work() -> Settings:
            services.save_settings(settings)
            return settings

        self.desk.ledger(work, self._on_saved, self._on_not_saved)

    def _on_saved(self, settings: Settings) -> None:
        self.desk.use_settings(settings)
        self._holds = True
        if self._is_open:
            self._give(Done())
            self.desk.shell.tell(good=True)
        else:
            self.desk.tell("settings.saved")
        self._release()

    def _on_not_saved(self, error: KnownError) -> None:
        if self._is_open:
            self._give(Done(error.code))
        else:
            self.desk.complain(error)

    def _leave(self) -> None:
        self._abandon()
        if self._back_to:
            self.desk.go(self._back_to)
        else:
            self._flow.arrive()

    def _on_screen(self, name: str) -> None:
        if name != _NAME:
            self._abandon()  # somebody logged out, or the counter is wanted

    def _abandon(self) -> None:
        """Nothing more is asked; what was set up before is used again."""
        if not self._is_open:
            return
        self._is_open = False
        self._turn += 1
        self._past.clear()
        if self._stream is not None:
            self._stop_listening()
        self._release()

    def _release(self) -> None:
        """Use the devices of the settings again, once nothing is tried any more."""
        if self._holds:
            self.desk.operations.run(LANE, _nothing, self._on_free)

    def _on_free(self, nothing: object) -> None:
        if not self._holds or (self._is_open and self.state.wizard.act is not None):
            return  # something else is tried by now; it is released afterwards
        self._holds = False
        try:
            self.desk.services.device_acts.give_back()
        except KnownError as error:
            self.desk.complain(error)


def _nothing() -> None:
    """Ends when everything queued before it has."""
