"""Tiers at a real till: over the end of a year, undone after it, and bought for a term."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from pos_testkit import builders
from pos_testkit.counter import CASHIER, SUPERVISOR, Counter, cash, counter_at

from pos_app.application.selling import CompleteSale, SaleDone
from pos_app.domain.ids import MemberId, TierId
from pos_app.domain.ledger.refunds import RefundRequest
from pos_app.domain.money import Money
from pos_app.domain.pricing.basket import Basket
from pos_app.domain.pricing.terms import add_term
from pos_app.domain.programme.document import AtEnd, PaidTerm, Period, Tier, TierCondition, TierRules
from pos_app.domain.text import LocalText

RULES = builders.programme(
    levels=(
        *(
            msgspec.structs.replace(
                tier,
                reach=tier.reach and TierCondition(tier.reach.spend, tier.reach.visits, Period.CALENDAR_YEAR),
            )
            for tier in builders.tiers()
        ),
        Tier(TierId("plus"), LocalText("付费会员", "Plus"), 9, paid=PaidTerm(Money(19_900))),
    ),
    tier_rules=TierRules(AtEnd.LOWER_ONE),
)


@pytest.fixture
def counter(quick_folder: Path) -> Iterator[Counter]:
    with counter_at(quick_folder, programme=RULES) as opened:
        yield opened


def later(counter: Counter, days: int) -> None:
    counter.real.clock.advance(days=days)


def tier(counter: Counter, number: int = 1) -> str:
    return counter.till.selling.member_view(counter.member(number).member_id).tier.tier_id


def buy_term(counter: Counter, member_id: MemberId | None) -> SaleDone:
    programme = counter.till.selling.programme()
    basket = add_term(Basket().with_member(member_id), programme, TierId("plus"))
    payable = counter.price(basket).payable
    command = CompleteSale(counter.till.selling.new_sale_id(), basket, (cash(payable.minor),), payable)
    return counter.till.selling.complete(CASHIER, command)


def everything(done: SaleDone) -> RefundRequest:
    return RefundRequest(tuple((line.line_no, line.quantity.milli) for line in done.sale.lines), "x")


def test_a_year_later_one_tier_lower_without_anything_having_run(counter: Counter) -> None:
    much = counter.sell(counter.basket((20, 460), member=counter.member(1)))
    assert tier(counter) == "gold"
    later(counter, 366)
    assert tier(counter) == "gold"
    later(counter, 366)
    assert tier(counter) == "silver"
    stored = counter.member(1)
    assert (stored.tier_id, stored.given_tier) == ("gold", "regular")
    little = counter.sell(counter.basket(20, member=stored)).sale
    assert little.member is not None
    assert (little.member.tier_before, little.member.tier_after) == ("silver", "silver")
    first_day = dt.date(counter.real.context.today().year, 1, 1)
    assert (counter.member(1).tier_id, counter.member(1).tier_since) == ("silver", first_day)
    assert little.member.tier_until == dt.date(first_day.year, 12, 31)
    assert little.member.keep_spend == Money(100_000) - little.payable
    counter.restart()
    assert tier(counter) == "silver"
    back = counter.till.refunds.refund(SUPERVISOR, None, much.sale.receipt_no, everything(much))
    assert back.refund.member is not None
    assert (back.refund.member.tier_before, back.refund.member.tier_after) == ("silver", "regular")
    assert tier(counter) == counter.member(1).tier_id == "regular"


def test_a_term_makes_a_member_of_it_and_goes_with_its_refund(counter: Counter) -> None:
    with counter.refuses("term.needs_member"):
        buy_term(counter, None)
    who = counter.member(1)
    first = buy_term(counter, who.member_id)
    assert first.sale.member is not None
    assert (first.sale.member.tier_before, first.sale.member.tier_after) == ("regular", "plus")
    assert tier(counter) == "plus"
    assert counter.member(1).tier_id == "regular"  # the term alone says so
    second = buy_term(counter, who.member_id)
    begin = counter.real.context.today()
    assert second.sale.member is not None
    assert second.sale.member.tier_until == begin.replace(year=begin.year + 2) - dt.timedelta(days=1)
    later(counter, 400)
    assert tier(counter) == "plus"
    back = counter.till.refunds.refund(SUPERVISOR, None, second.sale.receipt_no, everything(second))
    assert back.refund.member is not None
    assert (back.refund.member.tier_before, back.refund.member.tier_after) == ("plus", "regular")
    assert tier(counter) == "regular"
    assert counter.audit().ok
