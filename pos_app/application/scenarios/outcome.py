"""What a scenario did."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import msgspec

from pos_app.application.scenarios.giving import Held, StepOutcome
from pos_app.domain.ids import TierId
from pos_app.domain.ledger.bodies import Refund, Sale
from pos_app.domain.ledger.lots import Base
from pos_app.domain.member import Member, MemberAccount
from pos_app.domain.money import Money
from pos_app.domain.pricing.quote import BurnOffer, Quote


class RefundOutcome(msgspec.Struct, frozen=True):
    """What one refund did.

    Attributes:
        refund: Its record; None when it was refused.
        account: The member's account afterwards; None without a member.
        tier: The member's tier afterwards.
        today: Business date.
        refused: The code of the refusal, or empty.
        cards: What is left on gift cards, by their name in the file.
        uses_left: Uses of cards and services that are left, by id.
        stock: What is left of gifts.
        held: What everybody has afterwards.
        coupons_left: Uses of coupons that are left, by coupon.
    """

    refund: Refund | None
    account: MemberAccount | None
    tier: TierId
    today: dt.date
    refused: str = ""
    cards: Mapping[str, Money] = {}
    uses_left: Mapping[str, int] = {}
    stock: Mapping[str, int] = {}
    held: Held = Held()
    coupons_left: Mapping[str, int] = {}


class Before(msgspec.Struct, frozen=True):
    """A member before the scenario, as head office would tell a till of them.

    Attributes:
        member: Who.
        base: What head office says of their account; earlier sales of the history are the till's own and not in it.
    """

    member: Member
    base: Base


class Outcome(msgspec.Struct, frozen=True):
    """What a scenario did.

    Attributes:
        today: Business date of the sale.
        quote: As the bill was paid; None when it could not even be priced.
        offer: What could be paid with points, before any was.
        sale: Its record; None when it was refused.
        account: The member's account afterwards; None without a member.
        refused: The code of the refusal, or empty.
        refunds: One for each of the scenario's.
        cards: What is left on gift cards, by their name in the file.
        uses_left: Uses of cards and services that are left after the sale, by id.
        stock: What is left of gifts after the sale.
        held: What everybody has after the sale.
        before: One for each thing that is done before the sale.
        coupons_left: Uses of coupons that are left after the sale, by coupon.
    """

    today: dt.date
    quote: Quote | None
    offer: BurnOffer | None
    sale: Sale | None
    account: MemberAccount | None
    refused: str = ""
    refunds: tuple[RefundOutcome, ...] = ()
    cards: Mapping[str, Money] = {}
    uses_left: Mapping[str, int] = {}
    stock: Mapping[str, int] = {}
    held: Held = Held()
    before: tuple[StepOutcome, ...] = ()
    coupons_left: Mapping[str, int] = {}
