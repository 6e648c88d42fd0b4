"""The list of sales, the preview, refunds whole and part, voids: happy, too much, too late, without permission."""

import pytest
from pos_testkit.builders import ean13, member, product
from pos_testkit.desk import CASHIER, MANAGER, PNG, SUPERVISOR, counter

from pos_app.application.ports import JobKind
from pos_app.application.selling import CompleteSale
from pos_app.config import DeviceSettings
from pos_app.domain.money import Money
from pos_app.domain.pricing.basket import Basket
from pos_app.domain.quantity import Quantity
from pos_app.domain.tender import Tender, TenderKind
from pos_app.errors import KnownError
from pos_app.ui.requests import PreviewRequest, RefundRequest
from pos_app.ui.screens.refund.state import QuantityAsked
from pos_app.ui.screens.sales.state import DocumentKind, VoidConfirmed
from pos_app.ui.state import Phase

pytestmark = pytest.mark.gui

WATER = product(1, 150)
APPLES = product(21, 521, is_weighed=True, category_id="fruit")


@pytest.fixture
def till(qtbot, tmp_path):
    with counter(tmp_path) as one:
        one.sit_down(SUPERVISOR)
        yield one


def _sell(till) -> str:
    return till.real.sell((WATER, 3), (APPLES, "0.285")).sale.receipt_no


def _sell_by_card(till) -> str:
    basket = Basket().add(WATER, Quantity.pieces(2))
    paid = (Tender(TenderKind.BANK_CARD, Money(300), Money(300), "REF-1"),)
    selling = till.real.app.selling
    return selling.complete(MANAGER, CompleteSale(selling.new_sale_id(), basket, paid, Money(300))).sale.receipt_no


def _open(till, number: str = "") -> None:
    till.desk.go("refund", RefundRequest(number))


# The list


def test_the_list_shows_the_latest_first(till):
    first = _sell(till)
    till.real.clock.advance(minutes=5)
    second = till.real.sell(WATER, member=member(1)).sale.receipt_no
    till.desk.go("sales")
    rows = till.state("sales").documents
    assert [row.number for row in rows] == [second, first]
    assert [(row.when, row.cashier, row.amount) for row in rows] == [
        ("12:05", "孙经理", Money(150)),
        ("12:00", "孙经理", Money(450 + 148)),
    ]
    assert rows[0].member == "王*"
    assert all(row.can_refund and row.can_void for row in rows)


def test_an_empty_list_is_an_empty_list(till):
    till.desk.go("sales")
    assert till.state("sales").phase is Phase.EMPTY
    till.view("sales").back_requested.emit()
    assert till.screen == "more"


def test_searching_by_the_end_and_by_scan(till):
    number = _sell(till)
    _sell_by_card(till)
    till.desk.go("sales")
    till.view("sales").search_requested.emit(number[-4:].lower())
    assert [row.number for row in till.state("sales").documents] == [number]
    till.view("sales").search_requested.emit("9999999")
    assert till.state("sales").phase is Phase.EMPTY
    session = till.state("sales").session
    till.view("sales").handle_scan(number.lower())
    state = till.state("sales")
    assert [row.number for row in state.documents] == [number]
    assert state.session != session
    till.view("sales").handle_scan(ean13(1))
    assert till.state("sales").notice.code == "receipt.unknown"


def test_refunds_and_voids_are_in_the_list(till):
    sold, voided = _sell(till), _sell_by_card(till)
    till.real.app.refunds.void(MANAGER, None, voided, "")
    till.real.refund_all(sold)
    till.desk.go("sales")
    rows = {(row.kind, row.original or row.number): row for row in till.state("sales").documents}
    back = rows[DocumentKind.REFUND, sold]
    assert back.amount == Money(-598)
    assert rows[DocumentKind.VOID, voided].amount == Money(-300)
    assert rows[DocumentKind.SALE, voided].voided
    assert not rows[DocumentKind.SALE, sold].can_refund
    assert not rows[DocumentKind.SALE, sold].can_void


def test_a_paper_is_looked_at_and_printed_again_as_a_copy(till):
    number = _sell(till)
    till.desk.go("sales")
    till.view("sales").show_requested.emit(number)
    assert till.screen == "receipt_preview"
    state = till.state("receipt_preview")
    assert (state.number, state.image, state.copy, state.phase, state.can_print) == (
        number,
        PNG,
        True,
        Phase.READY,
        True,
    )
    assert [kind for _, kind in till.services.previews] == ["sale"]
    till.printer.printed.clear()
    till.view("receipt_preview").print_requested.emit()
    assert till.screen == "sales"
    assert till.told[-1] == "reprint.queued"
    assert till.printer.printed[-1].header.copy == 1
    till.view("sales").reprint_requested.emit(number)
    assert till.printer.printed[-1].header.copy == 2


