"""``quote``: exact, the same whatever the order of scanning, always the best allowed combination, with reasons."""

from __future__ import annotations

import datetime as dt
import itertools
from fractions import Fraction

import msgspec
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from pos_testkit import builders as build

from pos_app.domain.ids import CategoryId, TierId
from pos_app.domain.member import Birthday, MemberStatus
from pos_app.domain.money import MAX_ENTRY_MINOR, Money, Rounding
from pos_app.domain.points import Points
from pos_app.domain.pricing.basket import Basket, ManualDiscount, ManualDiscountKind, PriceOverride
from pos_app.domain.pricing.engine import Customer, most_points, quote, taxes_of
from pos_app.domain.pricing.quote import Quote, ReductionKind, TaxAmount
from pos_app.domain.programme.document import (
    Birthdays,
    Conditions,
    Discount,
    MemberPrice,
    Programme,
    Stacking,
    Tier,
    What,
    When,
    Who,
)
from pos_app.domain.quantity import Quantity
from pos_app.domain.text import LocalText
from pos_app.errors import KnownError

MEMBER_PRICE = MemberPrice("mp", LocalText("会员价"))


def price(
    basket: Basket,
    customer: Customer | None = None,
    programme: Programme | None = None,
    *,
    now: dt.datetime = build.NOON,
    today: dt.date | None = None,
    points_value: int = 0,
) -> Quote:
    return quote(
        basket,
        customer,
        programme or build.programme(),
        now,
        today=today or now.date(),
        store="S1",
        points_value=Money(points_value),
    )


maybe_customers = st.one_of(st.none(), build.customers(), build.customers())


# An oracle of its own: fractions, subsets, and the rules read from product.md -------------------------------------


def half_up(value: Fraction) -> int:
    return (2 * value.numerator + value.denominator) // (2 * value.denominator)


def speaks(conditions: Conditions, customer: Customer | None, tier: str, day: dt.date = build.TODAY) -> bool:
    who, when = conditions.who, conditions.when
    if conditions.stores and "S1" not in conditions.stores:
        return False
    if (when.weekdays and day.isoweekday() not in when.weekdays) or (
        when.days_of_month and day.day not in when.days_of_month
    ):
        return False
    if customer is None:
        return not (who.tiers or who.tags or who.birthday)
    if who.tiers and tier not in who.tiers:
        return False
    if who.tags and not any(tag in who.tags for tag in customer.member.tags):
        return False
    if who.birthday is None:
        return True
    born = customer.member.birthday
    if born is None:
        return False
    this_year = (
        dt.date(day.year, 2, 28) if (born.month, born.day) == (2, 29) else dt.date(day.year, born.month, born.day)
    )
    away = abs((this_year - day).days)
    return {Birthdays.DAY: away == 0, Birthdays.WEEK: away <= 3, Birthdays.MONTH: born.month == day.month}[who.birthday]


def touches(what: What, product) -> bool:
    named = [*what.categories, *what.products, *what.brands]
    inside = not named or bool({product.category_id, product.product_id, product.brand} & set(named))
    return inside and product.category_id not in what.except_categories


def tier_of(customer: Customer, programme: Programme) -> Tier:
    spend, visits = customer.account.progress.spend.minor, customer.account.progress.visits
    possible = [programme.tiers[0]]
    possible += [t for t in programme.tiers if t.tier_id == customer.member.tier_id]
    possible += [
        t
        for t in programme.tiers
        if t.reach and t.reach.spend and t.reach.visits and (spend >= t.reach.spend.minor or visits >= t.reach.visits)
    ]
    return max(possible, key=lambda t: t.rank)


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


@given(build.baskets(), maybe_customers, build.programmes())
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


@given(build.baskets(min_lines=0, max_lines=8), maybe_customers, build.programmes(), st.integers(0, 50_000))
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


@given(build.baskets(), maybe_customers, build.programmes())
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


@given(build.baskets(max_lines=7), maybe_customers, build.programmes(), st.integers(0, 20_000), st.randoms())
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


