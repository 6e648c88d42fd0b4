"""Shifts: a cashier's session at a till between opening float and cash count."""

from __future__ import annotations

import datetime as dt

import msgspec

from pos_app.domain.ids import ShiftId, StaffId
from pos_app.domain.money import Money


class Shift(msgspec.Struct, frozen=True):
    """A shift.

    Attributes:
        shift_id: Named by every sale in it.
        number: Counts up at this till.
        cashier: Whose it is.
        opening_float: Cash in the drawer at its start.
        business_date: Trading day at its start.
        opened_ms: Wall clock at its start.
        opened_seq: Journal record that opened it.
        closed_seq: Journal record that closed it; None while it is open.
    """

    shift_id: ShiftId
    number: int
    cashier: StaffId
    opening_float: Money
    business_date: dt.date
    opened_ms: int
    opened_seq: int
    closed_seq: int | None = None


#: Chinese notes and coins in fen, for the blind count.
CNY_PIECES = (100_00, 50_00, 20_00, 10_00, 5_00, 1_00, 50, 10, 5, 1)


def suggested_cash(owed: Money) -> tuple[Money, ...]:
    """Amounts a customer is likely to hand over: exact, then the next round sums, rising; at most five."""
    result = [owed.minor]
    for note in (1_00, 5_00, 10_00, 20_00, 50_00, 100_00):
        rounded = -(-owed.minor // note) * note
        if rounded not in result:
            result.append(rounded)
    return tuple(Money(minor) for minor in sorted(result)[:5])
