"""``quote``: exact, the same whatever the order of scanning, always the best allowed combination, with reasons."""

from __future__ import annotations

import itertools
from fractions import Fraction

import msgspec
from hypothesis import assume, given
from hypothesis import strategies as st
from pos_testkit import builders as build
from pos_testkit import strategies
from pos_testkit.condition_oracle import half_up, speaks, tier_of, touches
from pos_testkit.pricing import paid_by_points, price

from pos_app.domain.ids import CategoryId
from pos_app.domain.member import MemberStatus
from pos_app.domain.money import MAX_ENTRY_MINOR, Money, Rounding
from pos_app.domain.points import Points
from pos_app.domain.pricing.basket import Basket, ManualDiscount, ManualDiscountKind
from pos_app.domain.pricing.engine import Customer
from pos_app.domain.pricing.quote import ReductionKind
from pos_app.domain.programme.document import (
    Conditions,
    Discount,
    MemberPrice,
    Programme,
    Stacking,
    What,
)
from pos_app.domain.text import LocalText

MEMBER_PRICE = MemberPrice("mp", LocalText("会员价"))


maybe_customers = st.one_of(st.none(), strategies.customers(), strategies.customers())


# An oracle of its own: fractions, subsets, and the rules read from product.md -------------------------------------


def oracle_lines(basket: Basket, customer: Customer | None, programme: Programme) -> list[tuple[int, int]]:
    """(regular, amount after the best combination and the line's discount by hand) of each line."""
    if customer and customer.member.status in (MemberStatus.FROZEN, MemberStatus.CLOSED):
        customer = None
    tier = tier_of(customer, programme).tier_id if customer else ""
    result = []
    for line in basket.lines:
        product = line.product
        per_unit = line.override.unit_price if line.override else product.price
        regular = half_up(Fraction(per_unit.minor * line.quantity.milli, 1000))
        if line.label_amount is not None and line.override is None:
            regular = line.label_amount.minor
        open_ones = [
            b
            for b in programme.benefits
            if speaks(b.conditions, customer, tier)
            and touches(b.conditions.what, product)
            and (customer is not None or (isinstance(b, Discount) and not b.for_members))
            and line.override is None
            and product.is_discountable
        ]
        amounts = [regular]
        for chosen in itertools.chain.from_iterable(itertools.combinations(open_ones, n) for n in (1, 2)):
            prices = [b for b in chosen if isinstance(b, MemberPrice)]
            percents = [b for b in chosen if isinstance(b, Discount)]
            if len(chosen) == 2 and (programme.stacking is Stacking.BEST or len(prices) != 1 or len(percents) != 1):
                continue
            amount = regular
            if prices and product.member_price is not None and product.member_price < product.price:
                if line.label_amount is not None:
                    amount = half_up(Fraction(regular * product.member_price.minor, product.price.minor))
                else:
                    amount = half_up(Fraction(product.member_price.minor * line.quantity.milli, 1000))
            for percent in percents:
                amount -= half_up(Fraction(amount * percent.off_bp, 10_000))
            amounts.append(amount)
        amount = min(amounts)
        if line.discount is not None:
            amount -= min(amount, off(line.discount, amount))
        result.append((regular, amount))
    return result


def off(discount: ManualDiscount, amount: int) -> int:
    if discount.kind is ManualDiscountKind.AMOUNT:
        return discount.off.minor
    return half_up(Fraction(amount * discount.off_bp, 10_000))


# Properties -------------------------------------------------------------------------------------------------------


@given(strategies.baskets(), maybe_customers, strategies.programmes())
def test_the_best_allowed_combination_wins(basket, customer, programme):
    lines = oracle_lines(basket, customer, programme)
    base = sum(amount for (_, amount), line in zip(lines, basket.lines, strict=True) if line.product.is_discountable)
    payable = sum(amount for _, amount in lines)
    if basket.discount is not None:
        payable -= min(base, off(basket.discount, base))
    assume(sum(regular for regular, _ in lines) <= MAX_ENTRY_MINOR)
    result = price(basket, customer, programme)
    assert result.payable == Money(payable)
    assert [line.regular_amount.minor for line in result.lines] == [regular for regular, _ in lines]
    before_bill = [
        line.amount.minor + sum(r.amount.minor for r in line.reductions if r.kind is ReductionKind.MANUAL_BILL)
        for line in result.lines
    ]
    assert before_bill == [amount for _, amount in lines]