@given(build.baskets(min_lines=2, manual=False, labels=False), maybe_customers, build.programmes(), st.data())
def test_a_line_taken_out_and_scanned_again_changes_nothing(basket, customer, programme, data):
    line = data.draw(st.sampled_from(basket.lines))
    again = basket.remove(line.line_no).add(line.product, line.quantity)
    one, two = price(basket, customer, programme), price(again, customer, programme)
    assert msgspec.structs.replace(one, lines=()) == msgspec.structs.replace(two, lines=())


@given(build.baskets(), maybe_customers, build.programmes())
def test_a_quote_is_a_function_of_its_arguments(basket, customer, programme):
    assert price(basket, customer, programme) == price(basket, customer, programme)


@given(build.baskets(manual=False), build.customers())
def test_nought_per_cent_is_nothing(basket, customer):
    programme = build.programme(benefits=(build.discount("zero", 0),))
    assert price(basket, customer, programme).saved == Money(0)
    zero = ManualDiscount(ManualDiscountKind.PERCENT, build.SUPERVISOR, 0)
    assert price(basket.set_discount(None, zero)).payable == price(basket).payable


@given(build.baskets(manual=False), maybe_customers, build.programmes())
def test_more_benefits_never_cost_more(basket, customer, programme):
    without = msgspec.structs.replace(programme, benefits=programme.benefits[1:])
    assert price(basket, customer, programme).payable <= price(basket, customer, without).payable


@given(build.baskets(), build.customers(), build.programmes())
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


@given(build.baskets(), build.customers(), st.integers(0, 100_000), st.booleans())
def test_what_points_pay_for_earns_nothing_unless_it_may(basket, customer, points_value, earns):
    assume(customer.member.status is MemberStatus.ACTIVE)
    programme = build.programme(earn_on_points_tender=earns, rounding=Rounding.DOWN)
    result = price(basket, customer, programme, points_value=points_value)
    base = result.payable.minor if earns else max(0, result.payable.minor - points_value)
    assert result.tier is not None
    assert result.points_earned.count == base * result.tier.multiplier_bp // 10_000 // 100
    assert result.points_value == Money(points_value)


@given(build.baskets(), build.customers(), build.programmes(burnable=True))
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


# By example -------------------------------------------------------------------------------------------------------


def gold() -> Customer:
    return build.customer(build.member(tier="gold"))


def test_weighed_goods_and_their_labels():
    apples = build.product(1, 1_280, is_weighed=True, member_price=1_080)
    assert price(build.basket((apples, "0.285"))).payable == Money(365)  # 364.8
    labelled = Basket().add(apples, Quantity(285), label_amount=Money(370))
    assert price(labelled).payable == Money(370)
    with_price = build.programme(benefits=(MEMBER_PRICE,))
    assert price(labelled, gold(), with_price).payable == Money(312)  # 370 * 1080 / 1280 = 312.19
    assert price(build.basket((apples, "0.285")), gold(), with_price).payable == Money(308)  # 307.8
    overridden = labelled.set_override(1, PriceOverride(Money(1_000), build.SUPERVISOR))
    assert price(overridden, gold(), with_price).payable == Money(285)
    free = Basket().add(build.product(2, 0, is_weighed=True, member_price=0), Quantity(285), label_amount=Money(370))
    assert price(free, gold(), with_price).payable == Money(370)


@pytest.mark.parametrize(("member_price", "payable"), [(250, 250), (300, 300), (301, 300), (10_000, 300), (0, 0)])
def test_a_member_never_pays_more_for_being_one(member_price, payable):
    basket = build.basket(build.product(1, 300, member_price=member_price))
    result = price(basket, gold(), build.programme(benefits=(MEMBER_PRICE,)))
    assert result.payable == Money(payable)
    assert result.benefits[0].reason == ("" if payable < 300 else "no_goods")
    assert price(basket, None, build.programme(benefits=(MEMBER_PRICE,))).payable == Money(300)


