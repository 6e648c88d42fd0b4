"""``quote``: the pure function from basket, member, programme and moment to a price with its reasons.

Order of work, the same for every basket whatever the order of scanning: regular amounts; pieces that uses pay for
(``uses``) taken out; the best allowed combination of benefits (``benefits``); discounts decided at the till, by line,
then on the bill (spread over its lines by largest remainder); the coupons that somebody chose (``coupons``); tax;
points as cash; points earned, made whole once for the bill and spread over the lines that earned them. What lines
cost in points (``shop``) is checked in the order of the basket.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from types import MappingProxyType
from typing import Final

import msgspec

from pos_app.domain.ids import MemberId, TierId
from pos_app.domain.member import Member, MemberAccount, MemberStatus, Progress, Standing
from pos_app.domain.money import FULL_RATE_BP, MAX_ENTRY_MINOR, Money, Rounding, divide
from pos_app.domain.points import Points
from pos_app.domain.pricing.basket import Basket, ManualDiscount, ManualDiscountKind
from pos_app.domain.pricing.benefits import apply_benefits
from pos_app.domain.pricing.burning import burn_offer, cost_of, spread_points
from pos_app.domain.pricing.coupons import CouponBill, Priced
from pos_app.domain.pricing.earning import Earned, earn
from pos_app.domain.pricing.gifts import GiftOutcome
from pos_app.domain.pricing.giving import gifts_of
from pos_app.domain.pricing.lines import PricedLine, split
from pos_app.domain.pricing.paid import NOTHING_PAID, Paid
from pos_app.domain.pricing.quote import (
    BurnOffer,
    LinePrice,
    Quote,
    ReductionKind,
    TaxAmount,
)
from pos_app.domain.pricing.recharging import Recharge, recharge_of, stored_offer, without_bonus
from pos_app.domain.pricing.reserved import refused_goods
from pos_app.domain.pricing.shop import PointsPrice, price_in_points
from pos_app.domain.pricing.terms import with_terms
from pos_app.domain.pricing.uses import apply_uses
from pos_app.domain.programme.conditions import refusal
from pos_app.domain.programme.document import Conditions, Programme, Tier
from pos_app.domain.programme.standing import assigned, raised, standing_now
from pos_app.domain.programme.tiers import NextTier, TierTerm, next_tier, paid_until, tier_of, tier_term
from pos_app.domain.referrer import Referrer
from pos_app.domain.tender import TenderKind
from pos_app.domain.text import LocalText
from pos_app.errors import KnownError

_NO_NAME = LocalText("")
_NO_POINTS_PRICE: Final = PointsPrice()
_NO_STOCK: Final[Mapping[str, int]] = MappingProxyType({})
#: Where no coupon is used that belongs to whoever has its code.
NO_BEARERS: Final[Mapping[MemberId, MemberAccount]] = MappingProxyType({})


class Customer(msgspec.Struct, frozen=True):
    """The member a basket is priced for.

    Attributes:
        member: Who.
        account: Balances and progress.
        referrer: Who brought the member, where that is known here and may be rewarded.
        shop_given: What rules with a cap for the whole shop have given all members in this calendar month.
    """

    member: Member
    account: MemberAccount
    referrer: Referrer | None = None
    shop_given: Mapping[str, int] = {}


class Place(msgspec.Struct, frozen=True):
    """For whom, when and where rules speak.

    Attributes:
        customer: The member, where there is one whom the programme serves now.
        standing: The member's standing today.
        tier: The member's tier today.
        now: Local time of the shop.
        today: Business date.
        store: The store's code.
        in_force: Whether the programme is in force today.
        notice: Why the member is not served, as a code; empty where nothing is to be said.
    """

    customer: Customer | None
    standing: Standing | None
    tier: Tier | None
    now: dt.datetime
    today: dt.date
    store: str
    in_force: bool
    notice: str

    @property
    def member(self) -> Member | None:
        """The member's data."""
        return self.customer.member if self.customer else None

    @property
    def account(self) -> MemberAccount | None:
        """The member's account."""
        return self.customer.account if self.customer else None

    def refusal(self, conditions: Conditions) -> str | None:
        """Why a rule does not speak here and now, or None when it does."""
        return refusal(
            conditions,
            member=self.member,
            tier_id=self.tier.tier_id if self.tier else TierId(""),
            now=self.now,
            store=self.store,
            today=self.today,
            account=self.account,
        )


def place_for(
    customer: Customer | None, programme: Programme, now: dt.datetime, *, today: dt.date, store: str = ""
) -> Place:
    """For whom, when and where the rules of a programme speak."""
    in_force = programme.is_effective(today)
    notice = "" if in_force else "programme_not_in_force"
    member = customer if in_force else None
    if member is not None and member.member.status in (MemberStatus.FROZEN, MemberStatus.CLOSED):
        notice, member = f"member_{member.member.status.value}", None
    standing = standing_now(programme, member.member, member.account, today) if member else None
    tier = tier_of(programme, standing, member.account, today) if member and standing else None
    return Place(member, standing, tier, now, today, store, in_force, notice)