def test_a_preview_that_cannot_be_made_is_said_and_tried_again(till):
    number = _sell(till)
    till.services.failure = KnownError("receipt.template_wrong", file="a", place="b", reason="c")
    till.desk.open("receipt_preview", PreviewRequest(number, JobKind.SALE))
    assert till.state("receipt_preview").phase is Phase.FAILED
    till.services.failure = None
    till.view("receipt_preview").retry_requested.emit()
    assert till.state("receipt_preview").phase is Phase.READY


def test_a_preview_without_a_printer_prints_nothing(qtbot, tmp_path):
    from pos_testkit.desk import some_settings

    with counter(tmp_path, settings=some_settings(devices=DeviceSettings())) as till:
        till.sit_down(SUPERVISOR)
        till.desk.open("receipt_preview", PreviewRequest(_sell(till), JobKind.SALE))
        assert not till.state("receipt_preview").can_print


def test_a_preview_of_nothing_is_unknown(till):
    till.desk.open("receipt_preview", PreviewRequest("R0001250618999993", JobKind.SALE))
    assert till.state("receipt_preview").notice.code == "receipt.unknown"


# Voids


def test_a_sale_is_voided_after_a_yes(till):
    number = _sell(till)
    till.desk.go("sales")
    sales = till.view("sales")
    sales.void_requested.emit(number)
    assert till.state("sales").voiding == number
    sales.back_requested.emit()
    assert till.state("sales").voiding is None
    assert till.screen == "sales", "Esc takes the question back first"
    sales.void_requested.emit(number)
    sales.void_confirmed.emit(VoidConfirmed(number, "打错了"))
    assert (till.told[-1], till.toasts[-1].details["amount"]) == ("void.done", Money(598))
    assert till.state("sales").voiding is None
    assert till.state("sales").documents[-1].voided


def test_a_void_is_too_late_after_a_refund_or_the_shift(till):
    number = _sell(till)
    till.desk.go("sales")
    till.real.app.refunds.refund(MANAGER, None, number, _part(number))
    till.view("sales").void_confirmed.emit(VoidConfirmed(number))
    assert till.state("sales").notice.code == "void.too_late"
    till.view("sales").void_requested.emit(number)
    assert till.state("sales").notice.code == "void.too_late"
    assert till.state("sales").voiding is None


def _part(number: str):
    from pos_app.domain.ledger.refunds import RefundRequest as DomainRequest

    return DomainRequest(((1, 1000),))


def test_a_cashier_voids_with_a_pin(till):
    number = _sell(till)
    till.desk.set_operator(CASHIER)
    till.desk.go("sales")
    till.view("sales").void_requested.emit(number)
    till.view("sales").void_confirmed.emit(VoidConfirmed(number))
    assert till.screen == "approval"
    till.approve(SUPERVISOR)
    assert till.told[-1] == "void.done"


# Refunds


def test_one_of_three_lines_comes_back(till):
    number = _sell(till)
    _open(till)
    assert till.state("refund").phase is Phase.EMPTY
    till.view("refund").handle_scan(number)
    state = till.state("refund")
    assert (state.number, state.phase, state.can_void, state.can_choose_cash) == (number, Phase.READY, True, False)
    assert state.sold == "2025-06-18 12:00  ·  孙经理"
    assert [(line.name, line.bought_milli, line.left_milli, line.unit) for line in state.lines] == [
        ("商品1", 3000, 3000, ""),
        ("商品21", 285, 285, "kg"),
    ]
    till.view("refund").step_requested.emit((1, 1))
    state = till.state("refund")
    assert state.lines[0].chosen_milli == 1000
    assert state.preview.amount == Money(150)
    assert [(to.kind, to.amount) for to in state.preview.returns] == [("cash", Money(150))]
    till.view("refund").refund_requested.emit("不想要了")
    assert till.screen == "selling"
    assert (till.told[-1], till.toasts[-1].details["amount"]) == ("refund.done", Money(150))
    assert till.printer.printed[-1].kind is JobKind.REFUND
    assert till.printer.printed[-1].body.reason == "不想要了"
    _open(till, number)
    assert [line.left_milli for line in till.state("refund").lines] == [2000, 285]
    assert not till.state("refund").can_void


def test_lines_are_ticked_counted_and_unticked(till):
    number = _sell(till)
    _open(till, number)
    refund = till.view("refund")

    def chosen() -> list[int]:
        return [line.chosen_milli for line in till.state("refund").lines]

    refund.line_requested.emit(1)
    assert chosen() == [3000, 0]
    refund.quantity_requested.emit(QuantityAsked(1, "2"))
    assert chosen() == [2000, 0]
    refund.step_requested.emit((1, -1))
    refund.step_requested.emit((2, 1))
    assert chosen() == [1000, 285], "weighed goods come back whole"
    refund.quantity_requested.emit(QuantityAsked(1, "0"))
    assert chosen() == [0, 285]
    refund.all_requested.emit()
    assert chosen() == [3000, 285]
    refund.all_requested.emit()
    assert chosen() == [0, 0]
    assert till.state("refund").preview is None