def test_stacking():
    basket = build.basket(build.product(1, 1_000, member_price=900))
    percent = build.discount("off", 500)
    best = build.programme(benefits=(MEMBER_PRICE, percent), stacking=Stacking.BEST)
    both = build.programme(benefits=(MEMBER_PRICE, percent), stacking=Stacking.MEMBER_PRICE_THEN_DISCOUNT)
    result = price(basket, gold(), best)
    assert (result.payable, result.benefits[1].reason) == (Money(900), "better_offer")
    result = price(basket, gold(), both)
    assert result.payable == Money(855)
    assert [r.kind for r in result.lines[0].reductions] == [ReductionKind.MEMBER_PRICE, ReductionKind.DISCOUNT]
    assert [b.saved for b in result.benefits] == [Money(100), Money(45)]


def test_among_equals_the_first_named_wins():
    two = (build.discount("a", 500), build.discount("b", 500))
    basket = build.basket(build.product(1, 1_000))
    for benefits in (two, two[::-1]):
        result = price(basket, gold(), build.programme(benefits=benefits))
        assert [(b.benefit_id, b.reason) for b in result.benefits] == [
            (benefits[0].benefit_id, ""),
            (benefits[1].benefit_id, "better_offer"),
        ]


def test_the_demo_programme_on_its_member_day():
    from pos_app.domain.programme.loading import load_programme

    demo = load_programme(build.demo_programme_text())
    basket = build.basket(
        build.product(1, 1_000, category_id="fruit"),
        build.product(2, 1_000, category_id="drinks"),
        build.product(3, 1_000, category_id="tobacco"),
        build.product(4, 1_000, category_id="drinks", member_price=900),
    )
    result = price(basket, gold(), demo)
    assert [line.amount.minor for line in result.lines] == [970, 980, 1_000, 900]
    assert {b.benefit_id: b.reason for b in result.benefits} == {
        "member_price": "",
        "gold_98": "",
        "platinum_95": "not_this_tier",
        "member_day": "",
    }
    assert result.points_earned == Points(57)  # 38.50 * 1.5 = 57.75
    thursday = price(basket, gold(), demo, now=build.NOON + dt.timedelta(days=1))
    assert [line.amount.minor for line in thursday.lines] == [980, 980, 1_000, 900]
    assert {b.benefit_id: b.reason for b in thursday.benefits}["member_day"] == "not_this_weekday"
    stranger = price(basket, None, demo)
    assert stranger.payable == Money(4_000)
    assert {b.reason for b in stranger.benefits} == {"members_only"}
    assert (stranger.tier, stranger.burn, stranger.earned, stranger.next_tier) == (None, None, (), None)


def test_rules_by_day_follow_the_business_date():
    programme = build.programme(
        benefits=(build.discount("day", 1_000, conditions=Conditions(when=When(weekdays=(3,)))),),
        earning=(build.earning(conditions=Conditions(when=When(weekdays=(3,)))),),
        burning=(build.points_as_cash(conditions=Conditions(when=When(weekdays=(3,)))),),
    )
    basket = build.basket(build.product(1, 1_000))
    customer = build.customer(build.member(), build.account(points=10_000))
    night = build.NOON + dt.timedelta(hours=13)
    result = price(basket, customer, programme, now=night, today=build.TODAY)
    assert (result.payable, result.points_earned, result.burn and result.burn.reason) == (Money(900), Points(9), "")
    result = price(basket, customer, programme, now=night)
    assert (result.payable, result.points_earned) == (Money(1_000), Points(0))
    assert result.burn is not None
    assert result.burn.reason == "not_this_weekday"


def test_what_nothing_may_be_taken_off_keeps_its_price():
    tobacco = build.product(1, 1_000, member_price=900, is_discountable=False)
    everything = ManualDiscount(ManualDiscountKind.PERCENT, build.SUPERVISOR, 10_000)
    basket = build.basket(tobacco, build.product(2, 500)).set_discount(None, everything)
    programme = build.programme(benefits=(MEMBER_PRICE, build.discount("off", 5_000)))
    assert price(basket, gold(), programme).payable == Money(1_000)
    only_tobacco = build.basket(tobacco).set_discount(None, everything)
    assert price(only_tobacco, gold(), programme).payable == Money(1_000)


