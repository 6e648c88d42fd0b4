"""Refunds undo sales: in parts, to their lots, to the fen."""

from __future__ import annotations

import datetime as dt

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pos_testkit import builders as build
from pos_testkit import strategies
from pos_testkit.pure_till import SHIFT, Till

from pos_app.domain.ids import CategoryId, LotId, SaleId
from pos_app.domain.ledger.accounts import fold_account
from pos_app.domain.ledger.bodies import Refund, Sale, SaleLine
from pos_app.domain.ledger.lots import (
    Base,
    OwnActivity,
)
from pos_app.domain.ledger.postings import (
    DRAWER,
    MEMBER_AVAILABLE,
    MEMBER_PENDING,
    check_balanced,
)
from pos_app.domain.ledger.refunds import RefundContext, RefundRequest, build_refund, everything_left
from pos_app.domain.member import Progress
from pos_app.domain.money import Money
from pos_app.domain.points import Points
from pos_app.domain.pricing.basket import Basket, ManualDiscount, ManualDiscountKind
from pos_app.domain.programme.document import Conditions, Expiry, ExpiryKind, What
from pos_app.domain.tender import TenderKind
from pos_app.errors import BugError, KnownError

ANNA = build.member_id(1)
NO_DRUGS = Conditions(what=What(except_categories=(CategoryId("rx"),)))
MONTHLY = Expiry(ExpiryKind.ROLLING_MONTHS, 1, 30, 5)


def till(**fields) -> Till:
    fields.setdefault("earning", (build.earning("base", 1, 1),))  # a point for a fen: figures speak
    fields.setdefault("burning", (build.points_as_cash(1, 1, step=1, minimum=0, max_share_bp=10_000),))
    pending = fields.pop("pending", False)
    return Till(build.programme(**fields), pending=pending)


def goods(*prices: int, count: int = 1) -> Basket:
    return build.basket(*[(build.product(n, fen), count) for n, fen in enumerate(prices, 1)])


def state(shop: Till) -> tuple[dict[LotId, int], int]:
    account = shop.account(ANNA)
    return {lot.lot_id: lot.available + lot.pending for lot in account.lots}, account.receivable


# Refunds undo sales -----------------------------------------------------------------------------------------------


def test_a_full_refund_leaves_everything_as_before():
    shop = till()
    shop.sell(goods(500), ANNA)
    before = shop.account(ANNA)
    sale = shop.sell(goods(300, 200), ANNA, points=120, card=100)
    assert [t.kind for t in sale.tenders] == [TenderKind.POINTS, TenderKind.BANK_CARD, TenderKind.CASH]
    refund = shop.refund(sale)
    after = shop.account(ANNA)
    assert (after.lots, after.receivable, after.progress) == (before.lots, before.receivable, before.progress)
    assert refund.amount == sale.payable
    assert [(t.kind, t.amount) for t in refund.tenders] == [(t.kind, t.amount) for t in sale.tenders]
    assert refund.taxes == sale.taxes
    assert shop.sum_of(DRAWER) == 500


def test_points_spent_meanwhile_become_owed_and_the_next_earnings_repay_them():
    shop = till()
    first = shop.sell(goods(100), ANNA)
    second = shop.sell(goods(80), ANNA, points=60)
    assert second.member is not None
    assert second.member.burned[0].points == Points(60)
    refund = shop.refund(first)
    assert refund.member is not None
    assert (refund.member.taken_back, refund.member.owed) == (Points(40), Points(60))
    account = shop.account(ANNA)
    assert (account.receivable, account.spendable(shop.today), account.balance(shop.today)) == (
        60,
        Points(0),
        Points(-40),
    )
    third = shop.sell(goods(50), ANNA, points=1_000)
    assert third.member is not None
    assert (third.member.repaid, third.member.new_lot, third.member.burned) == (Points(50), None, ())
    assert third.member.points_after == Points(10) == shop.account(ANNA).balance(shop.today)
    undone = shop.refund(third)
    assert undone.member is not None
    assert (undone.member.taken_back, undone.member.owed) == (Points(0), Points(50))
    assert shop.account(ANNA).receivable == 60


