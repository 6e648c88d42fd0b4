"""Bad input at the selling screen: said in words, nothing sold, the next scan goes."""

import pytest
from pos_testkit import builders
from pos_testkit.till import some_products
from pos_testkit.window import TillWindow, make_home, memory_folder, till_window

from pos_app.config import Settings
from pos_app.domain.money import Money
from pos_app.domain.quantity import Quantity
from pos_app.infrastructure.paths import paths_below
from pos_app.ui.messages import WORDS

pytestmark = pytest.mark.gui
GOOD = builders.ean13(3)


@pytest.fixture(scope="module")
def opened(app):
    """One window for all: opening one takes a second."""
    with memory_folder() as home:
        yield from _open(home)


def _open(home):
    dirty = builders.product(61, 350, name="可乐\x1bp\x00听装\x07")
    open_price = builders.product(30, 0, name="邮费", category_id="services", is_open_price=True)
    make_home(home, Settings(), products=[*some_products()[:-1], dirty, open_price])
    with till_window(paths_below(home)) as one:
        yield one


@pytest.fixture
def window(opened: TillWindow) -> TillWindow:
    opened.shell.close_sheets()
    opened.sit_down()
    opened.desk._presenters["selling"]._begin_anew()
    opened.settle()
    return opened


def goes_on(window: TillWindow, lines: int = 1) -> None:
    """The next scan is sold as if nothing had been."""
    assert window.screen == "selling"
    before = len(window.state("selling").lines)
    window.scan(builders.ean13(5))
    assert len(window.state("selling").lines) == before + lines
    assert window.state("selling").notice is None


WRONG = [
    ("unknown barcode", builders.ean13(777), "product.unknown"),
    ("wrong check digit", GOOD[:-1] + str((int(GOOD[-1]) + 1) % 10), "input.wrong_check_digit"),
    ("half a scan", GOOD[:6], "input.nothing_found"),
    ("control characters", "690\x00\x1b@", "input.control_characters"),
    ("a paste of 10,000 characters", "6" * 10_000, "input.too_long"),
    ("nothing of it", "0*" + GOOD, "quantity.out_of_range"),
    ("a part of a piece", "1.5*" + GOOD, "quantity.not_whole"),
    ("a payment code", "134567890123456789", "input.payment_code"),
    ("an unknown name", "没有这个", "input.nothing_found"),
]


@pytest.mark.parametrize(("what", "text", "code"), WRONG, ids=[what for what, _, _ in WRONG])
def test_it_is_said_and_nothing_is_sold(window: TillWindow, clear, what, text, code):
    for way in (window.scan, lambda text: (window.view("selling").input_requested.emit(text), window.settle())):
        way(text)
        said = window.state("selling").notice
        assert said.code == code
        clear(said)
        assert window.state("selling").lines == ()
    goes_on(window)


@pytest.mark.parametrize("text", ["-3*" + GOOD, "99999*" + GOOD, "0.0001*" + GOOD])
def test_absurd_multipliers(window: TillWindow, clear, text):
    window.scan(text)
    clear(window.state("selling").notice)
    assert window.state("selling").lines == ()
    goes_on(window)


def test_two_scans_in_one_burst_are_two_goods(window: TillWindow):
    window.shell.deliver_scan(GOOD)
    window.shell.deliver_scan(builders.ean13(4))
    window.settle()
    assert [line.name for line in window.state("selling").lines] == ["农夫山泉3号", "农夫山泉4号"]


def test_three_times_counts_for_the_first_of_two_in_a_burst(window: TillWindow):
    window.scan("3*")
    window.shell.deliver_scan(GOOD)
    window.shell.deliver_scan(builders.ean13(4))
    window.settle()
    basket = window.desk._presenters["selling"]._sale.basket
    assert [line.quantity for line in basket.lines] == [Quantity.pieces(3), Quantity.pieces(1)]


def test_three_times_waits_for_goods_through_a_card_and_a_mistake(window: TillWindow):
    window.scan("3*", "M00001", builders.ean13(777), GOOD)
    basket = window.desk._presenters["selling"]._sale.basket
    assert [line.quantity for line in basket.lines] == [Quantity.pieces(3)]
    assert basket.member_id == builders.member_id(1)


def test_more_of_one_thing_than_any_shop_has(window: TillWindow, clear):
    window.scan("9999*" + GOOD)
    before = window.state("selling").payable
    window.scan("9999*" + GOOD)
    assert window.state("selling").notice.code == "quantity.out_of_range"
    clear(window.state("selling").notice)
    assert window.state("selling").payable == before


