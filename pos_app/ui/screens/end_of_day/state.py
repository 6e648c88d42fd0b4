"""What ending the day shows: the steps that are left, and what came of each."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pos_app.ui.concerns import Concern
from pos_app.ui.state import Notice, Phase
from pos_app.ui.widgets.count import FACES
from pos_app.ui.widgets.progress import Progress

if TYPE_CHECKING:
    from pos_app.domain.money import Money
    from pos_app.domain.points import Points


NOT_BEGUN: Final = Progress()


class Step(enum.Enum):
    """The steps of a day's end, in order."""

    SHIFT = 1
    Z = 2
    SYNC = 3
    COMPARE = 4


class Mark(enum.Enum):
    """How a step stands."""

    OPEN = "open"
    NOW = "now"
    DONE = "done"
    LATER = "later"  # it is done by itself when the line is back
    TROUBLE = "trouble"  # done, and it wants a person


class Page(enum.Enum):
    """What is in front."""

    BEGIN = 0
    COUNT = 1
    WORKING = 2
    RESULT = 3
    DAYS = 4


class Verdict(enum.Enum):
    """What the comparison came to."""

    ALONE = "alone"  # there is no head office
    WAITING = "waiting"
    AGREED = "agreed"
    SET_ASIDE = "set_aside"
    DIFFERS = "differs"


class FigureCode(enum.Enum):
    """What a row of the comparison says. ``TENDER`` needs :attr:`FigureRow.detail`."""

    SALES = "sales"
    REFUNDS = "refunds"
    GROSS = "gross"
    REFUNDED = "refunded"
    TENDER = "tender"
    POINTS_IN = "points_in"
    POINTS_OUT = "points_out"
    VALUE_IN = "value_in"
    VALUE_OUT = "value_out"
    RECORDS = "records"
    HASH = "hash"


@dataclass(frozen=True, slots=True)
class FigureRow:
    """A figure of this till beside that of head office.

    Attributes:
        code: What it is.
        here: This till's.
        there: Head office's; None while it has not said.
        detail: Kind of a tender.
    """

    code: FigureCode
    here: Money | Points | int | str
    there: Money | Points | int | str | None = None
    detail: str = ""

    @property
    def is_equal(self) -> bool | None:
        """Whether both are the same; None while only one is known."""
        return None if self.there is None else self.here == self.there


@dataclass(frozen=True, slots=True)
class DayRow:
    """A closed day in the list."""

    seq: int
    z_number: int
    date: str
    verdict: Verdict
    asked: str = ""


@dataclass(frozen=True, slots=True)
class EndOfDayState:
    """State of ending the day.

    Attributes:
        page: What is in front.
        session: Another number empties the count.
        marks: How each step stands.
        joined: There is a head office: steps three and four are shown.
        date: The business date.
        shift_number: Of the open shift; None when none is open.
        cashier: Whose it is.
        since: When it was opened, in words.
        faces: Face values, the largest first.
        over_short: What the count came to against the books; None before it.
        z_number: Of the closed day; None while it is open.
        progress: How far sending and fetching is.
        deciding: All is sent; head office books it now.
        verdict: What the comparison came to.
        asked: When head office said so.
        waiting: Records that are still to be sent.
        rows: The figures.
        concerns: What head office set aside of this day.
        can_retry: Asking head office again may help.
        days: The closed days, the latest first.
        days_phase: READY, LOADING, EMPTY or FAILED.
        is_former: A day of the list is looked at.
        can_print: There is a printer.
        notice: What went wrong or is to be known.
        busy: Being booked.
    """

    page: Page = Page.BEGIN
    session: int = 0
    marks: tuple[Mark, Mark, Mark, Mark] = (Mark.OPEN, Mark.OPEN, Mark.OPEN, Mark.OPEN)
    joined: bool = False
    date: str = ""
    shift_number: int | None = None
    cashier: str = ""
    since: str = ""
    faces: tuple[Money, ...] = FACES
    over_short: Money | None = None
    z_number: int | None = None
    progress: Progress = NOT_BEGUN
    deciding: bool = False
    verdict: Verdict = Verdict.WAITING
    asked: str = ""
    waiting: int = 0
    rows: tuple[FigureRow, ...] = ()
    concerns: tuple[Concern, ...] = ()
    can_retry: bool = False
    days: tuple[DayRow, ...] = ()
    days_phase: Phase = Phase.READY
    is_former: bool = False
    can_print: bool = True
    notice: Notice | None = None
    busy: bool = False