def test_earnings_that_repaid_in_part_come_back_as_owed_in_that_part():
    shop = till()
    first = shop.sell(goods(100), ANNA)
    shop.sell(goods(100), ANNA, points=100)
    shop.refund(first)
    before = state(shop)
    assert before[1] == 100
    sale = shop.sell(goods(70, 80), ANNA)
    assert sale.member is not None
    assert sale.member.repaid == Points(100)
    assert sale.member.new_lot is not None
    assert sale.member.new_lot.points == Points(50)
    shop.refund(sale, ((1, 1000),))
    assert shop.account(ANNA).receivable == 20
    shop.refund(sale)
    assert state(shop) == before


def test_redeemed_points_go_back_into_their_lots_the_longest_living_first():
    shop = till(expiry=MONTHLY)
    shop.sell(goods(100), ANNA)
    shop.today += dt.timedelta(days=3)
    shop.sell(goods(100), ANNA)
    before = state(shop)
    sale = shop.sell(goods(150), ANNA, points=150)
    assert sale.member is not None
    early, late = sale.member.burned
    assert (early.points, late.points) == (Points(100), Points(50))
    assert early.expires_on is not None
    assert late.expires_on is not None
    assert early.expires_on < late.expires_on
    assert early.earned_on == build.TODAY
    with pytest.raises(KnownError, match=r"refund\.not_whole"):
        shop.refund(sale, ((1, 500),))
    refund = shop.refund(sale)
    assert refund.member is not None
    assert [part.lot_id for part in refund.member.given_back] == [late.lot_id, early.lot_id]
    assert state(shop) == before


def test_points_whose_lot_expired_get_days_of_grace():
    shop = till(expiry=MONTHLY)
    shop.sell(goods(100), ANNA)
    shop.today = dt.date(2025, 7, 17)  # the last day
    sale = shop.sell(goods(100), ANNA, points=100)
    shop.today += dt.timedelta(days=1)
    refund = shop.refund(sale)
    assert refund.member is not None
    assert refund.member.given_back == ()
    (grace,) = refund.member.grace_lots
    assert (grace.points, grace.expires_on) == (Points(100), shop.today + dt.timedelta(days=5))
    assert refund.member.points_after == shop.account(ANNA).balance(shop.today) == Points(100)


def test_parts_of_redeemed_points_fill_one_lot_after_the_other():
    shop = till(expiry=MONTHLY)
    for _ in range(3):
        shop.sell(goods(100), ANNA)
        shop.today += dt.timedelta(days=1)
    before = state(shop)
    sale = shop.sell(goods(60, 60, 60, 60), ANNA, points=240)
    assert sale.member is not None
    a, b, c = (part.lot_id for part in sale.member.burned)
    given = []
    for line_no in (3, 1, 4, 2):
        refund = shop.refund(sale, ((line_no, 1000),))
        assert refund.member is not None
        given.append([(part.lot_id, part.points.count) for part in refund.member.given_back])
    assert given == [[(c, 40), (b, 20)], [(b, 60)], [(b, 20), (a, 40)], [(a, 60)]]
    assert state(shop) == before


def test_on_the_last_day_points_still_go_back_into_their_lot():
    shop = till(expiry=MONTHLY)
    shop.sell(goods(100), ANNA)
    sale = shop.sell(goods(100), ANNA, points=100)
    shop.today = dt.date(2025, 7, 17)
    refund = shop.refund(sale)
    assert refund.member is not None
    assert (len(refund.member.given_back), refund.member.grace_lots) == (1, ())
    assert shop.account(ANNA).spendable(shop.today) == Points(100)


def test_points_that_expired_unspent_are_not_asked_back():
    shop = till(expiry=MONTHLY)
    sale = shop.sell(goods(100, 50), ANNA)
    shop.sell(goods(30), None)
    shop.sell(goods(60), ANNA, points=60)
    shop.today += dt.timedelta(days=60)
    shop.expire(ANNA)
    assert shop.expired == {sale.member.new_lot.lot_id: 90}  # type: ignore[union-attr]
    one = shop.refund(sale, ((2, 1000),))
    two = shop.refund(sale)
    assert one.member is not None
    assert two.member is not None
    assert (one.member.taken_back, one.member.owed) == (Points(0), Points(0))
    assert (two.member.taken_back, two.member.owed) == (Points(0), Points(60))
    assert shop.account(ANNA).balance(shop.today) == two.member.points_after == Points(-60)


