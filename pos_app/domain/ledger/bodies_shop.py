"""Parts of journal bodies about what points buy, what is counted, and what lies in stock for it."""

from __future__ import annotations

import datetime as dt

import msgspec

from pos_app.domain.ids import MemberId, RecordId, StaffId
from pos_app.domain.money import Money
from pos_app.domain.points import Points
from pos_app.domain.text import LocalText


class Counted(msgspec.Struct, frozen=True, omit_defaults=True):
    """Something that a member had of what is limited by day, month, year or life.

    Attributes:
        what: As the log of usage names it.
        amount: How much; in a refund: how much of it came back.
        lines: Of the sale: it comes back as they do. None for what comes back as points of a tender are given back.
        undoes: In a refund: place in the sale's ``counted``.
    """

    what: str
    amount: int
    lines: tuple[int, ...] = ()
    undoes: int | None = None


class GiftTaken(msgspec.Struct, frozen=True, omit_defaults=True):
    """One thing was taken out of the stock of gifts; in a refund: put back.

    Attributes:
        line_no: Of the sale.
        what: As the books name the stock (a rule, or a prize of a draw).
        stock: How many there were when the rule began, as the programme said; None where nobody counts.
    """

    line_no: int
    what: str
    stock: int | None = None


class Drawn(msgspec.Struct, frozen=True, omit_defaults=True):
    """A turn of a lucky draw, so that anybody can draw it again.

    Attributes:
        line_no: Of the sale.
        rule_id: Which draw.
        name: In the shop's words.
        turn: Which turn of this sale, from 0: a part of the seed.
        weights: The published weights, in the order of the prizes.
        prizes: Ids of the prizes in that order.
        drawn: Place of the prize that the seed gives.
        given: Place of the prize that was given: another one only where the drawn one had run out.
        stock: How many of the drawn prize there were when the rule began; None where nobody counts.
        prize: Name of the prize that was given.
        fallback: Place of the prize that is given where another has run out.
        points: Points that the prize gives.
        bonus: Stored value that the prize gives.
        coupon: Coupon that the prize gives, or empty.
        product: Goods that the prize gives, or empty.
    """

    line_no: int
    rule_id: str
    name: LocalText
    turn: int
    weights: tuple[int, ...]
    prizes: tuple[str, ...]
    drawn: int
    given: int
    fallback: int
    prize: LocalText
    stock: int | None = None
    points: Points = Points(0)
    bonus: Money = Money(0)
    coupon: str = ""
    product: str = ""


class ServiceTaken(msgspec.Struct, frozen=True):
    """Uses of a service in a sale, for the receipt.

    Attributes:
        service_id: Which.
        name: In the shop's words.
        count: How many uses.
        left: How many are left in the period.
    """

    service_id: str
    name: LocalText
    count: int
    left: int


class GiftsAdjusted(msgspec.Struct, frozen=True):
    """Somebody counted the gifts: more came, some broke.

    Attributes:
        what: As the books name the stock.
        change: How many more, or fewer.
        stock: How many there were when the rule began.
        left: How many there are now.
        reason: In the shop's words.
        approved_by: Whose permission it rests on.
    """

    what: str
    change: int
    stock: int
    left: int
    reason: str
    approved_by: StaffId


class ServiceUsed(msgspec.Struct, frozen=True):
    """A member used a service by itself, without a sale; or the use was taken back.

    Attributes:
        member_id: Who.
        service_id: Which.
        name: In the shop's words.
        counted: For the log: one use, or minus one.
        left: How many are left in the period.
        approved_by: Whose permission it rests on.
        programme_version: By which version of the rules.
        undoes: The record of the use that is taken back; None for a use.
        counted_on: Business date of the use that is taken back: it no longer counts on that day; None for a use.
        reason: Why it is taken back, in the shop's words.
    """

    member_id: MemberId
    service_id: str
    name: LocalText
    counted: Counted
    left: int
    approved_by: StaffId
    programme_version: int
    undoes: RecordId | None = None
    counted_on: dt.date | None = None
    reason: str = ""
