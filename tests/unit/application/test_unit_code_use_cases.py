"""One item, one code at a real till: from the scan to the refund."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import pytest
from pos_testkit import builders
from pos_testkit.counter import CASHIER, Counter, counter_at, refused
from pos_testkit.till import MANAGER, some_products
from pos_testkit.unit_labels import (
    STRANGER,
    coded_programme,
    digital_link,
    elements,
    signed,
    unit,
    unit_key,
    unit_points,
)

from pos_app.application.lookup import FoundProduct, FoundUnit
from pos_app.domain.ids import ProductId
from pos_app.domain.ledger.refunds import RefundRequest
from pos_app.domain.pricing.basket import Basket
from pos_app.domain.programme.document import Programme, What
from pos_app.domain.quantity import Quantity

GOODS = some_products()
BOTTLE, OTHER, APPLES = GOODS[0], GOODS[1], GOODS[20]
ONLY_BOTTLES = What(products=(BOTTLE.product_id,))
TODAY = builders.TODAY

OpenCounter = Callable[..., Counter]


@pytest.fixture
def open_with(tmp_path: Path) -> Iterator[OpenCounter]:
    """Opens a counter under a programme."""
    import contextlib

    with contextlib.ExitStack() as stack:
        yield lambda programme: stack.enter_context(counter_at(tmp_path, programme=programme))


@pytest.fixture
def at_counter(open_with: OpenCounter) -> Counter:
    return open_with(coded_programme(required=ONLY_BOTTLES, points=(unit_points(),)))


def scan(counter: Counter, text: str, basket: Basket | None = None) -> Basket:
    """A scan into a basket, as the screen takes it."""
    found = counter.till.lookup.resolve(text)
    assert isinstance(found, FoundProduct), found
    return (basket or Basket()).add(found.product, found.quantity, unit_code=found.unit_code)


class TestScanning:
    @pytest.mark.parametrize("label", [elements, digital_link, signed])
    def test_an_item_is_found_by_its_code(self, at_counter: Counter, label: Callable[..., str]) -> None:
        (line,) = scan(at_counter, label(BOTTLE, "A1B2")).lines
        assert line.product.product_id == BOTTLE.product_id
        assert (line.unit_code, line.quantity) == (unit(BOTTLE, "A1B2").text, Quantity.pieces(1))

    def test_the_plain_barcode_of_other_goods_is_still_their_barcode(self, at_counter: Counter) -> None:
        assert scan(at_counter, OTHER.barcodes[0]).lines[0].unit_code == ""

    def test_a_serial_is_not_looked_at_where_the_programme_does_not_say_so(self, open_with: OpenCounter) -> None:
        at_counter = open_with(coded_programme(serials=ONLY_BOTTLES))
        assert scan(at_counter, elements(OTHER, "A1")).lines[0].unit_code == ""
        assert scan(at_counter, elements(BOTTLE, "A1")).lines[0].unit_code
        assert scan(at_counter, signed(OTHER, "A1")).lines[0].unit_code

    def test_without_such_rules_a_serial_is_its_product_and_a_signed_link_nobodys(self, open_with: OpenCounter) -> None:
        at_counter = open_with(builders.programme())
        assert scan(at_counter, elements(BOTTLE, "A1")).lines[0].unit_code == ""
        with refused("unit.unknown_key", key="k1"):
            scan(at_counter, signed(BOTTLE, "A1"))

    def test_goods_by_weight_have_no_codes(self, at_counter: Counter) -> None:
        found = at_counter.till.lookup.resolve(elements(APPLES, "A1"))
        assert isinstance(found, FoundProduct)
        assert (found.unit_code, found.asks_weight) == ("", True)
        with refused("unit.wrong_product"):
            at_counter.till.lookup.resolve(signed(APPLES, "A1"))

    def test_each_item_is_scanned_and_none_is_counted(self, at_counter: Counter) -> None:
        with refused("unit.one_piece", name=BOTTLE.name):
            at_counter.till.lookup.resolve("3*" + elements(BOTTLE, "A1"))
        with refused("unit.one_piece"):
            at_counter.till.lookup.resolve(elements(BOTTLE, "A1"), quantity=Quantity.pieces(2))

    def test_unknown_goods_are_unknown(self, at_counter: Counter) -> None:
        with refused("product.unknown"):
            scan(at_counter, signed(builders.product(777), "A1"))


class TestGenuine:
    def test_another_signature_is_a_forgery(self, at_counter: Counter) -> None:
        with refused("unit.not_genuine"):
            scan(at_counter, signed(BOTTLE, "A1", key=STRANGER))
        with refused("unit.not_genuine"):
            scan(at_counter, signed(BOTTLE, "A1").replace("A1?", "A2?"))
        with refused("unit.not_genuine"):
            scan(at_counter, signed(BOTTLE, "A1") + "&more=1")

    def test_a_key_nobody_named(self, at_counter: Counter) -> None:
        with refused("unit.unknown_key", name=BOTTLE.name, key="k9"):
            scan(at_counter, signed(BOTTLE, "A1", key_id="k9"))

    @pytest.mark.parametrize(
        ("more", "code"),
        [
            ({"to_date": TODAY - dt.timedelta(days=1)}, "unit.key_expired"),
            ({"from_date": TODAY + dt.timedelta(days=1)}, "unit.key_not_yet"),
            ({"what": What(products=(OTHER.product_id,))}, "unit.wrong_product"),
            ({"what": What(except_products=(ProductId("P00001"),))}, "unit.wrong_product"),
            ({"from_date": TODAY, "to_date": TODAY, "what": ONLY_BOTTLES}, ""),
        ],
    )
    def test_a_key_signs_for_its_goods_in_its_time(
        self, open_with: OpenCounter, more: dict[str, object], code: str
    ) -> None:
        at_counter = open_with(coded_programme(keys=(unit_key(**more),)))  # type: ignore[arg-type]
        if not code:
            assert scan(at_counter, signed(BOTTLE, "A1")).lines
            return
        with refused(code, name=BOTTLE.name):
            scan(at_counter, signed(BOTTLE, "A1"))

    def test_the_signature_cannot_be_left_away_where_it_is_asked_for(self, open_with: OpenCounter) -> None:
        at_counter = open_with(
            coded_programme(serials=What(except_products=(BOTTLE.product_id,)), required=ONLY_BOTTLES)
        )
        bare = signed(BOTTLE, "A1").partition("?")[0]
        basket = scan(at_counter, bare)
        assert basket.lines[0].unit_code == ""
        with at_counter.refuses("unit.code_needed", name=BOTTLE.name):
            at_counter.sell(basket)


class TestSoldOnce:
    def test_the_sale_carries_the_code_and_its_points(self, at_counter: Counter) -> None:
        member = at_counter.member(1)
        done = at_counter.sell(scan(at_counter, signed(BOTTLE, "A1B2")).with_member(member.member_id))
        assert done.sale.lines[0].unit_code == unit(BOTTLE, "A1B2").text
        assert done.sale.member is not None
        assert {each.rule_id: each.points.count for each in done.sale.member.earned}["unit_gift"] == 20
        assert at_counter.audit().ok

    def test_what_was_sold_names_its_receipt_whatever_the_label(self, at_counter: Counter) -> None:
        receipt = at_counter.sell(scan(at_counter, elements(BOTTLE, "a1b2"))).sale.receipt_no
        for label in (elements, digital_link, signed):
            found = at_counter.till.lookup.resolve(label(BOTTLE, "A1B2"))
            assert isinstance(found, FoundUnit)
            assert (found.sold.receipt_no, found.sold.business_date, found.sold.line_no) == (receipt, TODAY, 1)

    def test_the_books_refuse_it_whatever_the_screen_thought(self, at_counter: Counter) -> None:
        basket = scan(at_counter, elements(BOTTLE, "A1"))
        receipt = at_counter.sell(basket).sale.receipt_no
        with at_counter.refuses("unit.sold", receipt_no=receipt, date=TODAY.isoformat(), name=BOTTLE.name):
            at_counter.sell(basket)
        twice = msgspec.structs.replace(
            basket, lines=(basket.lines[0], msgspec.structs.replace(basket.lines[0], line_no=2))
        )
        with at_counter.refuses("unit.in_basket"):
            at_counter.sell(twice)

    def test_the_same_sale_again_is_the_same_sale(self, at_counter: Counter) -> None:
        sale_id = at_counter.till.selling.new_sale_id()
        basket = scan(at_counter, elements(BOTTLE, "A1"))
        assert at_counter.sell(basket, sale_id=sale_id).seq == at_counter.sell(basket, sale_id=sale_id).seq

    def test_goods_that_need_a_code_are_not_sold_without(self, at_counter: Counter) -> None:
        with at_counter.refuses("unit.code_needed", name=BOTTLE.name):
            at_counter.sell(at_counter.basket(1))
        at_counter.sell(at_counter.basket(2))

    def test_it_is_refused_after_a_restart_and_years(self, at_counter: Counter) -> None:
        basket = scan(at_counter, elements(BOTTLE, "A1"))
        at_counter.sell(basket)
        at_counter.restart()
        at_counter.real.clock.advance(days=800)
        with at_counter.refuses("unit.sold", date=TODAY.isoformat()):
            at_counter.sell(basket)


class TestPutAside:
    def test_an_item_in_a_held_sale_is_in_no_other(self, at_counter: Counter) -> None:
        basket = scan(at_counter, elements(BOTTLE, "A1B2"))
        held = at_counter.till.selling.hold(CASHIER, basket)
        with refused("unit.held", name=BOTTLE.name, tail="A1B2"):
            at_counter.till.lookup.resolve(signed(BOTTLE, "A1B2"))
        with at_counter.refuses("unit.held"):
            at_counter.sell(basket)
        with at_counter.refuses("unit.held"):
            at_counter.till.selling.hold(CASHIER, basket)
        again = at_counter.till.selling.recall(CASHIER, held.hold_id)
        assert again == basket
        at_counter.sell(again)

    def test_a_draft_keeps_its_codes(self, at_counter: Counter) -> None:
        basket = scan(at_counter, elements(BOTTLE, "A1"))
        at_counter.till.selling.save_draft(CASHIER, basket)
        at_counter.restart()
        draft = at_counter.till.selling.draft()
        assert draft == basket
        assert draft is not None
        at_counter.sell(draft)
        assert at_counter.till.selling.draft() is None


class TestComingBack:
    def _refund(self, at_counter: Counter, receipt_no: str, *lines: int) -> None:
        request = RefundRequest(tuple((line, 1000) for line in lines))
        done = at_counter.till.refunds.refund(MANAGER, None, receipt_no, request)
        assert all(line.unit_code for line in done.refund.lines)

    def test_the_line_that_came_back_may_be_sold_again_and_no_other(self, at_counter: Counter) -> None:
        one, two = (scan(at_counter, elements(BOTTLE, each)) for each in ("A1", "A2"))
        both = scan(at_counter, elements(BOTTLE, "A2"), one)
        receipt = at_counter.sell(both).sale.receipt_no
        self._refund(at_counter, receipt, 1)
        with at_counter.refuses("unit.sold"):
            at_counter.sell(two)
        resold = at_counter.sell(scan(at_counter, elements(BOTTLE, "A1"))).sale.receipt_no
        with refused("refund.too_much"):
            self._refund(at_counter, receipt, 1)
        found = at_counter.till.lookup.resolve(elements(BOTTLE, "A1"))
        assert isinstance(found, FoundUnit)
        assert found.sold.receipt_no == resold
        assert at_counter.audit().ok

    def test_a_void_frees_all_of_it(self, at_counter: Counter) -> None:
        basket = scan(at_counter, elements(BOTTLE, "A2"), scan(at_counter, elements(BOTTLE, "A1")))
        receipt = at_counter.sell(basket).sale.receipt_no
        at_counter.till.refunds.void(MANAGER, None, receipt, "wrong member")
        at_counter.sell(basket)
        assert at_counter.audit().ok

    def test_points_of_the_code_go_with_it(self, at_counter: Counter) -> None:
        member = at_counter.member(1)
        basket = scan(at_counter, elements(BOTTLE, "A2"), scan(at_counter, elements(BOTTLE, "A1")))
        receipt = at_counter.sell(basket.with_member(member.member_id)).sale.receipt_no
        both = at_counter.balance(member.member_id)
        self._refund(at_counter, receipt, 2)
        assert at_counter.balance(member.member_id) == both - both // 2
        self._refund(at_counter, receipt, 1)
        assert at_counter.balance(member.member_id) == 0

    def test_an_item_is_found_for_its_refund_when_its_key_is_long_gone(self, at_counter: Counter) -> None:
        receipt = at_counter.sell(scan(at_counter, signed(BOTTLE, "A1"))).sale.receipt_no
        at_counter.real.clock.advance(days=1)
        later: Programme = coded_programme(keys=(unit_key(to_date=TODAY),), serials=None)
        at_counter.real.replica.writer.put_programme(msgspec.structs.replace(later, version=2))
        found = at_counter.till.lookup.resolve(signed(BOTTLE, "A1"))
        assert isinstance(found, FoundUnit)
        assert found.sold.receipt_no == receipt
        with refused("unit.key_expired"):
            at_counter.till.lookup.resolve(signed(BOTTLE, "A2"))
        with refused("unit.not_genuine"):
            at_counter.till.lookup.resolve(signed(BOTTLE, "A1", key=STRANGER))
