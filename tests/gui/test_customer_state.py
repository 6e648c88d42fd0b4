"""What the customer may see of a sale: bounded, in the language of the papers, and nothing that is theirs alone."""

import datetime as dt

import pytest
from pos_testkit.builders import product
from pos_testkit.desk import MANAGER, counter

from pos_app.config import CustomerScreenSettings
from pos_app.domain.ids import MemberId
from pos_app.domain.member import Gender, Member
from pos_app.domain.money import Money
from pos_app.domain.pricing.basket import Basket
from pos_app.domain.quantity import Quantity
from pos_app.ui.customer_feed import CustomerFeed, Ringing
from pos_app.ui.customer_screen.greeting import greeting
from pos_app.ui.customer_screen.showing import MOST_LINES, Look, customer_state
from pos_app.ui.customer_screen.state import Scene
from pos_app.ui.customer_screen.words import TEXTS, say

pytestmark = pytest.mark.gui
TODAY = dt.date(2025, 6, 18)


@pytest.fixture
def till(qtbot, tmp_path):
    with counter(tmp_path) as one:
        one.sit_down(MANAGER)
        yield one


def _look(**wanted: object) -> Look:
    return Look(CustomerScreenSettings(**wanted), "en", "惠民生活超市")  # type: ignore[arg-type]


def _shown(till, **wanted: object):
    return customer_state(till.desk.customer.now, _look(**wanted), TODAY)


def _member(name: str, gender: Gender = Gender.UNKNOWN) -> Member:
    return Member(MemberId("m-1"), TODAY, phone="13800001234", name=name, gender=gender)


@pytest.mark.parametrize(
    ("name", "gender", "english", "chinese"),
    [
        ("王小明", Gender.MALE, "Hello, Mr 王", "王先生，您好"),
        ("欧阳娜娜", Gender.FEMALE, "Hello, Ms 欧阳", "欧阳女士，您好"),
        ("李雷", Gender.UNKNOWN, "Hello, 李*", "李*，您好"),
        ("Anna Smith", Gender.FEMALE, "Hello, Anna", "Anna，您好"),
        ("", Gender.FEMALE, "Hello, dear member", "尊敬的会员，您好"),
        ("13800001234", Gender.UNKNOWN, "Hello, dear member", "尊敬的会员，您好"),
    ],
)
def test_a_member_is_greeted_by_a_name_that_gives_nobody_away(catalogue, app, name, gender, english, chinese):
    assert greeting(_member(name, gender), "en") == english
    assert greeting(_member(name, gender), "zh_CN") == chinese


def test_words_are_there_in_both_languages_whatever_the_cashier_reads(catalogue, english):
    for code in TEXTS:
        assert say("zh_CN", code) != say("en", code), code


def _long_basket(till, many: int) -> Basket:
    basket = Basket()
    for number in range(1, many + 1):
        basket = basket.add(product(number, 100 + number), Quantity.pieces(1))
    return basket


def _rung(till, basket: Basket, line_no: int | None) -> Ringing:
    return Ringing(basket, till.till.selling.price(basket, None, till.till.selling.programme()), None, line_no)


def test_of_a_long_basket_the_last_lines_are_shown_unless_one_before_was_touched(till):
    basket = _long_basket(till, 60)
    end = customer_state(_rung(till, basket, 60), _look(), TODAY)
    assert (len(end.lines), end.above, end.below) == (MOST_LINES, 60 - MOST_LINES, 0)
    assert [each.is_current for each in end.lines].index(True) == MOST_LINES - 1
    middle = customer_state(_rung(till, basket, 20), _look(), TODAY)
    assert len(middle.lines) == MOST_LINES
    assert any(each.is_current for each in middle.lines)
    assert middle.above + len(middle.lines) + middle.below == 60
    start = customer_state(_rung(till, basket, 1), _look(), TODAY)
    assert (start.above, start.lines[0].is_current) == (0, True)


def test_one_piece_says_its_price_once_and_two_say_how_much_each(till):
    basket = Basket().add(product(1, 350), Quantity.pieces(1)).add(product(2, 200), Quantity.pieces(2))
    state = customer_state(_rung(till, basket, 2), _look(), TODAY)
    assert [each.measure for each in state.lines] == ["", "2 × ¥2.00"]


def test_names_of_goods_are_made_safe_to_paint(till):
    odd = product(1, 350, name="水\n\x1b[2J\u202eevil" + "x" * 500)
    state = customer_state(_rung(till, Basket().add(odd, Quantity.pieces(1)), 1), _look(), TODAY)
    name = state.lines[0].name
    assert name.isprintable()
    assert len(name) <= 80


def _scan(till, number: int = 1) -> None:
    till.view("selling").handle_scan(product(number, 150).barcodes[0])


def test_a_sale_from_scan_to_thanks_and_on_to_the_next(till):
    feed: CustomerFeed = till.desk.customer
    assert _shown(till).scene is Scene.IDLE
    _scan(till)
    state = _shown(till)
    assert (state.scene, len(state.lines), state.due) == (Scene.BASKET, 1, Money(state.lines[0].amount.minor))
    assert state.wants_member
    due = state.due
    till.view("selling").pay_requested.emit()
    assert _shown(till).scene is Scene.PAYMENT
    assert _shown(till).due == due
    till.view("payment").back_requested.emit()
    assert _shown(till).scene is Scene.BASKET, "payment was left: the basket is there again"
    till.view("selling").pay_requested.emit()
    payment = till.view("payment")
    from pos_app.ui.screens.payment.state import CASH, TenderAsked

    payment.tender_requested.emit(TenderAsked(CASH, "50"))
    done = _shown(till)
    assert (done.scene, done.total, done.change) == (Scene.THANKS, due, Money(5000) - due)
    payment.next_requested.emit()
    assert _shown(till).scene is Scene.THANKS, "thanks stay until somebody else comes"
    _scan(till)
    assert _shown(till).scene is Scene.BASKET
    till.desk.set_operator(None)
    assert feed.now is None, "nothing of a basket is shown while nobody is at the till"


def test_thanks_end_by_themselves(till):
    _scan(till)
    till.view("selling").pay_requested.emit()
    from pos_app.ui.screens.payment.state import CASH, TenderAsked

    till.view("payment").tender_requested.emit(TenderAsked(CASH, "50"))
    assert till.desk.customer._thanks.isActive()
    till.desk.customer._thanks.timeout.emit()
    assert _shown(till).scene is Scene.IDLE


def test_what_payment_says_after_it_was_left_is_not_shown(till):
    _scan(till)
    till.view("selling").pay_requested.emit()
    till.view("payment").back_requested.emit()
    till.presenter("payment")._draw()
    assert _shown(till).scene is Scene.BASKET