def test_discounts_by_hand_beyond_the_bill_end_at_nothing():
    huge = ManualDiscount(ManualDiscountKind.AMOUNT, build.SUPERVISOR, off=Money(MAX_ENTRY_MINOR))
    basket = build.basket(build.product(1, 300), (build.product(2, 500), 3))
    for discounted in (basket.set_discount(None, huge), basket.set_discount(1, huge).set_discount(2, huge)):
        result = price(discounted, gold())
        assert (result.payable, result.saved) == (Money(0), Money(1_800))
        assert result.points_earned == Points(0)
        assert [tax.tax for tax in result.taxes] == [Money(0)]
        assert result.burn is not None
        assert result.burn.reason == "nothing_to_pay"


def test_an_override_replaces_every_benefit_but_not_a_discount_by_hand():
    basket = build.basket((build.product(1, 1_000, member_price=500), 2))
    basket = basket.set_override(1, PriceOverride(Money(800), build.SUPERVISOR))
    programme = build.programme(benefits=(MEMBER_PRICE, build.discount("off", 5_000)))
    result = price(basket, gold(), programme)
    assert (result.payable, result.lines[0].overridden, result.saved) == (Money(1_600), True, Money(0))
    tenth = ManualDiscount(ManualDiscountKind.PERCENT, build.SUPERVISOR, 1_000)
    assert price(basket.set_discount(1, tenth), gold(), programme).payable == Money(1_440)


@pytest.mark.parametrize("status", [MemberStatus.FROZEN, MemberStatus.CLOSED])
def test_a_frozen_member_neither_earns_nor_spends(status):
    customer = build.customer(build.member(tier="gold", status=status), build.account(points=100_000))
    programme = build.programme(benefits=(build.discount(), build.discount("all", 100, for_members=False)))
    result = price(build.basket(build.product(1, 10_000)), customer, programme)
    assert result.notice == f"member_{status.value}"
    assert (result.earned, result.burn, result.tier, result.tier_after) == ((), None, None, None)
    assert result.payable == Money(9_900)
    assert [b.reason for b in result.benefits] == ["members_only", ""]


def test_an_expired_programme_gives_nothing_and_says_so():
    programme = build.programme(benefits=(build.discount(for_members=False),), effective_to=dt.date(2025, 6, 17))
    result = price(build.basket(build.product(1, 10_000)), build.customer(), programme)
    assert (result.payable, result.notice, result.programme_version) == (Money(10_000), "programme_not_in_force", 0)
    assert result.benefits[0].reason == "programme_not_in_force"
    assert (result.earned, result.burn, result.tier) == ((), None, None)
    yesterday = price(
        build.basket(build.product(1, 10_000)), build.customer(), programme, today=build.TODAY - dt.timedelta(days=1)
    )
    assert (yesterday.payable, yesterday.programme_version) == (Money(9_500), 1)


@pytest.mark.parametrize(
    ("points", "receivable", "fen", "offer", "reason"),
    [
        (10_000, 0, 10_000, 5_000, ""),
        (4_999, 0, 10_000, 4_900, ""),
        (10_000, 0, 399, 100, ""),
        (10_000, 0, 199, 0, "bill_too_small"),
        (99, 0, 10_000, 0, "too_few_points"),
        (0, 0, 10_000, 0, "too_few_points"),
        (10_000, 0, 0, 0, "nothing_to_pay"),
        (0, 0, 0, 0, "nothing_to_pay"),
        (1_000, 901, 10_000, 0, "too_few_points"),
        (1_000, 300, 10_000, 700, ""),
    ],
)
def test_offers_of_points(points, receivable, fen, offer, reason):
    customer = build.customer(build.member(), build.account(points=points, receivable=receivable))
    result = price(build.basket(build.product(1, fen)), customer)
    assert result.burn is not None
    assert (result.burn.points.count, result.burn.reason) == (offer, reason)
    assert result.burn.value.minor == offer