@pytest.mark.parametrize(
    ("typed", "code"), [("4", "refund.too_much"), ("x", "quantity.unreadable"), ("1.5", "refund.not_whole")]
)
def test_a_quantity_that_cannot_come_back_is_refused(till, typed, code):
    _open(till, _sell(till))
    till.view("refund").quantity_requested.emit(QuantityAsked(1, typed))
    assert till.state("refund").notice.code == code


def test_the_goods_themselves_can_be_scanned(till):
    _open(till, _sell(till))
    refund = till.view("refund")
    for _ in range(3):
        refund.handle_scan(ean13(1))
    assert till.state("refund").lines[0].chosen_milli == 3000
    refund.handle_scan(ean13(1))
    assert till.state("refund").notice.code == "refund.goods_not_in_sale"
    refund.handle_scan(ean13(5))
    assert till.state("refund").notice.code == "refund.goods_not_in_sale"


def test_scanning_goods_without_a_receipt_asks_for_it(till):
    _open(till)
    till.view("refund").handle_scan(ean13(1))
    assert till.state("refund").notice.code == "refund.reading"


def test_nothing_ticked_is_nothing_to_refund(till):
    _open(till, _sell(till))
    till.view("refund").refund_requested.emit("")
    assert till.state("refund").notice.code == "refund.nothing"


def test_the_end_of_the_number_is_enough_when_it_is_one(till):
    number = _sell(till)
    _open(till)
    till.view("refund").find_requested.emit(number[-5:])
    assert till.state("refund").number == number
    _open(till)
    till.view("refund").find_requested.emit("99999")
    assert till.state("refund").notice.code == "receipt.unknown"
    assert till.state("refund").phase is Phase.EMPTY


def test_what_was_paid_by_card_goes_back_to_the_card_or_in_cash(till):
    number = _sell_by_card(till)
    _open(till, number)
    assert till.state("refund").can_choose_cash
    till.view("refund").all_requested.emit()
    assert [(to.kind, to.reference) for to in till.state("refund").preview.returns] == [("bank_card", "REF-1")]
    till.view("refund").in_cash_requested.emit(True)
    assert [to.kind for to in till.state("refund").preview.returns] == ["cash"]


def test_points_are_taken_back_and_shown_before(till):
    number = till.real.sell((WATER, 10), member=member(1)).sale.receipt_no
    _open(till, number)
    assert till.state("refund").member == "王*  138****0001"
    till.view("refund").all_requested.emit()
    preview = till.state("refund").preview
    assert preview.points_taken.count == 15
    assert preview.points_after.count == 0
    assert preview.points_owed is None


def test_a_cashier_refunds_with_a_pin_and_the_choice_is_kept(till):
    number = _sell(till)
    till.desk.set_operator(CASHIER)
    _open(till, number)
    assert till.state("refund").approval_needed
    till.view("refund").line_requested.emit(1)
    till.view("refund").refund_requested.emit("")
    assert till.screen == "approval"
    till.view("approval").back_requested.emit()
    assert till.state("refund").lines[0].chosen_milli == 3000
    till.view("refund").refund_requested.emit("")
    till.approve(SUPERVISOR)
    assert till.screen == "selling"
    assert till.told[-1] == "refund.done"


def test_more_cash_than_the_drawer_has_is_refused(till):
    number = _sell(till)
    till.real.app.shifts.move_cash(MANAGER, None, Money(-50_500), "")
    _open(till, number)
    till.view("refund").all_requested.emit()
    till.view("refund").refund_requested.emit("")
    assert till.state("refund").notice.code == "drawer.too_little"
    assert till.screen == "refund"


def test_a_voided_sale_says_so(till):
    number = _sell(till)
    till.real.app.refunds.void(MANAGER, None, number, "")
    _open(till, number)
    assert till.state("refund").notice.code == "refund.voided"
    assert not till.state("refund").can_void


def test_the_whole_sale_is_voided_instead(till):
    number = _sell(till)
    _open(till, number)
    till.view("refund").void_requested.emit()
    assert till.told[-1] == "void.done"
    assert till.screen == "selling"


def test_the_paper_of_a_refund_leads_to_its_sale(till):
    number = _sell(till)
    back = till.real.app.refunds.refund(MANAGER, None, number, _part(number)).refund.receipt_no
    _open(till)
    till.view("refund").handle_scan(back)
    assert till.state("refund").number == number


def test_from_the_list_to_the_refund(till):
    number = _sell(till)
    till.real.app.refunds.refund(MANAGER, None, number, _part(number))
    till.desk.go("sales")
    row = till.state("sales").documents[0]
    assert row.kind is DocumentKind.REFUND
    till.view("sales").refund_requested.emit(row.key)
    assert till.screen == "refund"
    assert till.state("refund").number == number
