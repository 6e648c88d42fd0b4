"""What the list of sales and refunds shows."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pos_app.ui.state import Notice, Phase

if TYPE_CHECKING:
    from pos_app.domain.money import Money


class DocumentKind(enum.Enum):
    """What happened."""

    SALE = "sale"
    REFUND = "refund"
    VOID = "void"


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A sale, a refund or a void.

    Attributes:
        key: Carried by the signals.
        number: Receipt number.
        kind: What happened.
        when: ``HH:MM``, with the day where it is not today.
        amount: Paid, or given back (negative).
        cashier: Who did it.
        member: Masked; empty for none.
        original: Receipt number of the sale a refund belongs to.
        can_refund: Something of it can still come back.
        can_void: It can be voided as a whole.
        voided: It was voided.
    """

    key: object
    number: str
    kind: DocumentKind
    when: str
    amount: Money
    cashier: str = ""
    member: str = ""
    original: str = ""
    can_refund: bool = False
    can_void: bool = False
    voided: bool = False


@dataclass(frozen=True, slots=True)
class VoidConfirmed:
    """A void somebody said yes to.

    Attributes:
        key: Of the sale.
        reason: In the shop's words; may be empty.
    """

    key: object
    reason: str = ""


@dataclass(frozen=True, slots=True)
class SalesState:
    """State of the list.

    Attributes:
        text: What was searched for; written into the box only when :attr:`session` changes.
        session: Another number puts :attr:`text` into the box and marks the first row.
        documents: The newest first.
        more: There are older ones; searching finds them.
        voiding: Key of the sale whose void is being asked about; None for none.
        phase: READY, EMPTY, LOADING or FAILED.
        notice: What went wrong.
        busy: Something is being booked.
    """

    text: str = ""
    session: int = 0
    documents: tuple[DocumentRow, ...] = ()
    more: bool = False
    voiding: object = None
    phase: Phase = Phase.READY
    notice: Notice | None = None
    busy: bool = False