def test_a_minimum_between_two_steps():
    rule = build.points_as_cash(step=100, minimum=250, max_share_bp=10_000)
    assert most_points(rule, Money(1_000), Points(299)) == 0
    assert most_points(rule, Money(1_000), Points(300)) == 300
    customer = build.customer(build.member(), build.account(points=299))
    result = price(build.basket(build.product(1, 1_000)), customer, build.programme(burning=(rule,)))
    assert result.burn is not None
    assert result.burn.reason == "too_few_points"


def test_expired_points_are_not_offered():
    lots = (build.lot(1, 500, expires_on=build.TODAY - dt.timedelta(days=1)), build.lot(2, 200, expires_on=build.TODAY))
    result = price(build.basket(build.product(1, 10_000)), build.customer(what=build.account(lots=lots)))
    assert result.burn is not None
    assert result.burn.points == Points(200)


def test_tiers_go_up_at_once_and_the_way_to_the_next_is_known():
    def after(spend: int, visits: int, last_visit: dt.date | None, fen: int) -> tuple[str, str]:
        account = build.account(spend=spend, visits=visits, last_visit=last_visit)
        result = price(build.basket(build.product(1, fen)), build.customer(what=account))
        assert result.tier is not None
        assert result.tier_after is not None
        return result.tier.tier_id, result.tier_after.tier_id

    yesterday = build.TODAY - dt.timedelta(days=1)
    assert after(99_000, 1, yesterday, 999) == ("regular", "regular")
    assert after(99_000, 1, yesterday, 1_000) == ("regular", "silver")
    assert after(0, 19, yesterday, 1) == ("regular", "silver")
    assert after(0, 19, build.TODAY, 1) == ("regular", "regular")  # a second sale on the same day is the same visit
    assert after(99_000, 1, None, 2_000_000) == ("regular", "platinum")
    empty = price(Basket(), build.customer(what=build.account(visits=19)))
    assert empty.tier_after is not None
    assert (empty.tier_after.tier_id, empty.payable) == ("regular", Money(0))
    assert empty.next_tier is not None
    assert (empty.next_tier.spend_missing, empty.next_tier.visits_missing) == (Money(100_000), 1)


def test_points_by_several_rules_share_one_rounding():
    rules = (
        build.earning("base", 1, 100),
        build.earning("fruit", 1, 300, conditions=Conditions(what=What(categories=(CategoryId("fruit"),)))),
        build.earning("none", 0, 100),
        build.earning("silver", 5, 100, conditions=Conditions(who=Who(tiers=(TierId("silver"),)))),
    )
    basket = build.basket(build.product(1, 150, category_id="fruit"), build.product(2, 199))
    result = price(basket, build.customer(), build.programme(earning=rules))
    assert result.points_earned == Points(3)  # 1.5 + 1.99 + 0.5 = 3.99
    assert [(e.rule_id, e.points.count) for e in result.earned] == [("base", 3)]


def test_a_basket_beyond_any_bill_is_refused():
    dear = build.product(1, MAX_ENTRY_MINOR)
    assert price(build.basket(dear)).payable == Money(MAX_ENTRY_MINOR)
    for basket in (build.basket((dear, 9_999)), build.basket(dear, build.product(2, 1))):
        with pytest.raises(KnownError, match=r"money\.too_large"):
            price(basket)


def test_a_birthday_doubles_points():
    double = build.earning("birthday", 1, 100, conditions=Conditions(who=Who(birthday=Birthdays.DAY)))
    programme = build.programme(earning=(build.earning(), double))
    basket = build.basket(build.product(1, 1_000))
    assert price(basket, build.customer(build.member(birthday=Birthday(6, 18))), programme).points_earned == Points(20)
    assert price(basket, build.customer(build.member(birthday=Birthday(6, 19))), programme).points_earned == Points(10)


def test_tax_contained_in_amounts():
    assert taxes_of([(1_300, 1_130), (0, 500), (1_300, 113), (900, 0)]) == (
        TaxAmount(0, Money(500), Money(0)),
        TaxAmount(900, Money(0), Money(0)),
        TaxAmount(1_300, Money(1_243), Money(143)),
    )
    assert taxes_of([]) == ()
