"""Bodies of records that give or end holdings without a sale."""

from __future__ import annotations

import msgspec

from pos_app.domain.ids import StaffId
from pos_app.domain.ledger.counts import CountedFor, GivenByRule
from pos_app.domain.ledger.moves import Move


class Rewarded(msgspec.Struct, frozen=True):
    """Something was given outside a sale: by a rule, or by a person's goodwill.

    Attributes:
        occasion: ``sign_up``, ``birthday``, ``check_in``, ``survey``, ``referral``, ``goodwill``.
        given: What was given as a whole; the rules are named there.
        moves: What came into whose account.
        counted_for: What limits count of it.
        approved_by: Whose permission it rests on; empty for a rule's.
        reason: In the shop's words, where a person gave it.
    """

    occasion: str
    given: tuple[GivenByRule, ...]
    moves: tuple[Move, ...]
    counted_for: tuple[CountedFor, ...] = ()
    approved_by: StaffId = StaffId("")
    reason: str = ""


class HoldingsExpired(msgspec.Struct, frozen=True):
    """Holdings other than points reached their last day."""

    moves: tuple[Move, ...]
