"""What a shop sets at this till."""

from __future__ import annotations

from PySide6.QtCore import Signal

from pos_app.ui.screens.settings.state import SettingsState
from pos_app.ui.widgets.base import ScreenView


class SettingsView(ScreenView[SettingsState]):
    """What a shop sets at this till.

    Signals:
        save_requested: A :class:`SettingsForm`.
        language_requested: Code of a language, to be used at once.
        theme_requested: Name of a theme, to be used at once.
    """

    save_requested = Signal(object)
    language_requested = Signal(object)
    theme_requested = Signal(object)

    def _draw(self, state: SettingsState) -> None:
        """To be drawn."""
