"""Language and theme: switched at once, and kept for the next start."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
from PySide6.QtCore import QObject

if TYPE_CHECKING:
    from pos_app.config import Settings
    from pos_app.ui.desk import Desk


class Preferences(QObject):
    """Switches what a person sees."""

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk

    def use_language(self, language: str) -> None:
        """Speak another language from now on."""
        self._desk.shell.use_language(language)
        self._keep(msgspec.structs.replace(self._desk.settings, language=language))

    def use_theme(self, name: str) -> None:
        """Look different from now on."""
        self._desk.shell.use_theme(name)
        self._keep(msgspec.structs.replace(self._desk.settings, theme=name))

    def _keep(self, settings: Settings) -> None:
        services = self._desk.services
        self._desk.use_settings(settings)
        # Not worth a word when it fails: the next start looks as before, and nothing else is lost by it.
        self._desk.ledger(lambda: services.save_settings(settings), None, self._on_not_kept)

    def _on_not_kept(self, error: object) -> None:
        """The choice holds until the till is closed."""
