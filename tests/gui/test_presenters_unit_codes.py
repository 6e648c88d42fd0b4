"""One item, one code in the window: what the cashier sees from the scan to the refund."""

import pytest
from pos_testkit.desk import MANAGER, SUPERVISOR, counter
from pos_testkit.till import some_products
from pos_testkit.unit_labels import STRANGER, coded_programme, elements, signed

from pos_app.application.selling import CompleteSale
from pos_app.domain.programme.document import What
from pos_app.domain.tender import Tender, TenderKind
from pos_app.ui import messages
from pos_app.ui.requests import RefundRequest
from pos_app.ui.screens.payment.state import CASH, TenderAsked

pytestmark = pytest.mark.gui

BOTTLE, OTHER = some_products()[:2]


@pytest.fixture
def till(qtbot, tmp_path):
    rules = coded_programme(required=What(products=(BOTTLE.product_id,)))
    with counter(tmp_path, programme=rules) as one:
        one.sit_down(SUPERVISOR)
        yield one


def scan(till, text: str) -> None:
    till.view("selling").handle_scan(text)


def said(till) -> str:
    notice = till.state("selling").notice
    return notice.code if notice else ""


def sell(till, *codes: str) -> str:
    """Sell items through the books, as the payment screen does."""
    for code in codes:
        scan(till, code)
    basket = till.presenter("selling")._sale.basket
    till.view("selling").pay_requested.emit()
    payable = till.presenter("payment")._payable
    till.view("payment").tender_requested.emit(_cash(payable))
    assert till.state("payment").done, till.state("payment").notice
    number = till.state("payment").number
    till.view("payment").next_requested.emit()
    assert len(basket.lines) == len(codes)
    return number


def _cash(amount):
    return TenderAsked(CASH, amount.plain(), "")


def test_the_line_shows_the_end_of_the_code_and_counts_one(till):
    scan(till, signed(BOTTLE, "X7A1B2"))
    scan(till, elements(BOTTLE, "X7A1B3"))
    lines = till.state("selling").lines
    assert [(line.quantity.display(), line.note) for line in lines] == [("1", "…A1B2"), ("1", "…A1B3")]
    till.view("selling").step_requested.emit((lines[0].key, 1))
    assert said(till) == "unit.one_piece"
    till.view("selling").step_requested.emit((lines[0].key, -1))
    assert [line.note for line in till.state("selling").lines] == ["…A1B3"]


def test_what_cannot_be_sold_says_why(till):
    scan(till, BOTTLE.barcodes[0])
    assert said(till) == "unit.code_needed"
    scan(till, "3*" + signed(BOTTLE, "A1"))
    assert said(till) == "unit.one_piece"
    scan(till, signed(BOTTLE, "A1"))
    assert said(till) == ""
    scan(till, elements(BOTTLE, "a1"))
    assert said(till) == "unit.in_basket"
    scan(till, signed(BOTTLE, "A2", key=STRANGER))
    assert said(till) == "unit.not_genuine"
    assert len(till.state("selling").lines) == 1


def test_goods_chosen_by_touch_ask_for_the_code_too(till):
    till.view("selling").goods_requested.emit()
    assert till.screen == "goods"
    till.presenter("selling")._add(till.real.app.lookup.resolve(BOTTLE.barcodes[0]))
    assert said(till) == "unit.code_needed"
    assert till.state("selling").lines == ()


def test_an_item_sold_before_names_its_receipt(till):
    number = sell(till, signed(BOTTLE, "A1B2"))
    scan(till, signed(BOTTLE, "A1B2"))
    notice = till.state("selling").notice
    assert notice.code == "unit.sold"
    words = messages.words(notice)
    assert number in words
    assert "2025-06-18" in words
    assert BOTTLE.name in words


def test_an_item_on_hold_says_so(till):
    scan(till, signed(BOTTLE, "A1B2"))
    till.view("selling").hold_requested.emit()
    scan(till, signed(BOTTLE, "A1B2"))
    assert said(till) == "unit.held"


def test_a_refused_sale_stays_open_at_payment(till):
    scan(till, signed(BOTTLE, "A1"))
    basket = till.presenter("selling")._sale.basket
    till.view("selling").pay_requested.emit()
    selling = till.real.app.selling
    paid = (Tender(TenderKind.CASH, BOTTLE.price, BOTTLE.price),)
    selling.complete(MANAGER, CompleteSale(selling.new_sale_id(), basket, paid, BOTTLE.price))
    till.view("payment").tender_requested.emit(_cash(BOTTLE.price))
    assert not till.state("payment").done
    assert till.state("payment").notice.code == "unit.sold"


def test_the_items_own_code_finds_its_sale_for_the_refund(till):
    first = sell(till, signed(BOTTLE, "A1"), signed(BOTTLE, "A2"))
    second = sell(till, signed(BOTTLE, "B1"))
    till.desk.go("refund", RefundRequest(""))
    refund = till.view("refund")
    refund.handle_scan(elements(BOTTLE, "A2"))
    assert till.state("refund").number == first
    assert [line.name for line in till.state("refund").lines] == [f"{BOTTLE.name}  …A1", f"{BOTTLE.name}  …A2"]
    assert [line.chosen_milli for line in till.state("refund").lines] == [0, 1000]
    refund.handle_scan(BOTTLE.barcodes[0])
    assert till.state("refund").notice.code == "unit.code_needed"
    refund.handle_scan(signed(BOTTLE, "C9"))
    assert till.state("refund").notice.code == "unit.not_sold"
    refund.handle_scan(signed(BOTTLE, "A1"))
    assert [line.chosen_milli for line in till.state("refund").lines] == [1000, 1000]
    refund.handle_scan(signed(BOTTLE, "B1"))
    assert till.state("refund").number == second
    assert [line.chosen_milli for line in till.state("refund").lines] == [1000]
    refund.refund_requested.emit("不要了")
    assert "refund.done" in till.told
    scan(till, signed(BOTTLE, "B1"))
    assert len(till.state("selling").lines) == 1


def test_a_receipt_looked_for_by_number_has_nothing_chosen(till):
    number = sell(till, signed(BOTTLE, "A1"))
    till.desk.go("refund", RefundRequest(""))
    till.view("refund").handle_scan(signed(BOTTLE, "A1"))
    till.view("refund").handle_scan(number)
    assert [line.chosen_milli for line in till.state("refund").lines] == [0]
