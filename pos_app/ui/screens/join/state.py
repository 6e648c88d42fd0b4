"""What joining a head office shows."""

from __future__ import annotations

import enum
from dataclasses import dataclass

from pos_app.ui.state import Notice
from pos_app.ui.widgets.progress import Progress


class JoinPhase(enum.Enum):
    """Where joining is."""

    ASKING = "asking"  # a person is asked for address and code
    CALLING = "calling"  # head office is
    COMING_BACK = "coming_back"  # the books of the till that this one stands in for are
    JOINED = "joined"


@dataclass(frozen=True, slots=True)
class JoinState:
    """State of joining.

    Attributes:
        phase: Where we are.
        session: Another number fills the boxes again.
        address: Of head office.
        code: As far as it is typed, in groups.
        worked_alone: This till has books of its own already; then it is said what becomes of them.
        records: How many records those are.
        bad_field: ``address`` or ``code`` when that is wrong; else empty.
        notice: What went wrong.
        store: Name of the store it belongs to now.
        till_number: Its number.
        records_back: Of a successor: how many records come back.
        not_sent: Of a successor: how many more the machine before it had not sent, as far as head office heard.
        coming_back: Of a successor: how far that is; None before it has begun.
        is_cut: It stopped; ``notice`` says why, and it can be tried again.
        first_load: How far members and goods are; None before it has begun.
    """

    phase: JoinPhase = JoinPhase.ASKING
    session: int = 0
    address: str = ""
    code: str = ""
    worked_alone: bool = False
    records: int = 0
    bad_field: str = ""
    notice: Notice | None = None
    store: str = ""
    till_number: int = 0
    records_back: int = 0
    not_sent: int = 0
    coming_back: Progress | None = None
    is_cut: bool = False
    first_load: Progress | None = None


@dataclass(frozen=True, slots=True)
class JoinAsked:
    """Address and code as typed."""

    address: str
    code: str