@given(strategies.baskets(min_lines=0, max_lines=8), maybe_customers, strategies.programmes(), st.integers(0, 50_000))
def test_parts_sum_to_the_whole_and_nothing_is_negative(basket, customer, programme, points_value):
    result = price(basket, customer, programme, points_value=points_value)
    assert [line.line_no for line in result.lines] == [line.line_no for line in basket.lines]
    for line in result.lines:
        assert line.amount >= Money(0)
        assert line.points >= Points(0)
        assert all(reduction.amount > Money(0) for reduction in line.reductions)
        assert line.regular_amount.minor - sum(r.amount.minor for r in line.reductions) == line.amount.minor
        benefits = [r for r in line.reductions if r.kind in (ReductionKind.MEMBER_PRICE, ReductionKind.DISCOUNT)]
        assert len(benefits) <= (1 if programme.stacking is Stacking.BEST else 2)
        if line.overridden:
            assert not benefits
    assert sum(line.amount.minor for line in result.lines) == result.payable.minor
    assert sum(line.regular_amount.minor for line in result.lines) == result.regular_total.minor
    assert result.regular_total - result.saved == result.payable
    assert sum(tax.amount.minor for tax in result.taxes) == result.payable.minor
    assert all(Money(0) <= tax.tax <= tax.amount for tax in result.taxes)
    assert sum(line.points.count for line in result.lines) == result.points_earned.count
    assert all(earned.points > Points(0) for earned in result.earned)
    by_benefit: dict[str, int] = {}
    for line in result.lines:
        for reduction in line.reductions:
            if reduction.kind in (ReductionKind.MEMBER_PRICE, ReductionKind.DISCOUNT):
                by_benefit[reduction.source_id] = by_benefit.get(reduction.source_id, 0) + reduction.amount.minor
    assert {b.benefit_id: b.saved.minor for b in result.benefits if b.saved} == by_benefit


@given(strategies.baskets(), maybe_customers, strategies.programmes())
def test_every_benefit_says_what_it_saved_or_why_it_did_not(basket, customer, programme):
    result = price(basket, customer, programme)
    assert [outcome.benefit_id for outcome in result.benefits] == [b.benefit_id for b in programme.benefits]
    active = customer is not None and customer.member.status in (MemberStatus.ACTIVE, MemberStatus.TEMPORARY)
    tier = result.tier.tier_id if result.tier else ""
    for benefit, outcome in zip(programme.benefits, result.benefits, strict=True):
        assert outcome.applied == bool(outcome.saved) == (not outcome.reason)
        is_open = speaks(benefit.conditions, customer if active else None, tier)
        if isinstance(benefit, MemberPrice) or benefit.for_members:
            is_open = is_open and active
        assert (outcome.applied or outcome.reason in {"better_offer", "no_goods"}) == is_open
        if outcome.reason == "better_offer":
            assert any(other.applied for other in result.benefits)


@given(strategies.baskets(max_lines=7), maybe_customers, strategies.programmes(), st.integers(0, 20_000), st.randoms())
def test_the_order_of_scanning_does_not_matter(basket, customer, programme, points_value, random):
    shuffled = list(basket.lines)
    random.shuffle(shuffled)
    other = msgspec.structs.replace(
        basket, lines=tuple(msgspec.structs.replace(line, line_no=n) for n, line in enumerate(shuffled, 1))
    )
    one = price(basket, customer, programme, points_value=points_value)
    two = price(other, customer, programme, points_value=points_value)
    assert msgspec.structs.replace(one, lines=()) == msgspec.structs.replace(two, lines=())
    by_place = dict(zip([line.line_no for line in shuffled], two.lines, strict=True))
    for line in one.lines:
        assert msgspec.structs.replace(by_place[line.line_no], line_no=line.line_no) == line


def test_which_line_gets_the_odd_fen_does_not_depend_on_the_order():
    """Two lines of the same amount, taxed differently, and one fen to take off; and one fen paid with points."""
    things = [
        build.product(1, 11_300, tax_rate_bp=0, category_id="fruit"),
        build.product(2, 11_300, tax_rate_bp=10_000, category_id="drinks"),
    ]
    odd = ManualDiscount(ManualDiscountKind.AMOUNT, build.SUPERVISOR, off=Money(1))
    only_fruit = build.earning("fruit", 1, 1, conditions=Conditions(what=What(categories=(CategoryId("fruit"),))))
    programme = build.programme(earning=(only_fruit,))
    results = [
        price(build.basket(*order).set_discount(None, off), build.customer(), programme, points_value=points_value)
        for off, points_value in ((odd, 0), (None, 1))
        for order in (things, things[::-1])
    ]
    for one, two in (results[:2], results[2:]):
        assert (one.taxes, one.points_earned) == (two.taxes, two.points_earned)
        assert [line.amount for line in one.lines] == [line.amount for line in reversed(two.lines)]


