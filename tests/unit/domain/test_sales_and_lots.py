"""Sales, lots and postings, case by case."""

from __future__ import annotations

import datetime as dt
import itertools

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pos_testkit import builders as build
from pos_testkit import strategies
from pos_testkit.pricing import paid_by_points
from pos_testkit.pure_till import SHIFT, Till

from pos_app.domain.ids import LotId, SaleId
from pos_app.domain.ledger.accounts import fold_account
from pos_app.domain.ledger.journal import (
    to_plain,
)
from pos_app.domain.ledger.lots import (
    NO_BASE,
    Base,
    LotOrigin,
    OwnActivity,
    burn_order,
    lot_origins,
    own_sums,
    plan_burn,
)
from pos_app.domain.ledger.postings import (
    DRAWER,
    MEMBER_AVAILABLE,
    SAFE,
    Asset,
    Posting,
    check_balanced,
    entry,
)
from pos_app.domain.ledger.refunds import RefundContext, RefundRequest, build_refund, everything_left
from pos_app.domain.ledger.sales import SaleContext, build_sale
from pos_app.domain.money import Money
from pos_app.domain.points import Points
from pos_app.domain.pricing.basket import Basket, ManualDiscount, ManualDiscountKind, PriceOverride
from pos_app.domain.pricing.engine import quote
from pos_app.domain.programme.document import Expiry, ExpiryKind
from pos_app.domain.tender import Tender, TenderKind
from pos_app.errors import BugError, KnownError

ANNA = build.member_id(1)
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


# Sales ------------------------------------------------------------------------------------------------------------


def sale_of(basket: Basket, tenders: tuple[Tender, ...], customer=None, *, points_value: int = 0, offer=None):
    programme = build.programme()
    result = quote(basket, customer, programme, build.NOON, today=build.TODAY, paid=paid_by_points(points_value))
    if offer is not None:
        result = offer(result)
    context = SaleContext(SaleId(build.some_uuid(1)), "R1", SHIFT, build.TODAY)
    return build_sale(basket, result, tenders, customer, programme, context)


def points_tender(points: int, fen: int) -> Tender:
    return Tender(TenderKind.POINTS, Money(fen), Money(fen), points=Points(points))


def cash(fen: int) -> Tender:
    return Tender(TenderKind.CASH, Money(fen), Money(fen))


def test_what_is_not_a_sale():
    customer = build.customer(what=build.account(points=10_000))
    basket = goods(1_000)
    with pytest.raises(KnownError, match=r"sale\.empty"):
        sale_of(Basket(), ())
    for tenders in ((), (cash(999),), (cash(500), cash(501))):
        with pytest.raises(KnownError, match=r"sale\.not_covered"):
            sale_of(basket, tenders)
    with pytest.raises(KnownError, match=r"sale\.points_over_limit"):
        sale_of(basket, (points_tender(500, 500), cash(500)), points_value=500)
    for tender in (
        points_tender(600, 600),  # more than half
        points_tender(450, 450),  # not whole steps
        points_tender(400, 500),  # worth less
        points_tender(0, 500),
    ):
        rest = cash(1_000 - tender.amount.minor)
        with pytest.raises(KnownError, match=r"sale\.points_over_limit"):
            sale_of(basket, (tender, rest), customer, points_value=tender.amount.minor)
    with pytest.raises(KnownError, match=r"sale\.points_over_limit"):
        sale_of(basket, (points_tender(200, 200), points_tender(300, 300), cash(500)), customer, points_value=500)
    with pytest.raises(BugError, match="how the bill is paid"):
        sale_of(basket, (points_tender(500, 500), cash(500)), customer)
    with pytest.raises(BugError, match="basket"):
        sale_of(goods(400, 600), (cash(1_000),), offer=lambda q: msgspec.structs.replace(q, lines=q.lines[:1]))


def test_what_a_sale_remembers():
    override = PriceOverride(Money(900), build.SUPERVISOR)
    basket = build.basket(build.product(1, 1_000), (build.product(2, 1_000, is_weighed=True), "0.5"))
    basket = basket.set_override(1, override).set_discount(
        2, ManualDiscount(ManualDiscountKind.PERCENT, build.SUPERVISOR, 1_000)
    )
    customer = build.customer(what=build.account(points=10_000))
    sale, postings = sale_of(
        basket,
        (points_tender(600, 600), Tender(TenderKind.CASH, Money(750), Money(1_000))),
        customer,
        points_value=600,
    )
    assert (sale.payable, sale.change, sale.regular_total, sale.saved) == (
        Money(1_350),
        Money(250),
        Money(1_400),
        Money(50),
    )
    assert [line.approved_by for line in sale.lines] == [build.SUPERVISOR] * 2
    assert [line.is_weighed for line in sale.lines] == [False, True]
    assert sale.member is not None
    assert (sale.member.points_before, sale.member.points_after) == (Points(10_000), Points(9_407))
    check_balanced(postings)
    origins = lot_origins(sale)
    assert origins == (LotOrigin(LotId(sale.sale_id), build.TODAY, dt.date(2027, 6, 17)),)
    assert to_plain(sale)["payable"] == 1_350