def quote(
    basket: Basket,
    customer: Customer | None,
    programme: Programme,
    now: dt.datetime,
    *,
    today: dt.date,
    store: str = "",
    paid: Paid = NOTHING_PAID,
    stock: Mapping[str, int] = _NO_STOCK,
    bearers: Mapping[MemberId, MemberAccount] = NO_BEARERS,
) -> Quote:
    """Price a basket.

    Args:
        basket: What is bought, with what the cashier decided.
        customer: The member, or None.
        programme: The rules. One that is not in force today gives nothing and says so.
        now: Local time of the shop: rules by time of day look at it.
        today: The business date: rules by date, weekday and birthday, expiry and tiers look at it.
        store: The store's code, for rules by store.
        paid: How the bill is paid, as far as is known, for rules of earning.
        stock: What came and went of the gifts of the points shop since their rules began (``shop.price_in_points``).
        bearers: Accounts of coupons the basket uses that belong to whoever has their code.

    Raises:
        KnownError: ``money.too_large`` for a basket beyond any bill.
    """
    place = place_for(customer, programme, now, today=today, store=store)
    member, tier, standing, in_force = place.customer, place.tier, place.standing, place.in_force
    coupons = _coupon_bill(basket, programme, place, bearers)
    offers, coupon_uses = coupons.offers(), coupons.take_off()
    lines, benefits, gap, uses = coupons.outcome.priced
    open_lines = [line for line in lines if not line.is_covered]
    in_points = price_in_points(basket.lines, place.account, programme, place.refusal, today, stock)

    closed = refused_goods(basket.lines, programme.reserved, place.refusal, is_member=member is not None)
    payable = Money(sum([line.amount for line in lines]))
    regular_total = Money(sum([line.regular + line.covered_fen for line in lines]))
    goods = payable - Money(sum(line.amount for line in lines if line.basket_line.is_prepaid))
    recharges = tuple(_recharges(lines, programme if in_force else None, place))
    stored = None
    if customer is not None:
        stored = stored_offer(goods, customer.member, customer.account, programme.stored_value, today)
    earned = Earned()
    burn: BurnOffer | None = None
    tiers = _TiersAfter()
    gifts: tuple[GiftOutcome, ...] = ()
    if member is not None and tier is not None and standing is not None:
        promised = Points(sum(each.points.count for each in in_points.values()))
        burn = burn_offer(partial(cost_of, lines), member.account, programme.burning, place.refusal, today, promised)
        spread_points(lines, programme.burning, burn, paid.of({TenderKind.POINTS}))
        counted = without_bonus(paid, goods, member.account, programme.stored_value, today)
        earned = earn(open_lines, programme, place.refusal, tier.multiplier_bp, member.account, counted, today)
        new_visit = 1 if lines and member.account.last_visit != today else 0
        gained = Progress(goods, new_visit, Points(sum(line.points for line in lines)))
        tiers = _tiers_after(programme, member, standing, gained, basket, today)
        gifts = gifts_of(
            lines,
            programme,
            member.member,
            member.account,
            place.refusal,
            today,
            tiers=(tier, tiers.tier or tier),
            referrer=member.referrer,
            shop_given=member.shop_given,
        )
    return Quote(
        lines=tuple(
            [
                LinePrice(
                    line.basket_line.line_no,
                    Money(line.unit_price),
                    Money(line.regular + line.covered_fen),
                    (*line.covered, *line.reductions),
                    Money(line.amount),
                    Points(line.points),
                    line.basket_line.override is not None,
                    in_points.get(line.basket_line.line_no, _NO_POINTS_PRICE).points,
                    closed.get(line.basket_line.line_no, "")
                    or in_points.get(line.basket_line.line_no, _NO_POINTS_PRICE).refused,
                    Money(line.by_points),
                )
                for line in lines
            ]
        ),
        regular_total=regular_total,
        saved=regular_total - payable,
        payable=payable,
        taxes=taxes_of(
            (line.basket_line.product.tax_rate_bp, line.amount) for line in lines if not line.basket_line.is_prepaid
        ),
        benefits=benefits,
        earned=earned.by_rule,
        burn=burn,
        tier=tier,
        tier_after=tiers.tier,
        next_tier=tiers.next_tier,
        tier_term=tiers.term,
        standing=tiers.to_assign,
        programme_version=programme.version if in_force else 0,
        notice=place.notice,
        paid=paid,
        gap=Money(gap),
        multipliers=earned.multipliers,
        capped=earned.capped,
        recharges=recharges,
        stored=stored,
        uses=uses,
        gifts=gifts,
        coupons=offers,
        coupon_uses=coupon_uses,
    )


