"""Points of any rules in any bill: exact, the same in any order, within caps, taken back as they were given."""

from __future__ import annotations

import datetime as dt

import msgspec
from hypothesis import assume, given
from hypothesis import strategies as st
from pos_testkit import builders as build
from pos_testkit import strategies
from pos_testkit.condition_oracle import half_up, speaks, tier_of, touches
from pos_testkit.earning_strategies import earning_programmes, exact_points
from pos_testkit.pricing import price
from pos_testkit.pure_till import Till

from pos_app.domain.member import MemberStatus, Usage
from pos_app.domain.money import Money, Rounding
from pos_app.domain.points import Points
from pos_app.domain.pricing.paid import Paid
from pos_app.domain.programme.document import CapPeriod, Multiplier, What
from pos_app.domain.tender import TenderKind

ANNA = build.member_id(1)
_PARTS = st.sampled_from([0, 0, 1, 99, 1_000, 30_000])
paids = st.builds(
    lambda points, mobile, cash, without: Paid(
        tuple(
            (kind, Money(fen))
            for kind, fen in ((TenderKind.POINTS, points), (TenderKind.MOBILE, mobile), (TenderKind.CASH, cash))
            if fen
        ),
        Money(without),
    ),
    _PARTS,
    _PARTS,
    _PARTS,
    _PARTS,
)
usages = st.lists(
    st.builds(
        Usage,
        st.sampled_from(["points", "points:e0", "points:e1"]),
        st.sampled_from([build.TODAY, build.TODAY - dt.timedelta(days=1), build.TODAY - dt.timedelta(days=18)]),
        st.sampled_from([1, 9, 10, 4_000, -5]),
    ),
    max_size=4,
).map(tuple)


def with_usage(customer, usage):
    return msgspec.structs.replace(customer, account=msgspec.structs.replace(customer.account, usage=usage))


@given(strategies.baskets(max_lines=8), strategies.customers(), earning_programmes(), paids, usages)
def test_points_of_lines_and_of_rules_are_the_points_of_the_bill(basket, customer, programme, paid, usage):
    result = price(basket, with_usage(customer, usage), programme, paid=paid)
    whole = result.points_earned.count
    assert sum(line.points.count for line in result.lines) == whole
    assert sum(each.points.count for each in result.earned) == whole
    assert all(line.points >= Points(0) for line in result.lines)
    assert all(each.points > Points(0) for each in result.earned)
    assert all(each.cut > Points(0) for each in result.capped)