def test_a_member_of_an_expired_programme_buys_like_anybody():
    programme = build.programme(effective_to=dt.date(2025, 1, 1))
    shop = Till(programme)
    sale = shop.sell(goods(1_000), ANNA, points=1_000)
    assert (sale.member, sale.programme_version) == (None, 0)
    shop.refund(sale)
    assert shop.sum_of(DRAWER) == 0


# Lots -------------------------------------------------------------------------------------------------------------


@given(strategies.lots(max_size=8), st.integers(0, 100_000))
def test_the_earliest_expiry_is_burnt_first(lots, points):
    spendable = [lot for lot in lots if lot.is_spendable(build.TODAY)]
    if points > sum(lot.available for lot in spendable):
        with pytest.raises(KnownError, match=r"points\.too_few"):
            plan_burn(lots, Points(points), build.TODAY)
        return
    plan = plan_burn(lots, Points(points), build.TODAY)
    assert sum(part.points.count for part in plan) == points
    burnt = {part.lot_id: part.points.count for part in plan}
    assert all(count > 0 for count in burnt.values())
    for one, other in itertools.permutations(spendable, 2):
        if (one.expires_on or dt.date.max) < (other.expires_on or dt.date.max) and other.lot_id in burnt:
            assert burnt.get(one.lot_id, 0) == one.available
    for lot in lots:
        assert burnt.get(lot.lot_id, 0) <= (lot.available if lot in spendable else 0)
    assert plan_burn(tuple(reversed(lots)), Points(points), build.TODAY) == plan


def test_burning_a_negative_number_is_a_bug():
    with pytest.raises(BugError):
        plan_burn((), Points(-1), build.TODAY)
    assert plan_burn((), Points(0), build.TODAY) == ()


def test_a_lot_that_head_office_forgot_takes_points_back():
    """Head office drops empty lots; the refund of what was burnt from one still knows its days."""
    day = dt.date(2025, 3, 1)
    lot = build.lot(7, 100, earned_on=day, expires_on=dt.date(2027, 1, 1))
    customer = build.customer(what=build.account(lots=(lot,)))
    sale, _ = sale_of(goods(1_000), (points_tender(100, 100), cash(900)), customer, points_value=100)
    base = Base(contains_seq=5)
    account = fold_account(ANNA, base, OwnActivity())
    context = RefundContext(
        SaleId(build.some_uuid(2)), "R2", SHIFT, build.TODAY, build.SUPERVISOR, (build.lot_id(8),), Points(0)
    )
    refund, postings = build_refund(
        sale, (), RefundRequest(everything_left(sale, ())), account, build.programme(), context
    )
    own = OwnActivity(sums=own_sums(postings, ANNA), origins=lot_origins(refund))
    after = fold_account(ANNA, base, own)
    assert [(each.lot_id, each.available, each.earned_on, each.expires_on) for each in after.lots] == [
        (lot.lot_id, 100, day, lot.expires_on)
    ]
    assert after.receivable == 9  # what the sale had earned is not known here any more: it counts as spent
    with pytest.raises(BugError, match="no known lot"):
        fold_account(ANNA, base, msgspec.structs.replace(own, origins=()))


def test_what_head_office_says_of_a_lots_days_counts():
    lot = build.lot(1, 10, expires_on=dt.date(2025, 12, 31))
    own = OwnActivity(
        sums=((MEMBER_AVAILABLE, lot.lot_id, 5),), origins=(LotOrigin(lot.lot_id, dt.date.min, dt.date(2025, 7, 1)),)
    )
    account = fold_account(ANNA, Base(lots=(lot,)), own)
    assert account.lots == (msgspec.structs.replace(lot, available=15),)


def test_an_account_of_nothing_is_empty():
    assert fold_account(ANNA, NO_BASE, OwnActivity()).lots == ()
    assert [each.lot_id for each in burn_order([build.lot(2), build.lot(1)])] == [build.lot_id(1), build.lot_id(2)]


def test_unbalanced_or_misshapen_postings_are_bugs():
    fen = Asset.FEN
    for postings in (
        (Posting(fen, DRAWER, 1),),
        (Posting(fen, DRAWER, 0),),
        (Posting(fen, DRAWER, 1), Posting(Asset.POINTS, SAFE, -1)),
        (Posting(fen, DRAWER, 1), Posting(fen, MEMBER_AVAILABLE, -1)),
        (Posting(fen, DRAWER, 1, ANNA), Posting(fen, SAFE, -1)),
    ):
        with pytest.raises(BugError):
            check_balanced(postings)
    check_balanced(entry(fen, DRAWER, 5) + entry(fen, SAFE, -5) + entry(fen, SAFE, 0))