def test_points_in_a_lot_past_its_day_but_not_yet_booked_are_taken_without_touching_the_balance():
    shop = till(expiry=MONTHLY)
    sale = shop.sell(goods(100), ANNA)
    shop.today += dt.timedelta(days=60)
    refund = shop.refund(sale)
    assert refund.member is not None
    assert (refund.member.taken_back, refund.member.owed, refund.member.points_after) == (
        Points(100),
        Points(0),
        Points(0),
    )
    assert shop.account(ANNA).balance(shop.today) == Points(0)
    shop.expire(ANNA)
    assert shop.expired == {}


def test_pending_points_are_taken_back_as_pending():
    shop = till(pending=True)
    sale = shop.sell(goods(100, 50), ANNA)
    assert shop.account(ANNA).spendable(shop.today) == Points(0)
    assert shop.account(ANNA).balance(shop.today) == sale.member.points_after == Points(150)  # type: ignore[union-attr]
    assert sale.member.expiring == shop.account(ANNA).expiring(shop.today, 30)  # type: ignore[union-attr]
    shop.refund(sale, ((1, 1000),))
    assert [(p.account, p.amount) for p in shop.postings if p.account == MEMBER_PENDING] == [
        (MEMBER_PENDING, 150),
        (MEMBER_PENDING, -100),
    ]
    shop.refund(sale)
    assert state(shop) == ({}, 0)


def test_a_lot_partly_pending_gives_pending_points_first():
    shop = till(pending=True)
    sale = shop.sell(goods(100), ANNA)
    assert sale.member is not None
    assert sale.member.new_lot is not None
    lot = sale.member.new_lot.lot_id
    base = Base(lots=(build.lot(1).__class__(lot, 40, shop.today, None, 60),))
    account = fold_account(ANNA, base, OwnActivity())
    context = RefundContext(SaleId(shop.ids.new()), "R", SHIFT, shop.today, build.SUPERVISOR, ())
    _, postings = build_refund(sale, (), RefundRequest(everything_left(sale, ())), account, shop.programme, context)
    points = {p.account: p.amount for p in postings if p.member_id}
    assert points == {MEMBER_PENDING: -60, MEMBER_AVAILABLE: -40}
    check_balanced(postings)


def test_in_cash_instead_of_to_the_card():
    shop = till()
    sale = shop.sell(goods(300, 200), card=400)
    one = shop.refund(sale, ((1, 1000),), in_cash=True)
    assert [(t.kind, t.amount) for t in one.tenders] == [(TenderKind.CASH, Money(300))]
    two = shop.refund(sale)
    assert sum(t.amount.minor for t in two.tenders) == 200
    assert sum(t.amount.minor for t in two.tenders if t.kind is TenderKind.BANK_CARD) == 160
    assert [t.reference for t in two.tenders if t.kind is TenderKind.BANK_CARD] == ["ref"]


def test_a_sale_that_cost_nothing_comes_back_for_nothing():
    shop = till()
    free = ManualDiscount(ManualDiscountKind.PERCENT, build.SUPERVISOR, 10_000)
    sale = shop.sell(goods(300, 200).set_discount(None, free), ANNA, points=100)
    assert (sale.payable, sale.tenders, sale.change) == (Money(0), (), Money(0))
    assert shop.account(ANNA).progress == Progress(Money(0), 1)
    part = shop.refund(sale, ((2, 1000),))
    assert (part.amount, part.tenders) == (Money(0), ())
    shop.refund(sale)
    assert shop.account(ANNA).progress == Progress()
    assert everything_left(sale, shop.refunds[sale.sale_id]) == ()
    with pytest.raises(KnownError, match=r"refund\.nothing"):
        shop.refund(sale)


