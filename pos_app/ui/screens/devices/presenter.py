"""The devices at work: how they stand, a test for each, papers that wait, and how they are reached."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import msgspec

from pos_app.application.key_sheet import key_sheet, new_mark
from pos_app.application.ports import JobState
from pos_app.application.sample_paper import sample_paper
from pos_app.domain.ids import JobId
from pos_app.domain.staff import Permission
from pos_app.errors import KnownError
from pos_app.infrastructure.device_profile import read_profile, taken_over, write_profile
from pos_app.infrastructure.device_tables import display_lines, scale_lines
from pos_app.infrastructure.receipts.logos import write_logo
from pos_app.infrastructure.receipts.own_words import copy_words
from pos_app.ui import i18n
from pos_app.ui.customer_screen.monitors import monitor_names
from pos_app.ui.customer_screen.pictures import LANE
from pos_app.ui.device_words import printer_notice
from pos_app.ui.formats import one_line
from pos_app.ui.presenter import Presenter
from pos_app.ui.requests import DeviceWizardRequest
from pos_app.ui.screens.devices import showing
from pos_app.ui.screens.devices.counter_cards import (
    SAMPLE_AMOUNT,
    customer_screen_card,
    display_card,
    drawer_card,
    printer_card,
    sample_seen,
    scale_card,
    scanner_card,
)
from pos_app.ui.screens.devices.form_state import CustomerForm, LogoForm
from pos_app.ui.screens.devices.reading import PREFIXES, FormError, paper_of, read_form
from pos_app.ui.screens.devices.state import DeviceCard, DeviceKind, DevicesState, JobRow
from pos_app.ui.screens.devices.trial import Trial
from pos_app.ui.state import Notice, Tone

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pos_app.application.print_content import PrintContent
    from pos_app.config import CustomerScreenSettings, DeviceSettings, Settings
    from pos_app.domain.catalog import Category
    from pos_app.domain.staff import Operator
    from pos_app.runtime.printing import PrintResult
    from pos_app.ui.desk import Desk
    from pos_app.ui.screens.devices.form_state import DeviceForm, PrinterForm
    from pos_app.ui.screens.devices.state import OwnState, TrialState
    from pos_app.ui.screens.devices.view import DevicesView

_LONGEST_SCAN = 60


class DevicesPresenter(Presenter["DevicesView", DevicesState]):
    """Looks after printer, drawer and scanner."""

    def __init__(self, view: DevicesView, desk: Desk) -> None:
        super().__init__(view, desk, DevicesState())
        self._testing = False
        self._last_scan = ""
        self._settings: Settings | None = None
        self._first: Callable[[], None] | None = None
        self._not_here: tuple[str, ...] = ()
        #: Which list something was removed from, the list before, and after.
        self._removed: tuple[str, tuple[object, ...], tuple[object, ...]] | None = None
        view.test_requested.connect(self._on_test)
        view.drawer_requested.connect(self._on_drawer)
        view.job_again_requested.connect(self._on_again)
        view.job_drop_requested.connect(self._on_drop)
        view.save_requested.connect(self._on_form)
        view.remove_requested.connect(self._on_remove)
        view.undo_requested.connect(self._on_undo)
        self._trial = Trial(desk, self)
        self._trial.drawn.connect(self._on_drawn)
        self._trial.own_changed.connect(self._on_own)
        self._trial.refused.connect(self._refuse)
        view.trial_requested.connect(self._on_trial)
        view.logo_picked.connect(self._trial.pick)
        view.words_requested.connect(self._on_words)
        view.own_requested.connect(self._trial.read_own)
        view.profile_out_requested.connect(self._on_profile_out)
        view.profile_in_requested.connect(self._on_profile_in)
        view.wizard_requested.connect(self._on_wizard)
        view.scanned.connect(self._on_scan)
        view.back_requested.connect(self._on_back)
        desk.printing.status_changed.connect(self._on_status)
        desk.printing.test_finished.connect(self._on_tested)
        desk.devices.changed.connect(self._on_device)
        desk.scale.changed.connect(self._on_device)
        desk.drawer.changed.connect(self._on_device)

    def enter(self, request: object) -> None:
        """Look at everything."""
        operator, settings = self.desk.operator, self.desk.settings
        self.show(
            DevicesState(
                cards=self._cards(),
                devices=settings.devices,
                chip_forms=settings.chip_forms,
                scale_lines=scale_lines(),
                display_lines=display_lines(),
                monitors=monitor_names(self.desk.shell),
                session=self.state.session + 1,
                training=self.desk.is_training,
                can_change=operator is not None and operator.may(Permission.SETTINGS) and not self.desk.is_training,
            )
        )
        self._removed = None
        self.desk.reader(showing.serial_ports, self._on_ports)
        self.desk.reader(self.desk.till.lookup.categories, self._on_categories, self._refuse)
        self._read_jobs()
        if operator is not None:
            self._trial.begin(operator)

    def _on_ports(self, ports: tuple[str, ...]) -> None:
        self.show(replace(self.state, ports=ports))

    def _on_categories(self, categories: tuple[Category, ...]) -> None:
        language = i18n.current()
        named = tuple((str(each.category_id), each.name.in_language(language)) for each in categories)
        self.show(replace(self.state, categories=named))

    def _on_wizard(self) -> None:
        self.desk.display.show_again()
        self.desk.go("device_wizard", DeviceWizardRequest("devices"))

    def _on_back(self) -> None:
        self.desk.display.show_again()
        self.desk.go("more")

    def _refuse(self, error: KnownError, field: str = "") -> None:
        self.desk.shell.tell(good=False)
        self.show(replace(self.state, busy=False, notice=Notice.of(error), bad_field=field))

    # How they stand

    def _cards(self) -> tuple[DeviceCard, ...]:
        desk = self.desk
        more = tuple(card for card in (scale_card(desk), display_card(desk)) if card is not None)
        printer, scanner = printer_card(desk, testing=self._testing), scanner_card(desk, self._last_scan, self._testing)
        return printer, drawer_card(desk), scanner, *more, customer_screen_card(desk)

    def _show_cards(self) -> None:
        self.show(replace(self.state, cards=self._cards()))

    def _on_status(self, status: object) -> None:
        if self.desk.shell.active_view() is self.view:
            self._show_cards()
            self._read_jobs()

    def _on_device(self, _change: object) -> None:
        if self.desk.shell.active_view() is self.view:
            self._show_cards()

    def _on_scan(self, text: str) -> None:
        self._last_scan = one_line(text, _LONGEST_SCAN)
        self.desk.shell.tell(good=True)
        self._show_cards()

    # Tests

    def _on_test(self, kind: DeviceKind) -> None:
        if kind is DeviceKind.DRAWER:
            self._open_drawer(None)
        elif kind is DeviceKind.CUSTOMER_SCREEN:
            self.desk.services.show_customer_screen()
        elif kind is DeviceKind.DISPLAY:
            self.desk.display.try_out(sample_seen())
            self.show(replace(self.state, notice=Notice(Tone.INFO, "display.look", {"amount": SAMPLE_AMOUNT})))
        elif kind is DeviceKind.PRINTER and not self._testing:
            self._testing = True
            self.show(replace(self.state, notice=None, cards=self._cards()))
            operator, context = self.desk.require_operator(), self.desk.till.context
            self.desk.reader(lambda: sample_paper(context, operator), self.desk.printing.test, self._on_no_sample)

        elif kind is DeviceKind.SCANNER and not self._testing:
            self._testing = True
            self._print_keys()

    def _print_keys(self) -> None:
        operator, context, services = self.desk.require_operator(), self.desk.till.context, self.desk.services
        settings = self.desk.settings
        made = not settings.devices.key_mark
        if made:
            devices = msgspec.structs.replace(settings.devices, key_mark=new_mark(context.ids))
            settings = msgspec.structs.replace(settings, devices=devices)

        def work() -> tuple[Settings, PrintContent]:
            if made:  # kept before it is printed: a sheet whose codes press nothing helps nobody
                services.save_settings(settings)
            return settings, key_sheet(context, operator, settings.devices.key_mark)

        self.desk.ledger(work, self._on_keys, self._on_no_sample)

    def _on_keys(self, sheet: tuple[Settings, PrintContent]) -> None:
        settings, content = sheet
        if settings != self.desk.settings:
            self.desk.use_settings(settings)
            self.show(replace(self.state, devices=settings.devices))
        self.desk.printing.test(content)

    def _on_no_sample(self, error: KnownError) -> None:
        self._testing = False
        self._refuse(error)
        self._show_cards()

    def _on_tested(self, result: PrintResult) -> None:
        if not self._testing:
            return
        self._testing = False
        if result.state in (JobState.SENT, JobState.CONFIRMED):
            notice = Notice(Tone.SUCCESS, "print.test_done")
        else:
            self.desk.shell.tell(good=False)
            notice = printer_notice(result.reason, Tone.DANGER)
        self.show(replace(self.state, notice=notice, cards=self._cards()))

    def _on_drawer(self) -> None:
        self._open_drawer(None)

    def _open_drawer(self, approver: Operator | None) -> None:
        operator, shifts = self.desk.require_operator(), self.desk.till.shifts
        self.desk.ledger(lambda: shifts.open_drawer(operator, approver, "test"), self._on_opened, self._on_not_opened)

    def _on_opened(self, nothing: object) -> None:
        self.desk.tell("drawer.opened")

    def _on_not_opened(self, error: KnownError) -> None:
        if not self.desk.approve_and_retry(error, self._open_drawer):
            self._refuse(error)

    # Papers

    def _read_jobs(self) -> None:
        till = self.desk.till
        self.desk.reader(lambda: showing.read_jobs(till), self._on_jobs, self._refuse)

    def _on_jobs(self, jobs: tuple[JobRow, ...]) -> None:
        if jobs != self.state.jobs:
            self.show(replace(self.state, jobs=jobs))

    def _on_again(self, key: JobId) -> None:
        operator, queue = self.desk.require_operator(), self.desk.till.queue
        self.desk.ledger(lambda: queue.retry(operator, key), self._on_queued, self._on_not_queued)

    def _on_queued(self, nothing: object) -> None:
        self.desk.tell("print.again")
        self._read_jobs()

    def _on_drop(self, key: JobId) -> None:
        operator, queue = self.desk.require_operator(), self.desk.till.queue
        self.desk.ledger(lambda: queue.cancel(operator, key), self._on_dropped, self._on_not_queued)

    def _on_dropped(self, nothing: object) -> None:
        self.desk.tell("print.given_up", Tone.INFO)
        self._read_jobs()

    def _on_not_queued(self, error: KnownError) -> None:
        self._refuse(error)
        self._read_jobs()

    # How they are reached

    def _on_form(self, form: DeviceForm) -> None:
        self._removed = None
        if isinstance(form, CustomerForm):
            self._on_customer_form(form)
            return
        if isinstance(form, LogoForm):
            self._save_logo()
            return
        try:
            settings = read_form(form, self.desk.settings)
        except FormError as wrong:
            self._refuse(wrong.error, f"{PREFIXES[type(form)]}.{wrong.field}")
            return
        self._not_here = ()
        self._save(settings)

    def _save_logo(self) -> None:
        logo, folder, settings = self._trial.logo, self.desk.services.own_papers.folder, self.desk.settings
        if logo is not None:
            settings = msgspec.structs.replace(settings, shop=msgspec.structs.replace(settings.shop, logo=""))
        self._not_here = ()
        self._save(settings, (lambda: write_logo(folder, logo)) if logo is not None else None)

    def _on_trial(self, form: PrinterForm) -> None:
        try:
            self._trial.look(paper_of(form))
        except FormError:
            return  # while somebody types, the last picture stays

    def _on_drawn(self, trial: TrialState) -> None:
        self.show(replace(self.state, trial=trial))

    def _on_own(self, own: OwnState) -> None:
        self.show(replace(self.state, own=own))

    def _on_words(self) -> None:
        folder, language = self.desk.services.own_papers.folder, self.desk.settings.receipt_language
        self.desk.operations.run(LANE, lambda: copy_words(language, folder), self._on_copied, self._refuse)

    def _on_copied(self, nothing: object) -> None:
        folder = str(self.desk.services.own_papers.folder)
        self.show(replace(self.state, notice=Notice(Tone.SUCCESS, "receipt.words_copied", {"folder": folder})))

    def _on_remove(self, which: tuple[str, int]) -> None:
        name, number = which
        settings = self.desk.settings
        field = "copies" if name == "slips" else name
        before = getattr(settings.devices, field)
        after = (*before[:number], *before[number + 1 :])
        self._removed = (field, before, after)
        self._save_devices(settings, msgspec.structs.replace(settings.devices, **{field: after}))

    def _on_undo(self) -> None:
        """Have back what was removed, unless the list has become another meanwhile."""
        removed, self._removed = self._removed, None
        settings = self.desk.settings
        if removed is not None and getattr(settings.devices, removed[0]) == removed[2]:
            self._save_devices(settings, msgspec.structs.replace(settings.devices, **{removed[0]: removed[1]}))

    def _on_customer_form(self, form: CustomerForm) -> None:
        # A folder may lie on a machine that does not answer: neither the window nor a scan waits for it.
        self.desk.operations.run(LANE, lambda: showing.read_customer_form(form), self._on_customer_read, self._refuse)

    def _on_customer_read(self, read: CustomerScreenSettings | FormError) -> None:
        if isinstance(read, FormError):
            self._refuse(read.error, f"customer.{read.field}")
            return
        settings = self.desk.settings
        self._save_devices(settings, msgspec.structs.replace(settings.devices, customer_screen=read))

    def _on_profile_out(self, path: Path) -> None:
        devices = self.desk.settings.devices
        self.desk.operations.run(LANE, lambda: write_profile(path, devices), self._on_profile_written, self._refuse)

    def _on_profile_written(self, nothing: object) -> None:
        self.show(replace(self.state, notice=Notice(Tone.SUCCESS, "profile.written"), bad_field=""))

    def _on_profile_in(self, path: Path) -> None:
        services = self.desk.services

        def read() -> tuple[DeviceSettings, tuple[str, ...]]:
            devices = read_profile(path)
            return devices, services.devices_not_here(devices)

        self.desk.operations.run(LANE, read, self._on_profile_read, self._refuse)

    def _on_profile_read(self, read: tuple[DeviceSettings, tuple[str, ...]]) -> None:
        devices, not_here = read
        settings = self.desk.settings
        self._save_devices(settings, taken_over(devices, settings.devices), not_here)

    def _save_devices(self, settings: Settings, devices: DeviceSettings, not_here: tuple[str, ...] = ()) -> None:
        self._not_here = not_here
        self._save(msgspec.structs.replace(settings, devices=devices))

    def _save(self, settings: Settings, first: Callable[[], None] | None = None) -> None:
        """Keep settings and use them.

        Args:
            settings: To keep.
            first: What has to be done before, where settings are kept.
        """
        if self.state.busy or self.desk.is_training:
            return
        self._settings, self._first = settings, first
        if self.desk.require_operator().may(Permission.SETTINGS):
            self._save_as(None)
        else:
            self.desk.ask_approval(Permission.SETTINGS, self._save_as)

    def _save_as(self, approver: Operator | None) -> None:
        settings, services, first = self._settings, self.desk.services, self._first
        if settings is None:
            return
        self.show(replace(self.state, busy=True, notice=None, bad_field=""))

        def work() -> Settings:
            if first is not None:
                first()
            services.save_settings(settings)
            return settings

        self.desk.ledger(work, self._on_saved, self._refuse)

    def _on_saved(self, settings: Settings) -> None:
        self.desk.use_settings(settings)
        try:
            self.desk.services.apply_devices(settings)
        except KnownError as error:
            self._refuse(error)
            return
        self.desk.shell.tell(good=True)
        self._trial.saved()
        notice = Notice(Tone.SUCCESS, "settings.saved")
        if self._not_here:
            notice = Notice(Tone.WARNING, "profile.not_here", {"places": ", ".join(self._not_here)})
        if self._removed is not None:
            notice = Notice(Tone.SUCCESS, "settings.removed")
        self.show(
            replace(
                self.state,
                busy=False,
                devices=settings.devices,
                chip_forms=settings.chip_forms,
                can_undo=self._removed is not None,
                cards=self._cards(),
                notice=notice,
            )
        )
