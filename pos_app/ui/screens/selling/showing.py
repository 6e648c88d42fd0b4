"""From the current sale to what the selling screen draws."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from pos_app.application.coupons import chosen_uses
from pos_app.domain.money import Money
from pos_app.domain.offering import OfferingKind
from pos_app.domain.pricing.quote import ReductionKind
from pos_app.domain.text import mask_name, mask_phone
from pos_app.domain.unit_codes import tail
from pos_app.ui import formats, i18n, messages
from pos_app.ui.screens.selling.state import MemberState, Missing, Offer
from pos_app.ui.widgets.basket import BasketLine

if TYPE_CHECKING:
    from pos_app.application.selling import MemberView
    from pos_app.domain.pricing.basket import Basket
    from pos_app.domain.pricing.basket import BasketLine as Line
    from pos_app.domain.pricing.quote import LinePrice, Quote, Reduction
    from pos_app.domain.programme.document import Programme
from pos_app.domain.programme.tiers import NextTier

#: Key of the offer to pay with points.
POINTS_OFFER = "points"
#: How many coupons the panel has room for; all of them are in the sheet of benefits.
COUPON_OFFERS = 2
#: What goes into a member's account, and cannot be sold to nobody; things for points say so themselves.
_FOR_MEMBERS = frozenset({OfferingKind.RECHARGE, OfferingKind.TIER_TERM})
#: A birthday this near is worth a word.
BIRTHDAY_NEAR_DAYS = 3


class LineDrawer:
    """Keeps what was drawn, so that an unchanged line stays the same object and costs the table nothing."""

    def __init__(self) -> None:
        self._drawn: dict[int, tuple[Line, tuple[LinePrice, str, Money], BasketLine]] = {}

    def lines(self, basket: Basket, quote: Quote) -> tuple[BasketLine, ...]:
        """Every line of the basket as the table draws it."""
        drawn: dict[int, tuple[Line, tuple[LinePrice, str, Money], BasketLine]] = {}
        refused = refusals(basket, quote)
        bonuses = {each.line_no: each.bonus for each in quote.recharges}
        for line, price in zip(basket.lines, quote.lines, strict=True):
            known = self._drawn.get(line.line_no)
            facts = price, refused.get(line.line_no, ""), bonuses.get(line.line_no, Money(0))
            if known is None or known[0] is not line or known[1] != facts:
                known = (line, facts, _draw(line, *facts))
            drawn[line.line_no] = known
        self._drawn = drawn
        return tuple(entry[2] for entry in drawn.values())

    def forget(self) -> None:
        """Draw everything anew: the language changed."""
        self._drawn.clear()


def refusals(basket: Basket, quote: Quote) -> dict[int, str]:
    """Why lines cannot be sold as things stand, as codes, by line number."""
    unpaid = {
        each.line_no: "not_offered" if each.reason == "unknown_offer" else each.reason for each in quote.recharges
    }
    result: dict[int, str] = {}
    for line, price in zip(basket.lines, quote.lines, strict=True):
        kind = line.offering.kind if line.offering is not None else None
        nobody = basket.member_id is None and kind in _FOR_MEMBERS
        why = price.refused or unpaid.get(line.line_no, "") or ("members_only" if nobody else "")
        if why:
            result[line.line_no] = why
    return result


def _draw(line: Line, price: LinePrice, why: str, bonus: Money) -> BasketLine:
    product = line.product
    return BasketLine(
        key=line.line_no,
        name=product.name,
        quantity=line.quantity,
        unit=product.unit if product.is_weighed else "",
        price=price.unit_price,
        amount=price.amount,
        reductions=tuple((reduction_words(each), each.amount) for each in price.reductions),
        note=_note(line, price, why, bonus),
    )


def _note(line: Line, price: LinePrice, why: str, bonus: Money) -> str:
    """The end of the item's code, its points or bonus, why it cannot be sold, and whether a person set the price."""
    parts = [f"…{tail(line.unit_code)}"] if line.unit_code else []
    if price.points_price.count:
        words = QCoreApplication.translate("Selling", "{points} points")
        parts.append(words.format(points=price.points_price.display()))
    if bonus:
        words = QCoreApplication.translate("Selling", "{amount} on top")
        parts.append(words.format(amount=bonus.display()))
    if why:
        words = QCoreApplication.translate("Selling", "Cannot be sold: {why}")
        parts.append(words.format(why=messages.sentence(f"benefit.{why}", {})))
    if price.overridden:
        parts.append(QCoreApplication.translate("Selling", "Price set by hand"))
    return "  ·  ".join(parts)


def reduction_words(reduction: Reduction) -> str:
    """What took something off, in the shop's words; for discounts by hand in ours."""
    if reduction.kind is ReductionKind.MANUAL_LINE:
        return QCoreApplication.translate("Selling", "Discount")
    if reduction.kind is ReductionKind.MANUAL_BILL:
        return QCoreApplication.translate("Selling", "Discount on the bill")
    return reduction.name.in_language(i18n.current())