def test_wholly_paid_with_points_and_back():
    shop = till()
    shop.sell(goods(500), ANNA)
    before = state(shop)
    sale = shop.sell(goods(500), ANNA, points=500)
    assert [t.kind for t in sale.tenders] == [TenderKind.POINTS]
    assert sale.member is not None
    assert (sale.member.earned, sale.member.new_lot) == ((), None)
    shop.refund(sale)
    assert state(shop) == before


def paid_for_plasters(**fields) -> tuple[Till, Sale]:
    """A drug of 80.00 and plasters of 20.00, of which 1,000 points pay 10.00; the drug earns nothing either."""
    shop = till(
        earning=(build.earning("base", 1, 100, times_tier=False, conditions=NO_DRUGS),),
        burning=(build.points_as_cash(conditions=NO_DRUGS),),
    )
    shop.sell(goods(1_000_000), ANNA)
    basket = build.basket((build.product(1, 8_000, category_id="rx"), 1), (build.product(2, 2_000), 1))
    return shop, shop.sell(basket, ANNA, points=1_000, **fields)


def paid_back(refund: Refund) -> dict[TenderKind, tuple[int, int]]:
    return {tender.kind: (tender.amount.minor, tender.points.count) for tender in refund.tenders}


def test_what_points_did_not_pay_gives_back_no_points():
    shop, sale = paid_for_plasters()
    assert [line.by_points for line in sale.lines] == [Money(0), Money(1_000)]
    assert [line.points.count for line in sale.lines] == [0, 10]
    assert paid_back(shop.refund(sale, ((1, 1000),))) == {TenderKind.CASH: (8_000, 0)}
    assert paid_back(shop.refund(sale)) == {TenderKind.POINTS: (1_000, 1_000), TenderKind.CASH: (1_000, 0)}


def test_the_other_tenders_share_what_points_left_of_the_lines():
    shop, sale = paid_for_plasters(card=4_500)  # half of the 90.00 that points leave
    assert paid_back(shop.refund(sale, ((2, 1000),))) == {
        TenderKind.POINTS: (1_000, 1_000),
        TenderKind.BANK_CARD: (500, 0),
        TenderKind.CASH: (500, 0),
    }
    assert paid_back(shop.refund(sale)) == {TenderKind.BANK_CARD: (4_000, 0), TenderKind.CASH: (4_000, 0)}


def test_a_sale_of_before_lines_knew_their_points_comes_back_as_it_did():
    shop, sale = paid_for_plasters()
    lines = tuple(msgspec.structs.replace(line, by_points=Money(0)) for line in sale.lines)
    older = msgspec.structs.replace(sale, lines=lines)
    shop.sales[-1] = (shop.today, older)
    assert paid_back(shop.refund(older, ((1, 1000),))) == {
        TenderKind.POINTS: (800, 800),
        TenderKind.CASH: (7_200, 0),
    }
    assert paid_back(shop.refund(older)) == {TenderKind.POINTS: (200, 200), TenderKind.CASH: (1_800, 0)}


def test_points_for_all_goods_are_of_no_line():
    shop = till()
    shop.sell(goods(500), ANNA)
    sale = shop.sell(goods(300, 200), ANNA, points=100)
    assert not any(line.by_points for line in sale.lines)


def test_part_of_a_weight_comes_back_also_of_a_whole_kilogram():
    shop = till()
    apples = build.product(1, 1_000, is_weighed=True)
    sale = shop.sell(build.basket((apples, "1.000")))
    assert shop.refund(sale, ((1, 333),)).amount == Money(333)
    assert shop.refund(sale).amount == Money(667)


@pytest.mark.parametrize("lines", [((1, 3000),), ((9, 1000),), ((1, 0),), ((1, -1000),), ((1, 1000), (1, 1000))])
def test_more_than_was_sold_does_not_come_back(lines):
    shop = till()
    sale = shop.sell(goods(300, count=2))
    with pytest.raises(KnownError, match=r"refund\.too_much"):
        shop.refund(sale, lines)
    with pytest.raises(KnownError, match=r"refund\.nothing"):
        shop.refund(sale, ())
    shop.refund(sale, ((1, 1000),))
    with pytest.raises(KnownError, match=r"refund\.too_much"):
        shop.refund(sale, ((1, 2000),))


