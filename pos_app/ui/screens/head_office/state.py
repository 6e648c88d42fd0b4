"""What the sheet about head office shows."""

from __future__ import annotations

from dataclasses import dataclass

from pos_app.ui.concerns import Concern
from pos_app.ui.state import Notice
from pos_app.ui.widgets.progress import Progress


@dataclass(frozen=True, slots=True)
class HeadOfficeState:
    """State of the sheet.

    Attributes:
        line: Where the line stands, as ``pos_app.application.head_office.Line`` names it.
        reason: Why it is not there, where more is known than that.
        as_of: When head office last said how things stand; empty for never.
        waiting: Own records that head office has not acknowledged.
        behind: Changes of head office that are not here yet.
        sending: How far catching up is; None where it is not under way.
        first_load: How far the first load is; None where none is under way.
        is_manager: Whoever looks may see what waits for a manager.
        concerns: That.
        can_join: This till is alone, and whoever looks may have it join.
        busy: Head office is being asked.
    """

    line: str = "alone"
    reason: Notice | None = None
    as_of: str = ""
    waiting: int = 0
    behind: int = 0
    sending: Progress | None = None
    first_load: Progress | None = None
    is_manager: bool = False
    concerns: tuple[Concern, ...] = ()
    can_join: bool = False
    busy: bool = False
