"""Rules for goods of which every single item has a code of its own."""

from __future__ import annotations

import datetime as dt

from pos_app.domain.points import Points
from pos_app.domain.programme.rules import Conditions, Rule, What
from pos_app.domain.text import LocalText


class UnitKey(Rule, frozen=True):
    """A key by which links on labels are signed.

    Attributes:
        key_id: As the links name it: one to sixteen letters, digits, ``_`` and ``-``.
        public_key: Ed25519 public key, base64url without padding (43 characters).
        from_date: First day on which its links are taken.
        to_date: Last day on which its links are taken.
        what: Goods whose links it may sign; all where none is given.
    """

    key_id: str
    public_key: str
    from_date: dt.date | None = None
    to_date: dt.date | None = None
    what: What = What()


class UnitPoints(Rule, frozen=True):
    """Points that the code of an item carries, beside what its price earns.

    Attributes:
        rule_id: Named in the journal and in refunds.
        name: On the receipt, beside the points it gave.
        points: For each item sold by its code.
        times_tier: Whether the tier's multiplier applies.
        conditions: When the rule speaks, and of which goods.
    """

    rule_id: str
    name: LocalText
    points: Points
    times_tier: bool = False
    conditions: Conditions = Conditions()


class UnitCodes(Rule, frozen=True):
    """One item, one code: which codes are taken, what cannot be sold without, and what a code gives.

    Goods sold by weight have no codes of single items.

    Attributes:
        keys: Whose signatures on links are taken.
        serials: Goods whose GS1 serial numbers count as codes although nobody signed them; of none where it is not
            given, of all goods where it is empty. Of other goods a serial number is not looked at.
        required: Goods that are sold by the code of the item only; none where it is not given.
        points: What codes carry.
    """

    keys: tuple[UnitKey, ...] = ()
    serials: What | None = None
    required: What | None = None
    points: tuple[UnitPoints, ...] = ()