def pieces(basket: Basket) -> str:
    """Words for how many things: ``5`` or ``5 + 1.285 kg``."""
    whole = sum(
        1 if line.label_amount and not line.product.is_weighed else line.quantity.milli // 1000
        for line in basket.lines
        if not line.product.is_weighed
    )
    grams = sum(line.quantity.milli for line in basket.lines if line.product.is_weighed)
    parts = [str(whole)] if whole or not grams else []
    if grams:
        parts.append(f"{grams // 1000}.{grams % 1000:03d} kg")
    return " + ".join(parts)


def member_state(
    view: MemberView, basket: Basket, quote: Quote, programme: Programme, now: dt.datetime, today: dt.date
) -> MemberState:
    """The member as the panel draws them, by the shop's clock and its business date."""
    member, account = view.customer.member, view.customer.account
    tier = quote.tier or view.tier
    language = i18n.current()
    notice_days = programme.expiry.notice_days
    expiring = account.expiring(today, notice_days)
    burn = quote.burn if quote.burn is not None and quote.burn.points.count else None
    following = quote.next_tier
    ranks = [each.tier_id for each in programme.tiers]
    return MemberState(
        key=member.member_id,
        name=mask_name(member.name),
        phone=mask_phone(member.phone),
        tier=tier.name.in_language(language),
        tier_rank=ranks.index(tier.tier_id) if tier.tier_id in ranks else 0,
        points=account.balance(today),
        next_tier=following.tier.name.in_language(language) if following else "",
        next_missing=_missing(following) if following else Missing(),
        next_share_bp=following.share_bp if following else 0,
        tier_until=quote.tier_term.until.isoformat() if quote.tier_term else "",
        keep_missing=_missing(quote.tier_term.keep) if quote.tier_term and quote.tier_term.keep else None,
        points_worth=burn.value if burn else None,
        points_usable=burn.points if burn else None,
        expiring=expiring if expiring.count else None,
        expiring_days=notice_days,
        earns=quote.points_earned if quote.lines else None,
        stored_value=_stored_value(quote, programme),
        coupons=sum(max(1, each.count) for each in quote.coupons) if programme.coupons else None,
        offers=_offers(basket, quote, language),
        favourites=tuple(each.name for each in view.favourites),
        last_visit=formats.short_day(account.last_visit) if account.last_visit else "",
        birthday=member.birthday.display() if member.birthday else "",
        birthday_near=member.birthday is not None
        and any(
            member.birthday.is_on(today + dt.timedelta(days=offset))
            for offset in range(-BIRTHDAY_NEAR_DAYS, BIRTHDAY_NEAR_DAYS + 1)
        ),
        temporary=member.status == "temporary",
        as_of="" if account.as_of_ms is None else _as_of(account.as_of_ms, now),
        own_records=0 if account.as_of_ms is None else account.own_records,
    )


def _as_of(as_of_ms: int, now: dt.datetime) -> str:
    """When head office said it: the time today, the day before that."""
    then = dt.datetime.fromtimestamp(as_of_ms / 1000, now.tzinfo)
    return formats.clock(then) if then.date() == now.date() else formats.day_and_time(then)


def _missing(way: NextTier) -> Missing:
    return Missing(way.spend_missing, way.visits_missing, way.points_missing, way.all_of)


def _stored_value(quote: Quote, programme: Programme) -> Money | None:
    """The balance; None where the shop has no such thing and the member nothing left of it."""
    offer = quote.stored
    if offer is None or (programme.stored_value is None and not offer.principal + offer.bonus):
        return None
    return offer.principal + offer.bonus


def _offers(basket: Basket, quote: Quote, language: str) -> tuple[Offer, ...]:
    """What can be used at a touch, then what is nearly reached, the nearest first, then what applied."""
    offers: list[Offer] = []
    if quote.burn is not None and quote.burn.points.count and quote.lines:
        words = QCoreApplication.translate("Selling", "Pay {amount} with {points} points")
        burn = quote.burn
        offers.append(Offer(POINTS_OFFER, words.format(amount=burn.value.display(), points=burn.points.display())))
    coupons = [(each, bool(chosen_uses(basket, each))) for each in quote.coupons]
    usable = [(each, used) for each, used in coupons if used or (each.worth.minor > 0 and not each.reason)]
    for coupon, used in usable[:COUPON_OFFERS]:
        worth = coupon.off if used else coupon.worth
        missing = coupon.missing if used and not coupon.used else None
        offer = Offer(coupon, coupon.name.in_language(language), missing, worth, used)
        offers.insert(0 if used else len(offers), offer)
    nearly = [each for each in quote.benefits if each.missing is not None and quote.lines]
    nearly.sort(key=lambda each: each.missing.minor if each.missing is not None else 0)
    applied = [each for each in quote.benefits if each.applied and each.missing is None]
    for each in (*nearly, *applied):
        saved = each.saved if each.applied else None
        offers.append(Offer(each.benefit_id, each.name.in_language(language), each.missing, saved))
    return tuple(offers)