@given(strategies.baskets(min_lines=2, manual=False, labels=False), maybe_customers, strategies.programmes(), st.data())
def test_a_line_taken_out_and_scanned_again_changes_nothing(basket, customer, programme, data):
    line = data.draw(st.sampled_from(basket.lines))
    again = basket.remove(line.line_no).add(line.product, line.quantity)
    one, two = price(basket, customer, programme), price(again, customer, programme)
    assert msgspec.structs.replace(one, lines=()) == msgspec.structs.replace(two, lines=())


@given(strategies.baskets(), maybe_customers, strategies.programmes())
def test_a_quote_is_a_function_of_its_arguments(basket, customer, programme):
    assert price(basket, customer, programme) == price(basket, customer, programme)


@given(strategies.baskets(manual=False), strategies.customers())
def test_nought_per_cent_is_nothing(basket, customer):
    programme = build.programme(benefits=(build.discount("zero", 0),))
    assert price(basket, customer, programme).saved == Money(0)
    zero = ManualDiscount(ManualDiscountKind.PERCENT, build.SUPERVISOR, 0)
    assert price(basket.set_discount(None, zero)).payable == price(basket).payable


@given(strategies.baskets(manual=False), maybe_customers, strategies.programmes())
def test_more_benefits_never_cost_more(basket, customer, programme):
    without = msgspec.structs.replace(programme, benefits=programme.benefits[1:])
    assert price(basket, customer, programme).payable <= price(basket, customer, without).payable


@given(strategies.baskets(), strategies.customers(), strategies.programmes())
def test_points_are_made_whole_once(basket, customer, programme):
    assume(customer.member.status is MemberStatus.ACTIVE)
    result = price(basket, customer, programme)
    tier = tier_of(customer, programme)
    exact = Fraction(0)
    for rule in programme.earning:
        if speaks(rule.conditions, customer, tier.tier_id):
            base = sum(
                priced.amount.minor
                for priced, line in zip(result.lines, basket.lines, strict=True)
                if touches(rule.conditions.what, line.product)
            )
            times = Fraction(tier.multiplier_bp, 10_000) if rule.times_tier else 1
            exact += Fraction(base * rule.points.count, rule.per.minor) * times
    whole = result.points_earned.count
    match programme.rounding:
        case Rounding.DOWN:
            assert whole == exact.numerator // exact.denominator
        case Rounding.UP:
            assert whole == -(-exact.numerator // exact.denominator)
        case Rounding.HALF_UP:
            assert whole == half_up(exact)


@given(strategies.baskets(), strategies.customers(), st.integers(0, 100_000), st.booleans())
def test_what_points_pay_for_earns_nothing_unless_it_may(basket, customer, points_value, earns):
    assume(customer.member.status is MemberStatus.ACTIVE)
    programme = build.programme(earn_on_points_tender=earns, rounding=Rounding.DOWN)
    result = price(basket, customer, programme, points_value=points_value)
    base = result.payable.minor if earns else max(0, result.payable.minor - points_value)
    assert result.tier is not None
    assert result.points_earned.count == base * result.tier.multiplier_bp // 10_000 // 100
    assert result.paid == paid_by_points(points_value)


@given(strategies.baskets(), strategies.customers(), strategies.programmes(burnable=True))
def test_the_offer_of_points_is_the_most_that_is_allowed(basket, customer, programme):
    result = price(basket, customer, programme)
    if customer.member.status not in (MemberStatus.ACTIVE, MemberStatus.TEMPORARY):
        assert result.burn is None
        assert not result.earned
        return
    (rule,), offer = programme.burning, result.burn
    assert offer is not None
    have = customer.account.spendable(build.TODAY).count

    def allowed(points: int) -> bool:
        value = Fraction(points * rule.value.minor, rule.points.count)
        return (
            points % rule.step.count == 0
            and points >= rule.minimum.count
            and points <= have
            and value.denominator == 1
            and value * 10_000 <= result.payable.minor * rule.max_share_bp
        )

    assert offer.points.count == 0 or allowed(offer.points.count)
    assert Fraction(offer.points.count * rule.value.minor, rule.points.count) == offer.value.minor
    steps = min(
        have // rule.step.count, 1 + result.payable.minor * rule.points.count // (rule.value.minor * rule.step.count)
    )
    for more in itertools.islice(
        range(offer.points.count + rule.step.count, (steps + 1) * rule.step.count, rule.step.count), 20
    ):
        assert not allowed(more)
    assert bool(offer.reason) == (offer.points.count == 0)
    assert offer.value <= result.payable
    assert offer.step_value.minor * rule.points.count == rule.step.count * rule.value.minor