def best_coupons(
    basket: Basket,
    customer: Customer | None,
    programme: Programme,
    now: dt.datetime,
    *,
    today: dt.date,
    store: str = "",
    bearers: Mapping[MemberId, MemberAccount] = NO_BEARERS,
) -> Basket:
    """The basket with those coupons used that make it cheapest: of the member's wallet, and of what it uses already.

    Of choices that cost the same: the one with fewest uses, then with those that end first. Few coupons are tried in
    every combination, of many the best is searched step by step.

    Args:
        basket: What is bought; coupons it uses of accounts of their own may be used, or left.
        customer: The member, or None.
        programme: The rules.
        now: Local time of the shop.
        today: The business date.
        store: The store's code.
        bearers: Accounts of coupons the basket uses that belong to whoever has their code.

    Raises:
        KnownError: ``money.too_large`` for a basket beyond any bill.
    """
    place = place_for(customer, programme, now, today=today, store=store)
    kept = tuple(each for each in basket.used if programme.coupon(each.source_id) is None)
    return msgspec.structs.replace(basket, used=(*kept, *_coupon_bill(basket, programme, place, bearers).best()))


def _coupon_bill(
    basket: Basket, programme: Programme, place: Place, bearers: Mapping[MemberId, MemberAccount]
) -> CouponBill:
    """Price a basket up to its coupons."""

    def before(without: frozenset[str]) -> Priced:
        lines = [PricedLine(line) for line in basket.lines]
        if sum([line.regular for line in lines]) > MAX_ENTRY_MINOR:
            raise KnownError("money.too_large")
        uses = apply_uses(lines, basket.used, place.account, programme, place.refusal, place.today)
        # Pieces that uses pay for are out of everything that follows.
        open_lines = [line for line in lines if not line.is_covered]
        benefits, gap = apply_benefits(
            open_lines, programme, place.member, place.refusal, in_force=place.in_force, without=without
        )
        _apply_manual(open_lines, basket.discount)
        return Priced(lines, benefits, gap, uses)

    return CouponBill(
        programme, basket, place.account, bearers, place.today, place.refusal, before, in_force=place.in_force
    )


class _TiersAfter(msgspec.Struct, frozen=True):
    """What a sale makes of the member's tier."""

    tier: Tier | None = None
    next_tier: NextTier | None = None
    term: TierTerm | None = None
    to_assign: Standing | None = None


def _tiers_after(
    programme: Programme, customer: Customer, standing: Standing, gained: Progress, basket: Basket, today: dt.date
) -> _TiersAfter:
    account = with_terms(customer.account, basket.lines, programme, today)
    progress = account.progress + gained
    after = raised(programme, standing, progress, today)
    tier = tier_of(programme, after, account, today)
    return _TiersAfter(
        tier,
        next_tier(programme, tier, progress),
        paid_until(tier, account, today)
        if tier.tier_id != after.tier_id
        else tier_term(programme, after, account, today, gained),
        after if after != assigned(programme, customer.member.standing) else None,
    )


def _recharges(lines: list[PricedLine], programme: Programme | None, place: Place) -> Iterator[Recharge]:
    for line in lines:
        offering = line.basket_line.offering
        if offering is not None:
            rules = programme.stored_value if programme is not None else None
            found = recharge_of(line.basket_line.line_no, offering, Money(line.amount), rules, place.refusal)
            if found is not None:
                yield found


def _apply_manual(lines: list[PricedLine], bill: ManualDiscount | None) -> None:
    for line in lines:
        discount = line.basket_line.discount
        if discount is not None:
            line.take_off(ReductionKind.MANUAL_LINE, discount.approved_by, _NO_NAME, _off(discount, line.amount))
    if bill is None:
        return
    takers = [line for line in lines if line.basket_line.product.is_discountable]
    base = sum(line.amount for line in takers)
    parts = split(min(_off(bill, base), base), takers, [line.amount for line in takers])
    for line, part in zip(takers, parts, strict=True):
        line.take_off(ReductionKind.MANUAL_BILL, bill.approved_by, _NO_NAME, part)


def _off(discount: ManualDiscount, amount: int) -> int:
    if discount.kind is ManualDiscountKind.AMOUNT:
        return discount.off.minor
    return divide(amount * discount.off_bp, FULL_RATE_BP, Rounding.HALF_UP)


def taxes_of(amounts: Iterable[tuple[int, int]]) -> tuple[TaxAmount, ...]:
    """Tax contained in amounts, by rate; rounded half up once per rate.

    Args:
        amounts: Pairs of rate in basis points and amount in fen.
    """
    by_rate: dict[int, int] = {}
    for rate_bp, amount in amounts:
        by_rate[rate_bp] = by_rate.get(rate_bp, 0) + amount
    return tuple(
        TaxAmount(rate_bp, Money(amount), Money(divide(amount * rate_bp, FULL_RATE_BP + rate_bp, Rounding.HALF_UP)))
        for rate_bp, amount in sorted(by_rate.items())
    )
