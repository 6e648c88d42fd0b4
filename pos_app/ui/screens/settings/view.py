"""What a shop sets at this till: the window on the left, the shop as receipts name it on the right."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from pos_app.ui import i18n, theme
from pos_app.ui.screens.settings.state import SettingsForm, SettingsState
from pos_app.ui.widgets.base import ScreenView
from pos_app.ui.widgets.buttons import Choice, button
from pos_app.ui.widgets.cards import Card, Pair, add_all, centred
from pos_app.ui.widgets.form import Field, Named
from pos_app.ui.widgets.labels import Elided, Figure, label, rule
from pos_app.ui.widgets.notices import InlineMessage

_LANGUAGES = tuple(code for code, _name in i18n.LANGUAGES)
_LANGUAGE_NAMES = tuple(name for _code, name in i18n.LANGUAGES)


class SettingsView(ScreenView[SettingsState]):
    """Language and theme change at once; the rest is saved by F9.

    Signals:
        save_requested: A :class:`SettingsForm`.
        language_requested: Code of a language, to be used at once.
        theme_requested: Name of a theme, to be used at once.
    """

    save_requested = Signal(object)
    language_requested = Signal(object)
    theme_requested = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session: int | None = None
        self._hour = 0
        outer = centred(self.body, 1200)
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE_3)
        row.addWidget(self._build_shop(), 3)
        row.addWidget(self._build_window(), 2)
        outer.addLayout(row, 1)
        self._message = InlineMessage()
        outer.addWidget(self._message)
        self._back = self.bar.add("Esc")
        self._save = self.bar.add("F9", "primary", stretch=3)
        self._back.clicked.connect(self.back_requested)
        self._save.clicked.connect(self._on_save)
        self.retranslate()

    def _build_window(self) -> QWidget:
        self._window = Card()
        column = self._window.column
        column.setSpacing(theme.SPACE_3)
        self._language, self._theme = Choice(_LANGUAGES), Choice(("light", "dark"))
        self._language.set_words(*_LANGUAGE_NAMES)
        self._language.chosen.connect(self.language_requested)
        self._theme.chosen.connect(self.theme_requested)
        self._language_row, self._theme_row = Named(self._language), Named(self._theme)
        self._hour_figure = Figure("figure")
        self._hour_figure.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._earlier, self._later = button("pad"), button("pad")
        self._earlier.setText("−")
        self._later.setText("+")
        self._earlier.clicked.connect(self._on_earlier)
        self._later.clicked.connect(self._on_later)
        hour = QWidget()
        steps = QHBoxLayout(hour)
        steps.setContentsMargins(0, 0, 0, 0)
        steps.setSpacing(theme.SPACE_2)
        steps.addWidget(self._earlier)
        steps.addWidget(self._hour_figure, 1)
        steps.addWidget(self._later)
        self._hour_row = Named(hour)
        self._hour_words = label("small", wrap=True)
        self._number, self._version = Pair(), Pair()
        self._folder_word, self._folder = label("small"), Elided("small-text")
        add_all(column, self._language_row, self._theme_row, rule(), self._hour_row, self._hour_words)
        column.addStretch(1)
        add_all(column, rule(), self._number, self._version, self._folder_word, self._folder)
        return self._window

    def _build_shop(self) -> QWidget:
        self._shop = Card()
        column = self._shop.column
        column.setSpacing(theme.SPACE_3)
        self._receipt = Choice(_LANGUAGES)
        self._receipt.set_words(*_LANGUAGE_NAMES)
        self._receipt_row = Named(self._receipt)
        self._fields = {name: Field() for name in ("name", "address", "phone", "tax_id", "thanks")}
        for name, most in (("name", 40), ("address", 80), ("phone", 30), ("tax_id", 30), ("thanks", 60)):
            self._fields[name].box.setMaxLength(most)
        pair = QHBoxLayout()
        pair.setSpacing(theme.SPACE_3)
        add_all(pair, self._fields["phone"], self._fields["tax_id"])
        add_all(column, self._fields["name"], self._fields["address"])
        column.addLayout(pair)
        add_all(column, self._fields["thanks"], self._receipt_row)
        column.addStretch(1)
        return self._shop

    def retranslate(self) -> None:
        self._window.set_heading(self.tr("THIS TILL"))
        self._shop.set_heading(self.tr("THE SHOP, AS RECEIPTS NAME IT"))
        self._language_row.set_word(self.tr("Language of the window"))
        self._theme_row.set_word(self.tr("Look"))
        self._theme.set_words(self.tr("Light"), self.tr("Dark"))
        self._hour_row.set_word(self.tr("The business day begins at"))
        self._hour_words.setText(self.tr("What is sold before belongs to the day before."))
        self._earlier.setAccessibleName(self.tr("One hour earlier"))
        self._later.setAccessibleName(self.tr("One hour later"))
        self._number.set_word(self.tr("Till number"))
        self._version.set_word(self.tr("Version"))
        self._folder_word.setText(self.tr("Data folder"))
        for name, words in (
            ("name", self.tr("Name of the shop")),
            ("address", self.tr("Address")),
            ("phone", self.tr("Telephone")),
            ("tax_id", self.tr("Tax number")),
            ("thanks", self.tr("Last line of the receipt")),
        ):
            self._fields[name].set_word(words)
        self._receipt_row.set_word(self.tr("Language of receipts"))
        self._back.setText(self.tr("Back"))
        self._save.setText(self.tr("Save"))
        self._message.show_hint(self.tr("Language and look change at once; the rest is saved by F9."))

    def focus_home(self) -> None:
        self._fields["name"].box.setFocus(Qt.FocusReason.OtherFocusReason)

    def _draw(self, state: SettingsState) -> None:
        if state.session != self._session:
            self._session = state.session
            for name, field in self._fields.items():
                field.set_text(getattr(state.form, name))
            self._receipt.select(state.form.receipt_language)
            self._hour = state.form.day_starts_hour
        self._language.select(state.language)
        self._theme.select(state.theme)
        self._show_hour()
        self._number.figure.setText(f"{state.till_number:02d}")
        self._version.figure.setText(state.version)
        self._folder.show_text(state.data_folder)
        for one in (self._folder_word, self._folder):
            one.setVisible(bool(state.data_folder))
        self._message.show_notice(state.notice)
        for name, field in self._fields.items():
            field.show_bad(bad=name == state.bad_field)
        self._save.setEnabled(not state.busy)

    def _show_hour(self) -> None:
        self._hour_figure.setText(f"{self._hour:02d}:00")
        self._earlier.setEnabled(self._hour > 0)
        self._later.setEnabled(self._hour < 12)

    def _on_earlier(self) -> None:
        self._hour -= 1
        self._show_hour()

    def _on_later(self) -> None:
        self._hour += 1
        self._show_hour()

    def _on_save(self) -> None:
        texts = {name: field.text() for name, field in self._fields.items()}
        language = str(self._receipt.value() or "zh_CN")
        self.save_requested.emit(SettingsForm(receipt_language=language, day_starts_hour=self._hour, **texts))
