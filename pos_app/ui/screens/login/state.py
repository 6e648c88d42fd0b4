"""What the log-in shows."""

from __future__ import annotations

import enum
from dataclasses import dataclass

from pos_app.ui.state import Notice, Phase
from pos_app.ui.widgets.progress import Progress


class OlderCopy(enum.Enum):
    """Where a till stands whose books are an older copy than what it has done."""

    NONE = "none"  # they are not
    FOUND = "found"  # it is said what that means
    AGREEING = "agreeing"  # a manager is asked to agree to going on with them


@dataclass(frozen=True, slots=True)
class StaffChoice:
    """Somebody who may log in.

    Attributes:
        key: Carried by the signals.
        name: As colleagues call them.
        role: ``cashier`` or ``manager``.
    """

    key: object
    name: str
    role: str = "cashier"


@dataclass(frozen=True, slots=True)
class LoginState:
    """State of the log-in.

    Attributes:
        store: Name of the shop.
        staff: Who may log in, the one expected first.
        selected: Key of the one chosen.
        shift_open_by: Name of whoever has a shift open on this till; empty when none is open.
        shift_open_since: ``HH:MM``, with the day where it is not today.
        coming: The staff come in from head office; until then nobody can log in.
        phase: LOADING while the staff is read, FAILED when it could not be, EMPTY when nobody is known yet.
        coming_back: How far the books are of the till that this one stands in for; None where none come.
        older: The books are an older copy; then ``staff`` is who may agree to going on with it.
        notice: Wrong PIN and the like.
        locked: The pad takes nothing (too many wrong PINs).
        checking: A PIN is being checked.
        version: Version of the till.
    """

    store: str = ""
    staff: tuple[StaffChoice, ...] = ()
    selected: object = None
    shift_open_by: str = ""
    shift_open_since: str = ""
    coming: bool = False
    coming_back: Progress | None = None
    older: OlderCopy = OlderCopy.NONE
    phase: Phase = Phase.READY
    notice: Notice | None = None
    locked: bool = False
    checking: bool = False
    version: str = ""
