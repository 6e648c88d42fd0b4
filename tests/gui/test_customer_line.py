"""The customer's line display follows the sale, whatever it is and whether it is there or not."""

import time

import pytest
from pos_testkit.builders import product
from pos_testkit.desk import counter, some_settings
from PySide6.QtCore import QCoreApplication

from pos_app.application.lookup import FoundProduct
from pos_app.bootstrap.device_service import DeviceService
from pos_app.config import (
    CustomerScreenSettings,
    DeviceSettings,
    DisplaySettings,
    PrinterSettings,
    ScreenPlace,
    Settings,
    WireKind,
)
from pos_app.domain.money import Money
from pos_app.domain.quantity import Quantity
from pos_app.runtime.device_board import DeviceRole
from pos_app.runtime.displaying import DisplayService, Seen, SeenKind
from pos_app.ui.customer_line import CustomerLine
from pos_app.ui.customer_screen.showing import Look, customer_state
from pos_app.ui.customer_screen.state import Scene
from pos_app.ui.screens.payment.state import CASH, TenderAsked

pytestmark = pytest.mark.gui
LOOK = Look(CustomerScreenSettings(ScreenPlace.WINDOW))


class _Display:
    """A display that keeps what it was shown."""

    def __init__(self):
        self.seen, self.stopped = [], False

    def start(self, on_state):
        self.on_state = on_state

    def show(self, seen):
        self.seen.append(seen)

    def stop(self):
        self.stopped = True


@pytest.fixture
def till(qtbot, tmp_path):
    display = DisplaySettings(greeting="欢迎光临")
    settings = some_settings(devices=DeviceSettings(printer=PrinterSettings(kind=WireKind.VIRTUAL), display=display))
    with counter(tmp_path, settings=settings) as one:
        one.display = _Display()
        one.service = DisplayService(one.desk.devices, one.desk)
        one.service.use("/dev/ttyS2", one.display)
        one.line = CustomerLine(one.desk, one.service)
        one.sit_down()
        yield one


def _add(till, goods, pieces=1):
    till.presenter("selling")._add(FoundProduct(goods, Quantity.pieces(pieces)))


def _now(till):
    return till.display.seen[-1]


def test_a_sale_from_greeting_to_change(till):
    assert _now(till) == Seen(text="欢迎光临")
    _add(till, product(1, 360, name="矿泉水"))
    assert (_now(till).kind, _now(till).amount, _now(till).money, _now(till).text) == (
        SeenKind.PRICE,
        "3.60",
        "¥3.60",
        "矿泉水",
    )
    _add(till, product(2, 1000, name="牛奶"), 2)
    assert (_now(till).kind, _now(till).amount, _now(till).text) == (SeenKind.PRICE, "10.00", "牛奶")
    till.line._later.timeout.emit()
    assert (_now(till).kind, _now(till).amount) == (SeenKind.TOTAL, "23.60")
    till.view("selling").pay_requested.emit()
    assert (_now(till).kind, _now(till).amount) == (SeenKind.TOTAL, "23.60")
    till.view("payment").tender_requested.emit(TenderAsked(CASH, "20"))
    assert (_now(till).kind, _now(till).amount) == (SeenKind.PAID, "20.00")
    till.view("payment").tender_requested.emit(TenderAsked(CASH, "10"))
    assert (_now(till).kind, _now(till).amount, _now(till).money) == (SeenKind.CHANGE, "6.40", "¥6.40")
    till.desk.go("selling")
    assert _now(till).kind is SeenKind.CHANGE, "it stays until the next scan"
    _add(till, product(1, 360, name="矿泉水"))
    assert (_now(till).kind, _now(till).amount) == (SeenKind.PRICE, "3.60")


def test_taking_a_line_out_shows_the_total_and_an_empty_basket_greets(till):
    _add(till, product(1, 360))
    _add(till, product(2, 1000))
    till.view("selling").remove_requested.emit(till.presenter("selling")._sale.basket.lines[-1].line_no)
    till.line._later.timeout.emit()
    assert (_now(till).kind, _now(till).amount) == (SeenKind.TOTAL, "3.60")
    till.view("selling").remove_requested.emit(till.presenter("selling")._sale.basket.lines[-1].line_no)
    assert _now(till) == Seen(text="欢迎光临")


