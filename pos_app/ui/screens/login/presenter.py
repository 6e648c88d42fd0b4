"""The log-in at work: who may, whose shift is open, and where they go."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

from pos_app.application.head_office import Line
from pos_app.domain.ids import StaffId
from pos_app.errors import KnownError
from pos_app.ui import i18n, theme
from pos_app.ui.formats import clock, day_and_time
from pos_app.ui.preferences import Preferences
from pos_app.ui.presenter import Presenter
from pos_app.ui.requests import LoginRequest
from pos_app.ui.screens.login.state import LoginState, StaffChoice
from pos_app.ui.session_flow import SessionFlow
from pos_app.ui.state import Notice, Phase, Tone
from pos_app.version import __version__

if TYPE_CHECKING:
    from pos_app.application.session import StaffTile
    from pos_app.domain.shift import Shift
    from pos_app.domain.staff import Operator
    from pos_app.ui.desk import Desk
    from pos_app.ui.screens.login.view import LoginView


class LoginPresenter(Presenter["LoginView", LoginState]):
    """Takes a name and a PIN."""

    def __init__(self, view: LoginView, desk: Desk) -> None:
        super().__init__(view, desk, LoginState(version=__version__))
        self._flow = SessionFlow(desk, self)
        self._preferences = Preferences(desk, self)
        self._training_next = False
        view.staff_requested.connect(self._on_staff)
        view.scanned.connect(self._on_scan)
        view.login_requested.connect(self._on_login)
        view.language_requested.connect(self._on_language)
        view.theme_requested.connect(self._on_theme)
        view.training_requested.connect(self._on_training)
        view.quit_requested.connect(desk.leave_requested)
        view.retry_requested.connect(self._read)
        desk.sync_changed.connect(self._on_sync)

    def enter(self, request: object) -> None:
        """Show who may log in; ``request`` may say why somebody is here."""
        notice = None
        if isinstance(request, LoginRequest) and request.code:
            notice = Notice(Tone.WARNING, request.code, request.details)
        self._training_next = False
        phase = Phase.READY if self.state.staff else Phase.LOADING
        self.show(replace(self.state, store=self.desk.settings.shop.name, notice=notice, checking=False, phase=phase))
        self._read()

    def _read(self) -> None:
        till = self.desk.till
        self.desk.reader(lambda: (till.session.staff(), till.shifts.current()), self._on_read, self._on_not_read)

    def _on_read(self, found: tuple[tuple[StaffTile, ...], Shift | None]) -> None:
        tiles, shift = found
        staff = tuple(StaffChoice(tile.staff_id, tile.name, tile.role) for tile in tiles)
        known = {choice.key for choice in staff}
        expected = shift.cashier if shift is not None else self.state.selected
        selected = expected if expected in known else (staff[0].key if staff else None)
        self.show(
            replace(
                self.state,
                # Whoever has the shift is expected first.
                staff=tuple(sorted(staff, key=lambda choice: shift is not None and choice.key != shift.cashier)),
                selected=selected,
                shift_open_by=next((s.name for s in staff if shift and s.key == shift.cashier), ""),
                shift_open_since=self._since(shift) if shift is not None else "",
                coming=self.desk.head_office.status().line is not Line.ALONE,
                phase=Phase.READY if staff else Phase.EMPTY,
            )
        )
        self.desk.set_shift(shift)
        if self.desk.shell.active_view() is self.view:
            # Qt moved the focus on while nobody could be chosen yet.
            self.view.focus_home()

    def _on_sync(self, _status: object) -> None:
        """A till that joined head office just now has no staff yet: they are looked for until they are here."""
        if self.state.phase is Phase.EMPTY:
            self._read()

    def _since(self, shift: Shift) -> str:
        opened = dt.datetime.fromtimestamp(shift.opened_ms / 1000, tz=self.desk.till.context.zone)
        return clock(opened) if opened.date() == self.desk.till.context.local_now().date() else day_and_time(opened)

    def _on_not_read(self, error: KnownError) -> None:
        self.show(replace(self.state, phase=Phase.FAILED, notice=Notice.of(error)))

    # Name and PIN

    def _on_staff(self, key: object) -> None:
        if key != self.state.selected:
            self.show(replace(self.state, selected=key, notice=None))

    def _on_scan(self, text: str) -> None:
        """A badge with the staff number on it: a name, never a PIN."""
        number = text.strip()
        known = any(choice.key == number for choice in self.state.staff)
        self.desk.shell.tell(good=known)
        if known:
            self._on_staff(number)
        else:
            self.show(replace(self.state, notice=Notice.of(KnownError("staff.unknown"))))

    def _on_login(self, asked: tuple[StaffId, str]) -> None:
        if self.state.checking:
            return
        staff_id, pin = asked
        session = self.desk.till.session
        self.show(replace(self.state, checking=True, notice=None))
        self.desk.ledger(lambda: session.log_in(StaffId(staff_id), pin), self._on_logged_in, self._on_refused)

    def _on_refused(self, error: KnownError) -> None:
        self.desk.shell.tell(good=False)
        self.show(replace(self.state, checking=False, notice=Notice.of(error)))
        self.view.focus_home()

    def _on_logged_in(self, operator: Operator) -> None:
        self.show(replace(self.state, checking=False, notice=None))
        self.desk.set_operator(operator)
        if self._training_next:
            self._training_next = False
            self._flow.start_training()
        else:
            self._flow.arrive()

    # Language, theme, training

    def _on_language(self) -> None:
        self._preferences.use_language("en" if i18n.current() != "en" else "zh_CN")

    def _on_theme(self) -> None:
        self._preferences.use_theme("dark" if theme.tokens().name == "light" else "light")

    def _on_training(self) -> None:
        self._training_next = not self._training_next
        code = "training.next" if self._training_next else "training.not_next"
        self.show(replace(self.state, notice=Notice(Tone.INFO, code)))
