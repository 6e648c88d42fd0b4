"""Settings at work: what papers say, which language is spoken, when the day begins."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

import msgspec

from pos_app.errors import KnownError
from pos_app.ui import i18n, theme
from pos_app.ui.preferences import Preferences
from pos_app.ui.presenter import Presenter
from pos_app.ui.screens.settings.state import SettingsForm, SettingsState
from pos_app.ui.state import Notice, Tone
from pos_app.version import __version__

if TYPE_CHECKING:
    from pos_app.config import Settings
    from pos_app.ui.desk import Desk
    from pos_app.ui.screens.settings.view import SettingsView

#: Longer does not fit on paper.
_LONGEST: Final = {"name": 40, "address": 80, "phone": 40, "tax_id": 40, "thanks": 120}


class SettingsPresenter(Presenter["SettingsView", SettingsState]):
    """Changes what a shop sets."""

    def __init__(self, view: SettingsView, desk: Desk) -> None:
        super().__init__(view, desk, SettingsState())
        self._preferences = Preferences(desk, self)
        view.save_requested.connect(self._on_save)
        view.language_requested.connect(self._on_language)
        view.theme_requested.connect(self._on_theme)
        view.back_requested.connect(self._on_back)

    def enter(self, request: object) -> None:
        """Show what is set."""
        self.show(
            SettingsState(
                session=self.state.session + 1,
                form=form_of(self.desk.settings),
                language=i18n.current(),
                theme=theme.tokens().name,
                till_number=self.desk.settings.till_number,
                version=__version__,
            )
        )

    def _on_language(self, language: str) -> None:
        self._preferences.use_language(language)
        self.show(replace(self.state, language=i18n.current()))

    def _on_theme(self, name: str) -> None:
        self._preferences.use_theme(name)
        self.show(replace(self.state, theme=theme.tokens().name))

    def _on_save(self, form: SettingsForm) -> None:
        if self.state.busy:
            return
        try:
            settings = read_form(form, self.desk.settings)
        except WrongFieldError as wrong:
            self.desk.shell.tell(good=False)
            self.show(replace(self.state, notice=Notice.of(wrong.error), bad_field=wrong.field))
            return
        services = self.desk.services
        self.show(replace(self.state, busy=True, notice=None, bad_field=""))

        def work() -> Settings:
            services.save_settings(settings)
            return settings

        self.desk.ledger(work, self._on_saved, self._on_not_saved)

    def _on_saved(self, settings: Settings) -> None:
        restart = settings.day_starts_hour != self.desk.settings.day_starts_hour
        self.desk.use_settings(settings)
        try:
            # Papers carry the shop's name: the printer is told anew.
            self.desk.services.apply_devices(settings)
        except KnownError as error:
            self._on_not_saved(error)
            return
        self.desk.shell.tell(good=True)
        notice = Notice(Tone.SUCCESS, "settings.saved_restart" if restart else "settings.saved")
        self.show(
            replace(self.state, busy=False, form=form_of(settings), session=self.state.session + 1, notice=notice)
        )

    def _on_not_saved(self, error: KnownError) -> None:
        self.desk.shell.tell(good=False)
        self.show(replace(self.state, busy=False, notice=Notice.of(error)))

    def _on_back(self) -> None:
        self.desk.go("more")


class WrongFieldError(Exception):
    """A field that cannot be used.

    Attributes:
        field: Its name.
        error: Why.
    """

    def __init__(self, field: str, error: KnownError) -> None:
        super().__init__(field)
        self.field = field
        self.error = error


def form_of(settings: Settings) -> SettingsForm:
    """Settings as the form shows them."""
    shop = settings.shop
    return SettingsForm(
        receipt_language=settings.receipt_language,
        name=shop.name,
        address=shop.address,
        phone=shop.phone,
        tax_id=shop.tax_id,
        thanks=shop.thanks,
        day_starts_hour=settings.day_starts_hour,
    )


def read_form(form: SettingsForm, before: Settings) -> Settings:
    """The form as settings.

    Raises:
        WrongFieldError: With the first field that cannot be used.
    """
    clean: dict[str, str] = {}
    for field, limit in _LONGEST.items():
        text = " ".join(str(getattr(form, field)).split())
        if len(text) > limit or not text.isprintable():
            raise WrongFieldError(field, KnownError("settings.text_wrong", limit=limit))
        clean[field] = text
    if not clean["name"]:
        raise WrongFieldError("name", KnownError("settings.name_missing"))
    if not 0 <= form.day_starts_hour <= 23:
        raise WrongFieldError("day_starts_hour", KnownError("settings.hour_wrong"))
    return msgspec.structs.replace(
        before,
        receipt_language=form.receipt_language,
        day_starts_hour=form.day_starts_hour,
        shop=msgspec.structs.replace(before.shop, **clean),
    )