def test_a_basket_beyond_any_bill(window: TillWindow, clear):
    """Each line may be; together they are more than any bill."""
    from pos_app.domain.ids import StaffId
    from pos_app.domain.pricing.basket import PriceOverride

    window.scan("9000*" + GOOD, "9000*" + builders.ean13(4))
    presenter = window.desk._presenters["selling"]
    presenter._on_override_chosen(1, PriceOverride(Money(1_100_000), StaffId("1003")))
    before = window.state("selling").payable
    presenter._on_override_chosen(2, PriceOverride(Money(1_100_000), StaffId("1003")))
    assert window.state("selling").notice.code == "money.too_large"
    clear(window.state("selling").notice)
    assert window.state("selling").payable == before


def test_a_scan_during_a_dialog_changes_nothing_under_it(window: TillWindow):
    from pos_app.domain.staff import Permission

    window.scan(GOOD)
    window.desk.ask_approval(Permission.DISCOUNT, window.desk.set_operator)
    window.settle()
    assert window.screen == "approval"
    window.scan(builders.ean13(4))
    assert window.screen == "approval"
    assert len(window.state("selling").lines) == 1
    window.desk.close()
    goes_on(window)


def test_a_scan_while_paying_sells_nothing(window: TillWindow, clear):
    window.scan(GOOD)
    window.view("selling").pay_requested.emit()
    window.settle()
    window.scan(builders.ean13(4))
    assert window.screen == "payment"
    clear(window.state("payment").notice)
    assert window.state("payment").total == Money(250)


def test_control_characters_of_a_name_reach_neither_the_printer_nor_the_drawer(window: TillWindow):
    from pos_app.bootstrap.papers import receipt_settings, shop_header
    from pos_app.infrastructure.receipts.output import receipt_bytes

    window.scan(builders.ean13(61))
    window.pay_cash()
    till = window.running.books.till
    with till.context.ledger.read() as reader:
        rows = reader.documents(business_date=None, text="", limit=1)
        seq = reader.document_seq(rows[0].receipt_no)
    from pos_app.application.ports import JobKind, PrintJob
    from pos_app.domain.ids import JobId

    content = till.contents.content(PrintJob(JobId(till.context.ids.new()), JobKind.SALE, seq))
    settings = window.running.settings
    data = receipt_bytes(content, shop_header(settings), receipt_settings(settings))
    assert "可乐".encode("gbk") in data
    assert b"\x1bp" not in data, "no drawer was asked for, and a name opens none"
    assert b"\x07" not in data


def test_a_phone_that_is_known_is_a_member_not_a_second_one(window: TillWindow, clear):
    from pos_app.application.members import NewMember
    from pos_app.errors import KnownError

    window.scan("13800000007")
    assert window.state("selling").member is not None
    with pytest.raises(KnownError) as caught:
        window.running.lanes.submit(
            "ledger",
            lambda: window.running.books.till.members.capture(window.desk.operator, NewMember(phone="13800000007")),
        ).result()
    assert caught.value.code == "member.phone_known"
    clear(caught.value)


def test_an_expired_programme_is_said_over_the_basket(home, clear):
    make_home(home, programme=builders.programme(effective_to=builders.TODAY.replace(year=2025)))
    with till_window(paths_below(home)) as window:
        window.sit_down().scan(GOOD, "13800000007")
        said = window.state("selling").notice
        assert said.code == "quote.programme_not_in_force"
        clear(said)
        window.pay_cash()
        assert window.state("payment").done, "the shop sells all the same"
        assert window.state("payment").points_earned is None


def test_five_wrong_pins(window: TillWindow, clear):
    window.desk.set_operator(None)
    window.desk.go("login")
    window.settle()
    for left in (4, 3, 2, 1):
        window.view("login").login_requested.emit(("1002", "0000"))
        window.settle()
        said = window.state("login").notice
        assert (said.code, said.details["tries_left"]) == ("pin.wrong", left)
        clear(said)
    for pin in ("0000", "2222"):
        window.view("login").login_requested.emit(("1002", pin))
        window.settle()
        assert window.state("login").notice.code == "pin.locked"
    clear(window.state("login").notice)
    window.view("login").login_requested.emit(("1001", "1111"))
    window.settle()
    assert window.screen == "selling", "others work on"


def test_every_code_of_this_list_has_words():
    assert {code for _, _, code in WRONG} <= set(WORDS)
