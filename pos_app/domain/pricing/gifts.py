"""What a bill gives beside points for money, as the quote shows it."""

from __future__ import annotations

import msgspec

from pos_app.domain.money import Money
from pos_app.domain.programme.packs import GiftPart
from pos_app.domain.text import LocalText


class GiftOutcome(msgspec.Struct, frozen=True):
    """What became of one rule of giving in this bill.

    Attributes:
        rule_id: Which.
        name: In the shop's words.
        parts: What one gift holds.
        times: How many of it this bill gives; zero when it gives none.
        reason: Why it gives none, as a code (``not_enough``, ``limit_reached``, ``not_first``, or the condition that
            was not met), or empty.
        missing: What is still to be bought of its goods for one (more); None where buying does not lead there.
        lines: Lines whose goods count for it.
        for_referrer: Whether it goes to the member who brought this one.
        is_share: Whether it is a share of what is paid, and no pack.
    """

    rule_id: str
    name: LocalText
    parts: tuple[GiftPart, ...]
    times: int = 0
    reason: str = ""
    missing: Money | None = None
    lines: tuple[int, ...] = ()
    for_referrer: bool = False
    is_share: bool = False