def test_a_members_refund_needs_the_members_account():
    shop = till()
    sale = shop.sell(goods(300), ANNA)
    context = RefundContext(SaleId(shop.ids.new()), "R", SHIFT, shop.today, build.SUPERVISOR, ())
    request = RefundRequest(everything_left(sale, ()))
    for account in (None, shop.account(build.member_id(2))):
        with pytest.raises(BugError, match="account"):
            build_refund(sale, (), request, account, shop.programme, context)


def back_by_points(line: SaleLine, refunds: list[Refund]) -> int:
    """What points paid of what came back of a line, in fen."""
    back = sum(each.amount.minor for refund in refunds for each in refund.lines if each.line_no == line.line_no)
    return line.by_points.minor * back // line.amount.minor if line.amount else 0


@given(
    strategies.baskets(max_lines=4),
    st.sampled_from([(100, 100), (3, 100), (7, 30), (250, 500)]),
    st.integers(0, 3_000),
    st.integers(0, 50_000),
    st.sampled_from([Conditions(), Conditions(what=What(categories=(CategoryId("fruit"), CategoryId("drinks"))))]),
    st.data(),
)
def test_any_number_of_parts_in_any_order_sum_to_the_whole(basket, burn, points, card, paid_for, data):
    shop = till(
        burning=(build.points_as_cash(*burn, step=burn[0], minimum=0, max_share_bp=10_000, conditions=paid_for),),
        earning=(build.earning("base", 7, 100),),
        expiry=Expiry(),
    )
    shop.sell(goods(9_999_999), ANNA)
    before, drawer = state(shop), shop.sum_of(DRAWER)
    sale = shop.sell(basket, ANNA, points=points, card=card)
    refunds: list[Refund] = []
    while left := everything_left(sale, refunds):
        chosen = []
        for line_no, milli in left:
            line = next(each for each in sale.lines if each.line_no == line_no)
            step = 1 if line.is_weighed else 1000
            part = step * data.draw(st.one_of(st.just(milli // step), st.integers(0, milli // step)))
            if part:
                chosen.append((line_no, part))
        if not chosen or len(refunds) >= 6:
            chosen = list(left)
        refunds.append(shop.refund(sale, tuple(chosen), in_cash=data.draw(st.booleans())))
        given_back = sum(r.amount.minor for r in refunds)
        assert given_back <= sale.payable.minor
        assert sum(t.amount.minor for t in refunds[-1].tenders) == refunds[-1].amount.minor
        if paid_for != Conditions():
            by_points = [t.amount.minor for r in refunds for t in r.tenders if t.kind is TenderKind.POINTS]
            assert sum(by_points) == sum(back_by_points(line, refunds) for line in sale.lines)
    for line in sale.lines:
        parts = [back for refund in refunds for back in refund.lines if back.line_no == line.line_no]
        assert sum(part.amount.minor for part in parts) == line.amount.minor
        assert sum(part.points.count for part in parts) == line.points.count
        assert sum(part.quantity.milli for part in parts) == line.quantity.milli
        assert all(part.amount.minor >= 0 and part.points.count >= 0 for part in parts)
    for tax in sale.taxes:
        parts_of_rate = [each for refund in refunds for each in refund.taxes if each.rate_bp == tax.rate_bp]
        assert sum(each.tax.minor for each in parts_of_rate) == tax.tax.minor
        assert sum(each.amount.minor for each in parts_of_rate) == tax.amount.minor
        assert all(each.tax.minor >= 0 for each in parts_of_rate)
    by_points = [t for refund in refunds for t in refund.tenders if t.kind is TenderKind.POINTS]
    assert sum(t.points.count for t in by_points) == sum(t.points.count for t in sale.tenders)
    assert state(shop) == before
    if all(t.kind is TenderKind.CASH for t in sale.tenders):
        assert shop.sum_of(DRAWER) == drawer