@given(strategies.baskets(), strategies.customers(), earning_programmes(caps=False))
def test_points_are_exact_until_they_are_made_whole(basket, customer, programme):
    assume(customer.member.status is MemberStatus.ACTIVE)
    result = price(basket, customer, programme)
    tier = tier_of(customer, programme)
    exact = exact_points(
        programme,
        basket,
        result,
        tier.multiplier_bp,
        lambda conditions: speaks(conditions, customer, tier.tier_id),
        touches,
    )
    wanted = {
        Rounding.DOWN: exact.numerator // exact.denominator,
        Rounding.UP: -(-exact.numerator // exact.denominator),
        Rounding.HALF_UP: half_up(exact),
    }
    assert result.points_earned.count == wanted[programme.rounding]


@given(strategies.baskets(max_lines=7), strategies.customers(), earning_programmes(), paids, usages, st.randoms())
def test_the_order_of_scanning_does_not_matter(basket, customer, programme, paid, usage, random):
    customer = with_usage(customer, usage)
    shuffled = list(basket.lines)
    random.shuffle(shuffled)
    other = msgspec.structs.replace(
        basket, lines=tuple(msgspec.structs.replace(line, line_no=n) for n, line in enumerate(shuffled, 1))
    )
    one = price(basket, customer, programme, paid=paid)
    two = price(other, customer, programme, paid=paid)
    assert msgspec.structs.replace(one, lines=()) == msgspec.structs.replace(two, lines=())
    by_place = dict(zip([line.line_no for line in shuffled], two.lines, strict=True))
    assert [line.points for line in one.lines] == [by_place[line.line_no].points for line in one.lines]


@given(strategies.baskets(), strategies.customers(), earning_programmes(), st.sampled_from(["tier", "rule"]))
def test_a_zero_multiplier_gives_nothing(basket, customer, programme, whose):
    """However multipliers combine, and whatever else multiplies."""
    if whose == "rule":
        programme = msgspec.structs.replace(programme, earning=(*programme.earning, build.multiplier("zero", 0)))
    else:
        programme = msgspec.structs.replace(
            programme,
            tiers=tuple(msgspec.structs.replace(tier, multiplier_bp=0) for tier in programme.tiers),
            earning=tuple(
                each if isinstance(each, Multiplier) else msgspec.structs.replace(each, times_tier=True)
                for each in programme.earning
            ),
        )
    assert price(basket, customer, programme).points_earned == Points(0)


@given(strategies.baskets(), strategies.customers(), earning_programmes(), paids)
def test_a_cap_only_ever_takes_points_off(basket, customer, programme, paid):
    free = msgspec.structs.replace(programme, earning_caps=())
    capped, without = price(basket, customer, programme, paid=paid), price(basket, customer, free, paid=paid)
    by_rule = {each.rule_id: each.points for each in without.earned}
    assert all(each.points <= by_rule[each.rule_id] for each in capped.earned)
    assert without.points_earned.count - capped.points_earned.count == sum(each.cut.count for each in capped.capped)


@given(strategies.baskets(), strategies.customers(), earning_programmes(caps=False, tenders=False), paids)
def test_paying_more_with_what_earns_nothing_never_adds_points(basket, customer, programme, paid):
    """Of rules for all goods: which line an odd fen is taken off must not matter; and of ratios that do not fall."""
    more = msgspec.structs.replace(paid, without_points=paid.without_points + Money(5_000))
    for_all = tuple(
        msgspec.structs.replace(rule, conditions=msgspec.structs.replace(rule.conditions, what=What()))
        for rule in programme.earning
        if not getattr(rule, "whole_amount", False)
    )
    programme = msgspec.structs.replace(programme, earning=for_all)
    one, two = price(basket, customer, programme, paid=paid), price(basket, customer, programme, paid=more)
    assert two.points_earned <= one.points_earned


days = st.sampled_from([0, 0, 0, 1, 13, 31])


@given(
    earning_programmes(),
    st.lists(
        st.tuples(
            days,
            strategies.baskets(max_lines=3, manual=False, labels=False),
            st.sampled_from([0, 100, 1_000_000]),
            st.sampled_from([None, None, 0, 1, 2]),
        ),
        min_size=1,
        max_size=6,
    ),
)
def test_caps_hold_over_any_sequence_of_sales_and_refunds(programme, steps):
    till = Till(programme, members=1)
    given: list[tuple[dt.date, str, int]] = []
    for wait, basket, points, back in steps:
        till.today += dt.timedelta(days=wait)
        sale = till.sell(basket.with_member(ANNA), ANNA, points=points)
        sold_on = till.today
        given += [(sold_on, each.rule_id, each.points.count) for each in sale.member.earned]
        if back is not None and back < len(till.sales):
            on, of = till.sales[back]
            if sum(line.quantity.milli for line in of.lines) > sum(
                line.quantity.milli for refund in till.refunds[of.sale_id] for line in refund.lines
            ):
                refund = till.refund(of)
                given += [(on, each.rule_id, -each.points.count) for each in refund.member.unearned]
        for cap in programme.earning_caps:
            if cap.per is not CapPeriod.BILL:
                kept: dict[tuple[int, ...], int] = {}
                for on, rule_id, count in given:
                    if not cap.rules or rule_id in cap.rules:
                        period = (on.year, on.month, on.day if cap.per is CapPeriod.DAY else 0)
                        kept[period] = kept.get(period, 0) + count
                assert all(count <= cap.points.count for count in kept.values())
            else:
                assert (
                    sum(each.points.count for each in sale.member.earned if not cap.rules or each.rule_id in cap.rules)
                    <= cap.points.count
                )


@given(earning_programmes(), strategies.baskets(manual=False), st.data())
def test_refunds_in_parts_take_exactly_what_the_sale_gave(programme, basket, data):
    till = Till(programme, members=1)
    before = till.account(ANNA)
    sale = till.sell(basket.with_member(ANNA), ANNA)
    first = [
        (line.line_no, milli)
        for line in sale.lines
        if (milli := data.draw(st.sampled_from([0, line.quantity.milli // 2000 * 1000, line.quantity.milli])))
    ]
    if first:
        till.refund(sale, tuple(first))
    if any(milli < line.quantity.milli for line in sale.lines for milli in [dict(first).get(line.line_no, 0)]):
        till.refund(sale)
    refunds = till.refunds[sale.sale_id]
    for each in sale.member.earned:
        back = sum(part.points.count for r in refunds for part in r.member.unearned if part.rule_id == each.rule_id)
        assert back == each.points.count
    taken = sum((r.member.taken_back + r.member.owed).count for r in refunds)
    assert taken == sum(each.points.count for each in sale.member.earned)
    after = till.account(ANNA)
    assert (after.lots, after.receivable, after.usage) == (before.lots, before.receivable, ())