def test_going_back_from_payment_shows_the_total_again(till):
    _add(till, product(1, 360))
    till.view("selling").pay_requested.emit()
    till.view("payment").back_requested.emit()
    till.line._later.timeout.emit()
    assert (_now(till).kind, _now(till).amount) == (SeenKind.TOTAL, "3.60")


def test_line_and_screen_show_the_same_sale_and_thank_as_long(till):
    def scene():
        return customer_state(till.desk.customer.now, LOOK, till.desk.till.context.today())

    _add(till, product(1, 360))
    till.line._later.timeout.emit()
    assert (_now(till).amount, scene().due) == ("3.60", Money(360))
    till.view("selling").pay_requested.emit()
    till.view("payment").tender_requested.emit(TenderAsked(CASH, "1"))
    assert (_now(till).kind, [each.minor for _, each in scene().paid]) == (SeenKind.PAID, [100])
    till.view("payment").tender_requested.emit(TenderAsked(CASH, "10"))
    assert (_now(till).amount, scene().change) == ("7.40", Money(740))
    assert [each.kind for each in till.display.seen].count(SeenKind.PRICE) == 1, "goods that are paid are no news"
    till.desk.go("selling")
    till.desk.customer._thanks.timeout.emit()
    assert (_now(till), scene().scene) == (Seen(text="欢迎光临"), Scene.IDLE)


def test_who_leaves_leaves_a_greeting(till):
    _add(till, product(1, 360))
    till.desk.set_operator(None)
    assert _now(till) == Seen(text="欢迎光临")


def test_another_display_shows_what_is_to_be_seen_now(till):
    _add(till, product(1, 360))
    other = _Display()
    till.service.use("/dev/ttyS3", other)
    assert till.display.stopped
    assert other.seen[-1].amount == "3.60"
    till.service.use("", None)
    _add(till, product(2, 100))
    assert not till.service.is_set_up
    assert till.service.seen.amount == "1.00"


def test_one_that_goes_and_comes_back_is_told_and_the_sale_goes_on(till):
    till.display.on_state("idle", "")
    for state, reason in (("busy", ""), ("idle", ""), ("error", "offline")):
        till.display.on_state(state, reason)
    assert till.told.count("display.gone") == 1
    assert till.desk._header.device_gone == "display"
    _add(till, product(1, 360))
    assert till.state("selling").payable.minor == 360
    till.display.on_state("idle", "")
    assert till.told[-1] == "display.back"


@pytest.mark.parametrize(("model", "charset", "lines"), [
    ("led8", "ascii", ("3.60",)),
    ("cd5220", "gbk", ("矿泉水              ", "单价          ￥3.60")),
    ("escpos", "ascii", ("                    ", "PRICE           3.60")),
])  # fmt: skip
def test_settings_make_a_display(qapp, model, charset, lines):
    service = DeviceService()
    display = DisplaySettings(kind=WireKind.VIRTUAL, model=model, charset=charset)
    service.listen(Settings(devices=DeviceSettings(display=display)), with_virtual=False)
    service.display.show(Seen(SeenKind.PRICE, "3.60", "¥3.60", "矿泉水", "单价"))
    end = time.monotonic() + 5
    while tuple("".join(line) for line in service.virtual.virtual_display.lines) != lines:
        assert time.monotonic() < end, service.virtual.virtual_display.lines
        QCoreApplication.processEvents()
        time.sleep(0.005)
    assert service.virtual.virtual_display.problems == ()
    service.close()
    service.virtual.close()


def test_a_display_nobody_knows_is_told(qapp):
    service = DeviceService()
    wrong = DisplaySettings(kind=WireKind.SERIAL, device="/dev/ttyS0", model="unheard_of")
    service.listen(Settings(devices=DeviceSettings(display=wrong)), with_virtual=False)
    QCoreApplication.processEvents()
    [standing] = service.board.standings(DeviceRole.DISPLAY)
    assert standing.reason == "display.model_unknown"
    assert not service.display.is_set_up
    service.listen(Settings(), with_virtual=False)
    assert service.board.standings(DeviceRole.DISPLAY) == ()
    service.close()
