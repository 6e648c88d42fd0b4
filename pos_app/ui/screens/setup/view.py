"""The first start of a new till, for people who have no engineer."""

from __future__ import annotations

from PySide6.QtCore import Signal

from pos_app.ui.screens.setup.state import SetupState
from pos_app.ui.widgets.base import ScreenView


class SetupView(ScreenView[SetupState]):
    """The first start of a new till, for people who have no engineer.

    Signals:
        language_requested: Code of a language, to be used at once.
        shop_requested: Name of the shop as typed; on to the manager.
        manager_requested: A :class:`ManagerAsked`; sets the till up.
        start_requested: Set-up is done; on to the log-in.
        demo_requested: Look at the demo shop instead.
        quit_requested: Leave the program.
    """

    language_requested = Signal(object)
    shop_requested = Signal(object)
    manager_requested = Signal(object)
    start_requested = Signal()
    demo_requested = Signal()
    quit_requested = Signal()

    def _draw(self, state: SetupState) -> None:
        """To be drawn."""
