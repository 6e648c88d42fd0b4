"""What every presenter has in common: a passive view, the desk, and the state drawn last."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Generic, TypeVar

from PySide6.QtCore import QObject

if TYPE_CHECKING:
    from pos_app.ui.desk import Desk
    from pos_app.ui.widgets.base import View

ViewT = TypeVar("ViewT", bound="View[Any]")
StateT = TypeVar("StateT")


class Presenter(QObject, Generic[ViewT, StateT]):
    """Decides what a view shows and what a person's wishes do.

    Attributes:
        view: Draws and tells.
        desk: The rest of the window.
        state: Drawn last.
    """

    def __init__(self, view: ViewT, desk: Desk, state: StateT) -> None:
        super().__init__(view)
        self.view = view
        self.desk = desk
        self.state = state

    def enter(self, request: object) -> None:
        """The view is about to be shown, with what the caller wants."""

    def show(self, state: StateT) -> None:
        """Draw a state."""
        self.state = state
        self.view.render(state)
